export * from './journal.ts';
export * from './signers.ts';
