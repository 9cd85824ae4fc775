import type { OperationsHealthOutput } from '@mse/contracts/operations';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function operationsHealth(call: CallContext): Promise<z.input<typeof OperationsHealthOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
