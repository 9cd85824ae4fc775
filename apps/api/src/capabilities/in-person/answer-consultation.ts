import type { AnswerConsultationInput, AnswerConsultationOutput } from '@mse/contracts/in-person';
import { consultations, inPersonApplications } from '@mse/db/schema';
import { decideApplication } from '@mse/domain/in-person';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';

/** PX-22: the answer of the methodology and control department; the application is the department's again. */
export async function answerConsultation(
  call: CallContext,
  input: z.output<typeof AnswerConsultationInput>,
): Promise<z.input<typeof AnswerConsultationOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [asked] = await tx
      .select({ applicationId: consultations.applicationId })
      .from(consultations)
      .where(eq(consultations.id, input.consultationId));
    if (!asked) throw notFound();
    const [application] = await tx
      .select()
      .from(inPersonApplications)
      .where(eq(inPersonApplications.id, asked.applicationId))
      .for('update');
    const [consultation] = await tx
      .select()
      .from(consultations)
      .where(eq(consultations.id, input.consultationId))
      .for('update');
    if (!application || !consultation) throw new Error('A consultation without its application');
    const decision = decideApplication(application.state, 'answer-consultation');
    if (!decision.ok || consultation.answeredAt !== null)
      return { ok: false as const, refusal: 'already-answered' as const };
    await tx
      .update(consultations)
      .set({ answer: input.answer, answeredBy: caller.personId, answeredAt: at })
      .where(eq(consultations.id, consultation.id));
    await tx
      .update(inPersonApplications)
      .set({ state: decision.value, stateAt: at, version: application.version + 1 })
      .where(eq(inPersonApplications.id, application.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('inPerson.answerConsultation', caller),
      action: 'inPerson.answerConsultation',
      outcome: 'done',
      personId: consultation.personId,
      subject: `consultation:${consultation.id}`,
      requestId: call.requestId,
    });
    return { ok: true as const };
  });
}
