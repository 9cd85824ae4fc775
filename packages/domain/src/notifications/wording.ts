import { type Language, refuse, type Result, ok } from '../shared/index.ts';
import type { MessageTemplate } from './templates.ts';

/** Another wording of a message than the official one, with what decides whether it counts. */
export interface Wording {
  template: string;
  language: Language;
  text: string;
  /** It counts from this instant on, but never before it was approved. */
  validFrom: Date;
  createdBy: string;
  approvedBy: string | null;
  approvedAt: Date | null;
  withdrawnAt: Date | null;
}

/** How far a wording has come. `replaced`: a later one counts now. */
export const WORDING_STATES = ['waiting', 'approved', 'in-force', 'replaced', 'withdrawn'] as const;
export type WordingState = (typeof WORDING_STATES)[number];

/** When a wording begins: its day, or its approval when that came later; null while nobody approved it. */
function beginning(wording: Wording): number | null {
  return wording.approvedAt === null
    ? null
    : Math.max(wording.validFrom.getTime(), wording.approvedAt.getTime());
}

const isWithdrawn = ({ withdrawnAt }: Wording, at: Date) => withdrawnAt !== null && withdrawnAt <= at;

/** The approved wording that counts at an instant; null means that the official text counts. */
export function wordingInForce<Row extends Wording>(
  wordings: readonly Row[],
  template: string,
  language: Language,
  at: Date,
): Row | null {
  let found: Row | null = null;
  for (const wording of wordings) {
    if (wording.template !== template || wording.language !== language || isWithdrawn(wording, at)) continue;
    const begins = beginning(wording);
    if (begins === null || begins > at.getTime()) continue;
    if (found === null || begins >= (beginning(found) ?? 0)) found = wording;
  }
  return found;
}

/** How far a wording has come at an instant, among all wordings of its message. */
export function wordingState<Row extends Wording>(wording: Row, all: readonly Row[], at: Date): WordingState {
  if (isWithdrawn(wording, at)) return 'withdrawn';
  const begins = beginning(wording);
  if (begins === null) return 'waiting';
  if (begins > at.getTime()) return 'approved';
  return wordingInForce(all, wording.template, wording.language, at) === wording ? 'in-force' : 'replaced';
}

const PLACE = /\{\{\s*([^}\s]*)\s*\}\}/g;

/** Names of the values a text is filled with, each once, in order. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map((match) => match[1] ?? ''))];
}

/**
 * What every wording of a message must say, by its official text, and what it may say besides. It may leave out how the person is
 * called (whose phone it is knows that), and the number of the department where the address says where to go.
 */
export function variablesFor(
  template: MessageTemplate,
  officialText: string,
): { needed: string[]; spare: string[] } {
  const official = variablesOf(officialText);
  const spare = official.filter(
    (name) => name === 'fullName' || (name === 'department' && official.includes('address')),
  );
  return {
    needed: official.filter((name) => !spare.includes(name)),
    // A phone offers the code to the page by itself when the last line names the site and the code.
    spare: template === 'code' ? [...spare, 'host'] : spare,
  };
}

/** Fills a text. Null when a value is missing: such a text must not be sent. Values are taken as they are. */
export function fillWording(text: string, values: Readonly<Record<string, string | number>>): string | null {
  let whole = true;
  const filled = text.replace(PLACE, (_place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) whole = false;
    return String(value ?? '');
  });
  return whole ? filled : null;
}

