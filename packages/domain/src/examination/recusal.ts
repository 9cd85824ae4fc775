/**
 * X06: why an expert gives a case back. `acquainted`: knows the person or has an interest. `treated`: treated or examined the person
 * before. `identity-seen`: can tell who it is. `other-field`: not the expert's nosology. No order lists reasons; these are ours.
 */
export const RECUSAL_REASONS = ['acquainted', 'treated', 'identity-seen', 'other-field', 'other'] as const;
export type RecusalReason = (typeof RECUSAL_REASONS)[number];

/** Longest note of an expert, in characters. */
export const RECUSAL_NOTE_LENGTH = 1000;

/** X06: whether a recusal says enough: a reason of the list, in words when it is another one. */
export function recusalProblem(reason: RecusalReason, note: string): 'note-required' | 'too-long' | null {
  if (reason === 'other' && note.trim() === '') return 'note-required';
  return note.length > RECUSAL_NOTE_LENGTH ? 'too-long' : null;
}

/** X04: a save so many minutes after the last begins a new sitting; what stood there before is kept to show what has changed. */
export const SITTING_MINUTES = 10;

/** Whether a draft is taken up again after a pause. */
export function isNewSitting(lastSavedAt: Date, at: Date): boolean {
  return at.getTime() - lastSavedAt.getTime() >= SITTING_MINUTES * 60_000;
}
