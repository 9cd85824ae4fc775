import {
  addMonths,
  isPlainDate,
  parseMobilePhone,
  type PersonName,
  type PlainDate,
  sameName,
  toBusinessDate,
} from '../shared/index.ts';
import { ERROR_CODES, type ErrorCode, type ReturnReason } from './error-codes.ts';
import { emptyRemoteRows, emptyRows, type FormPerson, type SubmittedForm } from './form-031.ts';
import {
  canBeListed,
  checkRemote,
  type KnownAge,
  missingRemoteRows,
  type RemoteFacts,
  type RemoteLaw,
  type RemoteRegistry,
  silentRemote,
} from './remote-checks.ts';

/** What the registry of persons says of somebody, at a moment. */
export interface RegistryPerson extends PersonName {
  birthDate: PlainDate;
  status: 'alive' | 'dead' | 'emigrated';
  legalCapacity: 'capable' | 'limited' | 'incapable';
  hasPermanentRegistration: boolean;
}

/** An answer of a registry. `silent` means it did not answer: the form waits and is never returned for it. */
export type RegistryAnswer<Value> =
  { kind: 'found'; value: Value } | { kind: 'not-found' } | { kind: 'silent' };

/** Everything the checks of one form look at besides the form itself. */
export interface IntakeFacts {
  /** F007: the signature of the commission's chair is present and holds for exactly these bytes. */
  signatureHolds: boolean;
  /** When the form was signed, null when there is no signature. */
  signedAt: Date | null;
  patient: RegistryAnswer<RegistryPerson>;
  /** Asked only when the form names a representative with a readable ИИН; null otherwise. */
  representative: RegistryAnswer<RegistryPerson> | null;
  /** Number of the patient in the base of mobile citizens; null when none is registered. */
  patientPhone: RegistryAnswer<string | null>;
  representativePhone: RegistryAnswer<string | null> | null;
  /** F016: a form with this message id, but other content, already passed the checks. */
  messageIdPassed: boolean;
  /** F017: another form of this person is under review (accepted, not served, not expired). */
  formUnderReview: boolean;
  /** What the remote track looks at besides; absent in the in-person track. */
  remote?: RemoteFacts;
}

/** What the checks conclude. `wait` names the registries that were silent. */
export type IntakeVerdict =
  | { kind: 'accept' }
  | { kind: 'return'; reasons: ReturnReason[] }
  | { kind: 'wait'; silent: SilentRegistry[] };
export type SilentRegistry = 'persons' | 'mobile-citizens' | RemoteRegistry;

/** Age in full years on a date; a person born on 29 February has the birthday on 1 March of a common year. */
export function ageOn(birthDate: PlainDate, date: PlainDate): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

const ADULT_AGE = 18;

/**
 * IN-06, IN-07: every reason at once why a form cannot go on (several are possible, IN-08).
 * All 25 codes; F001 and F009–F015 belong to the remote track and are looked at when `facts.remote` is there. Reasons that are certain are returned even when another
 * registry is silent; when nothing certain is wrong and a registry is silent, the form waits.
 * `messageId` fills the placeholder of F016.
 */
export function checkForm(
  form: SubmittedForm | null,
  messageId: string,
  facts: IntakeFacts,
  at: Date,
): IntakeVerdict {
  const reasons: ReturnReason[] = [];
  const add = (code: ErrorCode, detail: string | null = null) => reasons.push({ code, detail });

  if (facts.messageIdPassed) add('F016', messageId);
  if (form === null) {
    add('F002');
    return { kind: 'return', reasons };
  }

  const today = toBusinessDate(at);
  if (!form.number?.trim() || !form.formedOn || !isPlainDate(form.formedOn)) add('F003');
  // PX-43: in the mode of technical failure forms are taken whatever their date.
  if (!facts.remote?.law.expirySuspended && isExpired(form, facts.signedAt, today)) add('F004');
  const phones = [form.patient.phone, form.representative?.phone].filter((phone) => phone?.trim());
  if (phones.length === 0) add('F005');
  else if (registeredPhoneMissing(form, facts)) add('F006');
  if (!facts.signatureHolds) add('F007');
  const age = knownAge(facts.patient, today);
  const empty: string[] = emptyRows(form);
  if (facts.remote) empty.push(...missingRemoteRows(form, facts.remote, age, today));
  if (empty.length > 0) add('F008', empty.join(', '));
  if (facts.formUnderReview) add('F017', form.patient.iin ?? null);

  checkPatient(form, facts, today, add);
  checkRepresentative(form.representative, facts.representative, add);

  if (facts.remote) {
    checkRemote(form, facts.remote, age, today, add);
    reasons.sort((left, right) => ERROR_CODES.indexOf(left.code) - ERROR_CODES.indexOf(right.code));
  }

  if (reasons.length > 0) return { kind: 'return', reasons };
  const silent: SilentRegistry[] = silentRegistries(facts);
  if (facts.remote) silent.push(...silentRemote(form, facts.remote));
  return silent.length > 0 ? { kind: 'wait', silent } : { kind: 'accept' };
}

