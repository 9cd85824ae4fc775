import { DepartmentsOutput } from '@mse/contracts/queue';
import { procedure, router } from '../../trpc.ts';
import { listDepartments } from './list-departments.ts';

export const referenceRouter = router({
  departments: procedure('reference.departments')
    .output(DepartmentsOutput)
    .query(({ ctx }) => listDepartments(ctx.call)),
});
