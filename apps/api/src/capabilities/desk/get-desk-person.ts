import type { DeskPersonInput, DeskPersonOutput } from '@mse/contracts/desk';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function getDeskPerson(call: CallContext, input: z.output<typeof DeskPersonInput>): Promise<z.input<typeof DeskPersonOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
