import type { FormState, Track } from '../intake/index.ts';
import type { BookingState } from '../queue/index.ts';
import { type PlainDate, toBusinessDate } from '../shared/index.ts';

/** The one thing a person should do next; the cabinet shows it first. */
export const NEXT_STEPS = [
  'wait-for-form',
  'form-checking',
  'give-consent',
  'book',
  'come',
  'book-again',
  'form-expired',
  'served',
  'follow-case',
  'come-invited',
  'wait-for-visit',
  'case-closed',
  'case-over',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** What the next step depends on. */
export interface CabinetFacts {
  /** The newest form 031/у of the person; null when none has come. */
  form: { state: FormState; validUntil: PlainDate; track?: Track } | null;
  /** PX-34: the remote case of that form asks the person to come. */
  invited?: boolean;
  /** State of the newest booking of that form; null when it was never booked. */
  booking: BookingState | null;
  /** EQ-16: the person who acts has agreed to the processing of personal data. */
  consentGiven: boolean;
  /** FF-03: the form is on a field session, or is examined in absentia. */
  fieldPlace?: boolean;
}

/**
 * The next step of a person at `at`, by EQ-07 (a form comes first), EQ-16 (consent before booking), EQ-10 (come),
 * EQ-12 and EQ-15 (book again), EQ-08 (an expired form needs a new one). A booking that is alive counts for more than a
 * form that ends: who is booked comes. Who is examined by papers follows the case, and comes when it invites them (PX-34); when the case was
 * closed because they did not, the clinic must refer them anew (PX-37);
 * when it is concluded, the documents are there (PX-38, PX-53).
 */
export function nextStep(
  { form, booking, consentGiven, invited, fieldPlace }: CabinetFacts,
  at: Date,
): NextStep {
  if (!form || form.state === 'returned') return 'wait-for-form';
  if (form.state === 'waiting-registry') return 'form-checking';
  if (form.state === 'poorly-completed') return 'case-closed';
  if (form.state === 'served' && form.track === 'remote-proactive') return 'case-over';
  if (form.state === 'served' || booking === 'served') return 'served';
  if (booking === 'booked' || booking === 'arrived') return 'come';
  if (form.track === 'remote-proactive') return invited ? 'come-invited' : 'follow-case';
  if (fieldPlace) return 'wait-for-visit';
  if (form.validUntil < toBusinessDate(at)) return 'form-expired';
  if (!consentGiven) return 'give-consent';
  return booking === null ? 'book' : 'book-again';
}
