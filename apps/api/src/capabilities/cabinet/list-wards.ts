import type { AccessNeed, WardsOutput } from '@mse/contracts/queue';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { refreshWards, wardsOf } from '../identity/people.ts';

/** EQ-07: the caller's wards with the basis of each, those whose guardianship has ended too: the page says how to renew it. */
export async function listWards(call: CallContext): Promise<z.input<typeof WardsOutput>> {
  const { personId } = signedIn(call);
  const registryAnswered = await refreshWards(call.deps, personId);
  const wards = await wardsOf(call.deps.db, personId, toBusinessDate(call.at));
  for (const { person } of wards) call.seen(person.id);
  return {
    registryAnswered,
    wards: wards.map(({ person, basis, validUntil, valid }) => ({
      personId: person.id,
      name: fullName(person),
      basis,
      validUntil,
      valid,
      accessNeeds: person.accessNeeds as z.input<typeof AccessNeed>[],
    })),
  };
}
