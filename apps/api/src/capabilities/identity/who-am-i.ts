import type { WhoAmIOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function whoAmI(call: CallContext): Promise<z.input<typeof WhoAmIOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
