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

/** Life of a form with us. `waiting-registry`: a registry is silent, so the checks wait; silence is never a "no" (IN-06). */
export const FORM_STATES = ['waiting-registry', 'returned', 'accepted', 'served'] as const;
export type FormState = (typeof FORM_STATES)[number];

/** A person as a form names them: everything may be missing, because senders make mistakes. */
export interface FormPerson extends Partial<PersonName> {
  iin?: string;
  phone?: string;
}

/** What the checks need of a form, as the sender filled it. */
export interface SubmittedForm {
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
