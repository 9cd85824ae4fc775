import type { PublishScheduleInput, PublishScheduleOutput } from '@mse/contracts/schedule';
import type { Transaction } from '@mse/db';
import { receptionSchedules } from '@mse/db/schema';
import { cutPeriods, decideSchedule, samePeriods, type SchedulePeriod } from '@mse/domain/schedule';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { alignPlaces, isNothing, NO_TOTALS, totalsOf } from './align-places.ts';
import { lockSchedule } from './lock-schedule.ts';
import { changeablePart, differenceOf, fingerprint, loadYear, type YearFacts } from './year-of-department.ts';

/**
 * EQ-03, EQ-04: publishes the own department's schedule of a year: the rows in force, and its places in line with them, in one
 * transaction. Refuses what decideSchedule() refuses, and what was previewed from another state than the present one. Saying the
 * same twice, also at the same time, has one effect.
 */
export async function publishSchedule(
  call: CallContext,
  input: z.output<typeof PublishScheduleInput>,
): Promise<z.input<typeof PublishScheduleOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const today = toBusinessDate(at);
  const decision = decideSchedule(input.periods, input.year, today);
  if (!decision.ok) return { ok: false, refusal: decision.refusal.reason, period: decision.refusal.period };
  const periods = decision.value;

  return deps.db.transaction(async (tx) => {
    await lockSchedule(tx, department.id);
    const facts = await loadYear(tx, department.id, input.year, today);
    const before = changeablePart(facts);
    const same = samePeriods(periods, before);
    if (same && isNothing(totalsOf(differenceOf(facts, periods).difference)))
      return { ok: true as const, changed: false, totals: NO_TOTALS };
    if (input.seen !== fingerprint(facts))
      return { ok: false as const, refusal: 'changed-meanwhile' as const };

    if (!same) await replaceSchedules(call, tx, department.id, facts, periods, caller.personId);
    const totals = await alignPlaces(deps, tx, department.id, facts.first ?? facts.last, facts.last, at);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('schedule.publish', caller),
      action: 'schedule.publish',
      outcome: 'done',
      personId: null,
      subject: `schedule:${department.id}:${input.year}`,
      requestId: call.requestId,
      detail: { before, after: periods, ...totals },
    });
    return { ok: true as const, changed: true, totals };
  });
}

/** Rows are never rewritten: those in force are closed as history, and what they said outside the new periods goes on in rows of its own. */
async function replaceSchedules(
  call: CallContext,
  tx: Transaction,
  departmentId: string,
  facts: YearFacts,
  periods: readonly SchedulePeriod[],
  publishedBy: string,
): Promise<void> {
  const { at, deps } = call;
  const first = facts.first ?? facts.last;
  const touched = facts.rows.filter((row) => row.until >= first);
  const rows: (typeof receptionSchedules.$inferInsert)[] = periods.map((period) => ({
    id: deps.random.id(at),
    departmentId,
    ...period,
    publishedAt: at,
    publishedBy,
  }));
  for (const row of touched) {
    const { publishedAt } = row;
    const rest = [
      ...cutPeriods([row], row.from, addDays(first, -1)),
      ...cutPeriods([row], addDays(facts.last, 1), row.until),
    ].filter((part) => part.from <= part.until);
    for (const part of rest)
      rows.push({ id: deps.random.id(at), departmentId, ...part, publishedAt, publishedBy: row.publishedBy });
  }
  if (touched.length > 0)
    await tx
      .update(receptionSchedules)
      .set({ replacedAt: at })
      .where(
        inArray(
          receptionSchedules.id,
          touched.map((row) => row.id),
        ),
      );
  await tx.insert(receptionSchedules).values(rows);
}
