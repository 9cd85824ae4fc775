import type { PlainDate } from '../shared/index.ts';

/** Whether a document can be relied on. `expired`: its term has ended. `void`: a newer one took its place, or it was annulled. */
export const DOCUMENT_STATES = ['valid', 'expired', 'void'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** C35: the state of a document on a day; its last day belongs to it. */
export function documentState(
  document: { validUntil: PlainDate | null; voidedAt: Date | null },
  today: PlainDate,
): DocumentState {
  if (document.voidedAt !== null) return 'void';
  return document.validUntil !== null && document.validUntil < today ? 'expired' : 'valid';
}
