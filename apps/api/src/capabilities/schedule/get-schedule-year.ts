import type { ScheduleYearInput, ScheduleYearOutput } from '@mse/contracts/schedule';
import { cutPeriods, openYears, scheduleDueOn, scheduleWarning } from '@mse/domain/schedule';
import { type PlainDate, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { loadSchedules } from '../queue/materialise-places.ts';
import { isNothing, totalsOf } from './align-places.ts';
import {
  changeablePart,
  coverage,
  differenceOf,
  loadYear,
  startTimesOfYear,
  yearSpan,
} from './year-of-department.ts';

/** K07: the own department's schedule of a year, the next one unless told otherwise, and whether somebody must hurry (EQ-04). */
export async function getScheduleYear(
  call: CallContext,
  input: z.output<typeof ScheduleYearInput>,
): Promise<z.input<typeof ScheduleYearOutput>> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const today = toBusinessDate(at);
  const [running, next] = openYears(today);
  const year = input.year ?? next;
  call.seen(null, `schedule:${department.id}:${year}`);
  const facts = await loadYear(deps.db, department.id, year, today);
  const nextFacts = year === next ? facts : await loadYear(deps.db, department.id, next, today);
  const own = changeablePart(facts);
  const { uncovered, coverage: covered } = coverage(facts, own);
  const published = facts.rows.map((row) => row.publishedAt?.getTime() ?? 0);
  const newest = Math.max(0, ...published);
  return {
    department: { id: department.id, number: department.number, name: department.name },
    today,
    year,
    years: [running, next],
    first: facts.first,
    last: facts.last,
    inForce: facts.inForce,
    draft:
      own.length > 0 || !facts.first
        ? own
        : [
            {
              from: facts.first,
              until: facts.last,
              placesPerStart: await usualPlaces(call, department.id, year),
            },
          ],
    publishedAt: newest > 0 ? new Date(newest).toISOString() : null,
    startTimes: startTimesOfYear(facts),
    coverage: covered,
    uncoveredDays: uncovered.length,
    warning: scheduleWarning(today, coverage(nextFacts, changeablePart(nextFacts)).coverage),
    dueOn: scheduleDueOn(next),
    calendarDays: facts.facts.days.length,
    outdated:
      facts.first !== null && own.length > 0 && !isNothing(totalsOf(differenceOf(facts, own).difference)),
  };
}

/** Places per start time with which the year before ended; one when there was none. */
async function usualPlaces(call: CallContext, departmentId: string, year: number): Promise<number> {
  const { january, december } = yearSpan(year - 1);
  const before = cutPeriods(
    await loadSchedules(call.deps.db, departmentId, january, december),
    january,
    december as PlainDate,
  );
  return before.at(-1)?.placesPerStart ?? 1;
}
