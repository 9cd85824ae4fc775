export * from './checks.ts';
export * from './error-codes.ts';
export * from './form-031.ts';
export * from './signing-moment.ts';
export * from './nosology.ts';
export * from './remote-checks.ts';
export * from './technical-failure.ts';
export * from './nosology-changes.ts';
