import type { Executor } from '@mse/db';
import { registerCounters } from '@mse/db/schema';
import { sql } from 'drizzle-orm';

/**
 * The next number of a register within a scope and a year, from 1. The row stays locked until the transaction ends, so numbers
 * follow each other without a gap: what is rolled back gives its number back.
 */
export async function nextNumber(
  tx: Executor,
  register: typeof registerCounters.$inferInsert.register,
  scope: string,
  year: number,
  /** So many numbers that follow each other are taken; the first of them is answered. */
  count = 1,
): Promise<number> {
  const [row] = await tx
    .insert(registerCounters)
    .values({ register, scope, year, last: count })
    .onConflictDoUpdate({
      target: [registerCounters.register, registerCounters.scope, registerCounters.year],
      set: { last: sql`${registerCounters.last} + ${count}` },
    })
    .returning({ last: registerCounters.last });
  if (!row) throw new Error('A counter gave no number');
  return row.last - count + 1;
}

/** Whose row of numbers: the department's, or the region's where no department is known. */
export function numberScope(place: { departmentId: string | null; regionCode: string }): string {
  return place.departmentId === null ? `region:${place.regionCode}` : `department:${place.departmentId}`;
}
