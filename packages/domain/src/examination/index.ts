export * from './decision.ts';
export * from './states.ts';
export * from './check-decision.ts';
export * from './decision-terms.ts';
export * from './decision-text.ts';
export * from './read-decision.ts';
export * from './recusal.ts';
