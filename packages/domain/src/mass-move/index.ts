export * from './move-items.ts';
export * from './propose-times.ts';
