import type {
  AddPhraseInput,
  AddPhraseOutput,
  ChangePhraseInput,
  ChangePhraseOutput,
  PhrasesOutput,
  RemovePhraseInput,
  RemovePhraseOutput,
} from '@mse/contracts/expert-desk';
import { asExpert, asProduct, type Transaction } from '@mse/db';
import { commonPhrases, expertPhrases } from '@mse/db/schema';
import type { Action } from '@mse/domain/access';
import { saysWho } from '@mse/domain/dossiers';
import { MOST_PHRASES, type PhraseField } from '@mse/domain/examination';
import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { ownExpert } from './own-part.ts';

/** X04: the caller's own template phrases and those of the methodology and control department, read under the experts' role. */
export async function listPhrases(call: CallContext): Promise<z.input<typeof PhrasesOutput>> {
  const expert = await ownExpert(call);
  call.seen(null, `expert:${expert.id}`);
  return asExpert(call.deps.db, expert.id, async (tx) => ({
    own: await tx
      .select({ id: expertPhrases.id, field: expertPhrases.field, text: expertPhrases.text })
      .from(expertPhrases)
      .orderBy(asc(expertPhrases.field), asc(expertPhrases.text)),
    common: await tx
      .select({ id: commonPhrases.id, field: commonPhrases.field, text: commonPhrases.text })
      .from(commonPhrases)
      .where(isNull(commonPhrases.endedAt))
      .orderBy(asc(commonPhrases.field), asc(commonPhrases.text)),
  }));
}

/** X04: keeps a new phrase of the caller. One that could say who somebody is is not taken: it would stand in many decisions (PX-04). */
export async function addPhrase(
  call: CallContext,
  { field, text }: z.output<typeof AddPhraseInput>,
): Promise<z.input<typeof AddPhraseOutput>> {
  const { deps, at } = call;
  if (saysWho(text)) return { ok: false, refusal: 'says-who' };
  const expert = await ownExpert(call);
  return asExpert(deps.db, expert.id, async (tx) => {
    const own = await tx.$count(expertPhrases, eq(expertPhrases.field, field));
    if (own >= MOST_PHRASES) return { ok: false as const, refusal: 'too-many' as const };
    const [row] = await tx
      .insert(expertPhrases)
      .values({ id: deps.random.id(at), expertId: expert.id, field, text, createdAt: at, changedAt: at })
      .onConflictDoNothing()
      .returning({ id: expertPhrases.id });
    if (!row) return { ok: false as const, refusal: 'known-already' as const };
    await audit(call, tx, 'expertDesk.addPhrase', row.id);
    return { ok: true as const, phraseId: row.id };
  });
}

/** X04: words a phrase of the caller anew; decisions that hold the old words stay as they are. */
export async function changePhrase(
  call: CallContext,
  { phraseId, text }: z.output<typeof ChangePhraseInput>,
): Promise<z.input<typeof ChangePhraseOutput>> {
  const { deps, at } = call;
  if (saysWho(text)) return { ok: false, refusal: 'says-who' };
  const expert = await ownExpert(call);
  return asExpert(deps.db, expert.id, async (tx) => {
    const [own] = await tx.select().from(expertPhrases).where(eq(expertPhrases.id, phraseId)).for('update');
    if (!own) throw notFound();
    if (await isKnown(tx, own.field, text, own.id))
      return { ok: false as const, refusal: 'known-already' as const };
    await tx.update(expertPhrases).set({ text, changedAt: at }).where(eq(expertPhrases.id, own.id));
    await audit(call, tx, 'expertDesk.changePhrase', own.id);
    return { ok: true as const };
  });
}

/** X04: removes a phrase of the caller. */
export async function removePhrase(
  call: CallContext,
  { phraseId }: z.output<typeof RemovePhraseInput>,
): Promise<z.input<typeof RemovePhraseOutput>> {
  const expert = await ownExpert(call);
  return asExpert(call.deps.db, expert.id, async (tx) => {
    const gone = await tx
      .delete(expertPhrases)
      .where(eq(expertPhrases.id, phraseId))
      .returning({ id: expertPhrases.id });
    if (gone.length === 0) throw notFound();
    await audit(call, tx, 'expertDesk.removePhrase', phraseId);
    return { ok: true as const };
  });
}

async function isKnown(tx: Transaction, field: PhraseField, text: string, except: string): Promise<boolean> {
  const same = await tx.$count(
    expertPhrases,
    and(eq(expertPhrases.field, field), eq(expertPhrases.text, text), ne(expertPhrases.id, except)),
  );
  return same > 0;
}

/** The audit is the product's: the experts' role cannot write it. */
async function audit(call: CallContext, tx: Transaction, action: Action, phraseId: string): Promise<void> {
  const caller = signedIn(call);
  await asProduct(tx);
  await recordAudit(tx, {
    at: call.at,
    actor: caller.personId,
    actorRole: actingRole(action, caller),
    action,
    outcome: 'done',
    personId: null,
    subject: `phrase:${phraseId}`,
    requestId: call.requestId,
  });
}
