import type {
  AssignTerritoryInput,
  ChangeTerritoryOutput,
  ImportTerritoryOutput,
  PreviewTerritoryOutput,
  TerritoryFileInput,
} from '@mse/contracts/territory';
import { unitDepartments } from '@mse/db/schema';
import { type JudgedRow, judgeTerritoryRows, type WrittenRow } from '@mse/domain/territory';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { readTerritoryFile } from './read-territory-file.ts';
import { judgeFacts, loadTerritory, shownRows } from './territory-facts.ts';

type Change = z.input<typeof ChangeTerritoryOutput>;

/** EQ-03: what a file would change, row by row, with every wrong row and why. Changes nothing. */
export async function previewTerritory(
  call: CallContext,
  input: z.output<typeof TerritoryFileInput>,
): Promise<z.input<typeof PreviewTerritoryOutput>> {
  call.seen(null, 'territory:import');
  const file = readTerritoryFile(input.file);
  if (!file.ok) return file;
  const territory = await loadTerritory(call.deps.db);
  const rows = judgeTerritoryRows(file.value, judgeFacts(call, territory));
  const count = (verdict: JudgedRow['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  return {
    ok: true,
    new: count('new'),
    change: count('change'),
    same: count('same'),
    wrong: count('wrong'),
    bookings: await bookingsElsewhere(call, rows),
    rows: shownRows(
      rows.filter((row) => row.verdict !== 'same'),
      territory,
    ),
  };
}

/** EQ-03: takes a file, all its rows or none. */
export async function importTerritory(
  call: CallContext,
  input: z.output<typeof TerritoryFileInput>,
): Promise<z.input<typeof ImportTerritoryOutput>> {
  const file = readTerritoryFile(input.file);
  return file.ok ? changeTerritory(call, 'territory.import', file.value) : file;
}

/** EQ-03: gives units to a department from a day on, all of them or none. */
export function assignTerritory(
  call: CallContext,
  input: z.output<typeof AssignTerritoryInput>,
): Promise<Change> {
  const rows = input.units.map((unitCode, index) => ({
    line: index + 1,
    unitCode,
    departmentNumber: String(input.department),
    validFrom: input.validFrom as string,
  }));
  return changeTerritory(call, 'territory.assign', rows);
}

/** Judges the rows against the map as it is now, alone with it, and writes what changes. Saying the same twice changes nothing more. */
async function changeTerritory(
  call: CallContext,
  action: 'territory.assign' | 'territory.import',
  written: readonly WrittenRow[],
): Promise<Change> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<Change> => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('territory', 0))`);
    const territory = await loadTerritory(tx);
    const rows = judgeTerritoryRows(written, judgeFacts(call, territory));
    const wrong = rows.filter((row) => row.verdict === 'wrong');
    if (wrong.length > 0) return { ok: false, refusal: 'wrong-rows', rows: shownRows(wrong, territory) };
    const changes = rows.flatMap((row) =>
      row.verdict === 'new' || row.verdict === 'change'
        ? [{ ...row.assignment, former: row.formerDepartmentId }]
        : [],
    );
    if (changes.length === 0) return { ok: true, changed: 0 };
    await tx
      .insert(unitDepartments)
      .values(changes.map(({ unitCode, departmentId, validFrom }) => ({ unitCode, departmentId, validFrom })))
      .onConflictDoUpdate({
        target: [unitDepartments.unitCode, unitDepartments.validFrom],
        set: { departmentId: sql`excluded.department_id` },
      });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'done',
      personId: null,
      subject: 'territory',
      requestId: call.requestId,
      detail: { changes },
    });
    return { ok: true, changed: changes.length };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}

/** Bookings that residents of changed units hold at another department from the day of the change on. They stay. */
async function bookingsElsewhere(call: CallContext, rows: readonly JudgedRow[]): Promise<number> {
  const changes = rows.flatMap((row) => (row.verdict === 'change' ? [row.assignment] : []));
  if (changes.length === 0) return 0;
  const column = (name: 'unitCode' | 'departmentId' | 'validFrom') =>
    `{${changes.map((change) => change[name]).join(',')}}`;
  const [row] = await call.deps.db.execute<{ count: number }>(sql`
    select count(*)::int as count
      from unnest(${column('unitCode')}::text[], ${column('departmentId')}::uuid[], ${column('validFrom')}::date[]) as c (unit, department, valid_from)
      join person p on p.unit_code = c.unit
      join booking b on b.person_id = p.id and b.state = 'booked' and b.day >= c.valid_from and b.department_id <> c.department`);
  return row?.count ?? 0;
}
