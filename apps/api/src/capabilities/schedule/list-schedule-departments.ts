import type { ScheduleDepartmentsInput, ScheduleDepartmentsOutput } from '@mse/contracts/schedule';
import { openYears, scheduleDueOn, scheduleWarning } from '@mse/domain/schedule';
import { toBusinessDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { departmentsOfYear } from './departments-of-year.ts';
import { yearSpan } from './year-of-department.ts';

/** EQ-04: all departments and their schedule of a year, the next one unless told otherwise; those without it first. */
export async function listScheduleDepartments(
  call: CallContext,
  input: z.output<typeof ScheduleDepartmentsInput>,
): Promise<z.input<typeof ScheduleDepartmentsOutput>> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const years = openYears(today);
  const year = input.year ?? years[1];
  call.seen(null, `schedule:all:${year}`);
  const departments = deps.reference.departments();
  const { january, december } = yearSpan(year);
  const [states, counts] = await Promise.all([
    departmentsOfYear(
      deps.db,
      departments.map((department) => department.id),
      year,
      today,
    ),
    deps.db.execute<{ id: string; places: number; booked: number }>(sql`
      select department_id as id, count(*) filter (where closed_by_trip is null)::int as places, count(booking_id)::int as booked
        from place where day between ${january}::date and ${december}::date group by department_id`),
  ]);
  const byId = new Map(states.map((state) => [state.departmentId, state]));
  const countOf = new Map(counts.map((row) => [row.id, row]));
  const order = { none: 0, part: 1, whole: 2 };
  const shown = departments.flatMap((department) => {
    const state = byId.get(department.id);
    if (!state) return [];
    const { periods, coverage, uncoveredDays, publishedAt } = state;
    const { id, number, name } = department;
    const { places = 0, booked = 0 } = countOf.get(id) ?? {};
    return [{ id, number, name, periods, coverage, uncoveredDays, publishedAt, places, booked }];
  });
  return {
    year,
    years,
    warning: scheduleWarning(
      today,
      shown.some((row) => row.coverage !== 'whole') && year === years[1] ? 'none' : 'whole',
    ),
    dueOn: scheduleDueOn(years[1]),
    departments: shown.sort(
      (left, right) => order[left.coverage] - order[right.coverage] || left.number - right.number,
    ),
  };
}
