import type {
  AddSignatoryInput,
  AddSignatoryOutput,
  EndSignatoryInput,
  EndSignatoryOutput,
} from '@mse/contracts/technical-failures';
import { failureSignatories } from '@mse/db/schema';
import { decideEnd, decideSignatory } from '@mse/domain/intake';
import { toBusinessDate } from '@mse/domain/shared';
import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** PX-42: who signs for an office from a day on: a vice-minister, or the representative of a medical system. */
export async function addSignatory(
  call: CallContext,
  input: z.output<typeof AddSignatoryInput>,
): Promise<z.input<typeof AddSignatoryOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const { medicalSystems } = deps.reference.nosology();
  if (input.systemCode !== null && !medicalSystems.some(({ code }) => code === input.systemCode))
    return { ok: false, refusal: 'unknown-system' };
  return deps.db.transaction(async (tx): Promise<z.input<typeof AddSignatoryOutput>> => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:technical-failures'))`);
    const refusal = decideSignatory(await tx.select().from(failureSignatories), input);
    if (refusal) return { ok: false, refusal };
    const id = deps.random.id(at);
    await tx.insert(failureSignatories).values({ id, ...input, createdBy: caller.personId, createdAt: at });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('technicalFailures.addSignatory', caller),
      action: 'technicalFailures.addSignatory',
      outcome: 'done',
      personId: null,
      subject: `failure-signatory:${id}`,
      requestId: call.requestId,
      detail: {
        office: input.office,
        system: input.systemCode,
        from: input.validFrom,
        until: input.validUntil,
      },
    });
    return { ok: true, id };
  });
}

/** The last day of a holder; acts of earlier days keep their signatures. */
export async function endSignatory(
  call: CallContext,
  input: z.output<typeof EndSignatoryInput>,
): Promise<z.input<typeof EndSignatoryOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof EndSignatoryOutput>> => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:technical-failures'))`);
    const [row] = await tx.select().from(failureSignatories).where(eq(failureSignatories.id, input.id));
    const refusal = decideEnd(row, input.lastDay, toBusinessDate(at));
    if (refusal) return { ok: false, refusal };
    await tx
      .update(failureSignatories)
      .set({ validUntil: input.lastDay })
      .where(eq(failureSignatories.id, input.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('technicalFailures.endSignatory', caller),
      action: 'technicalFailures.endSignatory',
      outcome: 'done',
      personId: null,
      subject: `failure-signatory:${input.id}`,
      requestId: call.requestId,
      detail: { lastDay: input.lastDay },
    });
    return { ok: true };
  });
}
