import { PILOT_REFUSALS, PILOT_STATES, REGION_CODES, UNDO_REFUSALS } from '@mse/domain/queue';
import { z } from 'zod';
import { Day, Id, refused, Trilingual } from './common.ts';
import { DepartmentView } from './queue.ts';

const Region = z.enum(REGION_CODES, { error: 'choice' });
const Act = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(1000, { error: 'too-long' });

export const PilotsOutput = z.object({
  today: z.string(),
  pilots: z.array(
    z.object({
      id: z.uuid(),
      regionCode: z.string(),
      validFrom: z.string(),
      validUntil: z.string(),
      legalAct: Trilingual,
      state: z.enum(PILOT_STATES),
    }),
  ),
});
export const AddPilotInput = z.strictObject({
  regionCode: Region,
  validFrom: Day,
  validUntil: Day,
  legalAct: z.strictObject({ kk: Act, ru: Act, en: Act }),
});
export const AddPilotOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused(PILOT_REFUSALS),
]);
/** A period entered by mistake, as long as it has not begun. */
export const TakeBackPilotInput = z.strictObject({ id: Id });
export const TakeBackPilotOutput = z.union([z.object({ ok: z.literal(true) }), refused(UNDO_REFUSALS)]);

/** GV-04: how people are received in each region, for everybody to read. */
export const ReceptionOutput = z.object({
  today: z.string(),
  regions: z.array(
    z.object({
      regionCode: Region,
      /** Last day with booking, when booking is open today. */
      bookingUntil: z.string().nullable(),
      departments: z.array(DepartmentView),
    }),
  ),
});
