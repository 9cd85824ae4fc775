import type { FindPersonInput, FindPersonOutput } from '@mse/contracts/field-sessions';
import type { Executor } from '@mse/db';
import { bookings, fieldPlaces, forms, persons, placeRequests, visits } from '@mse/db/schema';
import { PLACE_NEEDS } from '@mse/domain/field-sessions';
import { fullName, maskIin, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, gte, inArray, notExists, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { ownSession, type Session } from './own-session.ts';
import { whereOf } from './tell-person.ts';

const MOST = 100;

/** A form without a live place of examination: no booking, no turn in the live queue, no place outside. */
function isFree(executor: Executor): SQL {
  return and(
    notExists(
      executor
        .select({ id: bookings.id })
        .from(bookings)
        .where(and(eq(bookings.formId, forms.id), inArray(bookings.state, ['booked', 'arrived', 'served']))),
    ),
    notExists(
      executor
        .select({ id: visits.id })
        .from(visits)
        .where(and(eq(visits.formId, forms.id), inArray(visits.state, ['waiting', 'called', 'in-service']))),
    ),
    notExists(
      executor
        .select({ id: fieldPlaces.id })
        .from(fieldPlaces)
        .where(and(eq(fieldPlaces.formId, forms.id), eq(fieldPlaces.state, 'on'))),
    ),
  ) as SQL;
}

/**
 * FF-03: who can be put on a session: where the commission's conclusion is needed, people whose request was granted; at the clinic of the
 * registration, people of the department whose forms wait for a booking. Those who end first come first.
 */
export async function candidatesOf(call: CallContext, session: Session) {
  const { deps } = call;
  const { department } = deskCaller(call);
  const fits = and(
    eq(forms.track, 'in-person'),
    eq(forms.state, 'accepted'),
    gte(forms.validUntil, session.day),
    isFree(deps.db),
  );
  if (PLACE_NEEDS[session.place].consent) {
    const rows = await deps.db
      .select({ form: forms, person: persons, request: placeRequests })
      .from(placeRequests)
      .innerJoin(forms, eq(forms.id, placeRequests.formId))
      .innerJoin(persons, eq(persons.id, forms.personId))
      .where(
        and(
          fits,
          eq(placeRequests.departmentId, department.id),
          eq(placeRequests.state, 'granted'),
          eq(placeRequests.place, session.place as 'home' | 'hospital'),
        ),
      )
      .orderBy(asc(forms.validUntil), asc(forms.id))
      .limit(MOST);
    return rows.map(({ form, person, request }) =>
      candidate(
        call,
        form,
        person,
        request.id,
        whereOf({ ...session, institution: request.institution || session.institution }, request),
      ),
    );
  }
  // A penal or specialised institution has people of any registration: they are found by their number.
  if (!PLACE_NEEDS[session.place].registration) return [];
  const units = deps.reference.unitsOfDepartment(department.id, toBusinessDate(call.at));
  if (units.length === 0) return [];
  const rows = await deps.db
    .select({ form: forms, person: persons })
    .from(forms)
    .innerJoin(persons, eq(persons.id, forms.personId))
    .where(and(fits, inArray(persons.unitCode, units)))
    .orderBy(asc(forms.validUntil), asc(forms.id))
    .limit(MOST);
  return rows.map(({ form, person }) => candidate(call, form, person, null, form.organizationName));
}

/** FF-03: forms of somebody found by number that can be put on the session; for institutions people are not registered here. */
export async function findPerson(
  call: CallContext,
  input: z.output<typeof FindPersonInput>,
): Promise<z.input<typeof FindPersonOutput>> {
  const { deps } = call;
  const session = await ownSession(call, deps.db, input.sessionId);
  const rows = await deps.db
    .select({ form: forms, person: persons })
    .from(forms)
    .innerJoin(persons, eq(persons.id, forms.personId))
    .where(
      and(
        eq(persons.iin, input.iin),
        eq(forms.track, 'in-person'),
        eq(forms.state, 'accepted'),
        gte(forms.validUntil, session.day),
        isFree(deps.db),
      ),
    )
    .orderBy(asc(forms.validUntil))
    .limit(5);
  if (rows.length === 0) call.seen(null, `field-session:${session.id}`);
  return {
    found: rows.map(({ form, person }) => candidate(call, form, person, null, form.organizationName)),
  };
}

function candidate(
  call: CallContext,
  form: typeof forms.$inferSelect,
  person: typeof persons.$inferSelect,
  requestId: string | null,
  where: string,
) {
  call.seen(person.id, `form:${form.id}`);
  return {
    formId: form.id,
    requestId,
    personName: fullName(person),
    iinMasked: maskIin(person.iin),
    formNumber: form.number,
    formValidUntil: form.validUntil,
    where,
  };
}
