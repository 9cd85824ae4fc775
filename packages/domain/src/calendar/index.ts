export * from './change-day.ts';
export * from './propose-year.ts';
export * from './working-calendar.ts';
