import type { PartInput, SignedDecisionOutput } from '@mse/contracts/expert-desk';
import { decisions } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { readOwnPart } from './own-part.ts';

/** X05: the own signed decision, word for word, with the hash of what was signed. */
export async function getSignedDecision(
  call: CallContext,
  { assignmentId }: z.output<typeof PartInput>,
): Promise<z.input<typeof SignedDecisionOutput>> {
  return readOwnPart(call, assignmentId, async (tx, part) => {
    const [decision] = await tx.select().from(decisions).where(eq(decisions.assignmentId, part.id));
    if (!decision) throw notFound();
    return {
      assignmentId: part.id,
      caseCode: part.caseCode,
      text: decision.text,
      hash: createHash('sha256').update(decision.text, 'utf8').digest('hex'),
      signedAt: decision.signedAt.toISOString(),
      dueAt: part.dueAt.toISOString(),
      inTime: decision.inTime,
      certificate: decision.signerSerial,
    };
  });
}
