export * from './compare-code.ts';
export * from './one-time-code.ts';
export * from './session-policy.ts';
