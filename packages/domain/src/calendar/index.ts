export * from './change-day.ts';
export * from './working-calendar.ts';
