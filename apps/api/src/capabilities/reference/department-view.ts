import type { DepartmentView } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { Department } from './reference-data.ts';

/** A department as people see it, without its inner affairs. */
export function departmentView(department: Department): z.input<typeof DepartmentView> {
  const { id, number, name, address, landmark, access, phone } = department;
  return { id, number, name, address, landmark, access, phone };
}
