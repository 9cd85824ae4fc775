export * from './case-stages.ts';
export * from './next-step.ts';
