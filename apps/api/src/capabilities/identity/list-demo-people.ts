import type { DemoPeopleOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function listDemoPeople(call: CallContext): Promise<z.input<typeof DemoPeopleOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
