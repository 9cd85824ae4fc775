export { findEntry } from './own-entry.ts';
export { effectOnCases, lockDealing, openPartsOf } from './effect-on-cases.ts';
