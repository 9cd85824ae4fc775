import type { PutPersonInput, PutPersonOutput } from '@mse/contracts/field-sessions';
import type { Transaction } from '@mse/db';
import { fieldPlaces, forms, placeRequests } from '@mse/db/schema';
import { decidePut, PLACE_NEEDS, type PutRefusal } from '@mse/domain/field-sessions';
import { ok, refuse, type Result, toBusinessDate } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { lockForm } from '../queue/end-booking.ts';
import { type FieldPlace, judgeSession, ownSession, type Session, takenOf } from './own-session.ts';
import { putFacts } from './put-facts.ts';
import { tellOfSession } from './tell-person.ts';

/**
 * FF-03, EQ-13: puts a form on a session. The session's row is locked first, then the form, so that neither the last place nor the form is
 * given twice; who is put on an announced session is told at once, the others when it is announced.
 */
export async function putPerson(
  call: CallContext,
  input: z.output<typeof PutPersonInput>,
): Promise<z.input<typeof PutPersonOutput>> {
  const { deps, at } = call;
  const { caller } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const session = await ownSession(call, tx, input.sessionId, { lock: true });
    const step = await judgeSession(call, tx, session, 'put');
    if (!step.ok) return step;
    const put = await putOnSession(call, tx, session, input.formId);
    if (!put.ok) return put;
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('fieldSessions.put', caller),
      action: 'fieldSessions.put',
      outcome: 'done',
      personId: put.value.personId,
      subject: `field-session:${session.id}`,
      requestId: call.requestId,
      detail: { form: input.formId, fieldPlace: put.value.id },
    });
    return { ok: true as const, fieldPlaceId: put.value.id };
  });
}

/** Gives a form a place on a locked session, with its SMS. A form nobody here may know of reads as NOT_FOUND. */
export async function putOnSession(
  call: CallContext,
  tx: Transaction,
  session: Session,
  formId: string,
): Promise<Result<FieldPlace, PutRefusal>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  await lockForm(tx, formId);
  const [form] = await tx.select().from(forms).where(eq(forms.id, formId));
  if (!form) throw notFound();
  const [request] = PLACE_NEEDS[session.place].consent
    ? await tx
        .select()
        .from(placeRequests)
        .where(
          and(
            eq(placeRequests.formId, formId),
            eq(placeRequests.place, session.place as 'home' | 'hospital'),
            eq(placeRequests.state, 'granted'),
            eq(placeRequests.departmentId, department.id),
          ),
        )
        .for('update')
    : [];
  const { facts } = await putFacts(
    deps,
    tx,
    { form, place: session.place, departmentId: department.id, request: request ?? null, session },
    at,
  );
  const decision = decidePut(
    facts,
    { day: session.day, capacity: session.capacity, taken: await takenOf(tx, session.id) },
    toBusinessDate(at),
  );
  if (!decision.ok) return refuse(decision.refusal);
  const [place] = await tx
    .insert(fieldPlaces)
    .values({
      id: deps.random.id(at),
      formId,
      personId: form.personId,
      departmentId: department.id,
      place: session.place,
      sessionId: session.id,
      requestId: request?.id ?? null,
      state: 'on',
      stateAt: at,
      putBy: caller.personId,
      putAt: at,
    })
    .returning();
  if (!place) throw new Error('A place outside the queue was not stored');
  if (session.state !== 'planned') await tellOfSession(deps, tx, 'field-on', session, place, at);
  return ok(place);
}
