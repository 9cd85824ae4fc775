export * from './one-time-code.ts';
export * from './session-policy.ts';
