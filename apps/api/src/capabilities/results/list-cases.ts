import type { CasesOutput } from '@mse/contracts/results';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { loadCases, type LoadedCase } from './load-cases.ts';
import { peopleActedFor } from './people-acted-for.ts';

/** C08, C18: the remote cases of the caller and the wards they may act for, newest first. */
export async function listCases(call: CallContext): Promise<z.input<typeof CasesOutput>> {
  const people = await peopleActedFor(call);
  for (const { personId } of people) call.seen(personId);
  return { cases: (await loadCases(call.deps, people)).map(caseLine) };
}

/** What every list says of a case. */
export function caseLine(found: LoadedCase) {
  const { headline, turn, until } = found.view;
  return {
    id: found.id,
    personId: found.person.personId,
    personName: found.person.personName,
    self: found.person.self,
    formNumber: found.formNumber,
    organization: found.organization,
    headline,
    turn,
    until: until?.toISOString() ?? null,
    receivedAt: found.facts.at.received.toISOString(),
  };
}
