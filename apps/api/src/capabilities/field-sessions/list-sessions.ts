import type { SessionsOutput } from '@mse/contracts/field-sessions';
import { fieldPlaces, fieldSessions, placeRequests } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { staffOfDepartment } from './department-staff.ts';
import { type Session, TAKING } from './own-session.ts';

/** How many sessions that ended are shown. */
const ENDED_SHOWN = 50;

/** People that are on a session or were examined. */
export const peopleCount = sql<number>`(select count(*)::int from ${fieldPlaces} where ${and(eq(fieldPlaces.sessionId, fieldSessions.id), inArray(fieldPlaces.state, [...TAKING]))})`;

/** A session as lists show it. */
export function sessionLine(session: Session, people: number) {
  return {
    id: session.id,
    place: session.place,
    institution: session.institution,
    address: session.address,
    day: session.day,
    startsAt: session.startsAt,
    state: session.state,
    capacity: session.capacity,
    people,
  };
}

/** FF-03: the department's field sessions, and how many requests and examinations in absentia wait. */
export async function listSessions(call: CallContext): Promise<z.input<typeof SessionsOutput>> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const own = eq(fieldSessions.departmentId, department.id);
  const [open, ended, requests, absent, staff] = await Promise.all([
    deps.db
      .select({ session: fieldSessions, people: peopleCount })
      .from(fieldSessions)
      .where(and(own, inArray(fieldSessions.state, ['planned', 'announced', 'held'])))
      .orderBy(asc(fieldSessions.day), asc(fieldSessions.startsAt), asc(fieldSessions.id)),
    deps.db
      .select({ session: fieldSessions, people: peopleCount })
      .from(fieldSessions)
      .where(and(own, inArray(fieldSessions.state, ['closed', 'cancelled'])))
      .orderBy(desc(fieldSessions.day), desc(fieldSessions.id))
      .limit(ENDED_SHOWN),
    deps.db.$count(
      placeRequests,
      and(eq(placeRequests.departmentId, department.id), eq(placeRequests.state, 'asked')),
    ),
    deps.db.$count(
      fieldPlaces,
      and(
        eq(fieldPlaces.departmentId, department.id),
        isNull(fieldPlaces.sessionId),
        eq(fieldPlaces.state, 'on'),
      ),
    ),
    staffOfDepartment(deps.db, department.id, toBusinessDate(at)),
  ]);
  const line = ({ session, people }: { session: Session; people: number }) => sessionLine(session, people);
  return { open: open.map(line), ended: ended.map(line), requests, absent, staff };
}
