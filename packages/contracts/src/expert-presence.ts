import { ABSENCE_KINDS, ABSENCE_REFUSALS } from '@mse/domain/experts';
import { z } from 'zod';
import { Day, Id, refused } from './common.ts';
import { EffectView } from './expert-register.ts';

/** X07: the caller's own absences. */
export const MyAbsencesOutput = z.object({
  today: z.string(),
  /** Null for somebody who is not in the register and so has no absence to report. */
  code: z.string().nullable(),
  openParts: z.int(),
  absences: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(ABSENCE_KINDS),
      from: z.string(),
      until: z.string().nullable(),
      state: z.enum(['ahead', 'now', 'over', 'cancelled']),
      mayCancel: z.boolean(),
    }),
  ),
});
const Wanted = {
  kind: z.enum(ABSENCE_KINDS, { error: 'choice' }),
  from: Day,
  until: Day,
};
export const PreviewAbsenceInput = z.strictObject(Wanted);
export const PreviewAbsenceOutput = z.union([
  z.object({ ok: z.literal(true), effect: EffectView }),
  refused(ABSENCE_REFUSALS),
]);
export const ReportAbsenceInput = z.strictObject({ ...Wanted, shownParts: z.coerce.number().int().min(0) });
export const ReportAbsenceOutput = z.union([
  z.object({ ok: z.literal(true), moved: z.int(), left: z.int() }),
  refused(ABSENCE_REFUSALS),
]);
export const CancelAbsenceInput = z.strictObject({ id: Id });
export const CancelAbsenceOutput = z.union([z.object({ ok: z.literal(true) }), refused(ABSENCE_REFUSALS)]);
