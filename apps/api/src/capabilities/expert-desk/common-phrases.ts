import type {
  AddPhraseInput,
  AddPhraseOutput,
  CommonPhrasesOutput,
  RemovePhraseInput,
  RemovePhraseOutput,
} from '@mse/contracts/expert-desk';
import { commonPhrases } from '@mse/db/schema';
import { saysWho } from '@mse/domain/dossiers';
import { MOST_PHRASES } from '@mse/domain/examination';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';

/** X04: the phrases that are offered to every expert now. */
export async function listCommonPhrases(call: CallContext): Promise<z.input<typeof CommonPhrasesOutput>> {
  call.seen(null, 'common-phrases');
  return {
    phrases: await call.deps.db
      .select({ id: commonPhrases.id, field: commonPhrases.field, text: commonPhrases.text })
      .from(commonPhrases)
      .where(isNull(commonPhrases.endedAt))
      .orderBy(asc(commonPhrases.field), asc(commonPhrases.text)),
  };
}

/** X04: offers a phrase to every expert. One that could say who somebody is is not taken (PX-04). */
export async function offerPhrase(
  call: CallContext,
  { field, text }: z.output<typeof AddPhraseInput>,
): Promise<z.input<typeof AddPhraseOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  if (saysWho(text)) return { ok: false, refusal: 'says-who' };
  return deps.db.transaction(async (tx) => {
    const offered = await tx.$count(
      commonPhrases,
      and(eq(commonPhrases.field, field), isNull(commonPhrases.endedAt)),
    );
    if (offered >= MOST_PHRASES) return { ok: false as const, refusal: 'too-many' as const };
    const [row] = await tx
      .insert(commonPhrases)
      .values({ id: deps.random.id(at), field, text, createdBy: caller.personId, createdAt: at })
      .onConflictDoNothing()
      .returning({ id: commonPhrases.id });
    if (!row) return { ok: false as const, refusal: 'known-already' as const };
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertDesk.offerPhrase', caller),
      action: 'expertDesk.offerPhrase',
      outcome: 'done',
      personId: null,
      subject: `phrase:${row.id}`,
      requestId: call.requestId,
    });
    return { ok: true as const, phraseId: row.id };
  });
}

/** X04: a phrase is offered no longer; who offered it stays known. */
export async function endPhrase(
  call: CallContext,
  { phraseId }: z.output<typeof RemovePhraseInput>,
): Promise<z.input<typeof RemovePhraseOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const ended = await tx
      .update(commonPhrases)
      .set({ endedBy: caller.personId, endedAt: at })
      .where(and(eq(commonPhrases.id, phraseId), isNull(commonPhrases.endedAt)))
      .returning({ id: commonPhrases.id });
    if (ended.length === 0) throw notFound();
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertDesk.endPhrase', caller),
      action: 'expertDesk.endPhrase',
      outcome: 'done',
      personId: null,
      subject: `phrase:${phraseId}`,
      requestId: call.requestId,
    });
    return { ok: true as const };
  });
}
