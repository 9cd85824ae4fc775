import type { Database } from '@mse/db';
import { staffRoles } from '@mse/db/schema';
import type { StaffRole } from '@mse/domain/access';
import type { PlainDate } from '@mse/domain/shared';
import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import { preparedOnce } from '../../platform/prepared.ts';

const query = preparedOnce((db: Database) =>
  db
    .select({ role: staffRoles.role, departmentId: staffRoles.departmentId })
    .from(staffRoles)
    .where(
      and(
        eq(staffRoles.personId, sql.placeholder('personId')),
        lte(staffRoles.validFrom, sql.placeholder('date')),
        or(isNull(staffRoles.validUntil), gte(staffRoles.validUntil, sql.placeholder('date'))),
      ),
    )
    .orderBy(staffRoles.validFrom, staffRoles.id)
    .prepare('staff_roles_on'),
);

/** Roles of staff that a person holds on a date, with the department of each. Every call of the staff asks it. */
export async function staffRolesOn(
  db: Database,
  personId: string,
  date: PlainDate,
): Promise<{ role: StaffRole; departmentId: string | null }[]> {
  return query(db).execute({ personId, date });
}
