import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';
import type { HandedDocument, InPersonDocument } from './documents.ts';

/** FF-05, FF-06: rows of the application that the digital documents service can hold. */
export const DIGITAL_DOCUMENTS = [
  'identity',
  'registration',
  'sick-leave',
  'work-record',
  'social-insurance',
  'guardianship',
  'name-change',
] as const satisfies readonly InPersonDocument[];
export type DigitalDocument = (typeof DIGITAL_DOCUMENTS)[number];

/** FF-06: how the owner agrees: by the one-time password that is sent to the registered number, or by a reply SMS. */
export const ACCESS_WAYS = ['code', 'sms-reply'] as const;
export type AccessWay = (typeof ACCESS_WAYS)[number];

/** `sent` waits for the owner; the others are ends, so that one consent is used once. */
export const ACCESS_STATES = ['sent', 'received', 'declined', 'expired', 'used-up'] as const;
export type AccessState = (typeof ACCESS_STATES)[number];

/** How often a code may be typed wrongly, and how long a request lives at most, minutes; the service may allow less. */
export const ACCESS_TRIES = 3;
export const ACCESS_MINUTES = 5;

/** Why documents cannot be taken now; each literal has its words in three languages. */
export const TAKE_REFUSALS = [
  'not-possible-now',
  'expired',
  'used-up',
  'code-missing',
  'wrong-code',
  'waiting',
  'declined',
  'service-silent',
  'nothing-received',
] as const;
export type TakeRefusal = (typeof TAKE_REFUSALS)[number];

/** FF-06: whether a request can be answered at `at`: it waits, its short life is not over, and tries are left. */
export function decideTaking(
  access: { state: AccessState; expiresAt: Date; tries: number },
  at: Date,
): Result<void, 'not-possible-now' | 'expired' | 'used-up'> {
  if (access.state === 'expired') return refuse('expired');
  if (access.state === 'used-up') return refuse('used-up');
  if (access.state !== 'sent') return refuse('not-possible-now');
  if (access.expiresAt <= at) return refuse('expired');
  if (access.tries >= ACCESS_TRIES) return refuse('used-up');
  return ok(undefined);
}

/** What the signed data of a digital document says. */
export interface DigitalDocumentData {
  document: string;
  iin: string;
  number: string;
  issuedOn: PlainDate;
  validUntil: PlainDate | null;
  sheets: number;
  /** SHA-256 of the PDF, hexadecimal. */
  pdfSha256: string;
}

/** Why a document that came is not kept. */
export const DIGITAL_REFUSALS = ['not-asked', 'other-person', 'other-file', 'bad-signature'] as const;
export type DigitalRefusal = (typeof DIGITAL_REFUSALS)[number];

/** FF-05, FF-06: the row of the application a signed document makes, or why it does not count: it must be asked for, the owner's, and of this very file. */
export function readDigitalDocument(
  data: DigitalDocumentData,
  facts: { asked: readonly DigitalDocument[]; iin: string; pdfSha256: string },
): Result<HandedDocument, DigitalRefusal> {
  const document = facts.asked.find((each) => each === data.document);
  if (!document) return refuse('not-asked');
  if (data.iin !== facts.iin) return refuse('other-person');
  if (data.pdfSha256.toLowerCase() !== facts.pdfSha256.toLowerCase()) return refuse('other-file');
  return ok({ document, source: 'digital', sheets: data.sheets, validUntil: data.validUntil });
}

/** FF-06: rows that say "digital" must have come from the service; answers those that did not. */
export function unfoundedDigital(
  rows: readonly HandedDocument[],
  received: ReadonlySet<InPersonDocument>,
): InPersonDocument[] {
  return rows
    .filter(({ source, document }) => source === 'digital' && !received.has(document))
    .map(({ document }) => document);
}
