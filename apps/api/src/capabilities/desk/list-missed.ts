import type { MissedOutput } from '@mse/contracts/desk';
import { bookings, messages, persons, visits } from '@mse/db/schema';
import type { MessageState } from '@mse/domain/notifications';
import { type BookingState, decideRestore, HOLDING_STATES } from '@mse/domain/queue';
import { fullName, initials, toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { liveQueueRefusal } from '../queue/live-queue.ts';
import { deskCaller } from './desk-caller.ts';
import { deskColumns, deskRow } from './desk-rows.ts';

type Output = z.input<typeof MissedOutput>;

const ofForm = sql`coalesce(${bookings.formId}, ${visits.formId})`;
const columns = {
  ...deskColumns,
  formId: sql<string>`${ofForm}`,
  stateAt: bookings.stateAt,
  holding: sql<BookingState | null>`(select other.state from booking other where other.form_id = ${ofForm} and other.state in ${[...HOLDING_STATES]})`,
  /** The live queue's number the person has by now, and whether the turn is still to come. */
  liveTicketNo: sql<
    string | null
  >`(select other.ticket_no from visit other where other.form_id = ${ofForm} and other.day = coalesce(${bookings.day}, ${visits.day})
    and other.kind = 'live' and other.id is distinct from ${visits.id} order by other.arrived_at desc limit 1)`,
  waits: sql<boolean>`exists (select from visit other where other.form_id = ${ofForm} and other.state in ('waiting', 'called', 'in-service'))`,
  fieldPlace: sql<boolean>`exists (select from field_place where field_place.form_id = ${ofForm} and field_place.state = 'on')`,
};

/**
 * K04: today's missed turns of the own department, newest first: bookings annulled by rule or because nobody answered the call, and
 * people of the live queue who did not come. With the text of SMS-4 (initials for the name) and whether each can be taken back.
 */
export async function listMissed(call: CallContext): Promise<Output> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const day = toBusinessDate(at);
  const [annulled, unheard] = await Promise.all([
    deps.db
      .select(columns)
      .from(bookings)
      .innerJoin(persons, eq(persons.id, bookings.personId))
      .leftJoin(visits, eq(visits.bookingId, bookings.id))
      .where(
        and(eq(bookings.departmentId, department.id), eq(bookings.day, day), eq(bookings.state, 'annulled')),
      ),
    deps.db
      .select(columns)
      .from(visits)
      .innerJoin(persons, eq(persons.id, visits.personId))
      .leftJoin(bookings, eq(bookings.id, visits.bookingId))
      .where(
        and(
          eq(visits.departmentId, department.id),
          eq(visits.day, day),
          eq(visits.kind, 'live'),
          eq(visits.state, 'did-not-come'),
        ),
      ),
  ]);
  const told = await saidOf(
    call,
    annulled.flatMap(({ booking }) => (booking ? [booking.id] : [])),
  );

  const rows: Output['rows'] = [];
  for (const source of [...annulled, ...unheard]) {
    const { booking, visit } = source;
    const decision = decideRestore(
      {
        booking: booking && { state: booking.state, startsAt: booking.startsInstant },
        visit: visit?.state ?? null,
        day,
        holding: booking === null && source.holding !== 'served' ? null : source.holding,
        waits: source.waits,
        fieldPlace: source.fieldPlace,
      },
      at,
    );
    const row = deskRow(source);
    const said = booking ? told.get(booking.id) : undefined;
    call.seen(visit?.personId ?? null, booking ? `booking:${booking.id}` : `visit:${visit?.id}`);
    rows.push({
      row,
      missedAt: (visit?.finishedAt ?? source.stateAt ?? at).toISOString(),
      cause: visit ? 'no-answer' : 'late',
      smsState: said?.state ?? null,
      smsText: booking
        ? (said?.text?.replaceAll(fullName(source.person), row.initials) ??
          translator(said?.language ?? row.language)('sms:sms-4', {
            fullName: initials(source.person),
            link: deps.settings.PORTAL_URL.replace(/\/+$/, ''),
          }))
        : null,
      smsLanguage: said?.language ?? row.language,
      refusal: decision.ok ? null : decision.refusal,
      liveTicketNo: source.liveTicketNo,
      liveFormId: (await liveQueueRefusal(deps.db, source.formId, at)) === null ? source.formId : null,
    });
  }
  rows.sort((left, right) => right.missedAt.localeCompare(left.missedAt));
  return { day, serverTime: at.toISOString(), rows };
}

/** The newest SMS-4 of each booking. */
async function saidOf(call: CallContext, bookingIds: string[]) {
  const rows =
    bookingIds.length === 0
      ? []
      : await call.deps.db
          .select({
            bookingId: messages.bookingId,
            state: messages.state,
            text: messages.text,
            language: messages.language,
          })
          .from(messages)
          .where(and(inArray(messages.bookingId, bookingIds), eq(messages.template, 'sms-4')))
          .orderBy(desc(messages.createdAt), desc(messages.id));
  const newest = new Map<
    string,
    { state: MessageState; text: string | null; language: (typeof rows)[number]['language'] }
  >();
  for (const row of rows) if (row.bookingId && !newest.has(row.bookingId)) newest.set(row.bookingId, row);
  return newest;
}
