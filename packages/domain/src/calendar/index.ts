export * from './working-calendar.ts';
