/**
 * PX-04, IN-05: sections of form 031/у that are re-made for the experts. What is not on this list is never read when a dossier
 * is made, whatever a sender adds to the form.
 */
export const SECTIONS = [
  'diagnosis',
  'complaints',
  'anamnesis',
  'objectiveStatus',
  'treatment',
  'recommendations',
] as const;
export type Section = (typeof SECTIONS)[number];

/** The texts of a form's sections, in the order of the list; empty ones are left out. */
export function sectionsOf(document: Readonly<Record<string, unknown>>): { name: Section; text: string }[] {
  return SECTIONS.flatMap((name) => {
    const text = Object.hasOwn(document, name) ? document[name] : undefined;
    return typeof text === 'string' && text.trim() !== '' ? [{ name, text }] : [];
  });
}

/** What a dossier is made of: a section of the form or a page of a file. */
export const ITEM_KINDS = ['section', 'page'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** `passed`: by the machine. `held`: waits for a person. `released`, `unreadable`: what the person decided. */
export const ITEM_STATES = ['passed', 'held', 'released', 'unreadable'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** A rectangle of a page, in pixels from its upper left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
