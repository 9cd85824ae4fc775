import type { Executor, Transaction } from '@mse/db';
import { fieldPlaces, fieldSessionMembers, fieldSessions } from '@mse/db/schema';
import type { Action } from '@mse/domain/access';
import {
  decideSession,
  type SessionEvent,
  type SessionRefusal,
  type SessionState,
} from '@mse/domain/field-sessions';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import type { Caller } from '../../caller.ts';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';

export type Session = typeof fieldSessions.$inferSelect;
export type FieldPlace = typeof fieldPlaces.$inferSelect;

/** States that count against the capacity of a session. */
export const TAKING = ['on', 'examined', 'refused'] as const;

/** A session of the caller's department; one of another department does not exist for them. */
export async function ownSession(
  call: CallContext,
  executor: Executor,
  sessionId: string,
  options: { lock?: boolean } = {},
): Promise<Session> {
  const { department } = deskCaller(call);
  const query = executor
    .select()
    .from(fieldSessions)
    .where(and(eq(fieldSessions.id, sessionId), eq(fieldSessions.departmentId, department.id)));
  const [session] = await (options.lock ? query.for('update') : query);
  if (!session) throw notFound();
  return session;
}

/** A place outside the queue of the caller's department. */
export async function ownFieldPlace(
  call: CallContext,
  executor: Executor,
  fieldPlaceId: string,
  options: { lock?: boolean } = {},
): Promise<FieldPlace> {
  const { department } = deskCaller(call);
  const query = executor
    .select()
    .from(fieldPlaces)
    .where(and(eq(fieldPlaces.id, fieldPlaceId), eq(fieldPlaces.departmentId, department.id)));
  const [place] = await (options.lock ? query.for('update') : query);
  if (!place) throw notFound();
  return place;
}

/** People that hold places of a session, in the order they were put on it. */
export function placesOf(executor: Executor, sessionId: string): Promise<FieldPlace[]> {
  return executor
    .select()
    .from(fieldPlaces)
    .where(eq(fieldPlaces.sessionId, sessionId))
    .orderBy(fieldPlaces.putAt, fieldPlaces.id);
}

/** FF-03: judges an event of a locked session by the table SESSION_TRANSITIONS and what is on it. */
export async function judgeSession(
  call: CallContext,
  tx: Executor,
  session: Session,
  event: SessionEvent,
): Promise<ReturnType<typeof decideSession>> {
  const [waiting, members] = [
    await tx.$count(fieldPlaces, and(eq(fieldPlaces.sessionId, session.id), eq(fieldPlaces.state, 'on'))),
    await tx.$count(fieldSessionMembers, eq(fieldSessionMembers.sessionId, session.id)),
  ];
  return decideSession(
    { state: session.state, day: session.day, waiting, members },
    event,
    toBusinessDate(call.at),
  );
}

/** How many of a session's places are taken. */
export function takenOf(tx: Executor, sessionId: string): Promise<number> {
  return tx.$count(
    fieldPlaces,
    and(eq(fieldPlaces.sessionId, sessionId), inArray(fieldPlaces.state, [...TAKING])),
  );
}

/** What the work of a step writes besides the state, or why it does not happen after all. */
type Work<Value, Refusal extends string> =
  | {
      ok: true;
      set?: Partial<typeof fieldSessions.$inferInsert>;
      value: Value;
      detail?: Record<string, unknown>;
    }
  | { ok: false; refusal: Refusal };

/**
 * FF-03: one step of a session: the row is locked, the step judged, its work done, state and audit row written, in one transaction.
 * A step on an older version of the page is refused.
 */
export async function stepSession<Value, Refusal extends string = never>(
  call: CallContext,
  step: { action: Action; sessionId: string; event: SessionEvent; version: number },
  work: (tx: Transaction, session: Session, caller: Caller) => Promise<Work<Value, Refusal>>,
): Promise<
  { ok: true; value: Value } | { ok: false; refusal: SessionRefusal | 'changed-meanwhile' | Refusal }
> {
  const { deps, at } = call;
  const { caller } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const session = await ownSession(call, tx, step.sessionId, { lock: true });
    if (session.version !== step.version)
      return { ok: false as const, refusal: 'changed-meanwhile' as const };
    const decision = await judgeSession(call, tx, session, step.event);
    if (!decision.ok) return decision;
    const done = await work(tx, session, caller);
    if (!done.ok) return done;
    await tx
      .update(fieldSessions)
      .set({
        ...done.set,
        state: decision.value,
        version: session.version + 1,
        ...stateAt(session, decision.value, at),
      })
      .where(eq(fieldSessions.id, session.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(step.action, caller),
      action: step.action,
      outcome: 'done',
      personId: null,
      subject: `field-session:${session.id}`,
      requestId: call.requestId,
      detail: { event: step.event, from: session.state, to: decision.value, ...done.detail },
    });
    return { ok: true as const, value: done.value };
  });
}

function stateAt(session: Session, next: SessionState, at: Date) {
  return session.state === next ? {} : { stateAt: at };
}
