import type { AskConsultationInput, StepOutput } from '@mse/contracts/in-person';
import { consultations } from '@mse/db/schema';
import { termOf } from '@mse/domain/deadlines';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { stepApplication } from './own-application.ts';

/** PX-22: sends the papers with the preliminary conclusion to the methodology and control department; ten working days in all. */
export function askConsultation(
  call: CallContext,
  input: z.output<typeof AskConsultationInput>,
): Promise<z.input<typeof StepOutput>> {
  const { deps, at } = call;
  return stepApplication(
    call,
    {
      action: 'inPerson.askConsultation',
      applicationId: input.applicationId,
      event: 'ask-consultation',
    },
    async (tx, application, caller) => {
      const consultationId = deps.random.id(at);
      await tx.insert(consultations).values({
        id: consultationId,
        applicationId: application.id,
        personId: application.personId,
        departmentId: application.departmentId,
        preliminary: application.draft,
        question: input.question,
        askedBy: caller.personId,
        askedAt: at,
        dueAt: termOf(deps.reference.policies(), deps.reference.calendar(), 'extended', at),
      });
      return { ok: true as const, set: {}, detail: { consultation: consultationId } };
    },
  );
}
