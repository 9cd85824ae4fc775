export * from './comparison.ts';
export * from './decision.ts';
export * from './states.ts';
export * from './transitions.ts';
