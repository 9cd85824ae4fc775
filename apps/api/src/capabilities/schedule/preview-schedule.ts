import type { SchedulePreviewInput, SchedulePreviewOutput } from '@mse/contracts/schedule';
import { bookings } from '@mse/db/schema';
import { HOLDING_STATES } from '@mse/domain/queue';
import {
  decideSchedule,
  monthsOfSchedule,
  samePeriods,
  type ScheduleDifference,
  type SchedulePeriod,
  workingDaysWithin,
} from '@mse/domain/schedule';
import { eachDay, type PlainDate, toBusinessDate, weekday } from '@mse/domain/shared';
import { and, asc, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { isNothing, totalsOf } from './align-places.ts';
import {
  changeablePart,
  coverage,
  differenceOf,
  fingerprint,
  loadYear,
  startTimesOfYear,
  type YearFacts,
} from './year-of-department.ts';

type Output = z.input<typeof SchedulePreviewOutput>;
type Preview = Extract<Output, { ok: true }>;

/** Bookings in the way that a preview names; their number is always told in full. */
const NAMED = 200;

/** K07: what a publication of these periods would change. Changes nothing. Refuses what decideSchedule() refuses. */
export async function previewSchedule(
  call: CallContext,
  input: z.output<typeof SchedulePreviewInput>,
): Promise<Output> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const today = toBusinessDate(at);
  call.seen(null, `schedule:${department.id}:${input.year}`);
  const decision = decideSchedule(input.periods, input.year, today);
  if (!decision.ok) return { ok: false, refusal: decision.refusal.reason, period: decision.refusal.period };
  const periods = decision.value;
  const facts = await loadYear(deps.db, department.id, input.year, today);
  const { wanted, isClosed, difference } = differenceOf(facts, periods);
  const totals = totalsOf(difference);
  return {
    ok: true,
    year: input.year,
    first: facts.first ?? facts.last,
    last: facts.last,
    periods,
    seen: fingerprint(facts),
    changed: !samePeriods(periods, changeablePart(facts)) || !isNothing(totals),
    totals,
    months: monthsOfSchedule(wanted, facts.known, isClosed),
    inTheWay: await bookingsInTheWay(call, difference),
    takenOut: takenOut(facts, periods),
    uncovered: coverage(facts, periods).uncovered,
    startTimes: startTimesOfYear(facts),
    calendarDays: facts.facts.days.length,
  };
}

async function bookingsInTheWay(
  call: CallContext,
  { kept }: ScheduleDifference,
): Promise<Preview['inTheWay']> {
  if (kept.length === 0) return [];
  return call.deps.db
    .select({ day: bookings.day, startsAt: bookings.startsAt, ticketNo: bookings.ticketNo })
    .from(bookings)
    .where(
      and(
        inArray(
          bookings.placeId,
          kept.slice(0, NAMED).map((place) => place.id),
        ),
        inArray(bookings.state, [...HOLDING_STATES]),
      ),
    )
    .orderBy(asc(bookings.startsInstant), asc(bookings.ticketNo));
}

/** EQ-02, EQ-03: the days inside the periods on which nobody is received, and why. */
function takenOut(year: YearFacts, periods: readonly SchedulePeriod[]): Preview['takenOut'] {
  const { calendar, days, closures } = year.facts;
  const within = (day: PlainDate) => periods.some((period) => period.from <= day && day <= period.until);
  const all = periods.flatMap((period) => eachDay(period.from, period.until));
  const working = new Set(
    periods.flatMap((period) => workingDaysWithin(calendar, period.from, period.until)),
  );
  return {
    weekends: all.filter((day) => weekday(day) > 5 && !working.has(day) && !calendar.exceptionOn(day)).length,
    days: days.filter((day) => within(day.date)),
    closures: closures.flatMap((closure) => {
      if (closure.kind !== 'trip' && closure.kind !== 'closed') return [];
      const lost = [...working].filter((day) => closure.from <= day && day <= closure.until).length;
      const { from, until, kind, reason } = closure;
      return lost > 0 ? [{ from, until, kind, reason, days: lost }] : [];
    }),
  };
}
