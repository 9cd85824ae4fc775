import type { StaffRole } from '@mse/domain/access';
import type { NamedRole, StaffRole as PopulationRole } from './population/types.ts';

/** The roles of the population under the names of the access table. */
export const staffRoleNames: Record<PopulationRole, StaffRole> = {
  clerk: 'clerk',
  head: 'department-head',
  'chief-specialist': 'chief-specialist',
  expert: 'expert',
  'registry-admin': 'registry-administrator',
  methodologist: 'methodologist',
  'methodology-head': 'methodology-head',
  'contact-centre': 'contact-centre',
  'content-editor': 'content-editor',
  'portal-admin': 'portal-administrator',
};

/** Role of one of the cast as the sign-in page names it. */
export function roleName(role: NamedRole): StaffRole | 'citizen' | 'commission-chair' {
  return role === 'citizen' || role === 'commission-chair' ? role : staffRoleNames[role];
}
