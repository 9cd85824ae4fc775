export * from './draft-act.ts';
export * from './sections.ts';
export * from './suspicion.ts';
export * from './clean-text.ts';
export * from './blur-dates.ts';
export {
  IDENTITY_KINDS,
  type IdentityKind,
  type KnownPlace,
  type Span,
  type StemIndex,
} from './known-words.ts';
export * from './identity.ts';
export * from './find-identity.ts';
export * from './says-who.ts';
export * from './find-suspicions.ts';
export * from './learn-names.ts';
export * from './remake-text.ts';
export * from './towns.ts';
export * from './black-out.ts';
