import type { Database } from '@mse/db';
import { bookings, persons, visits } from '@mse/db/schema';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { decideVisit, VISIT_STATES, type VisitEvent, type VisitState } from '@mse/domain/queue';
import { addMinutes, type PlainDate } from '@mse/domain/shared';
import { eq, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { preparedOnce } from '../../platform/prepared.ts';
import { deskColumns, deskRow, type Row } from './desk-rows.ts';

/** Steps that touch the visit alone: neither its booking nor its form. The hall waits for them. */
const ALONE = ['call', 'recall', 'start'] as const satisfies readonly VisitEvent[];
export type StepAlone = (typeof ALONE)[number];

const CALLED_MINUTES = MESSAGE_LIFE_MINUTES.called ?? 0;

export function isStepAlone(event: VisitEvent): event is StepAlone {
  return (ALONE as readonly VisitEvent[]).includes(event);
}

/** The states an event can be carried out in, and the one it leads to, by VISIT_TRANSITIONS. */
function stepOf(event: StepAlone): { from: VisitState[]; to: VisitState } {
  const from = VISIT_STATES.filter((state) => decideVisit(state, event).ok);
  const [to, ...others] = new Set(
    from.flatMap((state) => {
      const next = decideVisit(state, event);
      return next.ok ? [next.value] : [];
    }),
  );
  if (!to || others.length > 0) throw new Error(`${event} does not lead to one state`);
  return { from, to };
}

interface Step {
  event: StepAlone;
  visitId: string;
  departmentId: string;
  /** Nothing is called on another day than this one. */
  today: PlainDate;
  room: string | null;
  actor: string;
  actorRole: string;
  requestId: string;
  at: Date;
}

/**
 * K01, P10: calls, calls again or starts a visit in one statement: new state, audit row, a message for who asked for a sign interpreter
 * (B01), and word to desks and boards. The condition on the state is part of the update, so of several clerks who press at once
 * one is served. Null when nothing was changed; the caller then finds out why.
 */
export async function stepAtOnce(deps: Deps, step: Step): Promise<Row | null> {
  const { from, to } = stepOf(step.event);
  const at = step.at.toISOString();
  const isCall = step.event === 'call';
  const detail = { event: step.event, ...(isCall ? { room: step.room } : {}) };
  const [row] = await deps.db.$client<{ changed: number; announced: number }[]>`
    with changed as (
      update visit v set state = ${to},
             room = case when ${isCall}::boolean then ${step.room}::text else room end,
             called_at = case when ${step.event !== 'start'}::boolean then ${at}::timestamptz else called_at end,
             calls = calls + case when ${step.event !== 'start'}::boolean then 1 else 0 end,
             started_at = case when ${step.event === 'start'}::boolean then ${at}::timestamptz else started_at end
       where id = ${step.visitId}::uuid and department_id = ${step.departmentId}::uuid and day = ${step.today}::date and state = any(${from}::text[])
      returning v.*),
    recorded as (
      insert into audit_event (at, actor, actor_role, action, outcome, person_id, subject, request_id, detail)
      select ${at}::timestamptz, ${step.actor}, ${step.actorRole}, 'desk.changeVisit', 'done', c.person_id, 'visit:' || c.id, ${step.requestId},
             ${JSON.stringify(detail)}::text::jsonb from changed c),
    told as (
      insert into message (id, person_id, template, language, form_id, booking_id, phone, params, once_key, state, created_at, due_at, expires_at, state_at)
      select gen_random_uuid(), c.person_id, 'called', p.message_language, c.form_id, c.booking_id, p.phone,
             jsonb_build_object('ticket', c.ticket_no, 'room', c.room), 'called:visit:' || c.id || ':' || c.calls, 'queued',
             ${at}::timestamptz, ${at}::timestamptz, ${addMinutes(step.at, CALLED_MINUTES).toISOString()}::timestamptz, ${at}::timestamptz
        from changed c join person p on p.id = c.person_id
       where ${isCall}::boolean and p.phone is not null
         and 'sign-interpreter' = any(coalesce(
           (select b.access_needs from booking b where b.form_id = c.form_id order by b.created_at desc limit 1), p.access_needs))),
    announced as materialized (select pg_notify('desk', c.department_id || ':' || c.day) from changed c)
    select (select count(*)::int from changed) as changed, (select count(*)::int from announced) as announced`;
  if (row?.changed !== 1) return null;
  const [changed] = await rowQuery(deps.db).execute({ visitId: step.visitId });
  if (!changed) throw new Error('A visit vanished; visits are never deleted');
  return deskRow(changed);
}

const rowQuery = preparedOnce((db: Database) =>
  db
    .select(deskColumns)
    .from(visits)
    .innerJoin(persons, eq(persons.id, visits.personId))
    .leftJoin(bookings, eq(bookings.id, visits.bookingId))
    .where(eq(visits.id, sql.placeholder('visitId')))
    .prepare('desk_row'),
);
