import type { DeskPersonInput, DeskPersonOutput } from '@mse/contracts/desk';
import { auditEvents, bookings, forms, messages, persons, visits } from '@mse/db/schema';
import { fullName, maskIin } from '@mse/domain/shared';
import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { formView } from '../queue/form-view.ts';
import { deskCaller } from './desk-caller.ts';
import { deskColumns, deskRow } from './desk-rows.ts';

type Output = z.input<typeof DeskPersonOutput>;

/** Words under `desk:event.` for what the audit calls by the action's name. */
const EVENTS: Record<string, string> = {
  'queue.bookPlace': 'booked',
  'queue.moveBooking': 'moved',
  'queue.cancelBooking': 'cancelled',
  'queue.annulLate': 'annulled',
  'desk.markArrival': 'arrived',
  'desk.joinLiveQueue': 'live',
  'desk.restore': 'restored',
};
const VISIT_EVENTS: Record<string, string> = {
  call: 'called',
  recall: 'recalled',
  start: 'in-service',
  finish: 'done',
  'no-answer': 'did-not-come',
  'put-back': 'put-back',
};

const examined = alias(persons, 'examined');
const representative = alias(persons, 'representative');

/** K03: the facts of a visit or booking of the own department: person with masked ИИН, form without its medical rows, history, messages. */
export async function getDeskPerson(
  call: CallContext,
  input: z.output<typeof DeskPersonInput>,
): Promise<Output> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const columns = { ...deskColumns, formId: forms.id };
  const [found] = input.visitId
    ? await deps.db
        .select(columns)
        .from(visits)
        .innerJoin(persons, eq(persons.id, visits.personId))
        .innerJoin(forms, eq(forms.id, visits.formId))
        .leftJoin(bookings, eq(bookings.id, visits.bookingId))
        .where(and(eq(visits.id, input.visitId), eq(visits.departmentId, department.id)))
    : input.bookingId
      ? await deps.db
          .select(columns)
          .from(bookings)
          .innerJoin(persons, eq(persons.id, bookings.personId))
          .innerJoin(forms, eq(forms.id, bookings.formId))
          .leftJoin(visits, eq(visits.bookingId, bookings.id))
          .where(and(eq(bookings.id, input.bookingId), eq(bookings.departmentId, department.id)))
      : [];
  if (!found) throw notFound();

  const [facts] = await deps.db
    .select({ form: forms, person: examined, representative })
    .from(forms)
    .innerJoin(examined, eq(examined.id, forms.personId))
    .leftJoin(representative, eq(representative.id, forms.representativeId))
    .where(eq(forms.id, found.formId));
  if (!facts) throw notFound();
  call.seen(facts.person.id, `form:${found.formId}`);

  return {
    row: deskRow(found),
    personName: fullName(facts.person),
    iinMasked: maskIin(facts.person.iin),
    birthDate: facts.person.birthDate,
    representativeName: facts.representative ? fullName(facts.representative) : null,
    form: formView(facts.form, at),
    formId: found.formId,
    history: await historyOf(call, department.id, found.formId),
    messages: await deps.db
      .select({
        at: messages.createdAt,
        template: messages.template,
        state: messages.state,
        language: messages.language,
      })
      .from(messages)
      .where(and(eq(messages.formId, found.formId), ne(messages.template, 'code')))
      .orderBy(asc(messages.createdAt))
      .then((rows) => rows.map((row) => ({ ...row, at: row.at.toISOString() }))),
  };
}

/** Everything done with the form's bookings and visits at this department, newest first, as the audit has it. */
async function historyOf(
  call: CallContext,
  departmentId: string,
  formId: string,
): Promise<Output['history']> {
  const { db } = call.deps;
  const [formBookings, formVisits] = await Promise.all([
    db
      .select({
        id: bookings.id,
        ticketNo: bookings.ticketNo,
        day: bookings.day,
        startsAt: bookings.startsAt,
      })
      .from(bookings)
      .where(and(eq(bookings.formId, formId), eq(bookings.departmentId, departmentId))),
    db
      .select({ id: visits.id, ticketNo: visits.ticketNo, day: visits.day })
      .from(visits)
      .where(and(eq(visits.formId, formId), eq(visits.departmentId, departmentId))),
  ]);
  const subjects = new Map<string, { ticketNo: string; day: string; startsAt: string | null }>([
    ...formBookings.map((booking) => [`booking:${booking.id}`, booking] as const),
    ...formVisits.map((visit) => [`visit:${visit.id}`, { ...visit, startsAt: null }] as const),
  ]);
  const rows = await db
    .select({
      at: auditEvents.at,
      action: auditEvents.action,
      subject: auditEvents.subject,
      detail: auditEvents.detail,
    })
    .from(auditEvents)
    .where(and(inArray(auditEvents.subject, [...subjects.keys()]), eq(auditEvents.outcome, 'done')))
    .orderBy(desc(auditEvents.id));
  return rows.flatMap((row) => {
    const what =
      row.action === 'desk.changeVisit' ? VISIT_EVENTS[String(row.detail.event)] : EVENTS[row.action];
    const of = row.subject ? subjects.get(row.subject) : undefined;
    return what && of
      ? [{ at: row.at.toISOString(), what, ticketNo: of.ticketNo, day: of.day, startsAt: of.startsAt }]
      : [];
  });
}
