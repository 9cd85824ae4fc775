export { fieldErrorText, type FieldErrors, summaryLines } from './field-errors.ts';
export { type Texts, useTexts } from './texts.ts';
