/** Who acts. A person may hold several staff roles; everybody is a citizen. */
export const ROLES = [
  'anonymous',
  'citizen',
  'clerk',
  'department-head',
  'chief-specialist',
  'expert',
  // RG-30: out of the register, and still to sign and be paid for what was done before.
  'former-expert',
  'methodologist',
  'methodology-head',
  'registry-administrator',
  'contact-centre',
  'content-editor',
  'portal-administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that work in the staff app; they sign in by electronic signature only. */
export const STAFF_ROLES = ROLES.filter((role) => role !== 'anonymous' && role !== 'citizen');
export type StaffRole = Exclude<Role, 'anonymous' | 'citizen'>;
