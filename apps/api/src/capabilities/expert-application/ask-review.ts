import type { AskReviewInput, AskReviewOutput } from '@mse/contracts/expert-application';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from '../expert-register/register-audit.ts';
import { registerPolicies } from '../expert-register/register-policies.ts';
import { stepApplication } from '../expert-register/step-application.ts';
import { ownApplication } from './own-application.ts';

/** GV-08: the refused person asks a human to look at the refusal again; once. */
export async function askReview(
  call: CallContext,
  { id, text }: z.output<typeof AskReviewInput>,
): Promise<z.input<typeof AskReviewOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof AskReviewOutput>> => {
    const application = await ownApplication(call, tx, id, true);
    if (application.reviews > 0) return { ok: false, refusal: 'reviewed-before' };
    const stepped = await stepApplication(
      tx,
      application,
      {
        event: 'ask-review',
        actor: personId,
        set: {
          reviewText: text,
          reviews: application.reviews + 1,
          dueOn: addDays(today, registerPolicies(deps, today).checkDays),
        },
      },
      at,
    );
    if (!stepped.ok) return stepped;
    await auditStep(call, tx, {
      action: 'expertApplication.askReview',
      personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true };
  });
}
