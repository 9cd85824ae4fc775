import type { FreeTimesInput, FreeTimesOutput } from '@mse/contracts/queue';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { departmentView } from '../reference/department-view.ts';
import { loadFormFacts } from './facts.ts';
import { bookableSpan, freeDays, nearestOf } from './free-places.ts';

/** EQ-09: free times for a form (C11): working days of its department without trips, within the pilot, up to the form's last valid day. */
export async function listFreeTimes(
  call: CallContext,
  input: z.output<typeof FreeTimesInput>,
): Promise<z.input<typeof FreeTimesOutput>> {
  const { deps, at } = call;
  const facts = await loadFormFacts(deps, signedIn(call).personId, input.formId, at);
  call.seen(facts.person.id, `form:${facts.form.id}`);
  const span = bookableSpan(facts);
  const department = span ? deps.reference.department(span.id) : undefined;
  if (!span || !department)
    return { department: null, formValidUntil: facts.formValidUntil, nearest: null, days: [] };
  const from = input.from ?? toBusinessDate(at);
  const windowEnd = addDays(from, input.days - 1);
  const until = windowEnd < span.until ? windowEnd : span.until;
  const days = await freeDays(deps, span, from, until, at, input.formId);
  return {
    department: departmentView(department),
    formValidUntil: facts.formValidUntil,
    nearest: nearestOf(days),
    days,
  };
}
