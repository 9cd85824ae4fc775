export * from './decision.ts';
export * from './states.ts';
