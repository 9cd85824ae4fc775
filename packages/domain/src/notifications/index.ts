export * from './sms-parts.ts';
export * from './templates.ts';
