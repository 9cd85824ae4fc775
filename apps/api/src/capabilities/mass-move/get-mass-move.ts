import type { AccessNeed } from '@mse/contracts/queue';
import type { MassMoveInput, MassMoveOutput } from '@mse/contracts/mass-move';
import { bookings, forms, massMoveItems, massMoves, messages, persons } from '@mse/db/schema';
import { mayCall } from '@mse/domain/access';
import type { MessageState } from '@mse/domain/notifications';
import { fullName, initials } from '@mse/domain/shared';
import { and, asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { findMassMoves } from './move-counts.ts';

const booker = alias(persons, 'booker');
const clerk = alias(persons, 'clerk');
const next = alias(bookings, 'next');

/** Delivery of the newest message about the new time, or about the booking that was ended. */
const messageState = sql<MessageState | null>`(select ${messages.state} from ${messages}
  where ${messages.bookingId} = coalesce(${massMoveItems.newBookingId}, ${massMoveItems.bookingId}) and ${messages.template} in ('moved', 'rebook')
  order by ${messages.createdAt} desc limit 1)`;

/**
 * K08: a mass move of the caller's department: everybody concerned by initials, and the call list with names and numbers, whose
 * sight is noted. Another department's move reads as NOT_FOUND.
 */
export async function getMassMove(
  call: CallContext,
  input: z.output<typeof MassMoveInput>,
): Promise<z.input<typeof MassMoveOutput>> {
  const { db, jobs } = call.deps;
  const { caller, department } = deskCaller(call);
  const [move] = await findMassMoves(
    db,
    and(eq(massMoves.id, input.id), eq(massMoves.departmentId, department.id)),
  );
  if (!move) throw notFound();
  const [rows, fates] = await Promise.all([
    db
      .select({
        item: massMoveItems,
        old: bookings,
        next,
        person: persons,
        booker,
        clerk: { surname: clerk.surname, name: clerk.name, patronymic: clerk.patronymic },
        organization: forms.organizationName,
        formValidUntil: forms.validUntil,
        messageState,
      })
      .from(massMoveItems)
      .innerJoin(bookings, eq(bookings.id, massMoveItems.bookingId))
      .innerJoin(forms, eq(forms.id, bookings.formId))
      .innerJoin(persons, eq(persons.id, bookings.personId))
      .innerJoin(booker, eq(booker.id, bookings.bookedBy))
      .leftJoin(next, eq(next.id, massMoveItems.newBookingId))
      .leftJoin(clerk, eq(clerk.id, massMoveItems.calledBy))
      .where(eq(massMoveItems.massMoveId, move.id))
      .orderBy(asc(massMoveItems.turn)),
    jobs.fates(db, 'mass-move.run', [move.id]),
  ]);
  const timeOf = ({
    day,
    startsAt,
    ticketNo,
  }: Pick<typeof bookings.$inferSelect, 'day' | 'startsAt' | 'ticketNo'>) => ({
    day,
    startsAt,
    ticketNo,
  });

  call.seen(null, `mass-move:${move.id}`);
  const calls = rows.filter(({ item }) => item.toCall);
  for (const { old } of calls) call.seen(old.personId, `booking:${old.id}`);
  return {
    ...move,
    stopped: move.state === 'running' && fates.get(move.id) !== 'at-work',
    mayResume: mayCall('massMove.resume', caller),
    items: rows.map(({ item, old, next, person, booker, messageState }) => ({
      id: item.id,
      turn: item.turn,
      initials: initials(person),
      language: languageOf(person, booker),
      accessNeeds: old.accessNeeds as z.input<typeof AccessNeed>[],
      state: item.state,
      old: timeOf(old),
      new: next && timeOf(next),
      messageState,
    })),
    calls: calls.map(({ item, old, next, person, booker, clerk, organization, formValidUntil }) => ({
      itemId: item.id,
      personName: fullName(person),
      representativeName: booker.id === person.id ? null : fullName(booker),
      phone: numberOf(person) ?? numberOf(booker),
      language: languageOf(person, booker),
      organization,
      formValidUntil,
      state: item.state,
      old: timeOf(old),
      new: next && timeOf(next),
      calledAt: item.calledAt?.toISOString() ?? null,
      calledBy: clerk && fullName(clerk),
    })),
  };
}

type Person = typeof persons.$inferSelect;

/** The number in the base of mobile citizens, or else the one the person gave. */
function numberOf(person: Person): string | null {
  return person.phone ?? person.contactPhone;
}

/** Whose language is spoken: the person's, or the representative's when only they have a number. */
function languageOf(person: Person, booker: Person) {
  return numberOf(person) === null ? booker.messageLanguage : person.messageLanguage;
}
