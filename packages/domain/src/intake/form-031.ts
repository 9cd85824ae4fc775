import type { PersonName } from '../shared/index.ts';

/** The way a form asks the examination to go. */
export const TRACKS = ['in-person', 'remote-proactive'] as const;
export type Track = (typeof TRACKS)[number];

/** Purposes of an examination a form can name (FF-11, rows 8–10). */
export const EXAMINATION_PURPOSES = [
  'disability-first',
  'disability-repeated',
  'disability-cause',
  'general-capacity-loss',
  'professional-capacity-loss',
  'rehabilitation-programme',
  'rehabilitation-programme-correction',
  'injured-worker-needs',
] as const;
export type ExaminationPurpose = (typeof EXAMINATION_PURPOSES)[number];

/**
 * Life of a form with us. `waiting-registry`: a registry is silent, so the checks wait; silence is never a "no" (IN-06). `poorly-completed`:
 * its remote case ended because the person did not come or refused (PX-37); nothing can be done on it any more, only on a new one.
 */
export const FORM_STATES = [
  'waiting-registry',
  'returned',
  'accepted',
  'served',
  'poorly-completed',
] as const;
export type FormState = (typeof FORM_STATES)[number];

/** A person as a form names them: everything may be missing, because senders make mistakes. */
export interface FormPerson extends Partial<PersonName> {
  iin?: string;
  phone?: string;
}

/** Where a person was treated. */
export const TREATMENT_SETTINGS = ['outpatient', 'inpatient', 'day-hospital', 'home', 'sanatorium'] as const;
export type TreatmentSetting = (typeof TREATMENT_SETTINGS)[number];

/** Degree of a functional disorder as a specialist states it. */
export const DYSFUNCTION_DEGREES = ['none', 'slight', 'moderate', 'severe', 'very-severe'] as const;
export type DysfunctionDegree = (typeof DYSFUNCTION_DEGREES)[number];

/** Potential of rehabilitation. */
export const REHABILITATION_POTENTIALS = ['high', 'medium', 'low', 'absent'] as const;
export type RehabilitationPotential = (typeof REHABILITATION_POTENTIALS)[number];

/** Groups of disability a person may have had before. */
export const PREVIOUS_GROUPS = ['group-1', 'group-2', 'group-3', 'child'] as const;
export type PreviousGroupValue = (typeof PREVIOUS_GROUPS)[number];

/** IN-05: a specialist's consultation. */
export interface Consultation {
  specialist?: string;
  heldOn?: string;
  complaints?: string;
  objective?: string;
  dysfunction?: string;
  diagnosis?: string;
  recommendations?: string;
}

/** IN-05: a laboratory, functional or X-ray result. */
export interface ExaminationResult {
  name?: string;
  takenOn?: string;
  result?: string;
}

/** IN-05: a treated case with its dynamics. */
export interface TreatedCase {
  setting?: string;
  from?: string;
  until?: string;
  diagnosis?: string;
  treatment?: string;
  dynamics?: string;
}

/** IN-11: a file of the form in the electronic document store. */
export interface Attachment {
  storeId?: string;
  /** A code of the mandatory examinations, or `other`. */
  kind?: string;
  mediaType?: string;
  sha256?: string;
}

/** F001: the SMS by which the patient, or the representative, agreed. */
export interface ConsentSms {
  messageId?: string;
  /** Number the answer came from. */
  responder?: string;
  text?: string;
  givenAt?: string;
}

/** IN-05: what a form of the remote track carries besides the rows of every form. */
export interface RemoteSections {
  consultations?: Consultation[];
  laboratory?: ExaminationResult[];
  functional?: ExaminationResult[];
  xRay?: ExaminationResult[];
  treatedCases?: TreatedCase[];
  complications?: string;
  /** Summary of laboratory tests and consultations. */
  summary?: string;
  rehabilitation?: { potential?: string; diagnosis?: string; route?: string };
  /** Results of active visits after a call of an ambulance. */
  activeVisits?: { visitedOn?: string; result?: string }[];
  /** Item 25.1: technical means recommended, each with the defect it answers. */
  technicalMeans?: { defect?: string; means?: string }[];
  previousGroup?: { group?: string; cause?: string; until?: string };
  sickList?: { number?: string; from?: string; until?: string };
  sickLeaveDays?: number;
  workplace?: string;
  position?: string;
  studyPlace?: string;
  /** Takes part in compulsory social insurance. */
  socialInsurance?: boolean;
  /** PX-55: liable for military service, or a conscript. */
  militaryDuty?: boolean;
  /** SN-01: the limb was amputated by surgery. */
  surgicalAmputation?: boolean;
  /** SN-01: the diagnosis is set with this referral. */
  diagnosisSet?: boolean;
  attachments?: Attachment[];
  consent?: ConsentSms;
  /** PX-42, PX-43: the medical system that sent the form, and the day it went to the Ministry of Health. */
  sender?: { system?: string; sentOn?: string };
}

