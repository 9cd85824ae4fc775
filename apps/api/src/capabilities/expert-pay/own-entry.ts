import type { Executor } from '@mse/db';
import { assessments } from '@mse/db/schema';
import { and, eq, lte, or, type SQL } from 'drizzle-orm';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { type Entry, findPaidEntries } from '../expert-register/index.ts';

/** The caller's rows of the register as an independent expert, the newest first; there is one at least. */
export async function ownEntries(call: CallContext, executor: Executor): Promise<[Entry, ...Entry[]]> {
  const [newest, ...earlier] = await findPaidEntries(executor, signedIn(call).personId);
  if (!newest) throw notFound();
  return [newest, ...earlier];
}

/** RG-34, AS-06: the caller's assessments, of an excluded row those of periods that began before the exclusion and nothing later. */
export function ownPeriods(entries: readonly Entry[]): SQL | undefined {
  return or(
    ...entries.map(({ id, excludedOn }) =>
      and(eq(assessments.expertId, id), excludedOn === null ? undefined : lte(assessments.from, excludedOn)),
    ),
  );
}
