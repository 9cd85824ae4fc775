import type {
  MarkUnreadableInput,
  MarkUnreadableOutput,
  ReleaseItemInput,
  ReleaseItemOutput,
} from '@mse/contracts/dossiers';
import type { Transaction } from '@mse/db';
import { cases, dossierItems, dossiers } from '@mse/db/schema';
import { type Box, cleanText, identityLeft, sectionsOf } from '@mse/domain/dossiers';
import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { formDraftAct, type Item, showPage } from './form-draft-act.ts';
import { whole } from './get-held-item.ts';
import { type CasePapers, findCasePapers } from './load-case-papers.ts';
import { blackOutPage } from './pages/encode-page.ts';
import { readAgain } from './pages/remake-file.ts';
import { placeNames } from './place-names.ts';
import { remakingOf } from './prepare-case.ts';

type ReleaseOutput = z.input<typeof ReleaseItemOutput>;

/**
 * PX-04: a person lets a page or a text go to the experts, as they made it: more blacked out, words changed. What they made is searched
 * once more, a page by reading it anew. A certain name, number or birth date never goes; what may be something else goes when the person
 * says so, which the audit keeps. With the last of them the draft act is formed
 * and the case joins the waiting list; of a case that is already with the experts the page is shown again.
 */
export async function releaseItem(
  call: CallContext,
  input: z.output<typeof ReleaseItemInput>,
): Promise<ReleaseOutput> {
  const { deps, at } = call;
  const [found] = await deps.db.select().from(dossierItems).where(eq(dossierItems.id, input.id));
  if (!found) throw notFound();
  const papers = await findCasePapers(deps.db, found.caseId);
  if (!papers) throw notFound();
  const text = cleanText(input.text);
  const texts = sectionsOf(papers.document, () => null).map((section) => section.text);
  const remaking = remakingOf(papers, await placeNames(deps.db), texts);
  const inText = identityLeft(text, remaking);
  if (inText === 'certain') return { ok: false, refusal: 'known-identity' };
  if (inText === 'perhaps' && !input.sure) return { ok: false, refusal: 'still-identity' };
  let picture: Buffer | null = null;
  let inPicture: ReturnType<typeof identityLeft> = 'none';
  if (found.kind === 'page') {
    const base = found.original ?? found.picture;
    if (!base || found.width === null || found.height === null) return { ok: false, refusal: 'no-picture' };
    const [width, height] = [found.width, found.height];
    if (input.boxes.some((box) => box.x >= width || box.y >= height))
      return { ok: false, refusal: 'outside' };
    // What the machine had covered and the person opened: a wrong reading later must not be all that stands before it.
    const opened = found.original ? found.boxes.filter((box) => !isCovered(box, input.boxes)).map(whole) : [];
    if (opened.length > 0 && !input.sure) return { ok: false, refusal: 'still-identity', found: opened };
    const read = await readAgain(base, input.boxes, remaking);
    if (!read) return { ok: false, refusal: 'unread-again' };
    const left = identityLeft(read.text, remaking);
    inPicture = left === 'none' && read.boxes.length > 0 ? 'perhaps' : left;
    if (inPicture === 'certain' || (inPicture === 'perhaps' && !input.sure))
      return {
        ok: false,
        refusal: inPicture === 'certain' ? 'known-identity' : 'still-identity',
        ...(read.boxes.length + opened.length > 0 ? { found: [...opened, ...read.boxes] } : {}),
      };
    picture = await blackOutPage(base, input.boxes);
  }
  const doubt = inText === 'perhaps' || inPicture === 'perhaps';
  return settle(
    call,
    'dossiers.release',
    input,
    papers,
    doubt ? { sureDespite: true } : {},
    async (tx, item) => {
      const [released] = await tx
        .update(dossierItems)
        .set({
          state: 'released',
          text,
          ...(picture ? { picture, boxes: input.boxes } : {}),
          // What nobody has to compare any more is not kept.
          original: null,
          version: item.version + 1,
          settledBy: signedIn(call).personId,
          settledAt: at,
        })
        .where(eq(dossierItems.id, item.id))
        .returning();
      if (!released) throw new Error('A locked item is gone');
      return released;
    },
  );
}

/** Whether nearly all of a rectangle lies under others. */
function isCovered(box: Box, boxes: readonly Box[]): boolean {
  const shared = boxes.reduce((sum, other) => {
    const across = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
    const down = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
    return sum + Math.max(0, across) * Math.max(0, down);
  }, 0);
  return shared >= box.width * box.height * 0.9;
}

/** PX-04: a person finds that a page or a text cannot be shown; the experts decide without it. */
export async function markUnreadable(
  call: CallContext,
  input: z.output<typeof MarkUnreadableInput>,
): Promise<z.input<typeof MarkUnreadableOutput>> {
  const [found] = await call.deps.db.select().from(dossierItems).where(eq(dossierItems.id, input.id));
  const papers = found && (await findCasePapers(call.deps.db, found.caseId));
  if (!papers) throw notFound();
  return settle(call, 'dossiers.markUnreadable', input, papers, {}, async (tx, item) => {
    await tx
      .update(dossierItems)
      .set({
        state: 'unreadable',
        text: '',
        picture: null,
        original: null,
        boxes: [],
        version: item.version + 1,
        settledBy: signedIn(call).personId,
        settledAt: call.at,
      })
      .where(eq(dossierItems.id, item.id));
    return null;
  });
}

/** One decision about a locked item, with what follows for its case and the audit row. */
function settle(
  call: CallContext,
  action: 'dossiers.release' | 'dossiers.markUnreadable',
  input: { id: string; version: number },
  papers: CasePapers,
  detail: Record<string, boolean>,
  change: (tx: Transaction, item: Item) => Promise<Item | null>,
): Promise<{ ok: true } | { ok: false; refusal: 'not-held' | 'changed' }> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    // The case first: whoever settles the last item forms the draft act, and only one is last.
    const [row] = await tx
      .select({ state: cases.state })
      .from(cases)
      .where(eq(cases.id, papers.row.id))
      .for('update');
    const [item] = await tx.select().from(dossierItems).where(eq(dossierItems.id, input.id)).for('update');
    if (!row || item?.state !== 'held') return { ok: false, refusal: 'not-held' as const };
    if (item.version !== input.version) return { ok: false, refusal: 'changed' as const };
    const shown = await change(tx, item);
    if (row.state === 'held') {
      const left = await tx
        .select({ id: dossierItems.id })
        .from(dossierItems)
        .where(and(eq(dossierItems.caseId, papers.row.id), eq(dossierItems.state, 'held')))
        .limit(1);
      if (left.length === 0) await formDraftAct(deps, tx, papers, caller.personId, at);
    } else if (shown?.kind === 'page') await showPage(deps, tx, shown, at);
    else if (shown)
      await tx
        .update(dossiers)
        .set({
          sections: sql`${dossiers.sections} || jsonb_build_object(${shown.name}::text, ${shown.text}::text)`,
        })
        .where(eq(dossiers.caseId, papers.row.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'done',
      personId: papers.row.personId,
      subject: `dossier-item:${item.id}`,
      requestId: call.requestId,
      detail: { case: papers.row.id, causes: item.causes, ...detail },
    });
    return { ok: true as const };
  });
}
