import type { Transaction } from '@mse/db';
import { cases, dossierPages, dossiers } from '@mse/db/schema';
import type { DecisionFacts, DecisionTextFacts } from '@mse/domain/examination';
import { policyOn } from '@mse/domain/policies';
import { type PlainDate, toBusinessDate, type Trilingual } from '@mse/domain/shared';
import { asc, eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../trpc.ts';
import type { OwnExpert, OwnPart } from './own-part.ts';

export type Dossier = typeof dossiers.$inferSelect;

/** PX-04: what the experts see of a case. A case whose papers are not there (held again, say) cannot be looked at. */
export async function readDossier(tx: Transaction, caseId: string): Promise<Dossier> {
  const [dossier] = await tx.select().from(dossiers).where(eq(dossiers.caseId, caseId));
  if (!dossier) throw notFound();
  return dossier;
}

/** The pages of a case in order, without their pictures. */
export async function listPages(tx: Transaction, deps: Deps, caseId: string) {
  const rows = await tx
    .select({
      pageId: dossierPages.id,
      fileNo: dossierPages.fileNo,
      pageNo: dossierPages.pageNo,
      kind: dossierPages.kind,
      width: dossierPages.width,
      height: dossierPages.height,
    })
    .from(dossierPages)
    .where(eq(dossierPages.caseId, caseId))
    .orderBy(asc(dossierPages.fileNo), asc(dossierPages.pageNo));
  return rows.map((row) => ({ ...row, kindName: kindName(deps, row.kind) }));
}

/** Name of a kind of paper; null for one without a name of its own. */
export function kindName(deps: Deps, code: string): Trilingual | null {
  return deps.reference.nosology().kinds.find((kind) => kind.code === code)?.name ?? null;
}

/** Name of a nosological form. */
export function nosologyName(deps: Deps, code: string): Trilingual | null {
  return deps.reference.nosology().groups.find((group) => group.code === code)?.name ?? null;
}

/** PX-01: the day of examination, which is the day the draft act was formed. A date and nothing else of the case. */
export async function examinedOn(deps: Deps, caseId: string): Promise<PlainDate> {
  const [row] = await deps.db
    .select({ formedAt: cases.draftFormedAt, acceptedAt: cases.acceptedAt })
    .from(cases)
    .where(eq(cases.id, caseId));
  if (!row) throw notFound();
  return toBusinessDate(row.formedAt ?? row.acceptedAt);
}

/** PX-30: what a decision about this case is held against, by the policies of the day of examination. */
export function decisionFacts(deps: Deps, dossier: Dossier, day: PlainDate): DecisionFacts {
  const policies = deps.reference.policies();
  return {
    ageYears: dossier.ageYears,
    purpose: dossier.purpose,
    examinedOn: day,
    terms: policyOn(policies, 'decision.terms', day),
    elements: policyOn(policies, 'decision.elements', day),
  };
}

/** What the signed text says besides the decision itself. */
export function textFacts(
  dossier: Dossier,
  part: OwnPart,
  expert: OwnExpert,
  day: PlainDate,
): DecisionTextFacts {
  const { sex, ageYears, purpose, icd10 } = dossier;
  return {
    caseCode: part.caseCode,
    expertCode: expert.code,
    purpose,
    sex,
    ageYears,
    icd10,
    examinedOn: day,
  };
}
