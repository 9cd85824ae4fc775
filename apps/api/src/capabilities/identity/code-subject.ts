import type { Transaction } from '@mse/db';
import { signInChallenges } from '@mse/db/schema';
import { addMinutes } from '@mse/domain/shared';
import { and, eq, gt, sql, sum } from 'drizzle-orm';

/** Minutes over which sends and wrong codes are counted. */
export const DAY_MINUTES = 24 * 60;

/** Lets calls about one ИИН follow each other until the transaction ends, so that no count is taken twice at once. */
export async function lockSubject(tx: Transaction, subjectKey: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`code:${subjectKey}`}, 0))`);
}

/** T11: wrong codes within the last day, over all codes sent under the same ИИН: asking for a new code resets nothing. */
export async function failuresOf(tx: Transaction, subjectKey: string, at: Date): Promise<number> {
  const [row] = await tx
    .select({ tries: sum(signInChallenges.tries) })
    .from(signInChallenges)
    .where(
      and(
        eq(signInChallenges.subjectKey, subjectKey),
        gt(signInChallenges.createdAt, addMinutes(at, -DAY_MINUTES)),
      ),
    );
  return Number(row?.tries ?? 0);
}
