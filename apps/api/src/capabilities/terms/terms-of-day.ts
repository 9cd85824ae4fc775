import type { TermsOnInput, TermsOnOutput } from '@mse/contracts/terms';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

/** GV-03: the words that the law uses on a day, today unless told otherwise. Public: they stand in what everybody reads. */
export function termsOfDay(
  call: CallContext,
  input: z.output<typeof TermsOnInput>,
): Promise<z.input<typeof TermsOnOutput>> {
  return Promise.resolve(call.deps.reference.termsOn(input.day ?? toBusinessDate(call.at)));
}
