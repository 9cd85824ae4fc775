import type { Executor } from '@mse/db';
import { sql } from 'drizzle-orm';
import { fromDrizzle, type JobResult, type JobWithMetadata, PgBoss, type Queue } from 'pg-boss';
import postgres from 'postgres';
import { z } from 'zod';
import type { Settings } from '../env.ts';
import { blot, type Log, logContext } from './log.ts';
import { freshKey } from './random.ts';

/** Kinds of background work and what each carries. Ids only; the facts are read when the work is done. */
const JOB_DATA = {
  'sms.submit': z.strictObject({ messageId: z.uuid() }),
  'intake.recheck': z.strictObject({ intakeMessageId: z.uuid() }),
  'mass-move.run': z.strictObject({ massMoveId: z.uuid() }),
  'examination.prepare': z.strictObject({ caseId: z.uuid() }),
  'start-times.spread': z.strictObject({ spreadId: z.uuid() }),
  'outbound.deliver': z.strictObject({ outboundMessageId: z.uuid() }),
  'results.issue': z.strictObject({ conclusionId: z.uuid() }),
  'register.invite-test': z.strictObject({ applicationId: z.uuid() }),
} as const;

export type JobKinds = { [Kind in keyof typeof JOB_DATA]: z.infer<(typeof JOB_DATA)[Kind]> };
export type JobKind = keyof JobKinds;

export interface EnqueueOptions {
  startAfterSeconds?: number;
  /** Higher goes first; 0 when absent. */
  priority?: number;
}

/** Work that cannot succeed however often it is tried: it goes to the dead letters at once. The reason holds no personal data. */
export class HopelessJob extends Error {
  override name = 'HopelessJob';
}

/** A job that failed for good. */
export interface DeadJob {
  id: string;
  /** Kind of the work, or the name of a queue that is no more. */
  queue: string;
  createdAt: Date;
  attempts: number;
  reason: string;
  /** The id the job carried. */
  subjectId: string | null;
}

/** Jobs live in PostgreSQL and are enqueued in the transaction of the fact they follow. */
export interface Jobs {
  /** Enqueues within `executor`'s transaction. Two jobs of a kind with the same id never wait at once. */
  enqueue<Kind extends JobKind>(
    executor: Executor,
    kind: Kind,
    data: JobKinds[Kind],
    options?: EnqueueOptions,
  ): Promise<void>;
  /** Many jobs of a kind in one statement; see `enqueue`. */
  enqueueAll<Kind extends JobKind>(
    executor: Executor,
    kind: Kind,
    data: readonly JobKinds[Kind][],
  ): Promise<void>;
  /** What became of the jobs that carry these ids: one waits or runs, the last one failed for good, or there is none. */
  fates(
    executor: Executor,
    kind: JobKind,
    subjectIds: readonly string[],
  ): Promise<Map<string, 'at-work' | 'dead' | 'none'>>;
  /** Failed jobs that wait for a person, newest first. */
  deadJobs(executor: Executor, limit: number): Promise<DeadJob[]>;
  /** Puts one dead job back to work; answers what it carried, or null when it is not among the dead any more. */
  revive(executor: Executor, id: string): Promise<{ queue: string; subjectId: string | null } | null>;
  /** Jobs of each kind that wait or run, and those that failed for good. */
  counts(executor: Executor): Promise<{ name: string; waiting: number; failed: number }[]>;
  /**
   * Does the work of a kind in this process until `stop`. What throws is tried again with growing pauses and ends among
   * the dead letters; work of a process that was killed is taken up by another within seconds.
   */
  work<Kind extends JobKind>(
    kind: Kind,
    handler: (data: JobKinds[Kind]) => Promise<void>,
    options?: { parallel?: number },
  ): Promise<void>;
  stop(): Promise<void>;
}

const SCHEMA = 'jobs';
const DEAD = 'dead';
const DAY_SECONDS = 86_400;

/** A job whose worker says nothing for this long is taken from it; the library allows no less. */
const HEARTBEAT_SECONDS = 10;

const DEAD_QUEUE: Queue = {
  name: DEAD,
  policy: 'standard',
  retentionSeconds: 365 * DAY_SECONDS,
  deleteAfterSeconds: 7 * DAY_SECONDS,
};

function queueOf(kind: JobKind): Queue {
  return {
    name: kind,
    // One waiting job per key; a running one may enqueue its successor.
    policy: 'short',
    retryLimit: 4,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 180,
    retentionSeconds: 14 * DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: DEAD,
    notify: true,
  };
}

