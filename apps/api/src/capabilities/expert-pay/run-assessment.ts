import type { RunAssessmentInput, RunAssessmentOutput } from '@mse/contracts/expert-pay';
import { addMonths, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { assessMonth } from './assess-month.ts';

/** AS-01, R08: the Committee has a month that is over assessed, or assessed anew for those who have not signed. */
export async function runAssessment(
  call: CallContext,
  input: z.output<typeof RunAssessmentInput>,
): Promise<z.input<typeof RunAssessmentOutput>> {
  if (addMonths(input.month, 1) > toBusinessDate(call.at)) return { ok: false, refusal: 'month-not-over' };
  const caller = signedIn(call);
  const by = {
    actor: caller.personId,
    actorRole: actingRole('expertPay.runAssessment', caller),
    requestId: call.requestId,
  };
  return { ok: true, ...(await assessMonth(call.deps, input.month, by, call.at)) };
}
