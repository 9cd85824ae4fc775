import { assessments } from '@mse/db/schema';
import { assess, assessYear } from '@mse/domain/experts';
import { addMonths, type PlainDate } from '@mse/domain/shared';
import { and, eq, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { countMonth } from './count-month.ts';

const BATCH = 500;

/** Who lets the assessments be made: a person of the Committee, or the timer. */
export interface Assessor {
  actor: string;
  actorRole: string;
  requestId: string | null;
}

/**
 * AS-01, AS-06: makes the assessments of a month for everybody who has something to be assessed, with their inputs; made again it
 * replaces those nobody has signed yet. Answers how many were made and how many stay as signed. No cases means no row, not zero.
 */
export async function assessMonth(
  deps: Deps,
  month: PlainDate,
  by: Assessor,
  at: Date,
): Promise<{ made: number; signed: number }> {
  return deps.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`assessment:${month}`}, 0))`);
    const counted = await countMonth(tx, month);
    const rows = counted.flatMap(({ expertId, services, counts }) => {
      const assessment = assess(counts);
      return assessment
        ? [
            {
              id: deps.random.id(at),
              expertId,
              period: 'month' as const,
              from: month,
              method: assessment.method,
              services,
              counts,
              lines: assessment.lines,
              percent: assessment.percent,
              computedAt: at,
            },
          ]
        : [];
    });
    let made = 0;
    for (let index = 0; index < rows.length; index += BATCH) {
      const written = await tx
        .insert(assessments)
        .values(rows.slice(index, index + BATCH))
        .onConflictDoUpdate({
          target: [assessments.expertId, assessments.period, assessments.from],
          set: {
            method: sql`excluded.method`,
            services: sql`excluded.services`,
            counts: sql`excluded.counts`,
            lines: sql`excluded.lines`,
            percent: sql`excluded.percent`,
            computedAt: sql`excluded.computed_at`,
          },
          setWhere: isNull(assessments.signedAt),
        })
        .returning({ id: assessments.id });
      made += written.length;
    }
    const signed = rows.length - made;
    await recordAudit(tx, {
      at,
      ...by,
      action: 'expertPay.assessMonth',
      outcome: 'done',
      personId: null,
      subject: `month:${month}`,
      detail: { made, signed },
    });
    return { made, signed };
  });
}

/** AS-01, AS-07: makes the yearly assessments of everybody with a signed month in a year. `year` is its first day. */
export async function assessYears(
  deps: Deps,
  year: PlainDate,
  by: Assessor,
  at: Date,
): Promise<{ made: number; signed: number }> {
  return deps.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`assessment:${year}`}, 0))`);
    const months = await tx
      .select()
      .from(assessments)
      .where(
        and(
          eq(assessments.period, 'month'),
          isNotNull(assessments.signedAt),
          gte(assessments.from, year),
          lt(assessments.from, addMonths(year, 12)),
        ),
      )
      .orderBy(assessments.from);
    let made = 0;
    const byExpert = Map.groupBy(months, (row) => row.expertId);
    for (const [expertId, own] of byExpert) {
      const percent = assessYear(own.map((row) => row.percent));
      if (percent === null) continue;
      const values = {
        method: 'mean-of-signed-months-1',
        services: own.reduce((sum, row) => sum + row.services, 0),
        lines: own.map((row) => ({ month: row.from, percent: row.percent })),
        percent,
        computedAt: at,
      };
      const written = await tx
        .insert(assessments)
        .values({ id: deps.random.id(at), expertId, period: 'year', from: year, ...values })
        .onConflictDoUpdate({
          target: [assessments.expertId, assessments.period, assessments.from],
          set: values,
          setWhere: isNull(assessments.signedAt),
        })
        .returning({ id: assessments.id });
      made += written.length;
    }
    await recordAudit(tx, {
      at,
      ...by,
      action: 'expertPay.assessYear',
      outcome: 'done',
      personId: null,
      subject: `year:${year}`,
      detail: { made },
    });
    return { made, signed: byExpert.size - made };
  });
}
