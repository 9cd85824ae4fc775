export * from './access-log.ts';
export * from './phone-change.ts';
