import type { Transaction } from '@mse/db';
import {
  dossierItems,
  dossierPages,
  dossiers,
  draftActCounters,
  examinationKinds,
  mandatoryExaminations,
} from '@mse/db/schema';
import { draftActNumber } from '@mse/domain/dossiers';
import { ageOn, examinationsOf, normaliseIcd10 } from '@mse/domain/intake';
import { toBusinessDate } from '@mse/domain/shared';
import { asc, eq, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { changeCase } from '../examination/change-case.ts';
import type { CasePapers } from './load-case-papers.ts';

export type Item = typeof dossierItems.$inferSelect;

/**
 * PX-01, PX-02, PX-03: forms the draft act of a case whose papers are all settled: its number, the day of examination, and the experts'
 * side of the case, which holds what passed or was released and nothing else. Then the case joins the waiting list. In the caller's
 * transaction, with the case locked.
 */
export async function formDraftAct(
  deps: Deps,
  tx: Transaction,
  papers: CasePapers,
  actor: string,
  at: Date,
): Promise<void> {
  const { row, patient, document, icd10, files } = papers;
  const day = toBusinessDate(at);
  const items = await tx
    .select()
    .from(dossierItems)
    .where(eq(dossierItems.caseId, row.id))
    .orderBy(asc(dossierItems.fileNo), asc(dossierItems.pageNo));
  const shown = items.filter((item) => item.state === 'passed' || item.state === 'released');
  const given = new Set(files.map((file) => file.kind));
  const asked = examinationsOf(
    await tx.select().from(mandatoryExaminations).orderBy(asc(mandatoryExaminations.position)),
    row.nosologyGroup,
    {
      surgicalAmputation: document.surgicalAmputation === true,
      diagnosisSet: document.diagnosisSet !== false,
      treated: Array.isArray(document.treatedCases) && document.treatedCases.length > 0,
    },
    day,
  );
  await tx.insert(dossiers).values({
    caseId: row.id,
    sex: patient.sex,
    ageYears: ageOn(patient.birthDate, day),
    nosologyGroup: row.nosologyGroup,
    purpose: row.purpose,
    // A code or nothing: the field of the form is free text.
    icd10: normaliseIcd10(icd10) ?? '',
    sections: Object.fromEntries(
      shown.filter((item) => item.kind === 'section').map((item) => [item.name, item.text]),
    ),
    examinations: asked.map((examination) => ({ ...examination, present: given.has(examination.code) })),
    madeAt: at,
  });
  for (const item of shown) if (item.kind === 'page') await showPage(deps, tx, item, at);
  const draftActNo = draftActNumber(day, await nextPlaceInYear(tx, Number(day.slice(0, 4))));
  const moved = await changeCase(
    deps,
    tx,
    { caseId: row.id, event: 'prepared', actor, set: { draftActNo, draftFormedAt: at } },
    at,
  );
  if (!moved.ok) throw new Error(`A prepared case did not move: ${moved.refusal}`);
}

/** PX-04: puts a settled page on the experts' side under an id of its own. */
export async function showPage(deps: Deps, tx: Transaction, item: Item, at: Date): Promise<void> {
  if (
    !item.picture ||
    !item.mediaType ||
    item.width === null ||
    item.height === null ||
    item.fileNo === null ||
    item.pageNo === null
  )
    throw new Error('A page without a picture cannot be shown');
  const [kind] = await tx.select().from(examinationKinds).where(eq(examinationKinds.code, item.name));
  await tx.insert(dossierPages).values({
    id: deps.random.id(at),
    caseId: item.caseId,
    fileNo: item.fileNo,
    pageNo: item.pageNo,
    // What the sender calls a file is free text; only a code of ours is passed on.
    kind: kind?.code ?? 'other',
    mediaType: item.mediaType,
    width: item.width,
    height: item.height,
    content: item.picture,
    text: item.text,
  });
}

/** The next place in the year; whoever asks at the same time waits until this transaction ends, so none is skipped or given twice. */
async function nextPlaceInYear(tx: Transaction, year: number): Promise<number> {
  const [row] = await tx
    .insert(draftActCounters)
    .values({ year, last: 1 })
    .onConflictDoUpdate({ target: draftActCounters.year, set: { last: sql`${draftActCounters.last} + 1` } })
    .returning({ last: draftActCounters.last });
  if (!row) throw new Error('No place in the year was given');
  return row.last;
}
