import type { ApplicationInput, ApplicationView } from '@mse/contracts/in-person';
import { conclusions, persons } from '@mse/db/schema';
import { requiredDocuments, serviceClock } from '@mse/domain/in-person';
import { serviceMinutes } from '@mse/domain/field-sessions';
import { ageOn } from '@mse/domain/intake';
import { policyOn } from '@mse/domain/policies';
import { fullName, maskIin, toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { judgeApplication } from './application-facts.ts';
import { digitalView } from './digital-documents.ts';
import { formOf, newestConsultation, ownApplication } from './own-application.ts';

/** FF-11: an application of the own department with what the registries fill in, what is missing, and both clocks of FF-01. */
export async function getApplication(
  call: CallContext,
  input: z.output<typeof ApplicationInput>,
): Promise<z.input<typeof ApplicationView>> {
  const { deps, at } = call;
  const { caller } = deskCaller(call);
  const application = await ownApplication(call, deps.db, input.applicationId);
  const form = await formOf(deps.db, application.formId);
  const [judged, consultation, [representative], [conclusion]] = await Promise.all([
    judgeApplication(deps, deps.db, application, form, at),
    newestConsultation(deps.db, application.id),
    form.representativeId
      ? deps.db.select().from(persons).where(eq(persons.id, form.representativeId))
      : Promise.resolve([]),
    deps.db.select({ actNo: conclusions.actNo }).from(conclusions).where(eq(conclusions.formId, form.id)),
  ]);
  const { person, needs, registeredHere, check, place } = judged;
  const policies = deps.reference.policies();
  const today = toBusinessDate(at);
  const digital = await digitalView(deps.db, application.id, at);
  const minutes = serviceMinutes(policyOn(policies, 'in-person.place-minutes', today), place.kind);
  call.seen(person.id, `application:${application.id}`);
  return {
    applicationId: application.id,
    state: application.state,
    version: application.version,
    invited: application.caseId !== null,
    visitId: application.visitId,
    place: {
      kind: place.kind,
      sessionId: place.sessionId,
      words: place.words,
      ground: place.ground,
      conclusion: place.conclusion && {
        number: place.conclusion.number,
        day: place.conclusion.day,
        copies: place.conclusion.copies,
      },
      minutes,
    },
    mayDecide: caller.roles.includes('department-head'),
    proposedByMe: application.proposedBy === caller.personId,
    person: {
      name: fullName(person),
      iinMasked: maskIin(person.iin),
      birthDate: person.birthDate,
      ageYears: ageOn(person.birthDate, today),
      sex: person.sex,
      address: person.address,
      phone: person.phone,
      email: person.email,
    },
    representativeName: representative ? fullName(representative) : null,
    form: {
      number: form.number,
      purpose: form.purpose,
      organization: form.organizationName,
      signedAt: form.signedAt.toISOString(),
      validUntil: form.validUntil,
    },
    fields: {
      byRepresentative: application.byRepresentative,
      working: application.working,
      first: application.first,
      injury: application.injury,
      earlyReason: application.earlyReason,
      consented: application.consented,
      placeConsented: application.placeConsented,
      documents: application.documents,
    },
    required: requiredDocuments(needs),
    check,
    registeredHere,
    clock: serviceClock(
      { waiting: policyOn(policies, 'in-person.minutes', today).waiting, service: minutes },
      application,
      at,
    ),
    grounds: application.grounds,
    refusalNote: application.refusalNote,
    consultation: consultation && {
      question: consultation.question,
      askedAt: consultation.askedAt.toISOString(),
      dueAt: consultation.dueAt.toISOString(),
      answer: consultation.answer,
      answeredAt: consultation.answeredAt?.toISOString() ?? null,
    },
    openedAt: application.openedAt.toISOString(),
    endedAt: application.endedAt?.toISOString() ?? null,
    actNo: conclusion?.actNo ?? null,
    ...digital,
  };
}
