import type { AccessNeed } from '@mse/contracts/queue';
import type { Executor } from '@mse/db';
import type { FreeStart } from '@mse/domain/mass-move';
import type { Language, PersonName, PlainDate, PlainTime } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { z } from 'zod';

/** Days of a department, both ends included. */
export interface DaysOfDepartment {
  departmentId: string;
  from: PlainDate;
  until: PlainDate;
}

/** A booking that waits for its visit on a day that is to be closed. */
export interface BookingInTheWay {
  bookingId: string;
  firstBookedAt: Date;
  day: PlainDate;
  startsAt: PlainTime;
  formValidUntil: PlainDate;
  ticketNo: string;
  person: PersonName & { id: string };
  accessNeeds: z.input<typeof AccessNeed>[];
  /** Language of the message: the person's, or the representative's when only they have a number. */
  language: Language;
  hasPhone: boolean;
}

/**
 * K06, K08: the bookings in the way of a closure: everybody who has not arrived yet. `firstBookedAt` goes back along the
 * moves of a booking, so that nobody loses their turn by having moved, or by having been moved.
 */
export async function bookingsInTheWay(
  executor: Executor,
  days: DaysOfDepartment,
): Promise<BookingInTheWay[]> {
  const rows = await executor.execute<{
    id: string;
    first_booked_at: string;
    day: PlainDate;
    starts_at: PlainTime;
    valid_until: PlainDate;
    ticket_no: string;
    access_needs: z.input<typeof AccessNeed>[];
    person_id: string;
    surname: string;
    name: string;
    patronymic: string | null;
    language: Language;
    has_phone: boolean;
  }>(sql`
    with recursive in_the_way as (
      select * from booking
       where department_id = ${days.departmentId}::uuid and day between ${days.from}::date and ${days.until}::date and state = 'booked'),
    line as (
      select id, moved_from, created_at from in_the_way
      union all
      select line.id, earlier.moved_from, earlier.created_at from line join booking earlier on earlier.id = line.moved_from),
    first as (select id, min(created_at) as booked_at from line group by id)
    select b.id, first.booked_at as first_booked_at, b.day, left(b.starts_at::text, 5) as starts_at, f.valid_until, b.ticket_no, b.access_needs,
           p.id as person_id, p.surname, p.name, p.patronymic,
           case when coalesce(p.phone, p.contact_phone) is null then g.message_language else p.message_language end as language,
           coalesce(p.phone, p.contact_phone, g.phone, g.contact_phone) is not null as has_phone
      from in_the_way b
      join first on first.id = b.id
      join form_031 f on f.id = b.form_id
      join person p on p.id = b.person_id
      join person g on g.id = b.booked_by
     order by b.day, b.starts_at, b.id`);
  return rows.map((row) => ({
    bookingId: row.id,
    firstBookedAt: new Date(row.first_booked_at),
    day: row.day,
    startsAt: row.starts_at,
    formValidUntil: row.valid_until,
    ticketNo: row.ticket_no,
    person: { id: row.person_id, surname: row.surname, name: row.name, patronymic: row.patronymic },
    accessNeeds: row.access_needs,
    language: row.language,
    hasPhone: row.has_phone,
  }));
}

/**
 * EQ-09: starts with free places of a department after a day and time, up to `until`, without the days `closing` is about
 * to close. A place kept for somebody of the wait list is not free.
 */
export async function freeStarts(
  executor: Executor,
  departmentId: string,
  after: { day: PlainDate; startsAt: PlainTime },
  until: PlainDate,
  closing: { from: PlainDate; until: PlainDate } | null,
  at: Date,
): Promise<FreeStart[]> {
  const without = closing ? sql`and day not between ${closing.from}::date and ${closing.until}::date` : sql``;
  const rows = await executor.execute<{ day: PlainDate; starts_at: PlainTime; free: number }>(sql`
    select day, left(starts_at::text, 5) as starts_at, count(*)::int as free from place
     where department_id = ${departmentId}::uuid and booking_id is null and closed_by_trip is null
       and (day, starts_at) > (${after.day}::date, ${after.startsAt}::time) and day <= ${until}::date ${without}
       and (held_for_form is null or held_until <= ${at.toISOString()}::timestamptz)
     group by place.day, place.starts_at order by place.day, place.starts_at`);
  return rows.map((row) => ({ day: row.day, startsAt: row.starts_at, free: row.free }));
}

/** Stands for exactly these bookings: whoever saves a closure says by it which ones were seen. */
export function fingerprint(bookings: readonly Pick<BookingInTheWay, 'bookingId'>[]): string {
  const ids = bookings.map((booking) => booking.bookingId).sort();
  return createHash('sha256').update(ids.join('\n')).digest('hex');
}
