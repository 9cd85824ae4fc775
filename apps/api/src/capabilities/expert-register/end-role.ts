import type { Transaction } from '@mse/db';
import { staffRoles } from '@mse/db/schema';
import type { StaffRole } from '@mse/domain/access';
import { addDays, type PlainDate } from '@mse/domain/shared';
import { and, eq, gte, isNull, lt, or } from 'drizzle-orm';

/** Ends a role of a person from a day on. One that began on that day never counts: its end lies before its beginning. */
export async function endRole(
  tx: Transaction,
  personId: string,
  role: StaffRole,
  today: PlainDate,
): Promise<void> {
  await tx
    .update(staffRoles)
    .set({ validUntil: addDays(today, -1) })
    .where(
      and(
        eq(staffRoles.personId, personId),
        eq(staffRoles.role, role),
        or(isNull(staffRoles.validUntil), gte(staffRoles.validUntil, today)),
        lt(staffRoles.validFrom, addDays(today, 1)),
      ),
    );
}
