import type { ProblemView } from '@mse/contracts/problems';
import type { problems } from '@mse/db/schema';
import type { WorkingCalendar } from '@mse/domain/calendar';
import { problemClock } from '@mse/domain/problems';
import type { PlainDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { ReferenceData } from '../reference/reference-data.ts';

/** Number and name of a department; null when there is none. */
export function departmentShown(reference: ReferenceData, id: string | null) {
  const department = id === null ? undefined : reference.department(id);
  return department ? { number: department.number, name: department.name } : null;
}

/** EQ-17: a problem as it is shown on `today`. */
export function problemView(
  row: typeof problems.$inferSelect,
  reference: ReferenceData,
  calendar: WorkingCalendar,
  today: PlainDate,
): z.input<typeof ProblemView> {
  const { id, number, cause, detectedOn, dueOn, text, figures, state, sentOn } = row;
  return {
    id,
    number,
    cause,
    detectedOn,
    dueOn,
    text,
    figures,
    state,
    sentOn,
    department: departmentShown(reference, row.departmentId),
    clock: problemClock(calendar, row, today),
  };
}
