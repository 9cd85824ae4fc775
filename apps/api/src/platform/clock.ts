import { demoClock } from '@mse/db/schema';
import type { Database } from '@mse/db';
import { eq } from 'drizzle-orm';

/** The one source of "now". Rules never ask for it; they are handed the answer. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export function wallClock(): Clock {
  return { now: () => new Date() };
}

/** Demo mode: the machine's clock plus an offset that all processes read from the database. */
export interface DemoClock extends Clock {
  /** Milliseconds ahead of the machine's clock. */
  offset(): number;
  /** Moves the service's time forward by whole minutes; it never goes back, because decisions were made. */
  forward(minutes: number): Promise<Date>;
  stop(): void;
}

/** Reads the offset now and then every second, so that every process follows within a second. */
export async function startDemoClock(db: Database): Promise<DemoClock> {
  let offsetMs = 0;
  const read = async () => {
    const [row] = await db.select().from(demoClock).where(eq(demoClock.id, 1));
    offsetMs = row?.offsetMs ?? 0;
  };
  await read();
  const timer = setInterval(() => void read().catch(() => undefined), 1000);
  timer.unref();
  const now = () => new Date(Date.now() + offsetMs);
  return {
    now,
    offset: () => offsetMs,
    async forward(minutes) {
      const add = Math.max(0, Math.trunc(minutes)) * 60_000;
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(demoClock).where(eq(demoClock.id, 1)).for('update');
        offsetMs = (row?.offsetMs ?? 0) + add;
        await tx
          .insert(demoClock)
          .values({ id: 1, offsetMs })
          .onConflictDoUpdate({ target: demoClock.id, set: { offsetMs } });
      });
      return now();
    },
    stop: () => clearInterval(timer),
  };
}