/** Beginnings of words that say what somebody suffers from; an SMS lies open on a screen. */
const DIAGNOSIS_STEMS = [
  ...[
    'диагно',
    'заболеван',
    'болезн',
    'инвалид',
    'онколог',
    'психи',
    'шизофр',
    'эпилеп',
    'туберк',
    'диабет',
    'инсульт',
    'инфаркт',
    'гепатит',
    'аутизм',
    'деменц',
    'дцп',
    'опухол',
    'паралич',
  ],
  ...['сырқат', 'науқас', 'мүгедек', 'дерт', 'ауруы', 'қатерлі', 'ісіг', 'жүйке'],
  ...[
    'diagnos',
    'disease',
    'illness',
    'disabilit',
    'disabled',
    'cancer',
    'oncolog',
    'psychi',
    'schizo',
    'epilep',
    'tubercul',
    'diabet',
    'stroke',
    'hepatit',
    'autis',
    'dementia',
    'tumour',
    'tumor',
  ],
];
const DIAGNOSIS_WORDS = ['рак', 'спид', 'вич', 'ауру', 'житс', 'hiv', 'aids', 'icd', 'мкб'];

/** Whether a text names an illness, a disability or a code of the classification of diseases (`I69.3`). */
export function namesDiagnosis(text: string): boolean {
  const bare = text.replace(PLACE, ' ');
  if (/(?<![\p{L}\d])[A-ZА-Я]\d{2}(?:\.\d{1,2})?(?![\p{L}\d])/u.test(bare)) return true;
  const words = bare.toLocaleLowerCase('kk').match(/\p{L}+/gu) ?? [];
  return words.some(
    (word) => DIAGNOSIS_WORDS.includes(word) || DIAGNOSIS_STEMS.some((stem) => word.startsWith(stem)),
  );
}

/** The longest text that is taken, before it is filled; the longest official one has a third of it. */
export const WORDING_MAX_LENGTH = 800;

/** Why a wording is not taken. */
export const WORDING_REFUSALS = [
  'empty',
  'too-long',
  'unknown-variable',
  'missing-variable',
  'foreign-link',
  'names-diagnosis',
  'same-as-now',
  'day-passed',
] as const;
export type WordingRefusal = (typeof WORDING_REFUSALS)[number];

/**
 * Judges the text of a wording against the official one: the same values, no address but our own, no diagnosis.
 * `now` is the text that counts today. Gives the text as it will be kept: line ends as one sign, no spaces around.
 */
export function judgeWording(
  template: MessageTemplate,
  typed: string,
  texts: { official: string; now: string },
): Result<string, WordingRefusal> {
  const text = typed.replace(/\r\n?/g, '\n').trim();
  if (text === '') return refuse('empty');
  if (text.length > WORDING_MAX_LENGTH) return refuse('too-long');
  const { needed, spare } = variablesFor(template, texts.official);
  const used = variablesOf(text);
  const bare = text.replace(PLACE, ' ');
  if (used.some((name) => !needed.includes(name) && !spare.includes(name)) || /[{}]/.test(bare))
    return refuse('unknown-variable');
  if (needed.some((name) => !used.includes(name))) return refuse('missing-variable');
  if (/:\/\/|www\.|[\p{L}\d]\.(kz|ru|com|net|org|info|me|ly|қаз|рф)(?![\p{L}\d])/iu.test(bare))
    return refuse('foreign-link');
  if (namesDiagnosis(text)) return refuse('names-diagnosis');
  if (text === texts.now) return refuse('same-as-now');
  return ok(text);
}

/** Why a wording cannot be approved or withdrawn. */
export const WORDING_STEP_REFUSALS = [
  'not-found',
  'own-wording',
  'already-approved',
  'already-withdrawn',
] as const;
export type WordingStepRefusal = (typeof WORDING_STEP_REFUSALS)[number];

/** Four eyes: a wording is approved by somebody else than its author, once, and not after it was withdrawn. */
export function decideApproval(wording: Wording, approver: string): Result<'approve', WordingStepRefusal> {
  if (wording.withdrawnAt !== null) return refuse('already-withdrawn');
  if (wording.approvedBy !== null) return refuse('already-approved');
  if (wording.createdBy === approver) return refuse('own-wording');
  return ok('approve');
}

/** A wording can be withdrawn once, by anybody of the role: then what counted before it counts again. */
export function decideWithdrawal(wording: Wording): Result<'withdraw', WordingStepRefusal> {
  return wording.withdrawnAt === null ? ok('withdraw') : refuse('already-withdrawn');
}
