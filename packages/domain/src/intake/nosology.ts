import type { PlainDate } from '../shared/index.ts';

/** One dated line of the list of nosological forms: a diagnosis by ICD-10, and the ages it counts for. */
export interface NosologyCode {
  groupCode: string;
  /** Latin letter and digits, a dot after the third: `Q71.0`, `S48`. */
  icdPrefix: string;
  /** Only this very code, not what begins with it. */
  exact: boolean;
  fromAge: number | null;
  /** Last age in full years that still belongs. */
  untilAge: number | null;
  validFrom: PlainDate;
  /** Last day; null while no end is known. */
  validUntil: PlainDate | null;
}

/** Cyrillic letters that look like the Latin ones of ICD-10; the order itself prints one of them (T05). */
const LOOKALIKES: Record<string, string> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Ғ: 'F',
  Н: 'H',
  І: 'I',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  Т: 'T',
  Х: 'X',
  У: 'Y',
};

/** An ICD-10 code as the list writes it: Latin capitals, a dot after the third sign; null when the text is no code. */
export function normaliseIcd10(text: string): string | null {
  const plain = [...text.trim().toUpperCase()]
    .map((sign) => LOOKALIKES[sign] ?? sign)
    .join('')
    .replace(',', '.')
    .replace(/[*+†\s]+$/u, '');
  const match = /^([A-Z]\d{2})\.?(\d{0,2})$/.exec(plain);
  if (!match) return null;
  const [, category = '', rest = ''] = match;
  return rest ? `${category}.${rest}` : category;
}

/** True when something dated counts on a day. */
export function holdsOn(
  row: { validFrom: PlainDate; validUntil: PlainDate | null },
  day: PlainDate,
): boolean {
  return row.validFrom <= day && (row.validUntil === null || day <= row.validUntil);
}

/**
 * PX-06, SN, F013: the nosological form a diagnosis belongs to at an age on a day; null when the list has none. The most exact line
 * wins, so that a special form may stand inside a wider one.
 */
export function nosologyOf(
  codes: readonly NosologyCode[],
  icd10: string,
  ageYears: number,
  day: PlainDate,
): string | null {
  const code = normaliseIcd10(icd10);
  if (code === null) return null;
  let best: NosologyCode | null = null;
  for (const row of codes) {
    if (row.exact ? code !== row.icdPrefix : !code.startsWith(row.icdPrefix)) continue;
    if (row.fromAge !== null && ageYears < row.fromAge) continue;
    if (row.untilAge !== null && ageYears > row.untilAge) continue;
    if (!holdsOn(row, day)) continue;
    if (best === null || exactness(row) > exactness(best)) best = row;
  }
  return best?.groupCode ?? null;
}

function exactness(row: NosologyCode): number {
  return row.icdPrefix.length * 2 + (row.exact ? 1 : 0);
}

/** When an examination of annex 2 is asked for. `by-indication` never blocks. */
export const EXAMINATION_CONDITIONS = [
  'always',
  'surgical-amputation',
  'diagnosis-set',
  'if-any',
  'by-indication',
] as const;
export type ExaminationCondition = (typeof EXAMINATION_CONDITIONS)[number];

/** SN-01: an examination a nosological form asks for, dated. `groupCode` null: every form. */
export interface MandatoryExamination {
  groupCode: string | null;
  examinationCode: string;
  condition: ExaminationCondition;
  validFrom: PlainDate;
  validUntil: PlainDate | null;
}

/** What of a form decides about the conditions. */
export interface ExaminationCircumstances {
  /** The limb was amputated by surgery. */
  surgicalAmputation: boolean;
  /** The diagnosis is set with this referral, not earlier. */
  diagnosisSet: boolean;
  /** The form names treated cases, so there are extracts. */
  treated: boolean;
}

/** SN-01: the examinations of a nosological form on a day, and which of them this form must have; in the order of the table. */
export function examinationsOf(
  rows: readonly MandatoryExamination[],
  groupCode: string,
  circumstances: ExaminationCircumstances,
  day: PlainDate,
): { code: string; required: boolean }[] {
  const asked = new Map<string, boolean>();
  for (const row of rows) {
    if ((row.groupCode !== null && row.groupCode !== groupCode) || !holdsOn(row, day)) continue;
    const required = isAsked(row.condition, circumstances);
    asked.set(row.examinationCode, (asked.get(row.examinationCode) ?? false) || required);
  }
  return [...asked].map(([code, required]) => ({ code, required }));
}

function isAsked(condition: ExaminationCondition, circumstances: ExaminationCircumstances): boolean {
  switch (condition) {
    case 'always':
      return true;
    case 'surgical-amputation':
      return circumstances.surgicalAmputation;
    case 'diagnosis-set':
      return circumstances.diagnosisSet;
    case 'if-any':
      return circumstances.treated;
    case 'by-indication':
      return false;
  }
}

/** GV-05: where the special mechanism counts: regions and medical systems; null means every one. */
export interface SpecialMechanismPart {
  regions: readonly string[] | null;
  systems: readonly string[] | null;
}

/** SN-05, GV-05: the way a remote form goes: by the special mechanism when its nosological form is special and the pilot counts here. */
export function caseTrackOf(
  special: boolean,
  mechanism: readonly SpecialMechanismPart[],
  regionCode: string,
  medicalSystem: string | null,
): 'ordinary' | 'special' {
  if (!special) return 'ordinary';
  const counts = mechanism.some(
    ({ regions, systems }) =>
      (regions === null || regions.includes(regionCode)) &&
      (systems === null || (medicalSystem !== null && systems.includes(medicalSystem))),
  );
  return counts ? 'special' : 'ordinary';
}
