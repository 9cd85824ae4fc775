import type { ExaminationPurpose } from '../intake/index.ts';
import type { PlainDate } from '../shared/index.ts';

/** FF-05, FF-11 row 11: the fifteen rows of documents, in the order of the application form. */
export const IN_PERSON_DOCUMENTS = [
  'identity',
  'registration',
  'referral',
  'programme-medical-part',
  'outpatient-card',
  'sick-leave',
  'work-record',
  'social-insurance',
  'accident-act',
  'occupational-disease',
  'causal-link',
  'court-decision',
  'guardianship',
  'name-change',
  'pmpk',
] as const;
export type InPersonDocument = (typeof IN_PERSON_DOCUMENTS)[number];

/** Where a document came from: a state system, the digital documents service (FF-06), or a copy compared with its original at the counter (FF-05). */
export const DOCUMENT_SOURCES = ['system', 'digital', 'paper'] as const;
export type DocumentSource = (typeof DOCUMENT_SOURCES)[number];

/** One row of the application's list: what was handed in, on how many sheets, and until when it holds (null: without end). */
export interface HandedDocument {
  document: InPersonDocument;
  source: DocumentSource;
  sheets: number;
  validUntil: PlainDate | null;
}

/** Whether something the case is about happened at work, as a disease of the work, or in service. */
export const INJURY_KINDS = ['none', 'work-injury', 'occupational-disease', 'service'] as const;
export type InjuryKind = (typeof INJURY_KINDS)[number];

/** What decides which documents are needed. */
export interface DocumentNeeds {
  purpose: ExaminationPurpose;
  /** By the dated ages of the policy; see `isOfWorkingAge`. */
  workingAge: boolean;
  working: boolean;
  /** Never examined before. */
  first: boolean;
  injury: InjuryKind;
  /** A lawful representative applies. */
  representative: boolean;
}

/** Whether somebody is of working age: from the first age on, up to the last full year before the pension age of the sex. */
export function isOfWorkingAge(
  ages: { from: number; untilFemale: number; untilMale: number },
  sex: 'female' | 'male',
  ageYears: number,
): boolean {
  return ageYears >= ages.from && ageYears <= (sex === 'female' ? ages.untilFemale : ages.untilMale);
}

const PROGRAMME: readonly ExaminationPurpose[] = [
  'rehabilitation-programme',
  'rehabilitation-programme-correction',
];

/**
 * FF-05: the rows without which the set is incomplete. Each entry is a list of alternatives: one of them is enough (the accident
 * act, or the court's decision where there is none).
 */
export function requiredDocuments(needs: DocumentNeeds): InPersonDocument[][] {
  const rows: [boolean, InPersonDocument[]][] = [
    [true, ['identity']],
    [true, ['registration']],
    [true, ['referral']],
    [PROGRAMME.includes(needs.purpose), ['programme-medical-part']],
    [true, ['outpatient-card']],
    [needs.working, ['sick-leave']],
    [needs.first && needs.workingAge && (needs.working || needs.injury !== 'none'), ['work-record']],
    [needs.first && needs.purpose === 'general-capacity-loss', ['social-insurance']],
    [needs.injury === 'work-injury', ['accident-act', 'court-decision']],
    [needs.injury === 'occupational-disease', ['occupational-disease']],
    [needs.injury === 'service', ['causal-link']],
    [needs.representative, ['guardianship']],
  ];
  return rows.filter(([needed]) => needed).map(([, alternatives]) => alternatives);
}

/** FF-04(2), FF-10: what is missing of the required rows; each entry lists the alternatives of which none was handed in. */
export function missingDocuments(
  needs: DocumentNeeds,
  handed: readonly HandedDocument[],
): InPersonDocument[][] {
  const present = new Set(handed.map((row) => row.document));
  return requiredDocuments(needs).filter((alternatives) => !alternatives.some((each) => present.has(each)));
}

/** FF-04(1), FF-10: what was handed in and no longer holds on `today`. */
export function expiredDocuments(handed: readonly HandedDocument[], today: PlainDate): InPersonDocument[] {
  return handed.filter((row) => row.validUntil !== null && row.validUntil < today).map((row) => row.document);
}
