import type { Executor } from '@mse/db';
import { protocolRows, protocols } from '@mse/db/schema';
import type { Journal, JournalCells } from '@mse/domain/journals';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { nextNumber, numberScope } from '../results/next-number.ts';

/** Whose journal: of a department, or of the methodology and control department of a region. */
export interface JournalPlace {
  journal: Journal;
  departmentId: string | null;
  regionCode: string;
}

/**
 * JR-01: appends a row to the protocol of the day; the day's first row makes the protocol and takes its number, so that an empty day
 * has none. `cells` is told the row's place in the protocol, from 1.
 */
export async function appendProtocolRow(
  deps: Deps,
  tx: Executor,
  place: JournalPlace,
  row: { personId: string; conclusionId: string | null; cells: (place: number) => JournalCells },
  at: Date,
): Promise<{ protocolId: string; rowId: string }> {
  const day = toBusinessDate(at);
  const scope = numberScope(place);
  // Rows of one day are written one after the other: their places have no gaps either.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`protocol:${place.journal}:${scope}:${day}`}, 0))`,
  );
  const own = and(
    eq(protocols.journal, place.journal),
    eq(protocols.regionCode, place.regionCode),
    place.departmentId === null
      ? isNull(protocols.departmentId)
      : eq(protocols.departmentId, place.departmentId),
    eq(protocols.day, day),
  );
  const [known] = await tx.select({ id: protocols.id }).from(protocols).where(own);
  const protocolId = known?.id ?? deps.random.id(at);
  if (!known) {
    const register = place.journal === 'department' ? 'protocol' : 'methodology-protocol';
    const number = await nextNumber(tx, register, scope, Number(day.slice(0, 4)));
    await tx.insert(protocols).values({ id: protocolId, ...place, day, number });
  }
  const rowNo = (await tx.$count(protocolRows, eq(protocolRows.protocolId, protocolId))) + 1;
  const rowId = deps.random.id(at);
  await tx.insert(protocolRows).values({
    id: rowId,
    protocolId,
    place: rowNo,
    conclusionId: row.conclusionId,
    personId: row.personId,
    cells: row.cells(rowNo),
    writtenAt: at,
  });
  return { protocolId, rowId };
}
