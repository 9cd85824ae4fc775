import type { AskExclusionInput, AskExclusionOutput } from '@mse/contracts/expert-application';
import { experts } from '@mse/db/schema';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { writeProposal } from '../expert-register/propose-exclusion.ts';
import { auditStep } from '../expert-register/register-audit.ts';

/** RG-30(1): the expert applies to leave the register; an official of the Committee confirms it and sees the effect first. */
export async function askExclusion(
  call: CallContext,
  { reason }: z.output<typeof AskExclusionInput>,
): Promise<z.input<typeof AskExclusionOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof AskExclusionOutput>> => {
    const [expert] = await tx
      .select({ id: experts.id })
      .from(experts)
      .where(
        and(eq(experts.personId, personId), eq(experts.kind, 'independent'), isNull(experts.excludedOn)),
      );
    if (!expert) return { ok: false, refusal: 'not-in-register' };
    const written = await writeProposal(
      deps,
      tx,
      { expertId: expert.id, ground: 'own-application', reason, proposedBy: personId },
      at,
    );
    if (!written.ok)
      return written.refusal === 'not-found'
        ? { ok: false, refusal: 'not-in-register' }
        : { ok: false, refusal: written.refusal };
    await auditStep(call, tx, {
      action: 'expertApplication.askExclusion',
      personId,
      subject: `expert:${expert.id}`,
    });
    return { ok: true };
  });
}
