export { effectOnCases, lockDealing, openPartsOf } from './effect-on-cases.ts';
