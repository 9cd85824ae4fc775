import type { PlainDate } from '../shared/index.ts';
import { type MandatoryExamination, type NosologyCode, normaliseIcd10, nosologyOf } from './nosology.ts';

export const NOSOLOGY_REFUSALS = [
  'not-a-code',
  'exact-too-short',
  'age-order',
  'day-order',
  'in-the-past',
  'overlaps',
  'unknown-group',
  'unknown-kind',
  'known-already',
] as const;
export type NosologyRefusal = (typeof NOSOLOGY_REFUSALS)[number];

/** Why a dated line cannot be ended or taken back. */
export const LINE_REFUSALS = [
  'not-found',
  'in-the-past',
  'before-its-start',
  'ended-already',
  'already-begun',
] as const;
export type LineRefusal = (typeof LINE_REFUSALS)[number];

/** A prefix of ICD-10 as the list keeps it: a letter, digits, a dot after the third sign; null when it is none. */
export function normalisePrefix(text: string): string | null {
  const whole = normaliseIcd10(text);
  if (whole !== null) return whole;
  // A chapter or a block: one letter, or a letter and one digit; the letter may be Cyrillic, so it is read as part of a code.
  const [letter = '', digit = ''] = [...text.trim()];
  if (text.trim().length > 2 || (digit !== '' && !/^\d$/.test(digit))) return null;
  const read = normaliseIcd10(`${letter}00`);
  return read === null ? null : `${read[0]}${digit}`;
}

/** Whether two spans of days, or of years of age, share anything; null means open. */
function meets<Value extends string | number>(
  left: [Value | null, Value | null],
  right: [Value | null, Value | null],
): boolean {
  const before = (end: Value | null, start: Value | null) => end !== null && start !== null && end < start;
  return !before(left[1], right[0]) && !before(right[1], left[0]);
}

/**
 * R09, PX-06: whether a line may join the list: it begins today or later, and no other line of the same code shares an age and a day
 * with it. A longer code inside a shorter one is no overlap: the more exact line wins.
 */
export function decideNosologyCode(
  rows: readonly NosologyCode[],
  groups: readonly { code: string }[],
  draft: NosologyCode,
  today: PlainDate,
): NosologyRefusal | null {
  const prefix = normalisePrefix(draft.icdPrefix);
  if (prefix === null) return 'not-a-code';
  if (draft.exact && prefix.length < 3) return 'exact-too-short';
  if (!groups.some(({ code }) => code === draft.groupCode)) return 'unknown-group';
  if (draft.fromAge !== null && draft.untilAge !== null && draft.untilAge < draft.fromAge) return 'age-order';
  if (draft.validUntil !== null && draft.validUntil < draft.validFrom) return 'day-order';
  if (draft.validFrom < today) return 'in-the-past';
  const overlaps = rows.some(
    (row) =>
      row.icdPrefix === prefix &&
      row.exact === draft.exact &&
      meets([row.fromAge, row.untilAge], [draft.fromAge, draft.untilAge]) &&
      meets([row.validFrom, row.validUntil], [draft.validFrom, draft.validUntil]),
  );
  return overlaps ? 'overlaps' : null;
}

/** R09, SN-01: whether an examination may be asked for; one form asks for one examination by one condition on a day. */
export function decideExamination(
  rows: readonly MandatoryExamination[],
  groups: readonly { code: string }[],
  kinds: readonly { code: string }[],
  draft: MandatoryExamination,
  today: PlainDate,
): NosologyRefusal | null {
  if (draft.groupCode !== null && !groups.some(({ code }) => code === draft.groupCode))
    return 'unknown-group';
  if (!kinds.some(({ code }) => code === draft.examinationCode)) return 'unknown-kind';
  if (draft.validUntil !== null && draft.validUntil < draft.validFrom) return 'day-order';
  if (draft.validFrom < today) return 'in-the-past';
  const overlaps = rows.some(
    (row) =>
      row.groupCode === draft.groupCode &&
      row.examinationCode === draft.examinationCode &&
      meets([row.validFrom, row.validUntil], [draft.validFrom, draft.validUntil]),
  );
  return overlaps ? 'overlaps' : null;
}

/** R09: a line ends on a day of the future or today; what has happened under it stays as it was. */
export function decideEnd(
  row: { validFrom: PlainDate; validUntil: PlainDate | null } | undefined,
  lastDay: PlainDate,
  today: PlainDate,
): LineRefusal | null {
  if (!row) return 'not-found';
  if (row.validUntil !== null && row.validUntil < today) return 'ended-already';
  if (lastDay < today) return 'in-the-past';
  if (lastDay < row.validFrom) return 'before-its-start';
  return null;
}

/** R09: a line entered by mistake is taken back as long as it has not begun. */
export function decideTakeBack(
  row: { validFrom: PlainDate } | undefined,
  today: PlainDate,
): LineRefusal | null {
  if (!row) return 'not-found';
  return row.validFrom <= today ? 'already-begun' : null;
}

/** R09: what a change does to one diagnosis at one age: the form it belonged to and the form it would belong to, on the day the change counts. */
export function effectOn(
  rows: readonly NosologyCode[],
  changed: readonly NosologyCode[],
  diagnosis: { icd10: string; ageYears: number },
  day: PlainDate,
): { before: string | null; after: string | null } {
  return {
    before: nosologyOf(rows, diagnosis.icd10, diagnosis.ageYears, day),
    after: nosologyOf(changed, diagnosis.icd10, diagnosis.ageYears, day),
  };
}
