/** RG-30: grounds of exclusion. The middle three come from registries by themselves (RG-31), the others from people (RG-32). */
export const EXCLUSION_GROUNDS = [
  'own-application',
  'incapable',
  'left-country',
  'death',
  'indicator',
] as const;
export type ExclusionGround = (typeof EXCLUSION_GROUNDS)[number];

/** Why an expert is away. */
export const ABSENCE_KINDS = ['sick-leave', 'leave', 'other'] as const;
export type AbsenceKind = (typeof ABSENCE_KINDS)[number];
