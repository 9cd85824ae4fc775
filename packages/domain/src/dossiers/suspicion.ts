/**
 * Why a re-made section or page waits for a person. `name` … `encoded`: something in the text still looks like identity.
 * `unread` … `no-reader`: a page that the machine could not read whole, or at all. `reported`: an expert saw who it is.
 */
export const SUSPICIONS = [
  'name',
  'initials',
  'number',
  'contact',
  'place',
  'organisation',
  'date',
  'mixed-script',
  'encoded',
  'unread',
  'doubtful-reading',
  'form-field',
  'too-large',
  'broken-file',
  'no-reader',
  'reported',
] as const;
export type Suspicion = (typeof SUSPICIONS)[number];
