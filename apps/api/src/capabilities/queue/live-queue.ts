import type { Executor } from '@mse/db';
import { bookings, fieldPlaces, forms, visits } from '@mse/db/schema';
import { HOLDING_STATES, type LiveQueueRefusal } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray, sql } from 'drizzle-orm';

/** EQ-15: why a form cannot go to the live queue today, or null when it can. Whose department it is must be checked apart. */
export async function liveQueueRefusal(
  executor: Executor,
  formId: string,
  at: Date,
): Promise<LiveQueueRefusal | null> {
  const [form] = await executor
    .select({
      state: forms.state,
      track: forms.track,
      validUntil: forms.validUntil,
      holding: sql<
        string | null
      >`(select ${bookings.state} from ${bookings} where ${and(eq(bookings.formId, forms.id), inArray(bookings.state, [...HOLDING_STATES]))})`,
      fieldPlace: sql<boolean>`exists (select from ${fieldPlaces} where ${and(eq(fieldPlaces.formId, forms.id), eq(fieldPlaces.state, 'on'))})`,
      waiting: sql<boolean>`exists (select from ${visits} where ${and(eq(visits.formId, forms.id), inArray(visits.state, ['waiting', 'called', 'in-service']))})`,
    })
    .from(forms)
    .where(eq(forms.id, formId));
  if (!form || form.track !== 'in-person' || form.state === 'poorly-completed') return 'not-found';
  if (form.state === 'served' || form.holding === 'served') return 'already-served';
  if (form.waiting) return 'already-waiting';
  if (form.validUntil < toBusinessDate(at)) return 'form-expired';
  if (form.holding !== null) return 'has-booking';
  if (form.fieldPlace) return 'on-field-session';
  return null;
}

/** Whether a form may go to the live queue today. */
export async function isLiveQueueOpen(executor: Executor, formId: string, at: Date): Promise<boolean> {
  return (await liveQueueRefusal(executor, formId, at)) === null;
}
