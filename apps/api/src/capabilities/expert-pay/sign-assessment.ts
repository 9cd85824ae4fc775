import type {
  AssessmentInput,
  SignAssessmentInput,
  SignAssessmentOutput,
  StartSigningOutput,
} from '@mse/contracts/expert-pay';
import { assessments } from '@mse/db/schema';
import { assessmentText } from '@mse/domain/experts';
import { and, eq, isNull } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { openSigning } from '../signing/open-signing.ts';
import { useSignature, verifySignature } from '../signing/take-signature.ts';
import { ownEntry } from './own-entry.ts';

/** What the text of an assessment is opened for; a fresh computing or another remark makes another text necessary. */
const subjectOf = (row: { id: string; computedAt: Date; remark: string }) =>
  `assessment:${row.id}:${row.computedAt.getTime()}:${createHash('sha256').update(row.remark).digest('hex').slice(0, 16)}`;

async function ownAssessment(call: CallContext, assessmentId: string) {
  const { db } = call.deps;
  const [row] = await db.select().from(assessments).where(eq(assessments.id, assessmentId));
  if (!row) throw notFound();
  return { entry: await ownEntry(call, db, row.expertId), row };
}

/** AS-06: the exact text of an assessment with the expert's remark, to be signed. */
export async function startAssessment(
  call: CallContext,
  input: z.output<typeof AssessmentInput>,
): Promise<z.input<typeof StartSigningOutput>> {
  const { deps, at } = call;
  const { entry, row: before } = await ownAssessment(call, input.assessmentId);
  const [row] = await deps.db
    .update(assessments)
    .set({ remark: input.remark })
    .where(and(eq(assessments.id, before.id), isNull(assessments.signedAt)))
    .returning();
  if (!row) return { ok: false, refusal: 'not-possible-now' };
  const { signingId } = await openSigning(
    deps,
    deps.db,
    {
      personId: signedIn(call).personId,
      purpose: 'assessment',
      subject: subjectOf(row),
      text: assessmentText({ ...row, expertCode: entry.code }),
    },
    at,
  );
  return { ok: true, signingId };
}

/** AS-06: the expert's signature under the assessment; from then on it is the Committee's to see and cannot be made anew. */
export async function signAssessment(
  call: CallContext,
  input: z.output<typeof SignAssessmentInput>,
): Promise<z.input<typeof SignAssessmentOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const { row } = await ownAssessment(call, input.assessmentId);
  const verified = await verifySignature(
    deps,
    deps.db,
    {
      signingId: input.signingId,
      cms: input.cms === '' ? null : input.cms,
      personId: caller.personId,
      subject: subjectOf(row),
    },
    at,
  );
  if (!verified.ok) return { ok: false, refusal: verified.refusal };
  return deps.db.transaction(async (tx) => {
    const [signed] = await tx
      .update(assessments)
      .set({ text: verified.value.text, signature: verified.value.signature, signedAt: at })
      .where(
        and(
          eq(assessments.id, row.id),
          isNull(assessments.signedAt),
          eq(assessments.computedAt, row.computedAt),
          eq(assessments.remark, row.remark),
        ),
      )
      .returning({ id: assessments.id });
    if (!signed) return { ok: false as const, refusal: 'not-possible-now' as const };
    const used = await useSignature(tx, verified.value, at);
    if (!used.ok) throw new Error('A signature was used up, yet its assessment waits');
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertPay.signAssessment', caller),
      action: 'expertPay.signAssessment',
      outcome: 'done',
      personId: caller.personId,
      subject: `assessment:${row.id}`,
      requestId: call.requestId,
      detail: { percent: row.percent, remark: row.remark !== '' },
    });
    return { ok: true as const };
  });
}
