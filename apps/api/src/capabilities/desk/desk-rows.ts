import type { AccessNeed } from '@mse/contracts/queue';
import type { DeskRow } from '@mse/contracts/desk';
import { bookings, persons, visits } from '@mse/db/schema';
import { lastArrival } from '@mse/domain/queue';
import { initials } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';

export type Row = z.input<typeof DeskRow>;

/**
 * What a row of the desk is made from. A live visit has no booking of its own; the needs named in the form's last booking still hold,
 * and where there never was one, those of the profile.
 */
export const deskColumns = {
  person: { surname: persons.surname, name: persons.name, patronymic: persons.patronymic },
  language: persons.messageLanguage,
  booking: {
    id: bookings.id,
    ticketNo: bookings.ticketNo,
    startsAt: bookings.startsAt,
    startsInstant: bookings.startsInstant,
    state: bookings.state,
    accessNeeds: bookings.accessNeeds,
  },
  visit: visits,
  earlierNeeds: sql<string[] | null>`case when ${bookings.id} is null then coalesce(
    (select earlier.access_needs from booking earlier where earlier.form_id = ${visits.formId} order by earlier.created_at desc limit 1),
    ${persons.accessNeeds}) end`,
};

interface Source {
  person: Parameters<typeof initials>[0];
  language: Row['language'];
  booking: {
    id: string;
    ticketNo: string;
    startsAt: string;
    startsInstant: Date;
    state: Row['state'];
    accessNeeds: string[];
  } | null;
  visit: typeof visits.$inferSelect | null;
  earlierNeeds: string[] | null;
}

/** One person in the clerk's day: initials only, and the state of the visit once there is one. */
export function deskRow(source: Source): Row {
  const { booking, visit } = source;
  const text = (instant: Date | null | undefined) => instant?.toISOString() ?? null;
  const state = visit?.state ?? booking?.state;
  const ticketNo = visit?.ticketNo ?? booking?.ticketNo;
  if (!state || !ticketNo) throw new Error('A row of the desk has neither booking nor visit');
  return {
    bookingId: booking?.id ?? null,
    visitId: visit?.id ?? null,
    ticketNo,
    kind: visit?.kind ?? 'booked',
    initials: initials(source.person),
    language: source.language,
    accessNeeds: (booking?.accessNeeds ?? source.earlierNeeds ?? []) as z.input<typeof AccessNeed>[],
    startsAt: booking?.startsAt ?? null,
    lateAt: booking ? lastArrival(booking.startsInstant).toISOString() : null,
    arrivedAt: text(visit?.arrivedAt),
    calledAt: text(visit?.calledAt),
    startedAt: text(visit?.startedAt),
    finishedAt: text(visit?.finishedAt),
    calls: visit?.calls ?? 0,
    room: visit?.room ?? null,
    state,
  };
}
