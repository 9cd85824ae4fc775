import type { Executor } from '@mse/db';
import { cases, forms, intakeMessages, messages, persons } from '@mse/db/schema';
import {
  checkForm,
  type ErrorCode,
  type ExaminationPurpose,
  type IntakeFacts,
  MANDATORY_ROWS,
  type RegistryAnswer,
  type ReturnReason,
  signingMoment,
  type SubmittedForm,
} from '@mse/domain/intake';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { lastValidDay } from '@mse/domain/queue';
import { addMinutes, plainDate, toBusinessDate } from '@mse/domain/shared';
import { and, eq, gte, isNull, ne, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { RegisteredPerson, Registries } from '../../platform/gateways/registries.ts';
import { HopelessJob } from '../../platform/jobs.ts';
import { keepDescribed, type Person } from '../identity/people.ts';
import { acceptRemote, tellReturned } from './accept-remote.ts';
import { askRemote, remoteFacts } from './ask-remote.ts';
import type { IntakeMessage } from './form-answer.ts';
import { type ReadDocument, readDocument } from './read-document.ts';

/** What the signature of a message is worth. `unknown`: the service that knows revoked certificates is silent. */
type SignatureFinding =
  | { kind: 'holds'; iin: string; serial: string; statedAt: Date | null }
  | { kind: 'absent' }
  | { kind: 'fails'; why: string }
  | { kind: 'unknown' };

/** What registries said, asked once for everything that follows. */
interface Asked {
  patient: RegistryAnswer<RegisteredPerson>;
  patientPhone: RegistryAnswer<string | null>;
  representative: RegistryAnswer<RegisteredPerson> | null;
  representativePhone: RegistryAnswer<string | null> | null;
}

type Verdict = { kind: 'accept' } | { kind: 'return'; reasons: ReturnReason[] } | { kind: 'wait' };

/**
 * IN-06…IN-09, EQ-05: checks a stored message and settles it: accepted with form, audit row and SMS-1, or in the remote track the
 * case, in one transaction; returned with all its reasons, in the remote track told to the Ministry of Health too; or left waiting,
 * with a job that comes back, while a registry is silent.
 * A message that is settled already is answered as it stands.
 */
export async function judgeForm(
  deps: Deps,
  intakeMessageId: string,
  requestId: string | null,
  /** The message itself, when it has just been kept; its row is locked and looked at again before anything is decided. */
  kept?: IntakeMessage,
): Promise<IntakeMessage> {
  const [message] = kept
    ? [kept]
    : await deps.db.select().from(intakeMessages).where(eq(intakeMessages.id, intakeMessageId));
  if (!message) throw new HopelessJob('intake-message-not-found');
  if (message.state !== 'waiting') return message;

  const document = readDocument(message.document);
  const isRemote = message.service === 'remote-proactive' || document.form?.track === 'remote-proactive';
  if (isRemote && document.form) document.unusable = document.unusable.filter((row) => row !== 'track');
  else document.unusable = document.unusable.filter(isRowOfEveryForm);
  const at = deps.clock.now();
  const [signature, asked, remote] = await Promise.all([
    checkSignature(deps, message, document),
    askRegistries(deps.registries, document.form),
    isRemote && document.form ? askRemote(deps, document.form, message.receivedAt) : null,
  ]);
  const signedAt = signingMoment(
    signature.kind === 'holds' ? signature.statedAt : null,
    document.form?.formedOn,
    message.receivedAt,
  );
  const facts: IntakeFacts = {
    signatureHolds: signature.kind === 'holds' || signature.kind === 'unknown',
    signedAt: signature.kind === 'absent' ? null : signedAt,
    ...asked,
    messageIdPassed: false,
    formUnderReview: false,
    ...(remote && document.form ? { remote: remoteFacts(deps, document.form, remote, at) } : {}),
  };
  const foreseen = judge(document, message.messageId, facts, signature, at);
  const people = foreseen.kind === 'accept' ? await keepPeople(deps, asked) : null;

  return deps.db.transaction(async (tx) => {
    // IN-12: two contents under one id, and two forms of one person, are judged one after the other.
    const iin = document.form?.patient.iin;
    await lock(
      tx,
      `intake:message:${message.clientId}:${message.messageId}`,
      iin ? `intake:person:${iin}` : null,
    );
    // What follows is asked at once; the answers come in the order of the questions.
    const [[locked], messageIdPassed, formUnderReview] = await Promise.all([
      tx.select().from(intakeMessages).where(eq(intakeMessages.id, message.id)).for('update'),
      isIdPassed(tx, message),
      iin ? isUnderReview(tx, iin, at) : false,
    ]);
    if (!locked) throw new Error('A message of a clinic vanished');
    if (locked.state !== 'waiting') return locked;
    const verdict = judge(
      document,
      message.messageId,
      { ...facts, messageIdPassed, formUnderReview },
      signature,
      at,
    );
    const signer =
      signature.kind === 'holds'
        ? { signerIin: signature.iin, signerSerial: signature.serial, signedAt }
        : {};
    const audit = {
      at,
      actor: `client:${message.clientId}`,
      actorRole: 'integration',
      action: 'intake.form',
      requestId,
    };

    if (verdict.kind === 'wait') {
      const tries = locked.tries + 1;
      await deps.jobs.enqueue(
        tx,
        'intake.recheck',
        { intakeMessageId: message.id },
        { startAfterSeconds: pauseSeconds(tries, deps) },
      );
      deps.metrics.form('waiting');
      return update(tx, message.id, { tries, ...signer });
    }
    if (verdict.kind === 'return') {
      await recordAudit(tx, {
        ...audit,
        outcome: 'refused',
        personId: null,
        subject: `intake:${message.id}`,
        detail: { codes: verdict.reasons.map((reason) => reason.code) },
      });
      deps.metrics.form('returned');
      const returned = await update(tx, message.id, {
        state: 'returned',
        reasons: verdict.reasons,
        decidedAt: at,
        ...signer,
      });
      if (isRemote) await tellReturned(deps, tx, returned, document.form, at);
      return returned;
    }
    if (!people || !document.form) throw new Error('A form was accepted without its people');
    const formId = deps.random.id(at);
    // Every statement goes out at once and in this order; the first that fails ends them all.
    const [, , , accepted] = await Promise.all([
      keepForm(tx, formId, document, document.form, people, signedAt, at),
      remote
        ? acceptRemote(deps, tx, { formId, message, document, form: document.form, people, remote }, at)
        : tellOfBooking(deps, tx, formId, people, at),
      recordAudit(tx, {
        ...audit,
        outcome: 'done',
        personId: people.patient.id,
        subject: `form:${formId}`,
        detail: { intake: message.id },
      }),
      update(tx, message.id, { state: 'accepted', reasons: [], decidedAt: at, formId, ...signer }),
    ]);
    deps.metrics.form('accepted');
    return accepted;
  });
}

/** The checks of the rules, and what only this place knows: unreadable rows, why a signature fails, a silent revocation service. */
function judge(
  document: ReadDocument,
  messageId: string,
  facts: IntakeFacts,
  signature: SignatureFinding,
  at: Date,
): Verdict {
  const verdict = checkForm(document.form, messageId, facts, at);
  const reasons = verdict.kind === 'return' ? verdict.reasons : [];
  if (document.unusable.length > 0) nameUnusableRows(reasons, document.unusable);
  const signatureReason = reasons.find((reason) => reason.code === 'F007');
  if (signatureReason && signature.kind === 'fails') signatureReason.detail = signature.why;
  if (reasons.length > 0) return { kind: 'return', reasons };
  return verdict.kind === 'wait' || signature.kind === 'unknown' ? { kind: 'wait' } : { kind: 'accept' };
}

/** Rows the in-person track knows; what else a sender adds there is nobody's matter. */
function isRowOfEveryForm(row: string): boolean {
  return row === 'track' || /^(?:patient|representative)(?:\.|$)/.test(row) || ROWS_OF_EVERY_FORM.has(row);
}
const ROWS_OF_EVERY_FORM = new Set<string>([
  ...MANDATORY_ROWS,
  'number',
  'formedOn',
  'organizationName',
  'treatment',
]);

/** F008 names empty and unusable rows together, in the order of the form. */
function nameUnusableRows(reasons: ReturnReason[], unusable: readonly string[]): void {
  const known = reasons.find((reason) => reason.code === 'F008');
  const named = new Set([...(known?.detail?.split(', ') ?? []), ...unusable]);
  const inOrder = [...MANDATORY_ROWS.filter((row) => named.delete(row)), ...named];
  if (known) known.detail = inOrder.join(', ');
  else insertByCode(reasons, { code: 'F008', detail: inOrder.join(', ') });
}

function insertByCode(reasons: ReturnReason[], reason: ReturnReason): void {
  const isEarlier = (code: ErrorCode) => code.startsWith('F') && code < reason.code;
  const index = reasons.findLastIndex((each) => isEarlier(each.code)) + 1;
  reasons.splice(index, 0, reason);
}

/**
 * F007: a signature of the sending organisation over exactly these bytes, made with a key for signing. The verifier does not
 * tell when the signer's computer claims to have signed, so the first receipt of the bytes counts as the moment of signing.
 */
async function checkSignature(
  deps: Deps,
  message: IntakeMessage,
  document: ReadDocument,
): Promise<SignatureFinding> {
  if (message.signature.length === 0) return { kind: 'absent' };
  const verdict = await deps.signatures.verify({
    cms: message.signature,
    content: message.document,
    at: message.receivedAt,
    purpose: 'signing',
  });
  if (!verdict.ok)
    return verdict.refusal === 'revocation-unknown'
      ? { kind: 'unknown' }
      : { kind: 'fails', why: verdict.refusal };
  const { iin, bin, certificateSerial, statedSigningTime } = verdict.value;
  const organization = document.form?.organizationBin?.trim();
  // The chair signs with the key of the medical organisation; anybody else's signature is not the one the form needs.
  if (organization && bin !== organization) return { kind: 'fails', why: 'other-organization' };
  return { kind: 'holds', iin, serial: certificateSerial, statedAt: statedSigningTime };
}

async function askRegistries(registries: Registries, form: SubmittedForm | null): Promise<Asked> {
  const nobody = { kind: 'not-found' } as const;
  const patient = form?.patient.iin;
  const representative = form?.representative?.iin;
  const [patientAnswer, patientPhone, representativeAnswer, representativePhone] = await Promise.all([
    patient ? registries.person(patient) : nobody,
    patient ? registries.phone(patient) : nobody,
    representative ? registries.person(representative) : null,
    representative ? registries.phone(representative) : null,
  ]);
  return { patient: patientAnswer, patientPhone, representative: representativeAnswer, representativePhone };
}

/** The people of a form, and whose number messages go to. */
export interface People {
  patient: Person;
  representative: Person | null;
  phone: string | null;
  addressee: Person;
}

/** Stores the people of a form as the registries have just described them; no registry is asked a second time. */
async function keepPeople(deps: Deps, asked: Asked): Promise<People> {
  if (asked.patient.kind !== 'found') throw new Error('An acceptable form names its patient');
  const patient = await keepDescribed(deps, asked.patient.value, asked.patientPhone);
  const representative =
    asked.representative?.kind === 'found'
      ? await keepDescribed(deps, asked.representative.value, asked.representativePhone ?? { kind: 'silent' })
      : null;
  const addressee = patient.phone === null && representative ? representative : patient;
  return { patient, representative, phone: addressee.phone, addressee };
}

/** The form itself. */
async function keepForm(
  tx: Executor,
  formId: string,
  document: ReadDocument,
  form: SubmittedForm,
  people: People,
  signedAt: Date,
  at: Date,
): Promise<void> {
  await tx.insert(forms).values({
    id: formId,
    personId: people.patient.id,
    representativeId: people.representative?.id ?? null,
    number: form.number?.trim() ?? '',
    formedOn: plainDate(form.formedOn ?? ''),
    signedAt,
    validUntil: lastValidDay(signedAt),
    track: form.track,
    purpose: form.purpose as ExaminationPurpose,
    organizationBin: form.organizationBin?.trim() ?? '',
    organizationName: document.organizationName?.trim() || (form.organizationBin?.trim() ?? ''),
    state: 'accepted',
    acceptedAt: at,
  });
}

/** EQ-05: SMS-1 to the number in the base of mobile citizens: the patient's, else the representative's. The queue is of the in-person track. */
async function tellOfBooking(
  deps: Deps,
  tx: Executor,
  formId: string,
  people: People,
  at: Date,
): Promise<void> {
  await tx.insert(messages).values({
    id: deps.random.id(at),
    personId: people.patient.id,
    template: 'sms-1',
    language: people.addressee.messageLanguage,
    formId,
    phone: people.phone,
    onceKey: `sms-1:form:${formId}`,
    state: people.phone === null ? 'dead' : 'queued',
    failure: people.phone === null ? 'no-number' : null,
    createdAt: at,
    dueAt: at,
    expiresAt: addMinutes(at, MESSAGE_LIFE_MINUTES['sms-1'] ?? 0),
    stateAt: at,
  });
}

/** F016: other content under this id of this client was accepted before. */
async function isIdPassed(tx: Executor, message: IntakeMessage): Promise<boolean> {
  const passed = await tx.$count(
    intakeMessages,
    and(
      eq(intakeMessages.clientId, message.clientId),
      eq(intakeMessages.messageId, message.messageId),
      eq(intakeMessages.state, 'accepted'),
      ne(intakeMessages.id, message.id),
    ),
  );
  return passed > 0;
}

/** F017: the person has a form that was accepted, is not served and still holds today, or a remote case that has not ended. */
async function isUnderReview(tx: Executor, iin: string, at: Date): Promise<boolean> {
  const [row] = await tx
    .select({ id: forms.id })
    .from(forms)
    .innerJoin(persons, eq(forms.personId, persons.id))
    .where(and(eq(persons.iin, iin), eq(forms.state, 'accepted'), gte(forms.validUntil, toBusinessDate(at))))
    .limit(1);
  if (row) return true;
  const [open] = await tx
    .select({ id: cases.id })
    .from(cases)
    .innerJoin(persons, eq(cases.personId, persons.id))
    .where(and(eq(persons.iin, iin), isNull(cases.endedAt)))
    .limit(1);
  return open !== undefined;
}

async function update(
  tx: Executor,
  id: string,
  change: Partial<typeof intakeMessages.$inferInsert>,
): Promise<IntakeMessage> {
  const [row] = await tx.update(intakeMessages).set(change).where(eq(intakeMessages.id, id)).returning();
  if (!row) throw new Error('A message of a clinic vanished');
  return row;
}

/** Takes the locks in the order given; everybody names the message first. */
async function lock(tx: Executor, messageKey: string, personKey: string | null): Promise<void> {
  const person =
    personKey === null ? sql`null` : sql`pg_advisory_xact_lock(hashtextextended(${personKey}, 0))`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${messageKey}, 0)), ${person}`);
}

const LAST_PAUSE_SECONDS = 300;

/** Seconds until silent registries are asked again: 2, 4, 8 … up to five minutes, a fifth by chance. */
function pauseSeconds(tries: number, deps: Deps): number {
  const pause = Math.min(LAST_PAUSE_SECONDS, 2 ** Math.min(tries, 10));
  return Math.ceil(pause * (1 + deps.random.below(200) / 1000));
}
