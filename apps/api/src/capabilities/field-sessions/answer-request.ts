import type { AnswerRequestInput, AnswerRequestOutput, RequestsOutput } from '@mse/contracts/field-sessions';
import {
  bookings,
  fieldPlaces,
  forms,
  inPersonApplications,
  persons,
  placeRequestFiles,
  placeRequests,
} from '@mse/db/schema';
import { decidePut, decideRequest } from '@mse/domain/field-sessions';
import { fullName, maskIin, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { lockForm } from '../queue/end-booking.ts';
import { freePlaceOf, requestView } from './ask-place.ts';
import { putFacts } from './put-facts.ts';
import { tellOfAnswer } from './tell-person.ts';

/** FF-03: requests of the department that wait for an answer, a session or a conclusion; whose form ends first comes first. */
export async function listRequests(call: CallContext): Promise<z.input<typeof RequestsOutput>> {
  const { deps } = call;
  const { department } = deskCaller(call);
  const rows = await deps.db
    .select({
      request: placeRequests,
      form: forms,
      person: persons,
      booked: sql<boolean>`exists (select from ${bookings} where ${bookings.formId} = ${forms.id} and ${bookings.state} in ('booked', 'arrived'))`,
      place: { id: fieldPlaces.id, sessionId: fieldPlaces.sessionId },
      applicationId: inPersonApplications.id,
    })
    .from(placeRequests)
    .innerJoin(forms, eq(forms.id, placeRequests.formId))
    .innerJoin(persons, eq(persons.id, placeRequests.personId))
    .leftJoin(fieldPlaces, and(eq(fieldPlaces.requestId, placeRequests.id), eq(fieldPlaces.state, 'on')))
    .leftJoin(
      inPersonApplications,
      and(eq(inPersonApplications.fieldPlaceId, fieldPlaces.id), isNull(inPersonApplications.endedAt)),
    )
    .where(
      and(
        eq(placeRequests.departmentId, department.id),
        // A form that was served at the counter needs no answer any more.
        eq(forms.state, 'accepted'),
        inArray(placeRequests.state, ['asked', 'granted']),
      ),
    )
    .orderBy(asc(forms.validUntil), asc(placeRequests.askedAt))
    .limit(200);
  const files =
    rows.length === 0
      ? []
      : await deps.db
          .select({
            id: placeRequestFiles.id,
            name: placeRequestFiles.name,
            requestId: placeRequestFiles.requestId,
          })
          .from(placeRequestFiles)
          .where(
            inArray(
              placeRequestFiles.requestId,
              rows.map(({ request }) => request.id),
            ),
          );
  return {
    requests: rows.map(({ request, form, person, booked, place, applicationId }) => {
      call.seen(person.id, `place-request:${request.id}`);
      return {
        ...requestView(
          request,
          files.filter(({ requestId }) => requestId === request.id),
        ),
        personName: fullName(person),
        iinMasked: maskIin(person.iin),
        formId: form.id,
        formNumber: form.number,
        formValidUntil: form.validUntil,
        phone: person.phone ?? person.contactPhone,
        booked,
        onSession: place !== null && place.sessionId !== null,
        fieldPlaceId: place !== null && place.sessionId === null ? place.id : null,
        applicationId,
      };
    }),
  };
}

/**
 * FF-03: the department grants a request or refuses it with reasons. An examination in absentia has its place at once, so that no booking
 * can be made beside it; the others wait for a session. The person is told that there is an answer.
 */
export async function answerRequest(
  call: CallContext,
  input: z.output<typeof AnswerRequestInput>,
): Promise<z.input<typeof AnswerRequestOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const own = and(eq(placeRequests.id, input.requestId), eq(placeRequests.departmentId, department.id));
  const [seen] = await deps.db.select().from(placeRequests).where(own);
  if (!seen) throw notFound();
  const reasons = input.grant ? [] : [...new Set(input.reasons)];
  if (!input.grant && reasons.length === 0) return { ok: false, refusal: 'reason-missing' };
  return deps.db.transaction(async (tx) => {
    await lockForm(tx, seen.formId);
    const [request] = await tx.select().from(placeRequests).where(own).for('update');
    if (!request) throw notFound();
    const decision = decideRequest(request.state, input.grant ? 'grant' : 'refuse');
    if (!decision.ok) return decision;
    if (input.grant && request.place === 'in-absentia') {
      const [form] = await tx.select().from(forms).where(eq(forms.id, request.formId));
      if (!form) throw new Error('The form of a request is not there');
      const granted = { ...request, state: decision.value };
      const { facts } = await putFacts(
        deps,
        tx,
        { form, place: 'in-absentia', departmentId: department.id, request: granted, session: null },
        at,
      );
      const put = decidePut(facts, null, toBusinessDate(at));
      if (!put.ok) return put;
      await tx.insert(fieldPlaces).values({
        id: deps.random.id(at),
        formId: form.id,
        personId: form.personId,
        departmentId: department.id,
        place: 'in-absentia',
        sessionId: null,
        requestId: request.id,
        state: 'on',
        stateAt: at,
        putBy: caller.personId,
        putAt: at,
      });
    }
    if (!input.grant && (await freePlaceOf(call, tx, request.id)) === 'application-open')
      return { ok: false as const, refusal: 'not-possible-now' as const };
    await tx
      .update(placeRequests)
      .set({
        state: decision.value,
        stateAt: at,
        reasons,
        note: input.note,
        answeredBy: caller.personId,
        answeredAt: at,
      })
      .where(eq(placeRequests.id, request.id));
    await tellOfAnswer(deps, tx, request, at);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('fieldSessions.answerRequest', caller),
      action: 'fieldSessions.answerRequest',
      outcome: 'done',
      personId: request.personId,
      subject: `place-request:${request.id}`,
      requestId: call.requestId,
      detail: { granted: input.grant, reasons },
    });
    return { ok: true as const };
  });
}
