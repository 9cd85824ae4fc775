/** IN-06, IN-07: reasons of return of a form 031/у, as annex 5 of the rules numbers them. All 25; the track decides which apply. */
export const ERROR_CODES = [
  'F001',
  'F002',
  'F003',
  'F004',
  'F005',
  'F006',
  'F007',
  'F008',
  'F009',
  'F010',
  'F011',
  'F012',
  'F013',
  'F014',
  'F015',
  'F016',
  'F017',
  'REC001',
  'REC002',
  'REC003',
  'REC004',
  'REC005',
  'LEG001',
  'LEG002',
  'LEG003',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One reason of return; `detail` fills the placeholder of the legal text (file id, message id, ИИН) or names the empty rows. */
export interface ReturnReason {
  code: ErrorCode;
  detail: string | null;
}
