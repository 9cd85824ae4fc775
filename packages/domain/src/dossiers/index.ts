export * from './draft-act.ts';
export * from './sections.ts';
export * from './suspicion.ts';
