import type { Executor } from '@mse/db';
import { sql } from 'drizzle-orm';
import { lockDepartment } from '../closures/close-places.ts';

/**
 * Takes changes of a department's places (publication, closures) one after the other, until the transaction ends.
 * Changes of the calendar and of the start times, which concern all departments, wait for all publications: see lockCalendar().
 */
export async function lockSchedule(executor: Executor, departmentId: string): Promise<void> {
  await executor.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended('calendar', 0))`);
  await lockDepartment(executor, departmentId);
}

/**
 * Takes changes that concern all departments alone: nobody publishes meanwhile. Whoever then changes the places of a
 * department still takes lockDepartment(), for closures know that lock alone.
 */
export async function lockCalendar(executor: Executor): Promise<void> {
  await executor.execute(sql`select pg_advisory_xact_lock(hashtextextended('calendar', 0))`);
}
