import type { AccessNeed, BookingView } from '@mse/contracts/queue';
import { bookings, forms, messages, persons } from '@mse/db/schema';
import type { MessageState } from '@mse/domain/notifications';
import { decideCancel } from '@mse/domain/queue';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../trpc.ts';
import { departmentView } from '../reference/department-view.ts';
import { mayActFor } from './facts.ts';

/** The number at which a person is told: that of the base of mobile citizens, else the one confirmed in the cabinet. */
export function reachableAt(table: Pick<typeof persons, 'phone' | 'contactPhone'>) {
  return sql<string | null>`coalesce(${table.phone}, ${table.contactPhone})`;
}

/** Columns of a booking with its person and form, for queries that show bookings. */
const columns = {
  booking: bookings,
  person: {
    id: persons.id,
    surname: persons.surname,
    name: persons.name,
    patronymic: persons.patronymic,
    phone: reachableAt(persons),
    messageLanguage: persons.messageLanguage,
  },
  formState: forms.state,
  formValidUntil: forms.validUntil,
};

/** Delivery of the newest message about a booking that is due; a reminder still ahead says nothing. */
function newestMessageState(at: Date) {
  return sql<MessageState | null>`(select ${messages.state} from ${messages} where ${messages.bookingId} = ${bookings.id}
    and ${messages.dueAt} <= ${at.toISOString()}::timestamptz order by ${messages.dueAt} desc, ${messages.createdAt} desc limit 1)`;
}

/** Bookings a person may see, their own and their wards' (EQ-07), that also fit `condition`; newest first. */
export async function findBookings(deps: Deps, callerId: string, condition: SQL, at: Date) {
  return deps.db
    .select({ ...columns, messageState: newestMessageState(at) })
    .from(bookings)
    .innerJoin(persons, eq(persons.id, bookings.personId))
    .innerJoin(forms, eq(forms.id, bookings.formId))
    .where(and(condition, mayActFor(persons.id, callerId, sql`${toBusinessDate(at)}::date`)))
    .orderBy(sql`${bookings.createdAt} desc`);
}
export type FoundBooking = Awaited<ReturnType<typeof findBookings>>[number];

/** One booking by id as the caller may see it; anybody else's reads as NOT_FOUND. */
export async function findBooking(
  deps: Deps,
  callerId: string,
  bookingId: string,
  at: Date,
): Promise<FoundBooking> {
  const [found] = await findBookings(deps, callerId, eq(bookings.id, bookingId), at);
  if (!found) throw notFound();
  return found;
}

/** One booking by the opaque code of its ticket; anybody else's reads as NOT_FOUND. */
export async function findBookingByCode(
  deps: Deps,
  callerId: string,
  code: string,
  at: Date,
): Promise<FoundBooking> {
  const [found] = await findBookings(deps, callerId, eq(bookings.ticketCode, code), at);
  if (!found) throw notFound();
  return found;
}

/** A booking as its owner sees it. */
export function bookingView(
  deps: Deps,
  found: FoundBooking,
  callerId: string,
  at: Date,
): z.input<typeof BookingView> {
  const { booking, person } = found;
  const department = deps.reference.department(booking.departmentId);
  if (!department) throw new Error('A booking names a department that does not exist');
  const cancel = decideCancel({ state: booking.state, startsAt: booking.startsInstant }, at);
  const canCancel = cancel.ok && cancel.value === 'cancel';
  return {
    id: booking.id,
    formId: booking.formId,
    personId: person.id,
    personName: fullName(person),
    self: person.id === callerId,
    state: booking.state,
    day: booking.day,
    startsAt: booking.startsAt,
    ticketNo: booking.ticketNo,
    ticketCode: booking.ticketCode,
    department: departmentView(department),
    accessNeeds: booking.accessNeeds as z.input<typeof AccessNeed>[],
    createdAt: booking.createdAt.toISOString(),
    canCancel,
    canMove: canCancel && found.formValidUntil >= toBusinessDate(at),
    messageState: found.messageState,
  };
}
