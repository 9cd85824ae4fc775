import type { FindForArrivalInput, FindForArrivalOutput } from '@mse/contracts/desk';
import type { AccessNeed } from '@mse/contracts/queue';
import { bookings, forms, persons } from '@mse/db/schema';
import { fullName, initials, maskIin, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, gte, or, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext } from '../../trpc.ts';
import { liveQueueRefusal } from '../queue/live-queue.ts';
import type { Department } from '../reference/reference-data.ts';
import { readArrivalQuery } from './arrival-query.ts';
import { deskCaller } from './desk-caller.ts';
import { arrivalRefusal } from './mark-arrival.ts';

type Output = z.input<typeof FindForArrivalOutput>;
type Match = Output['matches'][number];

/** The digits of a stranger's ИИН are nothing for another department. */
const HIDDEN_IIN = '••••••••••••';

/**
 * K02: finds who stands at the desk by ticket number of today, QR or ИИН. Only bookings of the own department are told in full;
 * a QR of another department is in the person's hand, so the clerk hears that department's number and no more.
 * By ИИН nothing is said of other departments: the number alone must not tell who is examined where.
 */
export async function findForArrival(
  call: CallContext,
  input: z.output<typeof FindForArrivalInput>,
): Promise<Output> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const today = toBusinessDate(at);
  const query = readArrivalQuery(input.query);
  if (query.kind === 'unknown') return { matches: [], walkIn: null };

  if (query.kind === 'iin') {
    const [person] = await deps.db.select({ id: persons.id }).from(persons).where(eq(persons.iin, query.iin));
    if (!person) return { matches: [], walkIn: null };
    const found = await findRows(
      call,
      and(
        eq(bookings.personId, person.id),
        eq(bookings.departmentId, department.id),
        or(eq(bookings.day, today), and(gte(bookings.day, today), eq(bookings.state, 'booked'))),
      ),
    );
    const live = found.filter(
      ({ booking }) => booking.day === today && (booking.state === 'booked' || booking.state === 'arrived'),
    );
    return answer(call, department, live.length > 0 ? live : found, person.id);
  }
  const condition =
    query.kind === 'code'
      ? eq(bookings.ticketCode, query.code)
      : and(
          eq(bookings.departmentId, department.id),
          eq(bookings.day, today),
          eq(bookings.ticketNo, query.ticketNo),
        );
  const found = await findRows(call, condition);
  return answer(
    call,
    department,
    found,
    found[0]?.booking.departmentId === department.id ? found[0].booking.personId : null,
  );
}

function findRows(call: CallContext, condition: SQL | undefined) {
  return call.deps.db
    .select({ booking: bookings, person: persons })
    .from(bookings)
    .innerJoin(persons, eq(persons.id, bookings.personId))
    .where(condition)
    .orderBy(bookings.day, desc(bookings.createdAt))
    .limit(10);
}

async function answer(
  call: CallContext,
  department: Department,
  found: Awaited<ReturnType<typeof findRows>>,
  personId: string | null,
): Promise<Output> {
  const { deps, at } = call;
  const matches: Match[] = [];
  for (const { booking, person } of found) {
    const own = booking.departmentId === department.id;
    const refusal = own ? arrivalRefusal(booking, at) : 'other-department';
    call.seen(person.id, `booking:${booking.id}`);
    matches.push({
      bookingId: booking.id,
      personName: own ? fullName(person) : initials(person),
      iinMasked: own ? maskIin(person.iin) : HIDDEN_IIN,
      ticketNo: booking.ticketNo,
      day: booking.day,
      startsAt: booking.startsAt,
      state: booking.state,
      accessNeeds: own ? (booking.accessNeeds as z.input<typeof AccessNeed>[]) : [],
      refusal,
      liveQueuePossible:
        refusal === 'too-late' && (await liveQueueRefusal(deps.db, booking.formId, at)) === null,
      otherDepartment: own ? null : (deps.reference.department(booking.departmentId)?.number ?? null),
    });
  }
  return { matches, walkIn: personId ? await findWalkIn(call, department, personId) : null };
}

/** EQ-15: the person's newest form that may go to this department's live queue today, also after an annulment. */
async function findWalkIn(
  call: CallContext,
  department: Department,
  personId: string,
): Promise<Output['walkIn']> {
  const { deps, at } = call;
  const candidates = await deps.db
    .select({ formId: forms.id, person: persons })
    .from(forms)
    .innerJoin(persons, eq(persons.id, forms.personId))
    .where(
      and(
        eq(forms.personId, personId),
        eq(forms.state, 'accepted'),
        gte(forms.validUntil, toBusinessDate(at)),
      ),
    )
    .orderBy(desc(forms.acceptedAt));
  for (const { formId, person } of candidates) {
    if (
      !person.unitCode ||
      deps.reference.departmentOfUnit(person.unitCode, toBusinessDate(at)) !== department.id
    )
      continue;
    if ((await liveQueueRefusal(deps.db, formId, at)) !== null) continue;
    call.seen(person.id, `form:${formId}`);
    return { formId, personName: fullName(person), iinMasked: maskIin(person.iin) };
  }
  return null;
}
