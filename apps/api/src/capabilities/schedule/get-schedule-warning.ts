import type { ScheduleWarningOutput } from '@mse/contracts/schedule';
import { openYears, scheduleDueOn, scheduleWarning } from '@mse/domain/schedule';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { departmentsOfYear } from './departments-of-year.ts';

/** EQ-04: whether next year's schedule is missing, from 1 December on: the head's own, or that of any department for the administrator. */
export async function getScheduleWarning(call: CallContext): Promise<z.input<typeof ScheduleWarningOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const today = toBusinessDate(at);
  const year = openYears(today)[1];
  const quiet = { warning: 'none' as const, year, dueOn: scheduleDueOn(year), departments: 0 };
  // Before December nobody is told anything, so nothing needs to be asked.
  if (scheduleWarning(today, 'none') === 'none') return quiet;
  const ids = caller.roles.includes('portal-administrator')
    ? deps.reference.departments().map((department) => department.id)
    : [caller.departmentId].filter((id) => id !== null);
  const missing = (await departmentsOfYear(deps.db, ids, year, today)).filter(
    (department) => department.coverage !== 'whole',
  );
  if (missing.length === 0) return quiet;
  return { ...quiet, warning: scheduleWarning(today, 'none'), departments: missing.length };
}
