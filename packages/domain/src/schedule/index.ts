export * from './compare.ts';
export * from './coverage.ts';
export * from './periods.ts';
