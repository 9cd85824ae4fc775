import type { CabinetOverviewOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function cabinetOverview(call: CallContext): Promise<z.input<typeof CabinetOverviewOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
