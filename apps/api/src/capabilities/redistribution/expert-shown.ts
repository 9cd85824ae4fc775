import type { ExpertShown } from '@mse/contracts/redistribution';
import type { Executor } from '@mse/db';
import { experts, regions } from '@mse/db/schema';
import { eq } from 'drizzle-orm';

/** What a query selects to name an expert without identity; join `regions` by the expert's region. */
export const EXPERT_SHOWN = { code: experts.code, kind: experts.kind, region: regions.name };

/** An expert of the register by code. */
export async function findExpert(
  executor: Executor,
  code: string,
): Promise<(ExpertShown & { id: string; personId: string }) | null> {
  const [row] = await executor
    .select({ id: experts.id, personId: experts.personId, ...EXPERT_SHOWN })
    .from(experts)
    .innerJoin(regions, eq(regions.code, experts.regionCode))
    .where(eq(experts.code, code));
  return row ?? null;
}
