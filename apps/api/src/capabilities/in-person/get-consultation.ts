import type { ConsultationInput, ConsultationView } from '@mse/contracts/in-person';
import { consultations, forms, inPersonApplications, persons } from '@mse/db/schema';
import { ageOn } from '@mse/domain/intake';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';

/** PX-22: a department's question with its preliminary conclusion. The methodology department answers on the matter; it needs no name. */
export async function getConsultation(
  call: CallContext,
  input: z.output<typeof ConsultationInput>,
): Promise<z.input<typeof ConsultationView>> {
  const { deps, at } = call;
  const [found] = await deps.db
    .select({ consultation: consultations, form: forms, person: persons })
    .from(consultations)
    .innerJoin(inPersonApplications, eq(inPersonApplications.id, consultations.applicationId))
    .innerJoin(forms, eq(forms.id, inPersonApplications.formId))
    .innerJoin(persons, eq(persons.id, consultations.personId))
    .where(eq(consultations.id, input.consultationId));
  if (!found) throw notFound();
  const { consultation, form, person } = found;
  call.seen(person.id, `consultation:${consultation.id}`);
  return {
    consultationId: consultation.id,
    departmentNumber: deps.reference.department(consultation.departmentId)?.number ?? 0,
    ageYears: ageOn(person.birthDate, toBusinessDate(at)),
    sex: person.sex,
    purpose: form.purpose,
    preliminary: consultation.preliminary,
    question: consultation.question,
    askedAt: consultation.askedAt.toISOString(),
    dueAt: consultation.dueAt.toISOString(),
    overdue: consultation.answeredAt === null && consultation.dueAt < at,
    answer: consultation.answer,
    answeredAt: consultation.answeredAt?.toISOString() ?? null,
  };
}
