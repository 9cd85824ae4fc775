export * from './quiet-hours.ts';
export * from './sms-parts.ts';
export * from './templates.ts';
export * from './wording.ts';
