import type { ApplicationInput, ConclusionFormView } from '@mse/contracts/in-person';
import { termCodes } from '@mse/domain/examination';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { getPerson } from '../identity/people.ts';
import { conclusionFacts, readConclusion } from './conclusion-facts.ts';
import { formOf, ownApplication } from './own-application.ts';

/** PX-35: what the head has typed of the conclusion, what may be chosen, and what is still wrong with it. */
export async function getConclusion(
  call: CallContext,
  input: z.output<typeof ApplicationInput>,
): Promise<z.input<typeof ConclusionFormView>> {
  const { deps, at } = call;
  const application = await ownApplication(call, deps.db, input.applicationId);
  const [form, person] = await Promise.all([
    formOf(deps.db, application.formId),
    getPerson(deps.db, application.personId),
  ]);
  const facts = conclusionFacts(deps, form, person, at);
  const read = readConclusion(application.draft, facts, person.birthDate);
  call.seen(person.id, `application:${application.id}`);
  return {
    applicationId: application.id,
    state: application.state,
    version: application.version,
    formNumber: form.number,
    purpose: form.purpose,
    ageYears: facts.ageYears,
    asked: facts.elements[form.purpose] ?? {},
    terms: { adult: termCodes(facts, null), child: termCodes(facts, 'child') },
    typed: application.draft,
    problems: read.ok ? [] : read.refusal,
  };
}
