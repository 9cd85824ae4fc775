/**
 * PX-53: what a conclusion is handed over in. The names of the order stand in the texts (`results:kind.*`), the Kazakh ones word for
 * word. A part of the programme is an extract, or the whole part when the cause is a work injury or an occupational disease.
 */
export const DOCUMENT_KINDS = [
  'disability-certificate',
  'social-part-extract',
  'social-part',
  'vocational-part-extract',
  'vocational-part',
  'general-loss-certificate',
  'professional-loss-certificate',
  'professional-loss-extract',
  'injured-worker-need',
  'not-established-notice',
  'conclusion-notification',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Languages a document is made in; the law asks for both. The page in the cabinet is shown in the reader's own language. */
export const DOCUMENT_LANGUAGES = ['kk', 'ru'] as const;
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

/** What a document speaks about. A newer document of the same matter takes the place of the older one. */
export type DocumentMatter =
  'disability' | 'social-part' | 'vocational-part' | 'general-loss' | 'professional-loss' | 'need';

const MATTERS: Record<DocumentKind, DocumentMatter> = {
  'disability-certificate': 'disability',
  'social-part-extract': 'social-part',
  'social-part': 'social-part',
  'vocational-part-extract': 'vocational-part',
  'vocational-part': 'vocational-part',
  'general-loss-certificate': 'general-loss',
  'professional-loss-certificate': 'professional-loss',
  'professional-loss-extract': 'professional-loss',
  'injured-worker-need': 'need',
  'not-established-notice': 'disability',
  'conclusion-notification': 'disability',
};

/** The matter of a document. */
export function matterOf(kind: DocumentKind): DocumentMatter {
  return MATTERS[kind];
}

/** The kinds whose older documents lose their force when documents of these kinds are issued. */
export function replacedKinds(issued: readonly DocumentKind[]): DocumentKind[] {
  const matters = new Set(issued.map(matterOf));
  return DOCUMENT_KINDS.filter((kind) => matters.has(matterOf(kind)));
}
