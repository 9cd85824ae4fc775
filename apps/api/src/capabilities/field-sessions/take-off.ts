import type {
  MovePersonInput,
  MovePersonOutput,
  PlaceStepOutput,
  TakeOffInput,
} from '@mse/contracts/field-sessions';
import type { Executor } from '@mse/db';
import { fieldPlaces, fieldSessions, inPersonApplications } from '@mse/db/schema';
import type { FieldPlaceState } from '@mse/domain/field-sessions';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { type FieldPlace, judgeSession, ownFieldPlace, ownSession } from './own-session.ts';
import { putOnSession } from './put-person.ts';
import { tellOfSession } from './tell-person.ts';

/** Ends a live place; what is said to the person is the caller's. */
export async function endFieldPlace(
  tx: Executor,
  place: Pick<FieldPlace, 'id' | 'version'>,
  state: Exclude<FieldPlaceState, 'on'>,
  at: Date,
): Promise<FieldPlace> {
  const [ended] = await tx
    .update(fieldPlaces)
    .set({ state, stateAt: at, version: place.version + 1 })
    .where(and(eq(fieldPlaces.id, place.id), eq(fieldPlaces.state, 'on')))
    .returning();
  if (!ended) throw new Error('A place outside the queue had ended before');
  return ended;
}

/** Whether an application of this place is open: then the examination has begun. */
export async function isBeingExamined(tx: Executor, fieldPlaceId: string): Promise<boolean> {
  const open = await tx.$count(
    inPersonApplications,
    and(eq(inPersonApplications.fieldPlaceId, fieldPlaceId), isNull(inPersonApplications.endedAt)),
  );
  return open > 0;
}

/** FF-03: takes somebody off a session before it is held; the person is told if they were told before. */
export async function takeOff(
  call: CallContext,
  input: z.output<typeof TakeOffInput>,
): Promise<z.input<typeof PlaceStepOutput>> {
  return endOne(call, 'fieldSessions.takeOff', input.fieldPlaceId, 'taken-off');
}

/** FF-03: on a session that is held, somebody who was not met; the form is free again. */
export async function markNotMet(
  call: CallContext,
  input: z.output<typeof TakeOffInput>,
): Promise<z.input<typeof PlaceStepOutput>> {
  return endOne(call, 'fieldSessions.notMet', input.fieldPlaceId, 'not-met');
}

async function endOne(
  call: CallContext,
  action: 'fieldSessions.takeOff' | 'fieldSessions.notMet',
  fieldPlaceId: string,
  state: 'taken-off' | 'not-met',
): Promise<z.input<typeof PlaceStepOutput>> {
  const { deps, at } = call;
  const { caller } = deskCaller(call);
  const seen = await ownFieldPlace(call, deps.db, fieldPlaceId);
  if (seen.sessionId === null) throw notFound();
  const { sessionId } = seen;
  return deps.db.transaction(async (tx) => {
    const session = await ownSession(call, tx, sessionId, { lock: true });
    const place = await ownFieldPlace(call, tx, fieldPlaceId, { lock: true });
    const possible =
      state === 'not-met' ? session.state === 'held' : (await judgeSession(call, tx, session, 'take-off')).ok;
    if (!possible || place.state !== 'on')
      return { ok: false as const, refusal: 'not-possible-now' as const };
    if (await isBeingExamined(tx, place.id))
      return { ok: false as const, refusal: 'application-open' as const };
    const ended = await endFieldPlace(tx, place, state, at);
    if (state === 'taken-off' && session.state === 'announced')
      await tellOfSession(deps, tx, 'field-cancelled', session, ended, at);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'done',
      personId: place.personId,
      subject: `field-session:${session.id}`,
      requestId: call.requestId,
      detail: { form: place.formId, fieldPlace: place.id },
    });
    return { ok: true as const };
  });
}

/** FF-03: moves one person to another session of the department, from one to come or from one where they were not examined. */
export async function movePerson(
  call: CallContext,
  input: z.output<typeof MovePersonInput>,
): Promise<z.input<typeof MovePersonOutput>> {
  const { deps, at } = call;
  const { caller } = deskCaller(call);
  const seen = await ownFieldPlace(call, deps.db, input.fieldPlaceId);
  if (seen.sessionId === null || seen.sessionId === input.sessionId) throw notFound();
  const { sessionId: fromId } = seen;
  class Undone extends Error {
    readonly answer: z.input<typeof MovePersonOutput>;
    constructor(answer: z.input<typeof MovePersonOutput>) {
      super('The move is undone');
      this.answer = answer;
    }
  }
  try {
    return await deps.db.transaction(async (tx) => {
      // Both sessions in one order, so that two moves the other way round do not wait for each other.
      for (const id of [fromId, input.sessionId].sort())
        await tx
          .select({ id: fieldSessions.id })
          .from(fieldSessions)
          .where(eq(fieldSessions.id, id))
          .for('update');
      const [from, target] = [
        await ownSession(call, tx, fromId),
        await ownSession(call, tx, input.sessionId),
      ];
      const place = await ownFieldPlace(call, tx, input.fieldPlaceId, { lock: true });
      if (place.state !== 'on' || !['planned', 'announced', 'held'].includes(from.state))
        return { ok: false as const, refusal: 'not-possible-now' as const };
      if (await isBeingExamined(tx, place.id))
        return { ok: false as const, refusal: 'application-open' as const };
      const step = await judgeSession(call, tx, target, 'put');
      if (!step.ok) return step;
      await endFieldPlace(tx, place, 'moved', at);
      const put = await putOnSession(call, tx, { ...target }, place.formId);
      // The old place must not be lost for a new one that there is not.
      if (!put.ok) throw new Undone(put);
      await recordAudit(tx, {
        at,
        actor: caller.personId,
        actorRole: actingRole('fieldSessions.movePerson', caller),
        action: 'fieldSessions.movePerson',
        outcome: 'done',
        personId: place.personId,
        subject: `field-session:${target.id}`,
        requestId: call.requestId,
        detail: { form: place.formId, from: fromId, fieldPlace: put.value.id },
      });
      return { ok: true as const, fieldPlaceId: put.value.id };
    });
  } catch (error) {
    if (error instanceof Undone) return error.answer;
    throw error;
  }
}
