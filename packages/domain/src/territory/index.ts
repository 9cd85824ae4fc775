export * from './assignments.ts';
export * from './judge-rows.ts';
