import type { DepartmentsOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function listDepartments(call: CallContext): Promise<z.input<typeof DepartmentsOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
