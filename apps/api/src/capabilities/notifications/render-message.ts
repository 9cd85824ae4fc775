import type { Executor } from '@mse/db';
import { bookings, departments, fieldPlaces, persons, waitOffers } from '@mse/db/schema';
import { fillWording, wordingInForce } from '@mse/domain/notifications';
import { fullName, type Language, type PlainDate } from '@mse/domain/shared';
import { type TextParams, translator } from '@mse/i18n';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { openCode } from '../identity/sealed-code.ts';
import type { Message } from './message-steps.ts';

export type Rendered =
  { ok: true; text: string } | { ok: false; refusal: 'booking-changed' | 'code-lost' | 'offer-ended' };

/**
 * SMS-1…4 in the words of the order (ru) or our translation of them (kk, en), our own messages, and the one-time code; or in the
 * approved wording that counts at this moment (P07).
 * Refuses SMS-2 and the notice of a new time when its booking is no longer alive (EQ-11: a reminder of what was cancelled would
 * mislead).
 */
export async function renderMessage(deps: Deps, executor: Executor, message: Message): Promise<Rendered> {
  const link = deps.settings.PORTAL_URL.replace(/\/+$/, '');
  if (message.template === 'code') {
    const code = message.params.sealed ? openCode(deps.settings.SECRET_KEY, message.params.sealed) : null;
    return code === null
      ? { ok: false, refusal: 'code-lost' }
      : { ok: true, text: inWords(deps, message, { code, host: new URL(deps.settings.PORTAL_URL).host }) };
  }
  const [person] = await executor.select().from(persons).where(eq(persons.id, message.personId));
  if (!person) throw new Error('The person of a message is not there');
  const visit =
    message.bookingId === null ? null : await readVisit(executor, message.bookingId, message.language);
  if ((message.template === 'sms-2' || message.template === 'moved') && visit?.state !== 'booked')
    return { ok: false, refusal: 'booking-changed' };
  if (message.template === 'restored' && visit?.state !== 'booked' && visit?.state !== 'arrived')
    return { ok: false, refusal: 'booking-changed' };
  if (message.template === 'offer' && !(await isOfferOpen(deps, executor, message.params.offer ?? '')))
    return { ok: false, refusal: 'offer-ended' };
  if (
    (message.template === 'field-on' || message.template === 'field-moved') &&
    !(await isOnSession(executor, message.params))
  )
    return { ok: false, refusal: 'booking-changed' };
  return {
    ok: true,
    text: inWords(deps, message, { fullName: fullName(person), link, ...message.params, ...visit?.words }),
  };
}

/** Whether an offer of a freed time can still be answered. */
async function isOfferOpen(deps: Deps, executor: Executor, offerId: string): Promise<boolean> {
  const [offer] = await executor.select().from(waitOffers).where(eq(waitOffers.id, offerId));
  return offer?.state === 'open' && offer.expiresAt > deps.clock.now();
}

/** FF-03: whether what is said of a field session still holds: the place is live and has not moved since. */
async function isOnSession(executor: Executor, params: Record<string, string>): Promise<boolean> {
  const [place] = await executor
    .select()
    .from(fieldPlaces)
    .where(eq(fieldPlaces.id, params.fieldPlace ?? ''));
  return place?.state === 'on' && String(place.version) === params.fieldVersion;
}

/**
 * The text of a message: the approved wording in force in its language, else the official one. A wording that lacks a value (of a
 * message that says less than it used to) is passed over: the official text always has its values.
 */
function inWords(deps: Deps, message: Message, values: TextParams): string {
  const { template, language } = message;
  const wording = wordingInForce(deps.reference.wordings(), template, language, deps.clock.now());
  const worded = wording && fillWording(wording.text, values);
  if (wording && worded === null) deps.log.warn({ template, language }, 'an approved wording lacks a value');
  return worded ?? translator(language)(`sms:${template}`, values);
}

/** What a message says of a booking, and the booking's state now. */
async function readVisit(executor: Executor, bookingId: string, language: Language) {
  const [row] = await executor
    .select({ booking: bookings, department: departments })
    .from(bookings)
    .innerJoin(departments, eq(bookings.departmentId, departments.id))
    .where(eq(bookings.id, bookingId));
  if (!row) throw new Error('The booking of a message is not there');
  const { booking, department } = row;
  return {
    state: booking.state,
    words: {
      department: department.number,
      date: shortDate(booking.day),
      time: booking.startsAt,
      address: department.address?.[language] ?? '',
      ticket: booking.ticketNo,
    },
  };
}

/** `25.11.26`, as annexes 2 and 3 of the order write dates. */
export function shortDate(day: PlainDate): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${date}.${month}.${year.slice(2)}`;
}
