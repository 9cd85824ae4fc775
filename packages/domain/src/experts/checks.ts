import { addMonths, type PlainDate } from '../shared/index.ts';
import type { CheckReason } from './application.ts';

/** Items 1) to 7) of the list of documents (RG-04); the certificate by RG-03 too. 5) to 7) come from systems alone (RG-07). */
export const DOCUMENT_ITEMS = [
  'diploma',
  'experience',
  'certificate',
  'training',
  'psychiatry',
  'narcology',
  'criminal-record',
] as const;
export type DocumentItem = (typeof DOCUMENT_ITEMS)[number];

/** RG-07: items of which copies may be uploaded when the systems have no data. */
export const UPLOADABLE_ITEMS = ['diploma', 'experience', 'certificate', 'training'] as const;
export type UploadableItem = (typeof UPLOADABLE_ITEMS)[number];

/** RG-04(1): specialties of higher medical education that are taken. */
export const DIPLOMA_SPECIALTIES = ['general-medicine', 'curative-medicine', 'paediatrics'] as const;

/** What a registry says: the facts, that it has none, or nothing. `silent` is never a no; `refused`: the person let it not be asked. */
export type Fetched<Value> =
  | { kind: 'found'; value: Value; asOf: string }
  | { kind: 'not-found'; asOf: string }
  | { kind: 'silent' }
  | { kind: 'refused' };

export interface Diploma {
  number: string;
  specialty: string;
  institution: string;
  issuedOn: PlainDate;
  foreign: boolean;
  /** A foreign diploma was recognised or nostrified (Law on education, art. 39). */
  recognised: boolean;
}
export interface WorkPeriod {
  organization: string;
  position: string;
  from: PlainDate;
  until: PlainDate | null;
  /** In a department of medico-social examination. */
  examination: boolean;
}
export interface Certificate {
  number: string;
  specialty: string;
  issuedOn: PlainDate;
  validUntil: PlainDate | null;
}
export interface Training {
  title: string;
  organization: string;
  hours: number;
  completedOn: PlainDate;
  /** In medico-social examination. */
  examination: boolean;
}

/** RG-04, RG-06: what the systems said of a candidate. */
export interface CandidateFacts {
  diploma: Fetched<Diploma[]>;
  experience: Fetched<WorkPeriod[]>;
  certificate: Fetched<Certificate[]>;
  training: Fetched<Training[]>;
  psychiatry: Fetched<{ registered: boolean }>;
  narcology: Fetched<{ registered: boolean }>;
  'criminal-record': Fetched<{ convicted: boolean }>;
}

/**
 * What the check of one item found. `held`: the data fit. `copy`: a person must read the uploaded copy. `silent`: the system gave no
 * answer and must be asked again; nobody is refused for that. `refused-access`: the person did not let the system be asked.
 */
export const FINDINGS = [
  'held',
  'not-needed',
  'copy',
  'missing',
  'expired',
  'not-fitting',
  'not-recognised',
  'disqualifying',
  'silent',
  'refused-access',
] as const;
export type Finding = (typeof FINDINGS)[number];

/** Numbers the checks use, from the policies of the day. */
export interface CheckPolicy {
  training: { hours: number; years: number; experienceYears: number };
  /** RG-04(2): least continuous work experience in years; null while the law's number is not at hand. */
  experienceYears: number | null;
  /** RG-05: which information disqualifies; the law's list is not at hand. */
  disqualifying: { psychiatry: boolean; narcology: boolean; criminalRecord: boolean };
}

/** RG-04, RG-08: what each item of the list is worth on a day. `copies` are the items of which a copy was uploaded. */
export function checkDocuments(
  facts: CandidateFacts,
  copies: readonly UploadableItem[],
  policy: CheckPolicy,
  today: PlainDate,
): Record<DocumentItem, Finding> {
  const experience = checkExperience(facts.experience, policy, today);
  const findings: Record<DocumentItem, Finding> = {
    diploma: checkDiploma(facts.diploma),
    experience,
    certificate: checkCertificate(facts.certificate, today),
    training: checkTraining(facts, policy, today),
    psychiatry: checkRecord(facts.psychiatry, (value) => value.registered && policy.disqualifying.psychiatry),
    narcology: checkRecord(facts.narcology, (value) => value.registered && policy.disqualifying.narcology),
    'criminal-record': checkRecord(
      facts['criminal-record'],
      (value) => value.convicted && policy.disqualifying.criminalRecord,
    ),
  };
  for (const item of UPLOADABLE_ITEMS)
    if (findings[item] !== 'held' && findings[item] !== 'not-needed' && copies.includes(item))
      findings[item] = 'copy';
  return findings;
}

