export * from './closure.ts';
export * from './week-grid.ts';
