/**
 * PX-04, IN-05: sections of a dossier. They are made of the rows of form 031/у named in `sectionsOf` and of nothing else: what is not
 * named there is never read when a dossier is made, whatever a sender adds to the form.
 */
export const SECTIONS = [
  'diagnosis',
  'previousGroup',
  'complaints',
  'anamnesis',
  'objectiveStatus',
  'complications',
  'treatment',
  'treatedCases',
  'consultations',
  'laboratory',
  'functional',
  'xRay',
  'summary',
  'rehabilitation',
  'activeVisits',
  'technicalMeans',
  'recommendations',
] as const;
export type Section = (typeof SECTIONS)[number];

type Row = Readonly<Record<string, unknown>>;
/** Says a code of the form in words of a language: `dysfunction`, `slight`. Null for what is no code of ours. */
export type SayCode = (
  kind: 'dysfunction' | 'potential' | 'setting' | 'group',
  code: string,
) => string | null;

/** The texts of a form's sections as they came, in the order of the list; empty ones are left out. */
export function sectionsOf(document: Row, say: SayCode): { name: Section; text: string }[] {
  const coded = (kind: Parameters<SayCode>[0], value: unknown) =>
    typeof value === 'string' ? say(kind, value) : null;
  const made: Record<Section, string> = {
    diagnosis: words(document, 'diagnosis'),
    previousGroup: each([valueOf(document, 'previousGroup')], (row) => [
      coded('group', valueOf(row, 'group')),
      words(row, 'cause'),
      words(row, 'until'),
    ]),
    complaints: words(document, 'complaints'),
    anamnesis: words(document, 'anamnesis'),
    objectiveStatus: words(document, 'objectiveStatus'),
    complications: words(document, 'complications'),
    treatment: words(document, 'treatment'),
    treatedCases: each(valueOf(document, 'treatedCases'), (row) => [
      coded('setting', valueOf(row, 'setting')),
      [words(row, 'from'), words(row, 'until')].filter(Boolean).join(' – '),
      words(row, 'diagnosis'),
      words(row, 'treatment'),
      words(row, 'dynamics'),
    ]),
    consultations: each(valueOf(document, 'consultations'), (row) => [
      words(row, 'specialist'),
      words(row, 'heldOn'),
      words(row, 'complaints'),
      words(row, 'objective'),
      coded('dysfunction', valueOf(row, 'dysfunction')),
      words(row, 'diagnosis'),
      words(row, 'recommendations'),
    ]),
    laboratory: each(valueOf(document, 'laboratory'), resultRow),
    functional: each(valueOf(document, 'functional'), resultRow),
    xRay: each(valueOf(document, 'xRay'), resultRow),
    summary: words(document, 'summary'),
    rehabilitation: each([valueOf(document, 'rehabilitation')], (row) => [
      coded('potential', valueOf(row, 'potential')),
      words(row, 'diagnosis'),
      words(row, 'route'),
    ]),
    activeVisits: each(valueOf(document, 'activeVisits'), (row) => [
      words(row, 'visitedOn'),
      words(row, 'result'),
    ]),
    technicalMeans: each(valueOf(document, 'technicalMeans'), (row) => [
      words(row, 'defect'),
      words(row, 'means'),
    ]),
    recommendations: words(document, 'recommendations'),
  };
  return SECTIONS.flatMap((name) => (made[name] === '' ? [] : [{ name, text: made[name] }]));
}

const resultRow = (row: Row) => [words(row, 'name'), words(row, 'takenOn'), words(row, 'result')];

function valueOf(row: Row, key: string): unknown {
  return Object.hasOwn(row, key) ? row[key] : undefined;
}

function words(row: Row, key: string): string {
  const value = valueOf(row, key);
  return typeof value === 'string' ? value.trim() : '';
}

/** Rows as paragraphs, their parts as lines. */
function each(rows: unknown, parts: (row: Row) => (string | null)[]): string {
  if (!Array.isArray(rows)) return '';
  return rows
    .flatMap((row) => {
      if (typeof row !== 'object' || row === null) return [];
      const text = parts(row as Row)
        .filter(Boolean)
        .join('\n');
      return text === '' ? [] : [text];
    })
    .join('\n\n');
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
