import type { Executor } from '@mse/db';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Settings } from '../env.ts';
import type { Log } from './log.ts';

/** The department's day that changed; null after the line was down, when anything may have changed. */
export type DeskListener = (day: PlainDate | null) => void;

/** Live updates across processes: a change of a department's day reaches every open event stream of that department. */
export interface LiveUpdates {
  /** Tells, when `executor` commits, that a department's day changed. For days that desks look at: it costs a booking half its speed. */
  deskChanged(executor: Executor, departmentId: string, day: PlainDate): Promise<void>;
  /** Calls back on every change of a department; answers the function that ends it. */
  onDeskChange(departmentId: string, listener: DeskListener): () => void;
  /** False while the line to the database is down; streams say so to the clerk. */
  connected(): boolean;
  close(): Promise<void>;
}

/** One channel for all departments; the payload is `<department id>:<day>`. `book_place` and the sweep of the late speak on it too. */
const CHANNEL = 'desk';
const HEARTBEAT_MS = 10_000;
const ANSWER_MS = 5000;
const RETRY_MS = [100, 300, 1000, 2000];

/**
 * Listens on a connection of its own. A line that breaks or falls silent is replaced by a new one; then every listener is called
 * once with null, because notices given meanwhile are lost. Needs a session of PostgreSQL itself: LISTEN does not pass through
 * PgBouncer's transaction mode.
 */
export async function startLiveUpdates(
  settings: Pick<Settings, 'DATABASE_URL'>,
  log: Log,
): Promise<LiveUpdates> {
  const listeners = new Map<string, Set<DeskListener>>();
  let line: postgres.Sql | undefined;
  let up = false;
  let closed = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;

  const call = (of: Iterable<DeskListener>, day: PlainDate | null) => {
    for (const listener of of) {
      try {
        listener(day);
      } catch (error) {
        log.error({ err: error }, 'a live listener failed');
      }
    }
  };
  const hear = (channel: string, payload: string) => {
    if (channel !== CHANNEL) return;
    const [departmentId = '', day = ''] = payload.split(':');
    call(listeners.get(departmentId) ?? [], day as PlainDate);
  };

  const lost = (which: postgres.Sql | undefined) => {
    if (closed || which !== line) return;
    if (up) log.warn('line for live updates lost');
    up = false;
    line = undefined;
    void which?.end({ timeout: 0 }).catch(() => undefined);
    const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    failures += 1;
    retry = setTimeout(() => void open(), pause);
  };

  async function open(): Promise<void> {
    // `onnotify` is what sql.listen() itself uses; sql.listen() would hide the loss of its connection and give up when the
    // database is away at the moment it listens again.
    const options = {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 5,
      fetch_types: false,
      onnotice: () => undefined,
      connection: { application_name: 'saraptama-live' },
      onnotify: hear,
      onclose: () => lost(mine),
    };
    const mine: postgres.Sql = postgres(settings.DATABASE_URL, options);
    line = mine;
    try {
      await mine.unsafe(`listen ${CHANNEL}`);
    } catch (error) {
      if (failures === 0) log.warn({ err: error }, 'line for live updates cannot be opened; trying again');
      lost(mine);
      return;
    }
    if (line !== mine) return;
    const again = failures > 0;
    up = true;
    failures = 0;
    if (again) log.info('line for live updates is back');
    for (const of of listeners.values()) call(of, null);
  }

  const heartbeat = setInterval(() => {
    const asked = line;
    if (!up || !asked) return;
    const silence = setTimeout(() => lost(asked), ANSWER_MS);
    silence.unref();
    asked.unsafe('select 1').then(
      () => clearTimeout(silence),
      () => {
        clearTimeout(silence);
        lost(asked);
      },
    );
  }, HEARTBEAT_MS);
  heartbeat.unref();

  await open();
  return {
    async deskChanged(executor, departmentId, day) {
      await executor.execute(sql`select pg_notify(${CHANNEL}, ${`${departmentId}:${day}`})`);
    },
    onDeskChange(departmentId, listener) {
      const of = listeners.get(departmentId) ?? new Set();
      listeners.set(departmentId, of);
      of.add(listener);
      return () => {
        of.delete(listener);
        if (of.size === 0 && listeners.get(departmentId) === of) listeners.delete(departmentId);
      };
    },
    connected: () => up,
    async close() {
      closed = true;
      up = false;
      clearInterval(heartbeat);
      clearTimeout(retry);
      await line?.end({ timeout: 1 });
    },
  };
}
