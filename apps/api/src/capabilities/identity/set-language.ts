import type { Done, SetLanguageInput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function setLanguage(call: CallContext, input: z.output<typeof SetLanguageInput>): Promise<z.input<typeof Done>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
