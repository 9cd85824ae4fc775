export * from './clock.ts';
export * from './proposals.ts';
export * from './register.ts';
