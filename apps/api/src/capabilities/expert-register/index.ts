export { excludeExpert } from './exclude-expert.ts';
export { findExperts, type FoundExpert } from './find-experts.ts';
export { effectOnCases, lockDealing, openPartsOf } from './effect-on-cases.ts';
