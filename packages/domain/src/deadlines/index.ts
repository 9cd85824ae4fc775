export * from './due.ts';
export * from './visits.ts';
