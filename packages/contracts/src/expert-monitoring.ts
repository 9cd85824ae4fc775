import { z } from 'zod';
import { Day, Instant } from './common.ts';
import { Month } from './expert-pay.ts';

/** R01: the experts' work of a month; last month when absent. */
export const MonitoringInput = z.strictObject({ month: Month.optional() });
const Shares = z.object({ inTime: z.number().nullable(), differing: z.number().nullable() });
export const MonitoringOutput = z.object({
  month: Day,
  /** As it is now. */
  now: z.object({
    waiting: z.int(),
    waitingSince: Instant.nullable(),
    openParts: z.int(),
    dueInADay: z.int(),
    overdue: z.int(),
  }),
  /** By nosological form: cases that wait, and experts present who could take them. */
  forms: z.array(
    z.object({
      code: z.string(),
      name: z.object({ kk: z.string(), ru: z.string(), en: z.string() }),
      waiting: z.int(),
      open: z.int(),
      present: z.int(),
    }),
  ),
  average: Shares,
  experts: z.array(
    z.object({
      expertId: z.uuid(),
      code: z.string(),
      kind: z.enum(['department-head', 'chief-specialist', 'independent']),
      open: z.int(),
      services: z.int(),
      shares: Shares,
      far: z.boolean(),
    }),
  ),
});
