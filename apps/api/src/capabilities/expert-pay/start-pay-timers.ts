import { assessments } from '@mse/db/schema';
import { policyOn } from '@mse/domain/policies';
import { addDays, plainDate, toBusinessDate } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { blot } from '../../platform/log.ts';
import { assessMonth, assessYears } from './assess-month.ts';
import { previousMonth } from './list-month.ts';

const PAUSE_MS = 60_000;
const TIMER = { actor: 'system:assessment', actorRole: 'system', requestId: null };

/**
 * AS-01: on the day the policy names, the assessments of the month before are made, once; the Committee can make them anew. AS-07: those
 * of the year before, with the assessments of its December, a month later, when its months had time to be signed.
 */
export async function assessWhenDue(deps: Deps, at: Date): Promise<void> {
  const today = toBusinessDate(at);
  const month = previousMonth(today);
  const { assessmentBy } = policyOn(deps.reference.policies(), 'assessment.days', month);
  const dueOn = addDays(plainDate(`${today.slice(0, 7)}-01`), assessmentBy - 1);
  if (today < dueOn) return;
  const done = (period: 'month' | 'year', from: string) =>
    deps.db.$count(assessments, and(eq(assessments.period, period), eq(assessments.from, plainDate(from))));
  if ((await done('month', month)) === 0) await assessMonth(deps, month, TIMER, at);
  const year = `${Number(today.slice(0, 4)) - 1}-01-01`;
  if (today.slice(5, 7) === '02' && (await done('year', year)) === 0)
    await assessYears(deps, plainDate(year), TIMER, at);
}

/** Looks every minute whether assessments are due; many workers may. */
export function startPayTimers(deps: Deps): { stop(): Promise<void> } {
  let working: Promise<void> = Promise.resolve();
  const tick = () => {
    working = assessWhenDue(deps, deps.clock.now()).catch((error: unknown) => {
      deps.log.error({ err: error }, blot('assessments could not be made; trying again'));
    });
  };
  const timer = setInterval(tick, PAUSE_MS);
  timer.unref();
  tick();
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
