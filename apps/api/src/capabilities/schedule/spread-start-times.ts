import type { Executor } from '@mse/db';
import { receptionSchedules, startTimesSpreadItems, startTimesSpreads } from '@mse/db/schema';
import type { PlainDate } from '@mse/domain/shared';
import { and, asc, desc, eq, gte, isNull, max } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { alignPlaces, NO_TOTALS } from './align-places.ts';
import { lockSchedule } from './lock-schedule.ts';

/** Departments one job serves before it hands the rest to the next: far less work than a job may last. */
const DEPARTMENTS_PER_JOB = 20;
const SWEEP_EVERY_MS = 15_000;

/** Departments whose schedules in force reach a day or beyond, in a fixed order, each with its last scheduled day. */
export function scheduledBeyond(executor: Executor, day: PlainDate, departmentId?: string) {
  return executor
    .select({ departmentId: receptionSchedules.departmentId, last: max(receptionSchedules.until) })
    .from(receptionSchedules)
    .where(
      and(
        isNull(receptionSchedules.replacedAt),
        gte(receptionSchedules.until, day),
        departmentId === undefined ? undefined : eq(receptionSchedules.departmentId, departmentId),
      ),
    )
    .groupBy(receptionSchedules.departmentId)
    .orderBy(receptionSchedules.departmentId);
}

/** Writes down, in the transaction of new start times, which departments they concern, and the job that brings their places in line. */
export async function startSpread(
  deps: Pick<Deps, 'random' | 'jobs'>,
  tx: Executor,
  { validFrom, startedBy, at }: { validFrom: PlainDate; startedBy: string; at: Date },
): Promise<number> {
  const concerned = await scheduledBeyond(tx, validFrom);
  const id = deps.random.id(at);
  await tx.insert(startTimesSpreads).values({
    id,
    validFrom,
    startedBy,
    startedAt: at,
    finishedAt: concerned.length === 0 ? at : null,
  });
  if (concerned.length === 0) return 0;
  await tx
    .insert(startTimesSpreadItems)
    .values(concerned.map(({ departmentId }) => ({ spreadId: id, departmentId })));
  await deps.jobs.enqueue(tx, 'start-times.spread', { spreadId: id });
  return concerned.length;
}

/**
 * The job `start-times.spread`, EQ-02: brings the places of one department after the other in line with the start times. Each is a
 * transaction of its own in which alignPlaces() looks at everything anew, so a killed worker loses nothing, and twice is like once; until
 * its turn a department goes on with the old times, and whoever books one keeps it. Answers whether work is left; then the next job has
 * been enqueued.
 */
export async function spreadStartTimes(
  deps: Deps,
  spreadId: string,
  limit = DEPARTMENTS_PER_JOB,
): Promise<boolean> {
  for (let done = 0; done < limit; done += 1) if (!(await alignNext(deps, spreadId))) return false;
  await deps.jobs.enqueue(deps.db, 'start-times.spread', { spreadId });
  return true;
}

/** One department; false when none was left, and then the spread is over. */
async function alignNext(deps: Deps, spreadId: string): Promise<boolean> {
  const at = deps.clock.now();
  const [spread] = await deps.db.select().from(startTimesSpreads).where(eq(startTimesSpreads.id, spreadId));
  if (!spread || spread.finishedAt) return false;
  const [next] = await deps.db
    .select()
    .from(startTimesSpreadItems)
    .where(and(eq(startTimesSpreadItems.spreadId, spreadId), isNull(startTimesSpreadItems.doneAt)))
    .orderBy(asc(startTimesSpreadItems.departmentId))
    .limit(1);
  if (!next) {
    await deps.db
      .update(startTimesSpreads)
      .set({ finishedAt: at })
      .where(and(eq(startTimesSpreads.id, spreadId), isNull(startTimesSpreads.finishedAt)));
    return false;
  }
  const { departmentId } = next;
  const isThis = and(
    eq(startTimesSpreadItems.spreadId, spreadId),
    eq(startTimesSpreadItems.departmentId, departmentId),
    isNull(startTimesSpreadItems.doneAt),
  );
  await deps.db.transaction(async (tx) => {
    await lockSchedule(tx, departmentId);
    // Another worker may have been here while this one waited.
    const [open] = await tx
      .select({ id: startTimesSpreadItems.departmentId })
      .from(startTimesSpreadItems)
      .where(isThis);
    if (!open) return;
    const [own] = await scheduledBeyond(tx, spread.validFrom, departmentId);
    const totals = own?.last
      ? await alignPlaces(deps, tx, departmentId, spread.validFrom, own.last, at)
      : NO_TOTALS;
    await tx
      .update(startTimesSpreadItems)
      .set({ ...totals, doneAt: at })
      .where(isThis);
  });
  return true;
}

/** How far the newest spread of each day has come. */
export async function spreadsOf(executor: Executor) {
  const spreads = await executor
    .selectDistinctOn([startTimesSpreads.validFrom])
    .from(startTimesSpreads)
    .orderBy(startTimesSpreads.validFrom, desc(startTimesSpreads.startedAt));
  const items = await executor.select().from(startTimesSpreadItems);
  return new Map(
    spreads.map((spread) => {
      const own = items.filter((item) => item.spreadId === spread.id);
      const sum = (name: 'added' | 'reopened' | 'withdrawn' | 'kept') =>
        own.reduce((total, item) => total + item[name], 0);
      return [
        spread.validFrom,
        {
          departments: own.length,
          done: own.filter((item) => item.doneAt).length,
          finished: spread.finishedAt !== null,
          totals: {
            added: sum('added'),
            reopened: sum('reopened'),
            withdrawn: sum('withdrawn'),
            kept: sum('kept'),
          },
        },
      ] as const;
    }),
  );
}

/** The worker's part: the job itself, and a look for spreads that nobody works on. */
export async function startSpreadJobs(
  deps: Deps,
  options: { sweepEveryMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  await deps.jobs.work('start-times.spread', async ({ spreadId }) => {
    await spreadStartTimes(deps, spreadId);
  });

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  async function sweep(): Promise<void> {
    const running = await deps.db
      .select({ id: startTimesSpreads.id })
      .from(startTimesSpreads)
      .where(isNull(startTimesSpreads.finishedAt));
    const ids = running.map((row) => row.id);
    const fates = await deps.jobs.fates(deps.db, 'start-times.spread', ids);
    // One whose job failed for good waits for a person among the dead letters.
    for (const spreadId of ids)
      if (fates.get(spreadId) === 'none')
        await deps.jobs.enqueue(deps.db, 'start-times.spread', { spreadId });
  }
  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    round = sweep()
      .catch((error: unknown) => deps.log.error({ err: error }, 'start times: sweep failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(next, options.sweepEveryMs ?? SWEEP_EVERY_MS);
      });
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
