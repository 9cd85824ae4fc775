/** X04: fields of a decision that template phrases are offered for. */
export const PHRASE_FIELDS = ['diagnosis', 'reasons'] as const;
export type PhraseField = (typeof PHRASE_FIELDS)[number];

/** Most characters of a phrase, and most own phrases of an expert for a field. */
export const LONGEST_PHRASE = 1000;
export const MOST_PHRASES = 100;

/** Why a phrase is not kept. `says-who`: it holds a number, an address or the like, and would stand in many decisions (PX-04). */
export const PHRASE_REFUSALS = ['says-who', 'known-already', 'too-many'] as const;
export type PhraseRefusal = (typeof PHRASE_REFUSALS)[number];
