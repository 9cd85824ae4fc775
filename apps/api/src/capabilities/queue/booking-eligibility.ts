import type { EligibilityOutput, FormInput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function bookingEligibility(call: CallContext, input: z.output<typeof FormInput>): Promise<z.input<typeof EligibilityOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
