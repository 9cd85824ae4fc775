import type { WhoAmIOutput } from '@mse/contracts/identity';
import type { z } from 'zod';

export type WhoAmI = z.output<typeof WhoAmIOutput>;
