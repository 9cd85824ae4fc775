import { type DepartmentFigures, PROPOSAL_LIMITS } from '@mse/domain/problems';
import { isQueueOpen } from '@mse/domain/queue';
import { NO_SUMS } from '@mse/domain/reporting';
import { openYears, scheduleWarning } from '@mse/domain/schedule';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';
import { firstFreeDays } from '../reporting/first-free-days.ts';
import { sumFigures } from '../reporting/sum-figures.ts';
import { departmentsOfYear } from '../schedule/departments-of-year.ts';

/** EQ-17: what every department's figures say today, for the proposals. */
export async function departmentFigures(deps: Deps, at: Date): Promise<DepartmentFigures[]> {
  const { db, reference } = deps;
  const today = toBusinessDate(at);
  const departments = reference.departments();
  const ids = departments.map(({ id }) => id);
  const [year, nextYear] = openYears(today);
  const span = { from: addDays(today, -PROPOSAL_LIMITS.days), until: addDays(today, -1) };
  // EQ-04: before 25 December next year's schedule is not late yet.
  const isLate = scheduleWarning(today, 'none') === 'overdue';
  const [counted, free, thisYears, nextYears] = await Promise.all([
    sumFigures(db, [span], null),
    firstFreeDays(deps, departments, at),
    departmentsOfYear(db, ids, year, today),
    isLate ? departmentsOfYear(db, ids, nextYear, today) : [],
  ]);
  const lacking = (rows: typeof thisYears, test: (coverage: string) => boolean) =>
    new Set(rows.filter(({ coverage }) => test(coverage)).map(({ departmentId }) => departmentId));
  const none = lacking(thisYears, (coverage) => coverage === 'none');
  const late = lacking(nextYears, (coverage) => coverage !== 'whole');
  return departments.map(({ id, regionCode }) => {
    const { kept, missed, settled, delivered } = counted.get(id)?.slices[0] ?? NO_SUMS;
    const bookingOpen = isQueueOpen(reference.pilots(), regionCode, today);
    return {
      departmentId: id,
      bookingOpen,
      firstFreeDay: free.get(id) ?? null,
      missingScheduleYear: !bookingOpen ? null : none.has(id) ? year : late.has(id) ? nextYear : null,
      kept,
      missed,
      settled,
      delivered,
    };
  });
}
