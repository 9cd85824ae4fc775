import type { AddTermInput, AddTermOutput } from '@mse/contracts/terms';
import { termSets } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { decideTermSet } from '@mse/domain/terms';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** GV-03: enters words of a term from a day on. What was said before stays as history; the unique key has the last word on the day. */
export async function addTerm(
  call: CallContext,
  input: z.output<typeof AddTermInput>,
): Promise<z.input<typeof AddTermOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof AddTermOutput>> => {
    const known = await tx.select().from(termSets).where(eq(termSets.term, input.term));
    const decision = decideTermSet(known, input, toBusinessDate(at));
    if (!decision.ok) return decision;
    const added = await tx
      .insert(termSets)
      .values(input)
      .onConflictDoNothing()
      .returning({ term: termSets.term });
    if (added.length === 0) return { ok: false, refusal: 'day-taken' };
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('terms.add', caller),
      action: 'terms.add',
      outcome: 'done',
      personId: null,
      subject: `term:${input.term}`,
      requestId: call.requestId,
      detail: { validFrom: input.validFrom, words: input.words, basis: input.basis },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
