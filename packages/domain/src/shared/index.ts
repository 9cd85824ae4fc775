export * from './result.ts';
export * from './plain-date.ts';
export * from './iin.ts';
export * from './person-name.ts';
export * from './phone.ts';
export * from './language.ts';
