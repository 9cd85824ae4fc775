import type { ListSessionsOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function listSessions(call: CallContext): Promise<z.input<typeof ListSessionsOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