/** RG-10: reasons of the law that the findings speak for, in the order of the law. The official decides; nothing is refused by itself. */
export function reasonsFor(findings: Record<DocumentItem, Finding>): CheckReason[] {
  const found = (items: readonly DocumentItem[], ...kinds: Finding[]) =>
    items.some((item) => kinds.includes(findings[item]));
  const reasons: CheckReason[] = [];
  if (
    found(DOCUMENT_ITEMS, 'expired') ||
    found(['psychiatry', 'narcology', 'criminal-record'], 'missing', 'refused-access')
  )
    reasons.push('incomplete-or-expired');
  if (found(DOCUMENT_ITEMS, 'disqualifying')) reasons.push('disqualifying');
  if (found(UPLOADABLE_ITEMS, 'missing', 'not-fitting', 'not-recognised', 'refused-access'))
    reasons.push('no-proof');
  return reasons;
}

/** RG-08: whether somebody may be invited to the test: everything fits or was read by a person; a silent system is waited for. */
export function mayInvite(findings: Record<DocumentItem, Finding>): boolean {
  return DOCUMENT_ITEMS.every((item) => ['held', 'not-needed', 'copy'].includes(findings[item]));
}

/** RG-07: items for which the candidate may upload a copy: of 1) to 4), those for which the systems have no fitting data. */
export function uploadsOpen(facts: CandidateFacts, policy: CheckPolicy, today: PlainDate): UploadableItem[] {
  const findings = checkDocuments(facts, [], policy, today);
  return UPLOADABLE_ITEMS.filter((item) => findings[item] !== 'held' && findings[item] !== 'not-needed');
}

function unanswered<Value>(answer: Fetched<Value>): Finding | null {
  if (answer.kind === 'silent') return 'silent';
  if (answer.kind === 'refused') return 'refused-access';
  return answer.kind === 'not-found' ? 'missing' : null;
}

function checkDiploma(answer: Fetched<Diploma[]>): Finding {
  if (answer.kind !== 'found') return unanswered(answer) ?? 'missing';
  const fitting = answer.value.filter(({ specialty }) =>
    (DIPLOMA_SPECIALTIES as readonly string[]).includes(specialty),
  );
  if (fitting.length === 0) return answer.value.length === 0 ? 'missing' : 'not-fitting';
  return fitting.some(({ foreign, recognised }) => !foreign || recognised) ? 'held' : 'not-recognised';
}

function checkCertificate(answer: Fetched<Certificate[]>, today: PlainDate): Finding {
  if (answer.kind !== 'found') return unanswered(answer) ?? 'missing';
  if (answer.value.length === 0) return 'missing';
  return answer.value.some(({ validUntil }) => validUntil === null || validUntil >= today)
    ? 'held'
    : 'expired';
}

function checkExperience(answer: Fetched<WorkPeriod[]>, policy: CheckPolicy, today: PlainDate): Finding {
  if (answer.kind !== 'found') return unanswered(answer) ?? 'missing';
  if (answer.value.length === 0) return 'missing';
  if (policy.experienceYears === null) return 'held';
  return monthsOf(answer.value, today) >= policy.experienceYears * 12 ? 'held' : 'not-fitting';
}

/** RG-04(4): hours of training in the last years, or more than so many years of work in departments of the examination. */
function checkTraining(facts: CandidateFacts, policy: CheckPolicy, today: PlainDate): Finding {
  const { hours, years, experienceYears } = policy.training;
  if (facts.experience.kind === 'found') {
    const own = facts.experience.value.filter(({ examination }) => examination);
    if (monthsOf(own, today) > experienceYears * 12) return 'not-needed';
  }
  if (facts.training.kind !== 'found') return unanswered(facts.training) ?? 'missing';
  const since = addMonths(today, -12 * years);
  const all = facts.training.value.filter(({ examination }) => examination);
  const sum = (list: Training[]) => list.reduce((total, each) => total + each.hours, 0);
  if (sum(all.filter(({ completedOn }) => completedOn >= since)) >= hours) return 'held';
  return sum(all) >= hours ? 'expired' : 'missing';
}

function checkRecord<Value>(answer: Fetched<Value>, disqualifies: (value: Value) => boolean): Finding {
  // Nothing on record is what these registers answer about most people: that is an answer, not a gap.
  if (answer.kind === 'not-found') return 'held';
  if (answer.kind !== 'found') return unanswered(answer) ?? 'missing';
  return disqualifies(answer.value) ? 'disqualifying' : 'held';
}

/** Full months of work; days that two periods share count once. */
export function monthsOf(periods: readonly WorkPeriod[], today: PlainDate): number {
  const sorted = periods
    .map(({ from, until }) => ({ from, until: until ?? today }))
    .filter(({ from, until }) => from <= until)
    .sort((left, right) => (left.from < right.from ? -1 : 1));
  let months = 0;
  let end: PlainDate | null = null;
  for (const period of sorted) {
    const from: PlainDate = end !== null && period.from < end ? end : period.from;
    if (period.until <= from) continue;
    months += fullMonths(from, period.until);
    if (end === null || period.until > end) end = period.until;
  }
  return months;
}

function fullMonths(from: PlainDate, until: PlainDate): number {
  let months = 0;
  while (addMonths(from, months + 1) <= until) months += 1;
  return months;
}
