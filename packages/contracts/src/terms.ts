import { UNDO_REFUSALS } from '@mse/domain/queue';
import { TERM_REFUSALS, TERMS } from '@mse/domain/terms';
import { z } from 'zod';
import { Day, refused, Trilingual } from './common.ts';

const TermName = z.enum(TERMS, { error: 'choice' });
const Words = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(120, { error: 'too-long' });

/** GV-03: the words of all terms on a day. */
export const TermsOnInput = z.strictObject({ day: Day.optional() });
export const TermsOnOutput = z.record(TermName, Trilingual);

export const TermsOutput = z.object({
  today: z.string(),
  terms: z.array(
    z.object({
      term: TermName,
      /** Newest first. */
      sets: z.array(
        z.object({
          validFrom: z.string(),
          words: Trilingual,
          basis: z.string(),
          state: z.enum(['ahead', 'in-force', 'over']),
        }),
      ),
    }),
  ),
});
export const AddTermInput = z.strictObject({
  term: TermName,
  validFrom: Day,
  words: z.strictObject({ kk: Words, ru: Words, en: Words }),
  basis: z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(500, { error: 'too-long' }),
});
export const AddTermOutput = z.union([z.object({ ok: z.literal(true) }), refused(TERM_REFUSALS)]);
/** Words entered by mistake, as long as they have not begun. */
export const TakeBackTermInput = z.strictObject({ term: TermName, validFrom: Day });
export const TakeBackTermOutput = z.union([z.object({ ok: z.literal(true) }), refused(UNDO_REFUSALS)]);
