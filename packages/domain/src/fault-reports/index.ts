export * from './number.ts';
export * from './page-of-report.ts';
