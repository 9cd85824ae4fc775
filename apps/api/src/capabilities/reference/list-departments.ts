import type { DepartmentsOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { departmentView } from './department-view.ts';

/** All departments in the order of their numbers. Public: the addresses are. */
export function listDepartments(call: CallContext): Promise<z.input<typeof DepartmentsOutput>> {
  return Promise.resolve(call.deps.reference.departments().map(departmentView));
}
