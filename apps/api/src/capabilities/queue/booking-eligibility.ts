import type { EligibilityOutput, FormInput } from '@mse/contracts/queue';
import { checkEligibility } from '@mse/domain/queue';
import { fullName, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { departmentView } from '../reference/department-view.ts';
import { loadFormFacts } from './facts.ts';
import { formView } from './form-view.ts';
import { bookableSpan, freeDays } from './free-places.ts';

/** EQ-08: the three checks before booking, each with its outcome and reason (C10). */
export async function bookingEligibility(
  call: CallContext,
  input: z.output<typeof FormInput>,
): Promise<z.input<typeof EligibilityOutput>> {
  const { deps, at } = call;
  const facts = await loadFormFacts(deps, signedIn(call).personId, input.formId, at);
  call.seen(facts.person.id, `form:${facts.form.id}`);
  const span = bookableSpan(facts);
  const days = span ? await freeDays(deps, span, toBusinessDate(at), span.until, at, input.formId) : [];
  const checks = checkEligibility(
    facts,
    {
      pilots: deps.reference.pilots(),
      firstFreeDay: (days[0]?.day as PlainDate | undefined) ?? null,
      registrationKnown: facts.registrationKnown,
    },
    at,
  );
  const department = span ? deps.reference.department(span.id) : undefined;
  return {
    form: formView(facts.form, at),
    personName: fullName(facts.person),
    self: facts.self,
    checks,
    department: department ? departmentView(department) : null,
    bookingId: facts.holdingBookingId,
    fieldPlace: facts.fieldPlace,
    canBook:
      facts.holdingBooking === null && !facts.fieldPlace && checks.every((check) => check.state === 'passed'),
  };
}
