import type { TakeBackTermInput, TakeBackTermOutput } from '@mse/contracts/terms';
import { termSets } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** GV-03: takes words out again that were entered by mistake and have not begun; the audit keeps what they said. */
export async function takeBackTerm(
  call: CallContext,
  input: z.output<typeof TakeBackTermInput>,
): Promise<z.input<typeof TakeBackTermOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof TakeBackTermOutput>> => {
    const chosen = and(eq(termSets.term, input.term), eq(termSets.validFrom, input.validFrom));
    const [row] = await tx.select().from(termSets).where(chosen);
    if (!row) return { ok: false, refusal: 'not-found' };
    if (row.validFrom <= toBusinessDate(at)) return { ok: false, refusal: 'already-begun' };
    await tx.delete(termSets).where(chosen);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('terms.takeBack', caller),
      action: 'terms.takeBack',
      outcome: 'done',
      personId: null,
      subject: `term:${input.term}`,
      requestId: call.requestId,
      detail: { validFrom: row.validFrom, words: row.words, basis: row.basis },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
