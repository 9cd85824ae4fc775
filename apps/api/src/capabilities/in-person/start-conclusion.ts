import type { ApplicationInput, StartConclusionOutput } from '@mse/contracts/in-person';
import { signedConclusionText } from '@mse/domain/in-person';
import { fullName } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { getPerson } from '../identity/people.ts';
import { openSigning } from '../signing/open-signing.ts';
import { applicationPlace } from './application-facts.ts';
import { conclusionFacts, readConclusion } from './conclusion-facts.ts';
import { formOf, ownApplication } from './own-application.ts';

/** PX-35: makes the exact text the head signs, from what was saved; refused while something is wrong with it. */
export async function startConclusion(
  call: CallContext,
  input: z.output<typeof ApplicationInput>,
): Promise<z.input<typeof StartConclusionOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const application = await ownApplication(call, tx, input.applicationId, { lock: true });
    if (application.state !== 'accepted') return { ok: false as const, refusal: 'not-possible-now' as const };
    const [form, person] = [await formOf(tx, application.formId), await getPerson(tx, application.personId)];
    const facts = conclusionFacts(deps, form, person, at);
    const read = readConclusion(application.draft, facts, person.birthDate);
    if (!read.ok) return { ok: false as const, refusal: 'incomplete' as const };
    const place = await applicationPlace(tx, application);
    const { signingId } = await openSigning(
      deps,
      tx,
      {
        personId: caller.personId,
        purpose: 'conclusion',
        subject: `application:${application.id}:${application.version}`,
        text: signedConclusionText(read.value, {
          departmentNumber: department.number,
          personName: fullName(person),
          iin: person.iin,
          formNumber: form.number,
          purpose: form.purpose,
          examinedOn: facts.examinedOn,
          place: {
            kind: place.kind,
            words: place.words,
            ground: place.ground,
            conclusion: place.conclusion && { number: place.conclusion.number, day: place.conclusion.day },
          },
        }),
      },
      at,
    );
    return { ok: true as const, signingId };
  });
}
