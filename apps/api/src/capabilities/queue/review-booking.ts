import type { ReviewBookingInput, ReviewBookingOutput } from '@mse/contracts/queue';
import type { BookingRefusal } from '@mse/domain/queue';
import { fullName, maskPhone } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { departmentView } from '../reference/department-view.ts';
import { judgeBooking, loadFormFacts } from './facts.ts';
import { formView } from './form-view.ts';
import { isFree, nearestTimes } from './free-places.ts';

/** Refusals that another time would mend; for them the nearest free times are offered. */
export const ANOTHER_TIME_HELPS: ReadonlySet<string> = new Set<BookingRefusal>([
  'time-taken',
  'time-passed',
  'after-form-validity',
  'region-without-queue',
]);

/** C12: everything a person checks before saving, and why saving would be refused now. Nothing is held. */
export async function reviewBooking(
  call: CallContext,
  input: z.output<typeof ReviewBookingInput>,
): Promise<z.input<typeof ReviewBookingOutput>> {
  const { deps, at } = call;
  const facts = await loadFormFacts(deps, signedIn(call).personId, input.formId, at);
  call.seen(facts.person.id, `form:${facts.form.id}`);
  const wanted = {
    departmentId: facts.registeredDepartmentId ?? '',
    day: input.day,
    startsAt: input.startsAt,
  };
  const decision = judgeBooking(wanted, facts, deps, at);
  const refusal = !decision.ok
    ? decision.refusal
    : (await isFree(deps, wanted, input.formId, at))
      ? null
      : 'time-taken';
  const department = facts.registeredDepartmentId
    ? deps.reference.department(facts.registeredDepartmentId)
    : undefined;
  return {
    personName: fullName(facts.person),
    self: facts.self,
    department: department ? departmentView(department) : null,
    phoneMasked: facts.phone ? maskPhone(facts.phone) : null,
    messageLanguage: facts.messageLanguage,
    form: formView(facts.form, at),
    refusal,
    nearest: refusal && ANOTHER_TIME_HELPS.has(refusal) ? await nearestTimes(deps, facts, wanted, at) : [],
  };
}
