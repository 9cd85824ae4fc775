import type { SessionInput, SessionView } from '@mse/contracts/field-sessions';
import {
  conclusions,
  fieldPlaces,
  fieldSessionMembers,
  fieldSessions,
  forms,
  inPersonApplications,
  persons,
  placeRequests,
} from '@mse/db/schema';
import { serviceMinutes } from '@mse/domain/field-sessions';
import { policyOn } from '@mse/domain/policies';
import { fullName, maskIin, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, gte, inArray, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { candidatesOf } from './candidates.ts';
import { peopleCount, sessionLine } from './list-sessions.ts';
import { ownSession, takenOf } from './own-session.ts';
import { whereOf } from './tell-person.ts';

/** FF-03: a session of the own department, the people on it with their outcomes, and who else can be put on it. No medical word is in it. */
export async function getSession(
  call: CallContext,
  input: z.output<typeof SessionInput>,
): Promise<z.input<typeof SessionView>> {
  const { deps, at } = call;
  const session = await ownSession(call, deps.db, input.sessionId);
  const today = toBusinessDate(at);
  const [people, members, taken, others, candidates] = await Promise.all([
    peopleOf(call, session.id),
    deps.db
      .select({ person: persons })
      .from(fieldSessionMembers)
      .innerJoin(persons, eq(persons.id, fieldSessionMembers.personId))
      .where(eq(fieldSessionMembers.sessionId, session.id)),
    takenOf(deps.db, session.id),
    deps.db
      .select({ session: fieldSessions, people: peopleCount })
      .from(fieldSessions)
      .where(
        and(
          eq(fieldSessions.departmentId, session.departmentId),
          eq(fieldSessions.place, session.place),
          ne(fieldSessions.id, session.id),
          inArray(fieldSessions.state, ['planned', 'announced']),
          gte(fieldSessions.day, today),
        ),
      )
      .orderBy(asc(fieldSessions.day))
      .limit(20),
    ['planned', 'announced', 'held'].includes(session.state) ? candidatesOf(call, session) : [],
  ]);
  call.seen(null, `field-session:${session.id}`);
  return {
    ...sessionLine(session, taken),
    version: session.version,
    cancelReason: session.cancelReason,
    today,
    minutes: serviceMinutes(
      policyOn(deps.reference.policies(), 'in-person.place-minutes', session.day),
      session.place,
    ),
    members: members.map(({ person }) => fullName(person)).sort(),
    waiting: people.filter(({ state }) => state === 'on').length,
    peopleOn: people.map(({ request, ...person }) => ({ ...person, where: whereOf(session, request) })),
    candidates,
    others: others.map((row) => sessionLine(row.session, row.people)),
  };
}

/** People of a session in the order they were put on it, those who left it at the end. */
export async function peopleOf(call: CallContext, sessionId: string) {
  const rows = await call.deps.db
    .select({
      place: fieldPlaces,
      person: persons,
      form: forms,
      request: placeRequests,
      application: { id: inPersonApplications.id, state: inPersonApplications.state },
      actNo: conclusions.actNo,
    })
    .from(fieldPlaces)
    .innerJoin(persons, eq(persons.id, fieldPlaces.personId))
    .innerJoin(forms, eq(forms.id, fieldPlaces.formId))
    .leftJoin(placeRequests, eq(placeRequests.id, fieldPlaces.requestId))
    .leftJoin(
      inPersonApplications,
      and(eq(inPersonApplications.fieldPlaceId, fieldPlaces.id), ne(inPersonApplications.state, 'withdrawn')),
    )
    .leftJoin(conclusions, and(eq(conclusions.formId, fieldPlaces.formId), eq(fieldPlaces.state, 'examined')))
    .where(eq(fieldPlaces.sessionId, sessionId))
    .orderBy(
      sql`${fieldPlaces.state} not in ('on', 'examined', 'refused')`,
      asc(fieldPlaces.putAt),
      asc(fieldPlaces.id),
    );
  return rows.map(({ place, person, form, request, application, actNo }) => {
    call.seen(person.id, `field-session:${sessionId}`);
    return {
      request,
      fieldPlaceId: place.id,
      formId: form.id,
      personName: fullName(person),
      iinMasked: maskIin(person.iin),
      birthYear: Number(person.birthDate.slice(0, 4)),
      formNumber: form.number,
      phone: person.phone ?? person.contactPhone,
      state: place.state,
      applicationId: application?.id ?? null,
      actNo,
      conclusion: request?.conclusionNumber ?? '',
    };
  });
}
