import type { SaveDraftInput, SaveDraftOutput } from '@mse/contracts/expert-desk';
import { decisionDrafts } from '@mse/db/schema';
import { changedFields, decisionTyped, isNewSitting } from '@mse/domain/examination';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { lockOpenPart, ownExpert, personOfCase, subjectOf } from './own-part.ts';

/**
 * X04: keeps what was typed. It must have been typed over the version that is stored: of two tabs the later one is shown what the
 * other has saved and decides itself. What stood there before a new sitting is kept beside it. The audit has a row for every sitting,
 * not for every keystroke.
 */
export async function saveDraft(
  call: CallContext,
  input: z.output<typeof SaveDraftInput>,
): Promise<z.input<typeof SaveDraftOutput>> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  const expert = await ownExpert(call);
  const typed = decisionTyped(input.typed);
  return deps.db.transaction(async (tx) => {
    const part = await lockOpenPart(tx, input.assignmentId, expert);
    if (!part) return { ok: false as const, refusal: 'not-open' as const };
    const [known] = await tx.select().from(decisionDrafts).where(eq(decisionDrafts.assignmentId, part.id));
    const before = decisionTyped(known?.content ?? {});
    if ((known?.version ?? 0) !== input.version && known) {
      // Saved twice because an answer was lost on its way is no conflict.
      if (changedFields(before, typed).length === 0)
        return { ok: true as const, version: known.version, savedAt: known.savedAt.toISOString() };
      return {
        ok: false as const,
        refusal: 'conflict' as const,
        current: { version: known.version, savedAt: known.savedAt.toISOString(), typed: before },
        changed: changedFields(before, typed),
      };
    }
    const version = (known?.version ?? 0) + 1;
    const sitting = !known || isNewSitting(known.savedAt, at);
    const row = {
      content: typed,
      version,
      savedAt: at,
      ...(known && sitting ? { earlier: known.content, earlierAt: known.savedAt } : {}),
    };
    await tx
      .insert(decisionDrafts)
      .values({ assignmentId: part.id, ...row })
      .onConflictDoUpdate({ target: decisionDrafts.assignmentId, set: row });
    if (sitting)
      await recordAudit(tx, {
        at,
        actor: caller.personId,
        actorRole: actingRole('expertDesk.saveDraft', caller),
        action: 'expertDesk.saveDraft',
        outcome: 'done',
        personId: await personOfCase(tx, part.caseId),
        subject: subjectOf(part),
        requestId,
        detail: { version },
      });
    return { ok: true as const, version, savedAt: at.toISOString() };
  });
}
