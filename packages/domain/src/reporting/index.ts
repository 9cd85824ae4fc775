export * from './figures.ts';
export * from './period.ts';
export * from './publication.ts';
export * from './suppression.ts';
