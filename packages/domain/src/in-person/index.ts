export * from './application.ts';
export * from './documents.ts';
