import type { Executor } from '@mse/db';
import { experts } from '@mse/db/schema';
import { barsReentry, EXCLUSION_GROUNDS } from '@mse/domain/experts';
import { and, eq, inArray } from 'drizzle-orm';

/** RG-33: whether a person was ever excluded for a ground that bars a new entry. The register's own rows say so; no list apart can differ from them. */
export async function isBarred(executor: Executor, personId: string): Promise<boolean> {
  const [row] = await executor
    .select({ id: experts.id })
    .from(experts)
    .where(
      and(
        eq(experts.personId, personId),
        inArray(experts.exclusionGround, EXCLUSION_GROUNDS.filter(barsReentry)),
      ),
    )
    .limit(1);
  return row !== undefined;
}
