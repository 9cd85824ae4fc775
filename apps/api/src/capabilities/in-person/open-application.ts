import type { OpenApplicationInput, OpenApplicationOutput } from '@mse/contracts/in-person';
import {
  cases,
  conclusions,
  fieldPlaces,
  fieldSessions,
  forms,
  inPersonApplications,
  placeRequests,
  visits,
} from '@mse/db/schema';
import { beforeIntakeEnds } from '@mse/domain/in-person';
import { policyOn } from '@mse/domain/policies';
import { toBusinessTime } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { lockForm } from '../queue/end-booking.ts';

const AT_DEPARTMENT = { place: 'department', fieldPlaceId: null, placeConsented: false } as const;

/**
 * FF-10, FF-11: opens the application of somebody in service, of somebody who came after an invitation (PX-34),
 * or of somebody examined on a field session or in absentia (FF-03). Opening it
 * again finds the open one. FF-02: people of the queue who came outside the hours of intake are not taken in; the window of an
 * invitation is another one, and who comes outside it is examined all the same: nobody ill is sent away for the hour.
 */
export async function openApplication(
  call: CallContext,
  input: z.output<typeof OpenApplicationInput>,
): Promise<z.input<typeof OpenApplicationOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const found =
      'visitId' in input
        ? await ofVisit(input.visitId)
        : 'caseId' in input
          ? await ofCase(input.caseId)
          : await ofFieldPlace(input.fieldPlaceId);
    await lockForm(tx, found.formId);
    const [open] = await tx
      .select({ id: inPersonApplications.id, departmentId: inPersonApplications.departmentId })
      .from(inPersonApplications)
      .where(and(eq(inPersonApplications.formId, found.formId), isNull(inPersonApplications.endedAt)));
    if (open && open.departmentId === department.id) return { ok: true as const, applicationId: open.id };
    if (open) throw new Error('A form is examined in two departments');
    if (found.refusal) return { ok: false as const, refusal: found.refusal };
    const [concluded] = await tx
      .select({ id: conclusions.id })
      .from(conclusions)
      .where(eq(conclusions.formId, found.formId));
    if (concluded) return { ok: false as const, refusal: 'form-served' as const };

    const [form] = await tx.select().from(forms).where(eq(forms.id, found.formId));
    if (!form) throw new Error('A visit without its form');
    const applicationId = deps.random.id(at);
    await tx.insert(inPersonApplications).values({
      id: applicationId,
      formId: form.id,
      personId: form.personId,
      departmentId: department.id,
      visitId: found.visitId,
      caseId: found.caseId,
      place: found.place,
      fieldPlaceId: found.fieldPlaceId,
      placeConsented: found.placeConsented,
      state: 'open',
      stateAt: at,
      arrivedAt: found.arrivedAt,
      openedAt: at,
      openedBy: caller.personId,
      byRepresentative: form.representativeId !== null,
      first: form.purpose === 'disability-first',
      // FF-05: what the state's own systems hold of this person needs no paper.
      documents: [
        { document: 'identity', source: 'system', sheets: 1, validUntil: null },
        { document: 'registration', source: 'system', sheets: 1, validUntil: null },
        { document: 'referral', source: 'system', sheets: 1, validUntil: form.validUntil },
      ],
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('inPerson.open', caller),
      action: 'inPerson.open',
      outcome: 'done',
      personId: form.personId,
      subject: `application:${applicationId}`,
      requestId: call.requestId,
      detail: { form: form.id, visit: found.visitId, case: found.caseId, place: found.place },
    });
    return { ok: true as const, applicationId };

    async function ofVisit(visitId: string) {
      const [visit] = await tx
        .select()
        .from(visits)
        .where(and(eq(visits.id, visitId), eq(visits.departmentId, department.id)));
      if (!visit) throw notFound();
      const hours = policyOn(deps.reference.policies(), 'in-person.hours', visit.day);
      const inHours = beforeIntakeEnds(hours, toBusinessTime(visit.arrivedAt).time);
      const refusal: 'not-in-service' | 'outside-hours' | null =
        visit.state !== 'in-service' ? 'not-in-service' : inHours ? null : 'outside-hours';
      return {
        formId: visit.formId,
        visitId: visit.id,
        caseId: null,
        arrivedAt: visit.arrivedAt,
        ...AT_DEPARTMENT,
        refusal,
      };
    }

    async function ofCase(caseId: string) {
      const [found] = await tx
        .select()
        .from(cases)
        .where(and(eq(cases.id, caseId), eq(cases.departmentId, department.id)));
      if (!found) throw notFound();
      const invited = found.state === 'invited' || found.state === 'invited-again';
      return {
        formId: found.formId,
        visitId: null,
        caseId: found.id,
        arrivedAt: at,
        ...AT_DEPARTMENT,
        refusal: invited ? null : ('not-invited' as const),
      };
    }

    /** FF-03: somebody on a session that is held, or a granted examination in absentia. Nobody waited: the department came, or looks at papers. */
    async function ofFieldPlace(fieldPlaceId: string) {
      const [found] = await tx
        .select({ place: fieldPlaces, session: fieldSessions, request: placeRequests })
        .from(fieldPlaces)
        .leftJoin(fieldSessions, eq(fieldSessions.id, fieldPlaces.sessionId))
        .leftJoin(placeRequests, eq(placeRequests.id, fieldPlaces.requestId))
        .where(and(eq(fieldPlaces.id, fieldPlaceId), eq(fieldPlaces.departmentId, department.id)));
      if (!found) throw notFound();
      const { place, session, request } = found;
      return {
        formId: place.formId,
        visitId: null,
        caseId: null,
        arrivedAt: null,
        place: place.place,
        fieldPlaceId: place.id,
        placeConsented: request?.consented ?? false,
        refusal:
          place.state !== 'on'
            ? ('place-ended' as const)
            : session && session.state !== 'held'
              ? ('session-not-held' as const)
              : null,
      };
    }
  });
}
