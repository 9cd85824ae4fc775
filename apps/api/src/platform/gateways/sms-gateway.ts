/** One part of a message on its way to the SMS centre. */
export interface SmsPart {
  /** `+77XXXXXXXXX`. */
  to: string;
  text: string;
  alphabet: 'gsm-7' | 'ucs-2';
  /** From 1. */
  number: number;
  total: number;
  /** Reference of the message, the same for all its parts: the telephone joins them by its low byte. */
  reference: number;
  /** Seconds after which the centre need not try any more; null leaves it to the centre. */
  validForSeconds: number | null;
}

/**
 * What came of handing a part over. `not-sent`, `later` and `refused` are certain: the centre does not have it.
 * `unknown`: it went out and no answer came, so the centre may have it or not.
 */
export type SubmitOutcome =
  | { kind: 'accepted'; centreId: string }
  | { kind: 'not-sent' }
  | { kind: 'later'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown' };

/** What the centre tells about a part later. */
export interface SmsReceipt {
  /** `+77XXXXXXXXX`, the number the part went to. */
  phone: string;
  centreId: string | null;
  /** Reference the centre echoes; see `partReference`. */
  reference: number | null;
  outcome: 'delivered' | 'undelivered' | 'under-way';
  /** The centre's own words, `DELIVRD err:000`. */
  words: string;
}

/** The way to the SMS centre. */
export interface SmsGateway {
  /** When the present connection began, milliseconds of `performance.now()`; null while there is none. */
  connectedSince(): number | null;
  /** Hands a part over when its turn has come. `late` hears an answer that comes after `unknown` was given. */
  submit(part: SmsPart, late: (outcome: SubmitOutcome) => void): Promise<SubmitOutcome>;
  /** Waits for the answers that are out, a few seconds at most, and ends the connection. */
  stop(): Promise<void>;
}

/** Hears receipts. The centre is told "taken" when the promise fulfils, and sends again when it rejects. */
export type ReceiptListener = (receipt: SmsReceipt) => Promise<void>;

const REFERENCES = 0x1_0000;

/** The 16-bit reference by which the receipt of one part of a message is known; `number` counts from 1. */
export function partReference(reference: number, number: number): number {
  return (reference + number - 1) % REFERENCES;
}

/** Which part of a message a reference belongs to, from 1; null when to none of its `total`. */
export function partOfReference(reference: number, total: number, echoed: number): number | null {
  const number = ((echoed - reference + REFERENCES) % REFERENCES) + 1;
  return number <= total ? number : null;
}

/** Spellings of one id: centres write it in hexadecimal in one place and in decimal in another, with or without zeros. */
export function spellingsOfCentreId(id: string): string[] {
  const spellings = new Set([id, id.toLowerCase(), id.toUpperCase()]);
  const add = (value: bigint) => {
    const hex = value.toString(16);
    for (const text of [value.toString(10), hex, hex.padStart(8, '0')])
      spellings.add(text).add(text.toUpperCase());
  };
  if (/^\d{1,20}$/.test(id)) add(BigInt(id));
  if (/^[0-9a-f]{1,16}$/i.test(id)) add(BigInt(`0x${id}`));
  return [...spellings];
}
