import type { ChangeVisitInput, ChangeVisitOutput } from '@mse/contracts/desk';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function changeVisit(call: CallContext, input: z.output<typeof ChangeVisitInput>): Promise<z.input<typeof ChangeVisitOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