/**
 * Makes the schema of the jobs and their queues, and lets `appRole` work in it. `url` belongs to the migrator, who owns
 * the tables. Safe to run again and from several processes at once.
 */
export async function prepareJobs(url: string, appRole: string): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    // One migrator at a time: creating a queue and granting rights do not wait for each other by themselves.
    await owner`select pg_advisory_lock(hashtext('saraptama:jobs'))`;
    const boss = new PgBoss({
      connectionString: url,
      schema: SCHEMA,
      max: 2,
      supervise: false,
      schedule: false,
    });
    // Errors are thrown by the calls below as well; without a listener an event would end the process.
    boss.on('error', () => undefined);
    try {
      await boss.start();
      for (const queue of [DEAD_QUEUE, ...kinds().map(queueOf)]) {
        const { name, policy, ...changeable } = queue;
        if (await boss.getQueue(name)) await boss.updateQueue(name, changeable);
        else await boss.createQueue(name, { ...changeable, ...(policy ? { policy } : {}) });
      }
    } finally {
      await boss.stop({ graceful: false });
    }
    await owner`grant usage on schema ${owner(SCHEMA)} to ${owner(appRole)}`;
    await owner`grant select, insert, update, delete on all tables in schema ${owner(SCHEMA)} to ${owner(appRole)}`;
    await owner`grant usage, select on all sequences in schema ${owner(SCHEMA)} to ${owner(appRole)}`;
    await owner`grant execute on all functions in schema ${owner(SCHEMA)} to ${owner(appRole)}`;
  } finally {
    await owner.end({ timeout: 5 });
  }
}

/**
 * Opens the jobs for one process. Until `work` is called it only enqueues: no timers, no listening, two connections.
 * `prepareJobs` must have run against this database.
 */
export async function startJobs(settings: Settings, log: Log): Promise<Jobs> {
  const sender = openBoss(settings, log, { max: 2, supervise: false });
  await sender.start();
  let worker: Promise<PgBoss> | null = null;
  const startWorker = () => {
    worker ??= openBoss(settings, log, {
      max: 4,
      supervise: true,
      superviseIntervalSeconds: 2,
      monitorIntervalSeconds: 2,
      useListenNotify: true,
    }).start();
    return worker;
  };

  return {
    async enqueue(executor, kind, data, options = {}) {
      await sender.send(kind, data, {
        db: databaseOf(executor),
        singletonKey: subjectOf(data) ?? freshKey(),
        ...(options.startAfterSeconds ? { startAfter: options.startAfterSeconds } : {}),
        ...(options.priority ? { priority: options.priority } : {}),
      });
    },

    async enqueueAll(executor, kind, data) {
      if (data.length === 0) return;
      await sender.insert(
        kind,
        data.map((each) => ({ data: each, singletonKey: subjectOf(each) ?? freshKey() })),
        { db: databaseOf(executor) },
      );
    },

    async fates(executor, kind, subjectIds) {
      const fates = new Map<string, 'at-work' | 'dead' | 'none'>(subjectIds.map((id) => [id, 'none']));
      if (subjectIds.length === 0) return fates;
      const rows = await executor.execute<{ subject: string; at_work: boolean }>(sql`
        select singleton_key as subject, bool_or(name = ${kind}) as at_work
          from jobs.job
         where singleton_key in ${[...subjectIds]}
           and ((name = ${kind} and state in ('created', 'retry', 'active')) or (name = ${DEAD} and source_name = ${kind} and state = 'created'))
         group by singleton_key`);
      for (const row of rows) fates.set(row.subject, row.at_work ? 'at-work' : 'dead');
      return fates;
    },

    async deadJobs(executor, limit) {
      const rows = await executor.execute<{
        id: string;
        queue: string;
        created_at: string;
        attempts: number;
        reason: string | null;
        data: unknown;
      }>(sql`
        select id, coalesce(source_name, name) as queue, created_on as created_at, coalesce(source_retry_count, 0) + 1 as attempts,
               coalesce(source_output ->> 'message', source_output -> 'value' ->> 'message') as reason, data
          from jobs.job where name = ${DEAD} and state = 'created' order by created_on desc, id limit ${limit}`);
      return rows.map((row) => ({
        id: row.id,
        queue: row.queue,
        createdAt: new Date(row.created_at),
        attempts: row.attempts,
        reason: blot(row.reason ?? 'unknown').slice(0, 300),
        subjectId: subjectOf(row.data),
      }));
    },

    async revive(executor, id) {
      const [row] = await executor.execute<{ queue: string; data: unknown }>(sql`
        select source_name as queue, data from jobs.job
         where name = ${DEAD} and state = 'created' and id::text = ${id} and source_name is not null for update`);
      if (!row) return null;
      const moved = await sender.redrive(DEAD, { ids: [id], db: databaseOf(executor) });
      return moved > 0 ? { queue: row.queue, subjectId: subjectOf(row.data) } : null;
    },

    async counts(executor) {
      const rows = await executor.execute<{ name: string; waiting: number; failed: number }>(sql`
        select kind as name,
               count(*) filter (where name = kind and state in ('created', 'retry', 'active'))::int as waiting,
               count(*) filter (where name = ${DEAD} and state = 'created')::int as failed
          from (select name, state, case when name = ${DEAD} then coalesce(source_name, name) else name end as kind from jobs.job) as job
         group by kind`);
      const counted = new Map(rows.map((row) => [row.name, row]));
      for (const kind of kinds())
        if (!counted.has(kind)) counted.set(kind, { name: kind, waiting: 0, failed: 0 });
      return [...counted.values()].sort((left, right) => left.name.localeCompare(right.name));
    },

    async work(kind, handler, options = {}) {
      const boss = await startWorker();
      await boss.work(
        kind,
        {
          perJobResults: true,
          includeMetadata: true,
          batchSize: options.parallel ?? 10,
          burstWhenBatchFull: true,
          pollingIntervalSeconds: 0.5,
          // With notifications on, retries and postponed jobs are seen by this poll alone.
          notifyPollingIntervalSeconds: 1,
          heartbeatRefreshSeconds: 3,
        },
        (jobs: JobWithMetadata<object>[]) => Promise.all(jobs.map((job) => settle(log, kind, job, handler))),
      );
    },

    async stop() {
      const working = worker ? await worker.catch(() => null) : null;
      await working?.stop({ graceful: true, timeout: 5000 });
      await sender.stop({ graceful: false });
    },
  };
}

