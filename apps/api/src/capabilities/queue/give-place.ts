import type { Database, Executor } from '@mse/db';
import { bookings } from '@mse/db/schema';
import { reminderAt, type WantedPlace } from '@mse/domain/queue';
import { toInstant } from '@mse/domain/shared';
import { and, eq, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { preparedOnce } from '../../platform/prepared.ts';
import { opaqueCode } from '../../platform/random.ts';
import type { FormFacts } from './facts.ts';

/** What `book_place` in the database answers. The ids are there for `booked` and `repeated`. */
export interface PlaceOutcome {
  outcome: 'booked' | 'repeated' | 'request-key-reused' | 'time-taken' | 'already-booked';
  bookingId: string;
  ticketNo: string;
  ticketCode: string;
}

function placeQuery(executor: Executor) {
  const value = sql.placeholder;
  const call = sql`book_place(
    ${value('booking')}::uuid, ${value('form')}::uuid, ${value('person')}::uuid, ${value('bookedBy')}::uuid, ${value('requestKey')}::uuid,
    ${value('department')}::uuid, ${value('day')}::date, ${value('startsAt')}::time, ${value('startsInstant')}::timestamptz,
    ${value('ticketCode')}::text, ${value('accessNeeds')}::text[], ${value('at')}::timestamptz,
    ${value('language')}::text, ${value('phone')}::text, ${value('message')}::uuid, ${value('reminder')}::uuid, ${value('reminderAt')}::timestamptz,
    ${value('movedFrom')}::uuid, ${value('actorRole')}::text, ${value('requestId')}::text)`;
  return executor
    .select({
      outcome: sql<PlaceOutcome['outcome']>`outcome`,
      bookingId: sql<string>`booking_id`,
      ticketNo: sql<string>`ticket_no`,
      ticketCode: sql<string>`ticket_code`,
    })
    .from(call)
    .prepare('book_place');
}
const preparedPlace = preparedOnce((db: Database) => placeQuery(db));

/** The wish that was judged, with everything the database writes for it. */
export interface PlaceRequest {
  facts: Pick<FormFacts, 'phone' | 'messageLanguage'> & { form: { id: string }; person: { id: string } };
  wanted: WantedPlace;
  bookedBy: string;
  requestKey: string;
  accessNeeds: readonly string[];
  movedFrom: string | null;
  requestId: string;
  at: Date;
  /** In which role it is done, for the audit; the citizen's own act when absent. */
  actorRole?: 'citizen' | 'system';
}

/**
 * EQ-10, EQ-11: gives a free place to a form in one statement: place, booking with ticket, SMS-2 now and three days before, audit row.
 * The rules were judged before; the unique indexes have the last word. `executor` is a transaction when something else must
 * happen with it, or left out.
 */
export async function givePlace(
  deps: Deps,
  request: PlaceRequest,
  executor?: Executor,
): Promise<PlaceOutcome> {
  const { facts, wanted, at } = request;
  const { random } = deps;
  const reminder = reminderAt(wanted.day, at);
  const query = executor ? placeQuery(executor) : preparedPlace(deps.db);
  const [row] = await query.execute({
    booking: random.id(at),
    form: facts.form.id,
    person: facts.person.id,
    bookedBy: request.bookedBy,
    requestKey: request.requestKey,
    department: wanted.departmentId,
    day: wanted.day,
    startsAt: wanted.startsAt,
    startsInstant: toInstant(wanted.day, wanted.startsAt).toISOString(),
    ticketCode: opaqueCode(random),
    // Words of a closed list without commas or quotes.
    accessNeeds: `{${request.accessNeeds.join(',')}}`,
    at: at.toISOString(),
    language: facts.messageLanguage,
    phone: facts.phone,
    message: random.id(at),
    reminder: random.id(at),
    reminderAt: reminder?.toISOString() ?? null,
    movedFrom: request.movedFrom,
    actorRole: request.actorRole ?? 'citizen',
    requestId: request.requestId,
  });
  if (!row) throw new Error('book_place answered nothing');
  return row;
}

/** The booking an earlier save with the same key made, if any; `sameWish` tells whether it asked for the same. */
export async function findByRequestKey(executor: Executor, bookedBy: string, requestKey: string) {
  const [known] = await executor
    .select()
    .from(bookings)
    .where(and(eq(bookings.bookedBy, bookedBy), eq(bookings.requestKey, requestKey)));
  return known;
}
