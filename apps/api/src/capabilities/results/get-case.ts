import type { CaseInput, CaseOutput } from '@mse/contracts/results';
import { policyOn } from '@mse/domain/policies';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { caseLine } from './list-cases.ts';
import { loadCases } from './load-cases.ts';
import { peopleActedFor } from './people-acted-for.ts';

/** C18: one case with its seven stages; somebody else's is like one that never was. */
export async function getCase(
  call: CallContext,
  { id }: z.output<typeof CaseInput>,
): Promise<z.input<typeof CaseOutput>> {
  const { deps, at } = call;
  const found = (await loadCases(deps, await peopleActedFor(call))).find((each) => each.id === id);
  if (!found) throw notFound();
  call.seen(found.person.personId, `case:${id}`);
  const { headline, stages } = found.view;
  const invited = headline === 'invited' || headline === 'invited-again';
  const department =
    invited && found.departmentId !== null ? deps.reference.department(found.departmentId) : undefined;
  return {
    ...caseLine(found),
    stages: stages.map((stage) => ({ ...stage, at: stage.at?.toISOString() ?? null })),
    reasons: found.reasons,
    invitation: department
      ? {
          number: department.number,
          address: department.address,
          phone: department.phone,
          ...policyOn(deps.reference.policies(), 'invitation.window', toBusinessDate(at)),
        }
      : null,
    documents: found.documents,
  };
}
