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
  }>(sql`
    with done as (
      select d.expert_id, d.in_time, d.content ->> 'kind' = 'nonconformity' as nonconforming, d.content -> 'conclusion' as own,
             c.content as final, c.id is not null as ended, m.outcome = 'nonconformity' as found_nonconforming,
             f.purpose = 'disability-first' as first, f.purpose = 'disability-repeated' as repeated,
             coalesce((fc.document ->> 'socialInsurance')::boolean, false) as insured
        from decision d
        join expert e on e.id = d.expert_id and e.kind = 'independent'
        join examination_case k on k.id = d.case_id
        join form_031 f on f.id = k.form_id
        left join form_content fc on fc.form_id = f.id
        left join conclusion c on c.case_id = d.case_id
        left join comparison m on m.case_id = d.case_id
       where d.signed_at >= ${from}::timestamptz and d.signed_at < ${until}::timestamptz),
    judged as (
      select expert_id, ended, first and insured as k2, repeated and final -> 'generalLoss' <> 'null'::jsonb as k3,
             final -> 'programme' <> 'null'::jsonb and final #>> '{disability,outcome}' <> 'not-established' as k4,
             in_time and case when nonconforming then found_nonconforming
                              else own #>> '{disability,outcome}' = final #>> '{disability,outcome}' end as a1,
             in_time and not nonconforming
               and own #>> '{generalLoss,percent}' is not distinct from final #>> '{generalLoss,percent}' as loss,
             in_time and not nonconforming and own -> 'programme' <> 'null'::jsonb
               and (jsonb_array_length(own #> '{programme,social}') > 0) = (jsonb_array_length(final #> '{programme,social}') > 0)
               and (jsonb_array_length(own #> '{programme,vocational}') > 0) = (jsonb_array_length(final #> '{programme,vocational}') > 0) as parts
        from done)
    select expert_id, count(*)::int as services,
           count(*) filter (where ended)::int as k1, count(*) filter (where ended and a1)::int as a1,
           count(*) filter (where ended and k2)::int as k2, count(*) filter (where ended and k2 and loss)::int as a2,
           count(*) filter (where ended and k3)::int as k3, count(*) filter (where ended and k3 and loss)::int as a3,
           count(*) filter (where ended and k4)::int as k4, count(*) filter (where ended and k4 and parts)::int as a4
      from judged group by expert_id order by expert_id`);
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
