import { parseMobilePhone, type PlainDate } from '../shared/index.ts';
import type { RegistryAnswer } from './checks.ts';
import type { ErrorCode } from './error-codes.ts';
import { emptyRemoteRows, type SubmittedForm } from './form-031.ts';
import {
  type ExaminationCircumstances,
  examinationsOf,
  type MandatoryExamination,
  type NosologyCode,
  nosologyOf,
} from './nosology.ts';

/** What the law says on the day a remote form is checked. */
export interface RemoteLaw {
  nosology: readonly NosologyCode[];
  examinations: readonly MandatoryExamination[];
  /** F011. */
  barredPurposes: readonly string[];
  /** PX-43: the sending system is in technical-failure mode, so F004 is off. */
  expirySuspended: boolean;
}

/** What the store says of a file. `unusable`: it is there and equal, but cannot be taken (too large, of a forbidden kind, hostile). */
export type FileFinding =
  | { kind: 'fits' }
  | { kind: 'missing' }
  | { kind: 'differs' }
  | { kind: 'unusable'; why: string }
  | { kind: 'silent' };

/** Everything the checks of the remote track look at besides what every form is checked by. */
export interface RemoteFacts {
  law: RemoteLaw;
  /** F001: the SMS of consent as the consent service knows it; null when the form names none, so nobody was asked. */
  consent: RegistryAnswer<{ patientIin: string; responder: string }> | null;
  /** F009: the organisation the patient is attached to. */
  attachment: RegistryAnswer<{ organizationBin: string }>;
  /** F009: the organisation of the form is a dispensary, which the register of attached population need not name. */
  dispensary: boolean;
  /** F012: defects for which a questionnaire is filled; null when item 25.1 is empty. */
  questionnaires: RegistryAnswer<readonly string[]> | null;
  /** F014, F015: one finding for each attachment of the form, in its order. */
  files: readonly FileFinding[];
}

/** Registries of the remote track that can be silent. */
export type RemoteRegistry = 'consent' | 'attached-population' | 'aid-questionnaires' | 'document-store';

type Add = (code: ErrorCode, detail?: string | null) => void;

/** Full age on the day of the check, or why it is not known: `silent` may still say it, `unknown` never will. */
export type KnownAge = { kind: 'years'; years: number } | { kind: 'silent' } | { kind: 'unknown' };

/**
 * F001, F008–F015: what is certainly wrong with a form of the remote track. Silence adds nothing; `silentRemote` names it. Rows
 * without which the form says too little are answered by the caller together with the other empty ones.
 */
export function checkRemote(
  form: SubmittedForm,
  facts: RemoteFacts,
  age: KnownAge,
  today: PlainDate,
  add: Add,
): void {
  if (consentFails(form, facts)) add('F001');
  checkAttachmentOfPatient(form, facts, add);
  if (form.track !== 'remote-proactive') add('F010');
  if (form.purpose && facts.law.barredPurposes.includes(form.purpose)) add('F011');
  checkQuestionnaires(form, facts, add);
  if (form.icd10?.trim() && !canBeListed(facts.law.nosology, form.icd10, age, today)) add('F013');
  checkFiles(form, facts, add);
}

/** F001: no SMS of consent, one of somebody else, or one answered from a number that is neither the patient's nor the representative's. */
function consentFails(form: SubmittedForm, { consent }: RemoteFacts): boolean {
  if (!form.consent?.messageId?.trim() || consent === null) return true;
  const numbers = [form.patient.phone, form.representative?.phone].map((phone) =>
    parseMobilePhone(phone ?? ''),
  );
  const isTheirs = (number: string | undefined) => {
    const responder = parseMobilePhone(number ?? '');
    return responder !== undefined && numbers.includes(responder);
  };
  if (!isTheirs(form.consent.responder)) return true;
  if (consent.kind === 'silent') return false;
  return (
    consent.kind === 'not-found' ||
    consent.value.patientIin !== form.patient.iin ||
    !isTheirs(consent.value.responder)
  );
}

/** F009: the sending organisation is not the one the patient is attached to, dispensaries apart. */
function checkAttachmentOfPatient(
  form: SubmittedForm,
  { attachment, dispensary }: RemoteFacts,
  add: Add,
): void {
  const organization = form.organizationBin?.trim();
  if (!organization || dispensary || attachment.kind === 'silent') return;
  if (attachment.kind === 'not-found' || attachment.value.organizationBin !== organization) add('F009');
}

