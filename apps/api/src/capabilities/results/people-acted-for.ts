import { fullName, toBusinessDate } from '@mse/domain/shared';
import { type CallContext, signedIn } from '../../trpc.ts';
import { getPerson, wardsOf } from '../identity/people.ts';

export interface ActedFor {
  personId: string;
  personName: string;
  iin: string;
  self: boolean;
}

/** EQ-07: the caller and the wards they may act for today, the caller first. */
export async function peopleActedFor(call: CallContext): Promise<ActedFor[]> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const caller = await getPerson(deps.db, personId);
  const wards = await wardsOf(deps.db, personId, toBusinessDate(at));
  return [
    { person: caller, valid: true },
    ...wards.filter((ward) => ward.person.id !== personId && ward.valid),
  ].map(({ person }) => ({
    personId: person.id,
    personName: fullName(person),
    iin: person.iin,
    self: person.id === personId,
  }));
}
