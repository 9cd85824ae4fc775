import type { StartAbsenceInput, StartAbsenceOutput } from '@mse/contracts/redistribution';
import { expertAbsences, expertChanges } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { moveOpenCases } from '../examination/index.ts';
import { findExpert } from './expert-shown.ts';
import { openPartsOf } from './simulate-absence.ts';

/** R07, PX-17: the Committee enters an absence that begins today; the open parts move in the same transaction. */
export async function startAbsence(
  call: CallContext,
  input: z.output<typeof StartAbsenceInput>,
): Promise<z.input<typeof StartAbsenceOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const today = toBusinessDate(at);
  if (input.until !== null && input.until < today) return { ok: false, refusal: 'until-passed' };
  return deps.db.transaction(async (tx) => {
    // The dealing waits meanwhile, so that what was shown is what is moved.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:dealing'))`);
    const expert = await findExpert(tx, input.expertCode);
    if (!expert) return { ok: false as const, refusal: 'unknown-expert' as const };
    const parts = await openPartsOf(tx, expert.id);
    if (parts.length !== input.shownParts) return { ok: false as const, refusal: 'changed' as const };
    const absence = { kind: input.kind, from: today, until: input.until };
    await tx.insert(expertAbsences).values({
      id: deps.random.id(at),
      expertId: expert.id,
      ...absence,
      createdBy: caller.personId,
      createdAt: at,
    });
    await tx.insert(expertChanges).values({
      expertId: expert.id,
      at,
      actor: caller.personId,
      change: 'absence',
      before: null,
      after: absence,
      reason: null,
    });
    const moved = await moveOpenCases(
      deps,
      tx,
      { expertId: expert.id, cause: 'absence', actor: caller.personId },
      at,
    );
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('redistribution.startAbsence', caller),
      action: 'redistribution.startAbsence',
      outcome: 'done',
      personId: expert.personId,
      subject: `expert:${expert.id}`,
      requestId: call.requestId,
      detail: { ...moved },
    });
    return { ok: true as const, ...moved };
  });
}
