import type { Database } from '@mse/db';
import { countingAt, warnedUntil } from '@mse/domain/deadlines';
import { policyOn } from '@mse/domain/policies';
import { addMinutes, toBusinessDate } from '@mse/domain/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';

/** Rows of one statement: chunks of this size stay even however many cases there are. */
const CHUNK = 1000;

/** What one look at the terms found. */
export interface TermsKept {
  warned: number;
  overdueParts: number;
  overdueCases: number;
}

/**
 * PX-25: marks the parts of experts whose end is a working day or some hours away, then parts and whole cases whose term has passed, which
 * the Committee sees from then on. By indexes that hold only what is not marked yet, a thousand rows at a time, each marked once whoever
 * else sweeps.
 */
export async function keepTerms(deps: Deps, at: Date): Promise<TermsKept> {
  const day = toBusinessDate(at);
  const policies = deps.reference.policies();
  const warnings = policyOn(policies, 'terms.warnings', day);
  const now = sql`${at.toISOString()}::timestamptz`;
  const soon = warnedUntil(warnings, deps.reference.calendar(), countingAt(policies, at).dayEnds, at);
  const verySoon = addMinutes(at, warnings.minutes);
  const warn = (column: SQL, until: Date) =>
    chunks(
      deps.db,
      sql`
      update assignment set ${column} = ${now}
       where id in (select id from assignment
                     where state = 'open' and overdue_at is null and due_at > ${now} and due_at <= ${until.toISOString()}::timestamptz
                       and ${column} is null
                     order by due_at limit ${CHUNK} for update skip locked)
      returning 1`,
    );
  const warned = (await warn(sql`warned_at`, soon)) + (await warn(sql`warned_again_at`, verySoon));
  const overdueParts = await markOverdueParts(deps.db, at);
  const overdueCases = await chunks(
    deps.db,
    sql`
    with late as (
      select id from examination_case where ended_at is null and overdue_at is null and due_at < ${now}
       order by due_at limit ${CHUNK} for update skip locked
    ), marked as (
      update examination_case c set overdue_at = ${now} from late where c.id = late.id returning c.id, c.state
    ), told as (
      insert into case_event (case_id, event, from_state, to_state, at, actor, detail)
      select id, 'overdue', state, state, ${now}, 'system:terms', '{"service": true}'::jsonb from marked
    )
    select 1 from marked`,
  );
  return { warned, overdueParts, overdueCases };
}

/** PX-25: marks the parts of experts whose term has passed, each with its event; answers how many. */
export function markOverdueParts(db: Database, at: Date): Promise<number> {
  const now = sql`${at.toISOString()}::timestamptz`;
  return chunks(
    db,
    sql`
    with late as (
      select id from assignment where state = 'open' and overdue_at is null and due_at < ${now}
       order by due_at limit ${CHUNK} for update skip locked
    ), marked as (
      update assignment a set overdue_at = ${now} from late where a.id = late.id returning a.id, a.case_id
    ), told as (
      insert into case_event (case_id, event, from_state, to_state, at, actor, detail)
      select c.id, 'overdue', c.state, c.state, ${now}, 'system:terms', jsonb_build_object('parts', jsonb_agg(m.id))
        from marked m join examination_case c on c.id = m.case_id group by c.id
    )
    select 1 from marked`,
  );
}

/** Runs a statement until it finds less than a chunk; answers how many rows it touched. */
async function chunks(db: Database, statement: SQL): Promise<number> {
  let total = 0;
  for (;;) {
    const rows = await db.execute(statement);
    total += rows.length;
    if (rows.length < CHUNK) return total;
  }
}
