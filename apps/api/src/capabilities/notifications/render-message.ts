import type { Executor } from '@mse/db';
import { bookings, departments, persons, waitOffers } from '@mse/db/schema';
import { fullName, type Language, type PlainDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { openCode } from '../identity/sealed-code.ts';
import type { Message } from './message-steps.ts';

export type Rendered = { ok: true; text: string } | { ok: false; refusal: 'booking-changed' | 'code-lost' | 'offer-ended' };

/**
 * SMS-1…4 in the words of the order (ru) or our translation of them (kk, en), our own messages, and the one-time code.
 * Refuses SMS-2 and the notice of a new time when its booking is no longer alive (EQ-11: a reminder of what was cancelled would
 * mislead).
 */
export async function renderMessage(deps: Deps, executor: Executor, message: Message): Promise<Rendered> {
  const say = translator(message.language);
  const link = deps.settings.PORTAL_URL.replace(/\/+$/, '');
  if (message.template === 'code') {
    const code = message.params.sealed ? openCode(deps.settings.SECRET_KEY, message.params.sealed) : null;
    return code === null
      ? { ok: false, refusal: 'code-lost' }
      : { ok: true, text: say('sms:code', { code }) };
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
  return {
    ok: true,
    text: say(`sms:${message.template}`, { fullName: fullName(person), link, ...message.params, ...visit?.words }),
  };
}

/** Whether an offer of a freed time can still be answered. */
async function isOfferOpen(deps: Deps, executor: Executor, offerId: string): Promise<boolean> {
  const [offer] = await executor.select().from(waitOffers).where(eq(waitOffers.id, offerId));
  return offer?.state === 'open' && offer.expiresAt > deps.clock.now();
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
