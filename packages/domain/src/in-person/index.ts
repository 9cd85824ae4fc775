export * from './application.ts';
export * from './documents.ts';
export * from './signed-text.ts';
export * from './digital-documents.ts';
