import type { PlainDate } from '../shared/index.ts';

/** Letters and digits that are not taken for each other when read out on the telephone. */
const ALPHABET = '23456789ABCDEFGHKMNPRSTUVWXYZ';
const LETTERS = 6;

/** C31: what reports are about. */
export const FAULT_KINDS = ['fault', 'access-dispute', 'annulment-appeal'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** How many characters each part of a report may have. */
export const FAULT_LENGTHS = { text: 4000, contact: 200, page: 200, incident: 64, answer: 2000 } as const;

/** C31: the number of a report. It is made where the report is written, so it asks nobody: `F-20261123-7K3M2Q`. */
export function faultReportNumber(day: PlainDate, below: (limit: number) => number): string {
  const letters = Array.from({ length: LETTERS }, () => ALPHABET[below(ALPHABET.length)]).join('');
  return `F-${day.replaceAll('-', '')}-${letters}`;
}

/** Whether a text has the form of a report's number. */
export function isFaultReportNumber(text: string): boolean {
  return /^F-\d{8}-[2-9A-HKMNPR-Z]{6}$/.test(text);
}
