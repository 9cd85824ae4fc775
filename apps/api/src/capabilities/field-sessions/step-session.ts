import type {
  CancelSessionInput,
  CancelSessionOutput,
  MoveSessionInput,
  MoveSessionOutput,
  StepSessionInput,
  StepSessionOutput,
} from '@mse/contracts/field-sessions';
import { fieldPlaces, forms } from '@mse/db/schema';
import { checkSessionDay } from '@mse/domain/field-sessions';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { placesOf, stepSession } from './own-session.ts';
import { endFieldPlace } from './take-off.ts';
import { tellOfSession } from './tell-person.ts';

/** FF-03: announces a session (everybody on it is told), begins to hold it, or closes it. */
export async function stepFieldSession(
  call: CallContext,
  input: z.output<typeof StepSessionInput>,
): Promise<z.input<typeof StepSessionOutput>> {
  const done = await stepSession(call, { ...input, action: 'fieldSessions.step' }, async (tx, session) => {
    if (input.event === 'announce')
      for (const place of (await placesOf(tx, session.id)).filter(({ state }) => state === 'on'))
        await tellOfSession(call.deps, tx, 'field-on', session, place, call.at);
    return { ok: true as const, value: null };
  });
  return done.ok ? { ok: true } : done;
}

/** FF-03: moves a session to another day or hour; everybody on an announced one is told. */
export async function moveSession(
  call: CallContext,
  input: z.output<typeof MoveSessionInput>,
): Promise<z.input<typeof MoveSessionOutput>> {
  const { deps, at } = call;
  const { day, startsAt } = input;
  const done = await stepSession(
    call,
    { ...input, event: 'move', action: 'fieldSessions.move' },
    async (tx, session) => {
      const on = (await placesOf(tx, session.id)).filter(({ state }) => state === 'on');
      const valid = await tx
        .select({ until: forms.validUntil })
        .from(forms)
        .innerJoin(fieldPlaces, eq(fieldPlaces.formId, forms.id))
        .where(and(eq(fieldPlaces.sessionId, session.id), eq(fieldPlaces.state, 'on')));
      const refusal = checkSessionDay(day, {
        today: toBusinessDate(at),
        isWorkingDay: deps.reference.calendar().isWorkingDay(day),
        formsValidUntil: valid.map(({ until }) => until),
      });
      if (refusal !== null) return { ok: false as const, refusal };
      await tx
        .update(fieldPlaces)
        .set({ version: sql`${fieldPlaces.version} + 1` })
        .where(and(eq(fieldPlaces.sessionId, session.id), eq(fieldPlaces.state, 'on')));
      const told = session.state === 'announced' ? on : [];
      for (const place of told)
        await tellOfSession(
          deps,
          tx,
          'field-moved',
          { ...session, day, startsAt },
          { ...place, version: place.version + 1 },
          at,
        );
      return {
        ok: true as const,
        set: { day, startsAt },
        value: told.length,
        detail: { fromDay: session.day, day, startsAt, told: told.length },
      };
    },
  );
  return done.ok ? { ok: true, told: done.value } : done;
}

/** FF-03: cancels a session; every form on it is free again, and who was told of it is told that it falls away. */
export async function cancelSession(
  call: CallContext,
  input: z.output<typeof CancelSessionInput>,
): Promise<z.input<typeof CancelSessionOutput>> {
  const { deps, at } = call;
  const done = await stepSession(
    call,
    { ...input, event: 'cancel', action: 'fieldSessions.cancel' },
    async (tx, session) => {
      const on = (await placesOf(tx, session.id)).filter(({ state }) => state === 'on');
      for (const place of on) {
        const ended = await endFieldPlace(tx, place, 'cancelled', at);
        if (session.state === 'announced')
          await tellOfSession(deps, tx, 'field-cancelled', session, ended, at);
      }
      return {
        ok: true as const,
        set: { cancelReason: input.reason },
        value: session.state === 'announced' ? on.length : 0,
        detail: { people: on.length },
      };
    },
  );
  return done.ok ? { ok: true, told: done.value } : done;
}
