export * from './reference.ts';
export * from './identity.ts';
export * from './intake.ts';
export * from './queue.ts';
export * from './notifications.ts';
export * from './audit.ts';
export * from './operations.ts';
export * from './policies.ts';
export * from './experts.ts';
export * from './examination.ts';
<<<<<<< HEAD
export * from './in-person.ts';
=======
export * from './dossiers.ts';
export * from './signing.ts';
>>>>>>> integration
