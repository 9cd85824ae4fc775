import type { Executor } from '@mse/db';
import { staffRoles } from '@mse/db/schema';
import type { StaffRole } from '@mse/domain/access';
import type { PlainDate } from '@mse/domain/shared';
import { and, eq, gte, isNull, lte, or } from 'drizzle-orm';

/** Roles of staff that a person holds on a date, with the department of each. */
export async function staffRolesOn(
  executor: Executor,
  personId: string,
  date: PlainDate,
): Promise<{ role: StaffRole; departmentId: string | null }[]> {
  return executor
    .select({ role: staffRoles.role, departmentId: staffRoles.departmentId })
    .from(staffRoles)
    .where(
      and(
        eq(staffRoles.personId, personId),
        lte(staffRoles.validFrom, date),
        or(isNull(staffRoles.validUntil), gte(staffRoles.validUntil, date)),
      ),
    )
    .orderBy(staffRoles.validFrom, staffRoles.id);
}
