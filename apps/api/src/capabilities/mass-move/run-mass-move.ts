import type { Executor } from '@mse/db';
import { massMoveItems, massMoves } from '@mse/db/schema';
import { hasToBeCalled } from '@mse/domain/mass-move';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { moveItem } from './move-item.ts';

/** Bookings one job moves before it hands the rest to the next job: far less work than a job may last. */
const BOOKINGS_PER_JOB = 50;

/**
 * The job `mass-move.run`: moves the bookings of a mass move one after the other, in the order of booking. Each is a transaction of
 * its own, so a killed worker loses nothing and repeats nothing; several workers at once take turns, and the order holds.
 * A booking that cannot be moved because of a fault is noted as failed and the rest go on; without the database the job
 * fails and is tried again. Answers whether work is left; then the next job has been enqueued.
 */
export async function runMassMove(
  deps: Deps,
  massMoveId: string,
  limit = BOOKINGS_PER_JOB,
): Promise<boolean> {
  for (let done = 0; done < limit; done += 1) if (!(await moveNext(deps, massMoveId))) return false;
  await deps.jobs.enqueue(deps.db, 'mass-move.run', { massMoveId });
  return true;
}

/** Moves the next booking in turn; false when none was left, and then the mass move is done. */
async function moveNext(deps: Deps, massMoveId: string): Promise<boolean> {
  let underway: string | null = null;
  try {
    return await deps.db.transaction(async (tx) => {
      await takeTurn(tx, massMoveId);
      const at = deps.clock.now();
      const [item] = await tx
        .select()
        .from(massMoveItems)
        .where(and(eq(massMoveItems.massMoveId, massMoveId), eq(massMoveItems.state, 'pending')))
        .orderBy(asc(massMoveItems.turn))
        .limit(1);
      if (!item) {
        await tx
          .update(massMoves)
          .set({ state: 'done', finishedAt: at })
          .where(and(eq(massMoves.id, massMoveId), eq(massMoves.state, 'running')));
        return false;
      }
      underway = item.id;
      await moveItem(deps, tx, item, at);
      return true;
    });
  } catch (error) {
    const fault = faultOf(error);
    if (underway === null || fault === null) throw error;
    deps.log.error({ err: error, moveItem: underway }, 'a booking could not be moved');
    await noteFailure(deps, massMoveId, underway, fault);
    return true;
  }
}

/** Only one worker at a time moves bookings of this mass move, until its transaction ends. */
export async function takeTurn(tx: Executor, massMoveId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`mass-move:${massMoveId}`}, 0))`);
}

async function noteFailure(deps: Deps, massMoveId: string, itemId: string, failure: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await takeTurn(tx, massMoveId);
    await tx
      .update(massMoveItems)
      .set({ state: 'failed', failure, toCall: hasToBeCalled('failed', true), stateAt: deps.clock.now() })
      .where(and(eq(massMoveItems.id, itemId), eq(massMoveItems.state, 'pending')));
  });
}

/** Classes of SQLSTATE that say something of this one booking; all others (no connection, shutdown, deadlock) pass by themselves. */
const FAULT_CLASSES = new Set(['22', '23', '42', 'P0']);

/**
 * What is wrong with one booking, in a word without personal data; null when the trouble is the database's and the same work
 * will succeed later.
 */
function faultOf(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
    if (code !== null) return FAULT_CLASSES.has(code.slice(0, 2)) ? `sql-${code}` : null;
  }
  return 'unexpected';
}