function openBoss(
  settings: Settings,
  log: Log,
  options: {
    max: number;
    supervise: boolean;
    superviseIntervalSeconds?: number;
    monitorIntervalSeconds?: number;
    useListenNotify?: boolean;
  },
): PgBoss {
  const boss = new PgBoss({
    connectionString: settings.DATABASE_URL,
    // The same role as everything else: it owns nothing, so the library must not try to change tables.
    options: '-c role=saraptama_app',
    application_name: 'saraptama-jobs',
    schema: SCHEMA,
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    ...options,
  });
  boss.on('error', (error: Error) => log.error({ err: error }, 'jobs: error'));
  boss.on('warning', (warning: { message?: string }) =>
    log.warn(blot(`jobs: ${warning.message ?? 'warning'}`)),
  );
  return boss;
}

/** Does one job and says how it ended; never throws, so one bad job does not fail its batch. */
async function settle<Kind extends JobKind>(
  log: Log,
  kind: Kind,
  job: JobWithMetadata<object>,
  handler: (data: JobKinds[Kind]) => Promise<void>,
): Promise<JobResult> {
  return logContext.run({ requestId: job.id }, async () => {
    const data = JOB_DATA[kind].safeParse(job.data);
    if (!data.success) {
      log.error({ queue: kind }, 'job carries something else than its kind does');
      return { id: job.id, status: 'deadletter', output: { message: 'unreadable-data' } };
    }
    try {
      await handler(data.data as JobKinds[Kind]);
      return { id: job.id, status: 'completed' };
    } catch (error) {
      const message = blot(error instanceof Error ? error.message : String(error)).slice(0, 300);
      log.error({ err: error, queue: kind, attempt: job.retryCount + 1 }, 'job failed');
      return {
        id: job.id,
        status: error instanceof HopelessJob ? 'deadletter' : 'failed',
        output: { message },
      };
    }
  });
}

function databaseOf(executor: Executor) {
  return fromDrizzle(executor, sql);
}

function kinds(): JobKind[] {
  return Object.keys(JOB_DATA) as JobKind[];
}

/** The one id a job carries. */
function subjectOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return null;
  const [value] = Object.values(data);
  return typeof value === 'string' ? value : null;
}
