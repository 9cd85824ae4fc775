import { isPlainDate, plainDate, type PlainDate } from '../shared/index.ts';
import { holdsOn } from './nosology.ts';

/** PX-42: the offices whose holders sign an act of technical failure. */
export const FAILURE_OFFICES = ['health', 'labour', 'digital', 'medical-system'] as const;
export type FailureOffice = (typeof FAILURE_OFFICES)[number];

/** PX-43: from when the term in a conclusion counts. */
export const TERM_RULES = ['conclusion', 'earlier-term', 'sent-day'] as const;
export type TermRule = (typeof TERM_RULES)[number];

/** PX-42: who may sign for an office, dated; a medical system has a representative of its own. */
export interface FailureSignatory {
  office: FailureOffice;
  systemCode: string | null;
  iin: string;
  validFrom: PlainDate;
  validUntil: PlainDate | null;
}

/** What is entered from an act. */
export interface FailureActDraft {
  systemCode: string;
  from: Date;
  until: Date;
  actDay: PlainDate;
}

export const FAILURE_ACT_REFUSALS = [
  'period-order',
  'period-too-long',
  'act-before-failure',
  'act-ahead',
  'overlaps',
  'signatory-missing',
  'signature-missing',
  'signature-wrong',
  'signer-not-holder',
] as const;
export type FailureActRefusal = (typeof FAILURE_ACT_REFUSALS)[number];

/** Longest period of one act, days; a longer failure needs another act. */
const LONGEST_DAYS = 92;

/**
 * PX-42: whether an act may be entered: its period makes sense and meets no other act of the system, and for each of the four offices
 * the signature over its file is by whoever held the office on the day of the act. `signers`: ИИН of each verified signature; `wrong`
 * when a signature does not hold for the file.
 */
export function decideFailureAct(
  draft: FailureActDraft,
  others: readonly { systemCode: string; from: Date; until: Date }[],
  signatories: readonly FailureSignatory[],
  signers: Readonly<Record<FailureOffice, string | 'wrong' | null>>,
  today: PlainDate,
  fromDay: PlainDate,
): { ok: true } | { ok: false; refusal: FailureActRefusal; office: FailureOffice | null } {
  const no = (refusal: FailureActRefusal, office: FailureOffice | null = null) => ({
    ok: false as const,
    refusal,
    office,
  });
  if (draft.from >= draft.until) return no('period-order');
  if (draft.until.getTime() - draft.from.getTime() > LONGEST_DAYS * 86_400_000) return no('period-too-long');
  if (draft.actDay < fromDay) return no('act-before-failure');
  if (draft.actDay > today) return no('act-ahead');
  const meets = others.some(
    (other) => other.systemCode === draft.systemCode && other.from < draft.until && draft.from < other.until,
  );
  if (meets) return no('overlaps');
  for (const office of FAILURE_OFFICES) {
    const holder = signatories.find(
      (row) =>
        row.office === office &&
        (office !== 'medical-system' || row.systemCode === draft.systemCode) &&
        holdsOn(row, draft.actDay),
    );
    if (!holder) return no('signatory-missing', office);
    const signer = signers[office];
    if (signer === null) return no('signature-missing', office);
    if (signer === 'wrong') return no('signature-wrong', office);
    if (signer !== holder.iin) return no('signer-not-holder', office);
  }
  return { ok: true };
}

/** PX-42: the open act of a system that covers an instant; null when there is none. */
export function failureAt<Row extends { systemCode: string; from: Date; until: Date; state: string }>(
  failures: readonly Row[],
  systemCode: string | undefined,
  at: Date,
): Row | null {
  const code = systemCode?.trim().toLowerCase();
  return (
    failures.find(
      (row) => row.state === 'open' && row.systemCode === code && row.from <= at && at < row.until,
    ) ?? null
  );
}

/**
 * PX-43: from when the term of the conclusion counts. In the mode of technical failure a re-examination goes on from the end of the
 * earlier term, and a first examination from the day the form went from the medical system to the Ministry of Health. `from` is null
 * when the form does not say that day, so that a person must fill it in.
 */
export function termStart(
  inFailureMode: boolean,
  form: {
    purpose?: string;
    previousGroup?: { group?: string; until?: string };
    sender?: { sentOn?: string };
  },
): { rule: TermRule; from: PlainDate | null } {
  if (!inFailureMode) return { rule: 'conclusion', from: null };
  const repeated = form.purpose === 'disability-repeated' || Boolean(form.previousGroup?.group?.trim());
  return repeated
    ? { rule: 'earlier-term', from: readDay(form.previousGroup?.until) }
    : { rule: 'sent-day', from: readDay(form.sender?.sentOn) };
}

function readDay(text: string | undefined): PlainDate | null {
  return text && isPlainDate(text) ? plainDate(text) : null;
}

export const FAILURE_DECISION_REFUSALS = ['not-found', 'settled', 'same-person'] as const;
export type FailureDecisionRefusal = (typeof FAILURE_DECISION_REFUSALS)[number];

/** PX-42: an act that one administrator entered is opened by another, who has looked at it; whoever entered it may only withdraw it. */
export function decideFailureOpening(
  failure: { state: string; proposedBy: string } | undefined,
  decision: 'open' | 'withdrawn',
  personId: string,
): FailureDecisionRefusal | null {
  if (!failure) return 'not-found';
  if (failure.state !== 'proposed') return 'settled';
  if (decision === 'open' && failure.proposedBy === personId) return 'same-person';
  return null;
}

export const SIGNATORY_REFUSALS = ['day-order', 'overlaps', 'system-missing'] as const;
export type SignatoryRefusal = (typeof SIGNATORY_REFUSALS)[number];

/** PX-42: a new holder of an office; two holders of one office never share a day. */
export function decideSignatory(
  rows: readonly FailureSignatory[],
  draft: Omit<FailureSignatory, 'iin'>,
): SignatoryRefusal | null {
  if (draft.validUntil !== null && draft.validUntil < draft.validFrom) return 'day-order';
  if ((draft.office === 'medical-system') !== (draft.systemCode !== null)) return 'system-missing';
  const meets = rows.some(
    (row) =>
      row.office === draft.office &&
      row.systemCode === draft.systemCode &&
      (row.validUntil === null || draft.validFrom <= row.validUntil) &&
      (draft.validUntil === null || row.validFrom <= draft.validUntil),
  );
  return meets ? 'overlaps' : null;
}
