import type { Executor } from '@mse/db';
import type { AssessmentCounts } from '@mse/domain/experts';
import { addMonths, type PlainDate, plainTime, toInstant } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';

const MIDNIGHT = plainTime('00:00');

/** What one independent expert did in a month. */
export interface MonthCounts {
  expertId: string;
  /** PY-05: signed decisions, whatever became of their cases. */
  services: number;
  counts: AssessmentCounts;
}

/**
 * AS-02, AS-04: counts of every independent expert who signed something in a month (business time), in one statement. A decision is held
 * against the final conclusion of its case: it meets a criterion when it was signed in time and says the same about the part; a decision
 * of nonconformity, when the comparison came to nonconformity. Decisions whose case has no final conclusion yet are services to be paid
 * and enter no share. Our reading of the criteria until those of the order are at hand.
 */
export async function countMonth(executor: Executor, month: PlainDate): Promise<MonthCounts[]> {
  const from = toInstant(month, MIDNIGHT).toISOString();
  const until = toInstant(addMonths(month, 1), MIDNIGHT).toISOString();
  const rows = await executor.execute<{
    expert_id: string;
    services: number;
    k1: number;
    a1: number;
    k2: number;
    a2: number;
    k3: number;
    a3: number;
    k4: number;
    a4: number;
  }>(sql`select * from count_decisions(${from}::timestamptz, ${until}::timestamptz) order by expert_id`);
  return rows.map((row) => ({
    expertId: row.expert_id,
    services: row.services,
    counts: {
      services: { counted: row.k1, met: row.a1 },
      firstInsured: { counted: row.k2, met: row.a2 },
      repeatedLoss: { counted: row.k3, met: row.a3 },
      programmes: { counted: row.k4, met: row.a4 },
    },
  }));
}