/**
 * SN-02: what is certainly wrong with an unsigned form of the remote track by itself, before any registry is asked: rows and codes F003,
 * F004, F005, F010, F011 and F013. Missing examinations are not among the rows; they are told apart.
 */
export function checkDraft(
  form: SubmittedForm,
  law: RemoteLaw,
  age: KnownAge,
  at: Date,
): { reasons: ReturnReason[]; rows: string[] } {
  const today = toBusinessDate(at);
  const reasons: ReturnReason[] = [];
  const add = (code: ErrorCode) => reasons.push({ code, detail: null });
  if (!form.number?.trim() || !form.formedOn || !isPlainDate(form.formedOn)) add('F003');
  if (isExpired(form, null, today)) add('F004');
  if (![form.patient.phone, form.representative?.phone].some((phone) => phone?.trim())) add('F005');
  if (form.track !== 'remote-proactive') add('F010');
  if (form.purpose && law.barredPurposes.includes(form.purpose)) add('F011');
  if (form.icd10?.trim() && !canBeListed(law.nosology, form.icd10, age, today)) add('F013');
  const rows = [...emptyRows(form), ...emptyRemoteRows(form, age.kind === 'years' ? age.years : null)];
  return { reasons, rows };
}

/** Age by the registry of persons; nobody else is asked, and the ИИН says nothing of it. */
function knownAge(patient: RegistryAnswer<RegistryPerson>, today: PlainDate): KnownAge {
  if (patient.kind === 'found') return { kind: 'years', years: ageOn(patient.value.birthDate, today) };
  return patient.kind === 'silent' ? { kind: 'silent' } : { kind: 'unknown' };
}

/** F004: the form's day, or its signing, lies more than a month back. A day in the future is no day (F003 is for missing ones). */
function isExpired(form: SubmittedForm, signedAt: Date | null, today: PlainDate): boolean {
  const starts: PlainDate[] = [];
  if (form.formedOn && isPlainDate(form.formedOn)) starts.push(form.formedOn);
  if (signedAt) starts.push(toBusinessDate(signedAt));
  return starts.some((start) => addMonths(start, 1) < today || start > today);
}

/** F006: no number of the form is the one the base of mobile citizens holds for that person. Silence proves nothing. */
function registeredPhoneMissing(form: SubmittedForm, facts: IntakeFacts): boolean {
  const pairs: [string | undefined, RegistryAnswer<string | null> | null][] = [
    [form.patient.phone, facts.patientPhone],
    [form.representative?.phone, facts.representativePhone],
  ];
  const given = pairs.filter(([phone]) => phone?.trim());
  return given.every(([phone, answer]) => {
    if (answer?.kind === 'silent') return false;
    const registered = answer?.kind === 'found' ? answer.value : null;
    const parsed = parseMobilePhone(phone ?? '');
    return parsed === undefined || registered !== parsed;
  });
}

/** REC001–REC005. */
function checkPatient(
  form: SubmittedForm,
  facts: IntakeFacts,
  today: PlainDate,
  add: (code: ErrorCode) => void,
): void {
  const answer = facts.patient;
  if (answer.kind === 'silent') return;
  if (answer.kind === 'not-found') {
    // A number that is no ИИН belongs to nobody either; an empty row is F008's matter.
    if (form.patient.iin?.trim()) add('REC002');
    return;
  }
  const named = form.patient.surname?.trim() && form.patient.name?.trim();
  if (named && !nameAgrees(form.patient, answer.value)) add('REC002');
  const person = answer.value;
  if (person.status === 'dead') add('REC001');
  if (person.status === 'emigrated') add('REC004');
  else if (person.status === 'alive' && !person.hasPermanentRegistration) add('REC003');
  const needsRepresentative =
    person.legalCapacity === 'incapable' || ageOn(person.birthDate, today) < ADULT_AGE;
  if (needsRepresentative && !form.representative?.iin?.trim()) add('REC005');
}

/** LEG001–LEG003. */
function checkRepresentative(
  representative: FormPerson | undefined,
  answer: RegistryAnswer<RegistryPerson> | null,
  add: (code: ErrorCode) => void,
): void {
  if (!representative?.iin?.trim() || answer?.kind === 'silent') return;
  // No registry can be asked about a number that is no ИИН: it belongs to nobody.
  if (!answer || answer.kind === 'not-found') {
    add('LEG003');
    return;
  }
  if (answer.value.status === 'dead') add('LEG001');
  if (answer.value.status === 'emigrated') add('LEG002');
  if (!nameAgrees(representative, answer.value)) add('LEG003');
}

function nameAgrees(given: FormPerson, registered: PersonName): boolean {
  const { surname = '', name = '', patronymic = null } = given;
  return sameName({ surname, name, patronymic }, registered);
}

function silentRegistries(facts: IntakeFacts): ('persons' | 'mobile-citizens')[] {
  const silent: ('persons' | 'mobile-citizens')[] = [];
  if (facts.patient.kind === 'silent' || facts.representative?.kind === 'silent') silent.push('persons');
  if (facts.patientPhone.kind === 'silent' || facts.representativePhone?.kind === 'silent')
    silent.push('mobile-citizens');
  return silent;
}
