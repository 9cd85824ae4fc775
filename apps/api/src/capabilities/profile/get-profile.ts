import type { NeedsInput, NeedsOutput, ProfileOutput } from '@mse/contracts/profile';
import type { AccessNeed } from '@mse/contracts/queue';
import { fullName, maskPhone } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { getPerson } from '../identity/people.ts';
import { loadFormFacts } from '../queue/facts.ts';

type Needs = z.input<typeof AccessNeed>[];

/** C27: the caller as the registries describe them, and what the caller has said. */
export async function getProfile(call: CallContext): Promise<z.input<typeof ProfileOutput>> {
  const { personId, trust } = signedIn(call);
  const person = await getPerson(call.deps.db, personId);
  call.seen(personId);
  return {
    registry: {
      name: fullName(person),
      birthDate: person.birthDate,
      address: person.address,
      phoneMasked: person.phone === null ? null : maskPhone(person.phone),
      asOf: person.personsAsOf.toISOString(),
    },
    messageLanguage: person.messageLanguage,
    contactPhoneMasked: person.contactPhone === null ? null : maskPhone(person.contactPhone),
    email: person.email,
    accessNeeds: person.accessNeeds as Needs,
    trust,
  };
}

/** The needs that the person of a form keeps in the profile, for choosing them beforehand at a booking (EQ-07: a ward's too). */
export async function getNeeds(
  call: CallContext,
  input: z.output<typeof NeedsInput>,
): Promise<z.input<typeof NeedsOutput>> {
  const facts = await loadFormFacts(call.deps, signedIn(call).personId, input.formId, call.at);
  const person = await getPerson(call.deps.db, facts.person.id);
  call.seen(person.id, `form:${facts.form.id}`);
  return { accessNeeds: person.accessNeeds as Needs };
}
