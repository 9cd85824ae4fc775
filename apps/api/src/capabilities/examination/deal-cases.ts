import type { Executor } from '@mse/db';
import { cases } from '@mse/db/schema';
import { panelsOn } from '@mse/domain/dealing';
import { termOf } from '@mse/domain/deadlines';
import { policyOn } from '@mse/domain/policies';
import { plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import { inArray, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { tellStage } from './tell-stage.ts';

/** What one run of the dealing did. */
export interface Dealt {
  dealingId: string;
  /** Cases looked at. */
  seen: number;
  caseIds: string[];
  /** Seats given. */
  parts: number;
}

/** Most cases of one run: what a transaction holds. */
const MOST_AT_ONCE = 10_000;

/**
 * PX-10 to PX-17, SN-05: deals waiting cases in the order of their arrival, or, with `only`, the vacant seats of cases that are being
 * decided. One statement; see `deal_cases` of migration 40 and `explainDealing` of the domain.
 */
export async function dealCases(
  deps: Deps,
  tx: Executor,
  at: Date,
  options: { limit?: number; only?: readonly string[] } = {},
): Promise<Dealt> {
  const today = toBusinessDate(at);
  const policies = deps.reference.policies();
  const calendar = deps.reference.calendar();
  const due = {
    ordinary: termOf(policies, calendar, 'ordinary', at),
    special: termOf(policies, calendar, 'special', at),
    redistributed: termOf(policies, calendar, 'redistributed', at),
  };
  const dealingId = deps.random.id(at);
  const only = options.only ? sql`${sql.param(`{${options.only.join(',')}}`)}::uuid[]` : sql`null::uuid[]`;
  const [row] = await tx.execute<{ seen: number; dealt: string[]; parts: number }>(sql`
    select seen, dealt, parts from deal_cases(${dealingId}::uuid, ${at.toISOString()}::timestamptz, ${today}::date,
      ${toInstant(today, plainTime('00:00')).toISOString()}::timestamptz, ${1 + deps.random.below(2_147_483_646)}::bigint,
      ${JSON.stringify(panelsOn(policies, today))}::jsonb, ${policyOn(policies, 'dealing.daily-cap', today)}::integer,
      ${JSON.stringify(due)}::jsonb, ${options.limit ?? MOST_AT_ONCE}::integer, ${only})`);
  if (!row) throw new Error('The dealing answered nothing');
  if (!options.only && row.dealt.length > 0) await tellDealt(deps, tx, row.dealt, at);
  return { dealingId, seen: row.seen, caseIds: row.dealt, parts: row.parts };
}

/** PX-51: the stage of the cases dealt, a thousand at a time. */
async function tellDealt(deps: Deps, tx: Executor, caseIds: readonly string[], at: Date): Promise<void> {
  for (let from = 0; from < caseIds.length; from += 1000) {
    const rows = await tx
      .select({ caseId: cases.id, formId: cases.formId, personId: cases.personId })
      .from(cases)
      .where(inArray(cases.id, caseIds.slice(from, from + 1000)));
    await tellStage(
      deps,
      tx,
      rows.map((each) => ({ ...each, stage: 'examined' as const })),
      at,
    );
  }
}

/** Deals everything that can be dealt now; answers how many cases. Several workers may do it at once. */
export async function dealWaiting(deps: Deps, at: Date, limit = MOST_AT_ONCE): Promise<number> {
  const dealt = await deps.db.transaction((tx) => dealCases(deps, tx, at, { limit }));
  return dealt.caseIds.length;
}
