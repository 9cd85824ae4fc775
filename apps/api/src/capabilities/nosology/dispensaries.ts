import type {
  AddDispensaryInput,
  AddDispensaryOutput,
  DispensariesOutput,
  EndDispensaryInput,
  LineOutput,
} from '@mse/contracts/nosology';
import { dispensaries } from '@mse/db/schema';
import { decideDispensary, decideEnd } from '@mse/domain/intake';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** F009, SN-01: organisations that send people whom they have not attached, with their days. */
export async function listDispensaries(call: CallContext): Promise<z.input<typeof DispensariesOutput>> {
  const today = toBusinessDate(call.at);
  const rows = await call.deps.db
    .select()
    .from(dispensaries)
    .orderBy(asc(dispensaries.bin), asc(dispensaries.validFrom));
  call.seen(null, 'dispensaries');
  return {
    today,
    dispensaries: rows.map((row) => ({
      ...row,
      state:
        row.validFrom > today
          ? ('ahead' as const)
          : row.validUntil !== null && row.validUntil < today
            ? ('over' as const)
            : ('in-force' as const),
    })),
  };
}

/** F009: enters an organisation as a dispensary for some days; forms are judged by it at once. */
export async function addDispensary(
  call: CallContext,
  input: z.output<typeof AddDispensaryInput>,
): Promise<z.input<typeof AddDispensaryOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof AddDispensaryOutput>> => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:dispensaries'))`);
    const refusal = decideDispensary(await tx.select().from(dispensaries), input);
    if (refusal) return { ok: false, refusal };
    await tx.insert(dispensaries).values(input);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('nosology.addDispensary', caller),
      action: 'nosology.addDispensary',
      outcome: 'done',
      personId: null,
      subject: `dispensary:${input.bin}`,
      requestId: call.requestId,
      detail: { from: input.validFrom, until: input.validUntil },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}

/** F009: the last day of a dispensary; forms of earlier days stay as they were judged. */
export async function endDispensary(
  call: CallContext,
  input: z.output<typeof EndDispensaryInput>,
): Promise<z.input<typeof LineOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof LineOutput>> => {
    const own = and(eq(dispensaries.bin, input.bin), eq(dispensaries.validFrom, input.validFrom));
    const [row] = await tx.select().from(dispensaries).where(own).for('update');
    const refusal = decideEnd(row, input.lastDay, toBusinessDate(at));
    if (refusal) return { ok: false, refusal };
    await tx.update(dispensaries).set({ validUntil: input.lastDay }).where(own);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('nosology.endDispensary', caller),
      action: 'nosology.endDispensary',
      outcome: 'done',
      personId: null,
      subject: `dispensary:${input.bin}`,
      requestId: call.requestId,
      detail: { lastDay: input.lastDay },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
