import type { Journal } from '@mse/domain/journals';
import type { Caller } from '../../caller.ts';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import type { JournalPlace } from './append-row.ts';

/** The journal a caller keeps: their department's (annex 17), or, for the methodology and control departments, that of a region (annex 18). */
export function journalOf(call: CallContext, region: string | null): { caller: Caller; place: JournalPlace } {
  const caller = signedIn(call);
  const department = caller.departmentId ? call.deps.reference.department(caller.departmentId) : undefined;
  if (department)
    return {
      caller,
      place: { journal: 'department', departmentId: department.id, regionCode: department.regionCode },
    };
  if (!isMethodology(caller)) throw notFound();
  return {
    caller,
    place: { journal: 'methodology', departmentId: null, regionCode: region ?? FIRST_REGION },
  };
}

const FIRST_REGION = '11';

/** Whether a caller may see a protocol of this place: one's own journal, and no other. */
export function mayKeep(
  call: CallContext,
  protocol: { journal: Journal; departmentId: string | null },
): boolean {
  const caller = signedIn(call);
  return protocol.journal === 'department'
    ? caller.departmentId !== null && protocol.departmentId === caller.departmentId
    : caller.departmentId === null && isMethodology(caller);
}

/** Whether a caller works in the methodology and control department. */
function isMethodology(caller: Caller): boolean {
  return caller.roles.includes('methodologist') || caller.roles.includes('methodology-head');
}

/** JR-02, JR-03: who signs a month and a correction: the head of the journal's department. */
export function isHead(caller: Caller, journal: Journal): boolean {
  return caller.roles.includes(journal === 'department' ? 'department-head' : 'methodology-head');
}
