import type { Caller } from '../../caller.ts';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import type { Department } from '../reference/reference-data.ts';

/** The caller and their department; a desk role without a department reaches nothing. */
export function deskCaller(call: CallContext): { caller: Caller; department: Department } {
  const caller = signedIn(call);
  const department = caller.departmentId ? call.deps.reference.department(caller.departmentId) : undefined;
  if (!department) throw notFound();
  return { caller, department };
}
