export * from './reference.ts';
export * from './identity.ts';
export * from './intake.ts';
export * from './queue.ts';
export * from './notifications.ts';
export * from './audit.ts';
export * from './operations.ts';
