export * from './journal.ts';
export * from './signers.ts';
export * from './signed-texts.ts';