/** F012: a defect of item 25.1 without a filled questionnaire. */
function checkQuestionnaires(form: SubmittedForm, { questionnaires }: RemoteFacts, add: Add): void {
  const defects = defectsOf(form);
  if (defects.length === 0 || questionnaires?.kind === 'silent') return;
  const filled = questionnaires?.kind === 'found' ? questionnaires.value.map(plainCode) : [];
  if (defects.some((defect) => !filled.includes(defect))) add('F012');
}

/** Item 25.1: the defects technical means are recommended for, as the questionnaires name them. */
export function defectsOf(form: SubmittedForm): string[] {
  return (form.technicalMeans ?? [])
    .map(({ defect }) => plainCode(defect ?? ''))
    .filter((defect) => defect !== '');
}

function plainCode(text: string): string {
  return text.trim().toLowerCase();
}

/** F013: while the age is not known, a diagnosis that is listed at some age is not certainly wrong. */
export function canBeListed(
  codes: readonly NosologyCode[],
  icd10: string,
  age: KnownAge,
  today: PlainDate,
): boolean {
  if (age.kind === 'years') return nosologyOf(codes, icd10, age.years, today) !== null;
  const anyAge = codes.map((row) => ({ ...row, fromAge: null, untilAge: null }));
  return nosologyOf(anyAge, icd10, 0, today) !== null;
}

/** F014, F015: the identifier fills the placeholder of the law's text; each file is a reason of its own. */
function checkFiles(form: SubmittedForm, { files }: RemoteFacts, add: Add): void {
  for (const [index, attachment] of (form.attachments ?? []).entries()) {
    const storeId = attachment.storeId?.trim();
    const finding = files[index];
    if (!storeId || !finding) continue;
    if (finding.kind === 'differs') add('F014', storeId);
    if (finding.kind === 'missing') add('F015', storeId);
  }
}

/** F008: rows and papers the remote track asks for and the form has not, files that cannot be taken among them; in the order of the form. */
export function missingRemoteRows(
  form: SubmittedForm,
  facts: Pick<RemoteFacts, 'law' | 'files'>,
  age: KnownAge,
  today: PlainDate,
): string[] {
  const rows = emptyRemoteRows(form, age.kind === 'years' ? age.years : null);
  for (const [index, finding] of facts.files.entries())
    if (finding.kind === 'unusable') rows.push(`attachments.${index}.${finding.why}`);
  const group =
    form.icd10 && age.kind === 'years' ? nosologyOf(facts.law.nosology, form.icd10, age.years, today) : null;
  if (group !== null)
    for (const code of missingExaminations(form, group, facts.law.examinations, today))
      rows.push(`examinations.${code}`);
  return rows;
}

/** SN-01: what of a form decides which examinations it must have. A first referral sets the diagnosis unless it says otherwise. */
export function circumstancesOf(form: SubmittedForm): ExaminationCircumstances {
  return {
    surgicalAmputation: form.surgicalAmputation ?? false,
    diagnosisSet: form.diagnosisSet ?? form.purpose === 'disability-first',
    treated: (form.treatedCases ?? []).some(
      ({ setting }) => setting === 'outpatient' || setting === 'inpatient' || setting === 'day-hospital',
    ),
  };
}

/** SN-01, SN-02: codes of mandatory examinations the form must have and no file of it is. */
export function missingExaminations(
  form: SubmittedForm,
  group: string,
  examinations: readonly MandatoryExamination[],
  today: PlainDate,
): string[] {
  const present = new Set((form.attachments ?? []).map(({ kind }) => kind?.trim()));
  return examinationsOf(examinations, group, circumstancesOf(form), today)
    .filter(({ code, required }) => required && !present.has(code))
    .map(({ code }) => code);
}

/** Registries of the remote track whose silence keeps the form waiting. */
export function silentRemote(form: SubmittedForm, facts: RemoteFacts): RemoteRegistry[] {
  const silent: RemoteRegistry[] = [];
  if (facts.consent?.kind === 'silent') silent.push('consent');
  if (facts.attachment.kind === 'silent' && !facts.dispensary) silent.push('attached-population');
  if (defectsOf(form).length > 0 && facts.questionnaires?.kind === 'silent')
    silent.push('aid-questionnaires');
  if (facts.files.some(({ kind }) => kind === 'silent')) silent.push('document-store');
  return silent;
}
