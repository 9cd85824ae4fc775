import type { DeskDayInput, DeskDayOutput } from '@mse/contracts/desk';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function deskDay(call: CallContext, input: z.output<typeof DeskDayInput>): Promise<z.input<typeof DeskDayOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
