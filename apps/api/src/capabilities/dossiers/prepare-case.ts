import { cases, dossierItems } from '@mse/db/schema';
import {
  knownIdentity,
  learnNames,
  type Remaking,
  remakeText,
  sectionsOf,
  type StemIndex,
} from '@mse/domain/dossiers';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { HopelessJob } from '../../platform/jobs.ts';
import { changeCase } from '../examination/change-case.ts';
import { formDraftAct } from './form-draft-act.ts';
import { type CasePapers, findCasePapers } from './load-case-papers.ts';
import { codesIn, NEUTRAL_WORDS } from './neutral-words.ts';
import { remakeFile } from './pages/remake-file.ts';
import { placeNames } from './place-names.ts';

type NewItem = typeof dossierItems.$inferInsert;

export const PREPARER = 'system:dossiers';

/** A job begins a file, and further ones as long as it has run no longer than this; the rest is for the next job. Far less than a job may last. */
const BUDGET_MS = 45_000;

/**
 * The job `examination.prepare`, PX-02, PX-04: re-makes everything of a case's papers that the experts may see. When all of it passes,
 * the draft act is formed and the case joins the waiting list; when something waits for a person, the case is held. Each file is kept when
 * it is done, so that a killed worker repeats one file at most, and a long case goes on in the next job. A case that has moved on
 * meanwhile is left alone, so the job may run twice. Answers whether files are left.
 */
export async function prepareCase(deps: Deps, caseId: string, budgetMs = BUDGET_MS): Promise<boolean> {
  const since = performance.now();
  const papers = await findCasePapers(deps.db, caseId);
  if (!papers) throw new HopelessJob('no case with a form');
  if (papers.row.state !== 'accepted') return false;
  const texts = sectionsOf(papers.document, () => null).map(({ text }) => text);
  const places = await placeNames(deps.db);
  const remaking = remakingOf(papers, places, texts);
  const kept = await deps.db
    .selectDistinct({ fileId: dossierItems.fileId })
    .from(dossierItems)
    .where(and(eq(dossierItems.caseId, caseId), isNotNull(dossierItems.fileId)));
  const done = new Set(kept.map((row) => row.fileId));
  let begun = 0;
  for (const [index, file] of papers.files.entries()) {
    if (done.has(file.id)) continue;
    if (begun > 0 && performance.now() - since >= budgetMs) {
      await deps.jobs.enqueue(deps.db, 'examination.prepare', { caseId });
      return true;
    }
    begun += 1;
    const pages = await remakeFile(file.content, file.mediaType, (read) =>
      Promise.resolve(remakingOf(papers, places, [...texts, ...read])),
    );
    await keep(
      deps,
      papers,
      pages.map((page) => ({ kind: 'page', name: file.kind, fileId: file.id, fileNo: index + 1, ...page })),
    );
  }
  // Codes are said in the language the form is filled in with, names aside.
  const { language } = remakeText(texts.join('\n'), remaking);
  const sections = sectionsOf(papers.document, codesIn(language));
  await keep(
    deps,
    papers,
    sections.map(({ name, text }) => {
      const remade = remakeText(text, remaking);
      const state = remade.causes.length === 0 ? 'passed' : 'held';
      return { kind: 'section', name, state, causes: remade.causes, text: remade.text };
    }),
  );
  await finish(deps, papers);
  return false;
}

/** Keeps items of a case that is still being prepared; of two workers at once the first counts. */
async function keep(
  deps: Deps,
  papers: CasePapers,
  items: readonly Omit<NewItem, 'id' | 'caseId' | 'madeAt'>[],
): Promise<void> {
  if (items.length === 0) return;
  await deps.db.transaction(async (tx) => {
    const [row] = await tx.select().from(cases).where(eq(cases.id, papers.row.id)).for('update');
    if (row?.state !== 'accepted') return;
    const at = deps.clock.now();
    await tx
      .insert(dossierItems)
      .values(items.map((item) => ({ id: deps.random.id(at), caseId: papers.row.id, madeAt: at, ...item })))
      .onConflictDoNothing();
  });
}

/** All is made: the draft act is formed, or the case is held. */
async function finish(deps: Deps, papers: CasePapers): Promise<void> {
  const { id: caseId } = papers.row;
  await deps.db.transaction(async (tx) => {
    const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update');
    if (row?.state !== 'accepted') return;
    const at = deps.clock.now();
    const items = await tx
      .select({ state: dossierItems.state })
      .from(dossierItems)
      .where(eq(dossierItems.caseId, caseId));
    const held = items.filter((item) => item.state === 'held').length;
    if (held === 0) await formDraftAct(deps, tx, papers, PREPARER, at);
    else {
      const moved = await changeCase(
        deps,
        tx,
        { caseId, event: 'held', actor: PREPARER, detail: { held } },
        at,
      );
      if (!moved.ok) throw new Error(`A case could not be held: ${moved.refusal}`);
    }
    await recordAudit(tx, {
      at,
      actor: PREPARER,
      actorRole: 'system',
      action: 'examination.prepare',
      outcome: 'done',
      personId: row.personId,
      subject: `case:${caseId}`,
      requestId: null,
      detail: { items: items.length, held },
    });
  });
}

/** What the texts of a case are searched for: identity of the form and the registries, and names learned from the texts themselves. */
export function remakingOf(papers: CasePapers, places: StemIndex, texts: readonly string[]): Remaking {
  const { identity } = papers;
  const known = knownIdentity({ ...identity, people: [...identity.people, ...learnNames(texts)] });
  return { known, places, words: NEUTRAL_WORDS };
}
