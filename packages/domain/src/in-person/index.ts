export * from './application.ts';
export * from './documents.ts';
export * from './signed-text.ts';
