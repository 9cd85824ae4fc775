import { cases, dossierItems } from '@mse/db/schema';
import {
  knownIdentity,
  languageOf,
  learnNames,
  type Remaking,
  remakeText,
  sectionsOf,
  type StemIndex,
} from '@mse/domain/dossiers';
import { eq } from 'drizzle-orm';
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

/**
 * The job `examination.prepare`, PX-02, PX-04: re-makes everything of a case's papers that the experts may see. When all of it passes,
 * the draft act is formed and the case joins the waiting list; when something waits for a person, the case is held. Nothing is written
 * before all is made, and a case that has moved on meanwhile is left alone, so the job may run twice.
 */
export async function prepareCase(deps: Deps, caseId: string): Promise<void> {
  const papers = await findCasePapers(deps.db, caseId);
  if (!papers) throw new HopelessJob('no case with a form');
  if (papers.row.state !== 'accepted') return;
  const items = await remakePapers(deps, papers);
  await deps.db.transaction(async (tx) => {
    const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update');
    if (row?.state !== 'accepted') return;
    const at = deps.clock.now();
    if (items.length > 0)
      await tx.insert(dossierItems).values(items.map((item) => ({ ...item, madeAt: at })));
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

/** The items of a case, made anew from the form and its files; nothing is stored. */
async function remakePapers(deps: Deps, papers: CasePapers): Promise<Omit<NewItem, 'madeAt'>[]> {
  const sections = sectionsOf(papers.document, codesIn(languageOf(JSON.stringify(papers.document))));
  const texts = sections.map(({ text }) => text);
  const places = await placeNames(deps.db);
  const remaking = remakingOf(papers, places, texts);
  const blank = () => ({ id: deps.random.id(deps.clock.now()), caseId: papers.row.id });
  const items: Omit<NewItem, 'madeAt'>[] = sections.map(({ name, text }) => {
    const remade = remakeText(text, remaking);
    const state = remade.causes.length === 0 ? 'passed' : 'held';
    return { ...blank(), kind: 'section', name, state, causes: remade.causes, text: remade.text };
  });
  for (const [index, file] of papers.files.entries()) {
    const pages = await remakeFile(file.content, file.mediaType, (read) =>
      Promise.resolve(remakingOf(papers, places, [...texts, ...read])),
    );
    for (const page of pages)
      items.push({ ...blank(), kind: 'page', name: file.kind, fileId: file.id, fileNo: index + 1, ...page });
  }
  return items;
}

/** What the texts of a case are searched for: identity of the form and the registries, and names learned from the texts themselves. */
export function remakingOf(papers: CasePapers, places: StemIndex, texts: readonly string[]): Remaking {
  const { identity } = papers;
  const known = knownIdentity({ ...identity, people: [...identity.people, ...learnNames(texts)] });
  return { known, places, words: NEUTRAL_WORDS };
}
