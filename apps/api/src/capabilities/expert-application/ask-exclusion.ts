import type { AskExclusionInput, AskExclusionOutput } from '@mse/contracts/expert-application';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { findEntry } from '../expert-register/index.ts';
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
    const expert = await findEntry(tx, personId);
    if (expert?.kind !== 'independent') return { ok: false, refusal: 'not-in-register' };
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
