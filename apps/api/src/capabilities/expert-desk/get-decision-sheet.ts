import type { DecisionSheetOutput, PartInput } from '@mse/contracts/expert-desk';
import { comparisons, decisions } from '@mse/db/schema';
import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { readOwnPart } from './own-part.ts';

/**
 * PX-32: the sheet of the decisions of a case for one who has decided it: nothing before the comparison, and after it the decisions side
 * by side without names or codes. The experts' role sees own decisions only, so the product hands the sheet out, and only what stands here.
 */
export async function getDecisionSheet(
  call: CallContext,
  { assignmentId }: z.output<typeof PartInput>,
): Promise<z.input<typeof DecisionSheetOutput>> {
  const { deps } = call;
  const part = await readOwnPart(call, assignmentId, (_, part) => {
    if (part.state !== 'signed') throw notFound();
    return Promise.resolve(part);
  });
  const [compared] = await deps.db
    .select({ outcome: comparisons.outcome, at: comparisons.at })
    .from(comparisons)
    .where(eq(comparisons.caseId, part.caseId));
  if (!compared) return { caseCode: part.caseCode, sheet: null };
  const rows = await deps.db
    .select({
      assignmentId: decisions.assignmentId,
      content: decisions.content,
      signedAt: decisions.signedAt,
      inTime: decisions.inTime,
    })
    .from(decisions)
    .where(eq(decisions.caseId, part.caseId))
    .orderBy(asc(decisions.signedAt), asc(decisions.id));
  return {
    caseCode: part.caseCode,
    sheet: {
      outcome: compared.outcome,
      comparedAt: compared.at.toISOString(),
      decisions: rows.map(({ assignmentId: of, content, signedAt, inTime }) => {
        const conclusion = content.kind === 'conclusion' ? content.conclusion : null;
        return {
          own: of === part.id,
          outcome: conclusion?.disability.outcome ?? null,
          nonconformity: content.kind === 'nonconformity' ? content.kinds : [],
          generalLoss: conclusion?.generalLoss?.percent ?? null,
          professionalLoss: conclusion?.professionalLoss?.percent ?? null,
          signedAt: signedAt.toISOString(),
          inTime,
        };
      }),
    },
  };
}