/** What the checks need of a form, as the sender filled it. */
export interface SubmittedForm extends RemoteSections {
  number?: string;
  /** Day of the form in the medical system, `YYYY-MM-DD`. */
  formedOn?: string;
  track: Track;
  purpose?: string;
  patient: FormPerson;
  representative?: FormPerson;
  organizationBin?: string;
  icd10?: string;
  diagnosis?: string;
  complaints?: string;
  anamnesis?: string;
  objectiveStatus?: string;
  treatment?: string;
  recommendations?: string;
}

/** F008: rows without which the form says too little, in the order of the form. */
export const MANDATORY_ROWS = [
  'purpose',
  'patient.iin',
  'patient.surname',
  'patient.name',
  'organizationBin',
  'icd10',
  'diagnosis',
  'complaints',
  'anamnesis',
  'objectiveStatus',
  'recommendations',
] as const;
export type MandatoryRow = (typeof MANDATORY_ROWS)[number];

/** F008: the mandatory rows that are empty. */
export function emptyRows(form: SubmittedForm): MandatoryRow[] {
  const value: Record<MandatoryRow, string | undefined> = {
    purpose: form.purpose,
    'patient.iin': form.patient.iin,
    'patient.surname': form.patient.surname,
    'patient.name': form.patient.name,
    organizationBin: form.organizationBin,
    icd10: form.icd10,
    diagnosis: form.diagnosis,
    complaints: form.complaints,
    anamnesis: form.anamnesis,
    objectiveStatus: form.objectiveStatus,
    recommendations: form.recommendations,
  };
  return MANDATORY_ROWS.filter((row) => !value[row]?.trim());
}

/** Age from which the rows about work are asked for, and until which they are not any more. */
const WORKING_AGE = 18;

/** Rows of a consultation that must say something (IN-05). */
const CONSULTATION_ROWS = [
  'specialist',
  'complaints',
  'objective',
  'dysfunction',
  'diagnosis',
  'recommendations',
] as const satisfies readonly (keyof Consultation)[];

/** Rows of an attachment without which its file cannot be found or compared (IN-11). */
const ATTACHMENT_ROWS = [
  'storeId',
  'kind',
  'mediaType',
  'sha256',
] as const satisfies readonly (keyof Attachment)[];

/**
 * F008, IN-05: rows of the remote track that are empty, by purpose and age; in the order of the form. Age null: not known yet, so rows
 * that depend on it are not asked for.
 */
export function emptyRemoteRows(form: SubmittedForm, ageYears: number | null): string[] {
  const empty: string[] = [];
  const ask = (row: string, value: string | undefined) => {
    if (!value?.trim()) empty.push(row);
  };
  const consultations = form.consultations ?? [];
  if (consultations.length === 0) empty.push('consultations');
  for (const [index, consultation] of consultations.entries())
    for (const row of CONSULTATION_ROWS) ask(`consultations.${index}.${row}`, consultation[row]);
  const results = [...(form.laboratory ?? []), ...(form.functional ?? []), ...(form.xRay ?? [])];
  if (!results.some(({ name, result }) => name?.trim() && result?.trim())) empty.push('laboratory');
  if (!(form.treatedCases ?? []).some(({ setting, treatment }) => setting?.trim() && treatment?.trim()))
    empty.push('treatedCases');
  for (const row of ['potential', 'diagnosis', 'route'] as const)
    ask(`rehabilitation.${row}`, form.rehabilitation?.[row]);
  for (const [index, means] of (form.technicalMeans ?? []).entries())
    ask(`technicalMeans.${index}.defect`, means.defect);
  if (form.purpose === 'disability-repeated') ask('previousGroup.group', form.previousGroup?.group);
  if (form.purpose === 'general-capacity-loss' && form.socialInsurance === undefined)
    empty.push('socialInsurance');
  if (form.purpose === 'professional-capacity-loss' && ageYears !== null && ageYears >= WORKING_AGE)
    ask('position', form.position);
  if ((form.attachments ?? []).length === 0) empty.push('attachments');
  for (const [index, attachment] of (form.attachments ?? []).entries())
    for (const row of ATTACHMENT_ROWS) ask(`attachments.${index}.${row}`, attachment[row]);
  ask('sender.system', form.sender?.system);
  ask('sender.sentOn', form.sender?.sentOn);
  return empty;
}
