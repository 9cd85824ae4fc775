export * from './document-state.ts';
export * from './documents-of.ts';
export * from './hand-over.ts';
export * from './kinds.ts';
export * from './numbers.ts';
