export * from './next-step.ts';
