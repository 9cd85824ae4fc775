import type { AnswerFaultReportInput, AnswerFaultReportOutput } from '@mse/contracts/fault-reports';
import { faultReports } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';

/** PT-24, PT-25: answers a report, once. Who was signed in reads the answer in the cabinet. */
export async function answerFaultReport(
  call: CallContext,
  input: z.output<typeof AnswerFaultReportInput>,
): Promise<z.input<typeof AnswerFaultReportOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [report] = await tx.select().from(faultReports).where(eq(faultReports.id, input.id)).for('update');
    if (!report) throw notFound();
    if (report.state === 'answered') return { ok: false as const, refusal: 'answered-already' as const };
    await tx
      .update(faultReports)
      .set({ state: 'answered', answer: input.answer, answeredBy: caller.personId, stateAt: at })
      .where(eq(faultReports.id, report.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('faultReports.answer', caller),
      action: 'faultReports.answer',
      outcome: 'done',
      personId: report.personId,
      subject: `fault:${report.id}`,
      requestId: call.requestId,
    });
    return { ok: true as const };
  });
}
