import type { ConcludeInput, ConcludeOutput } from '@mse/contracts/in-person';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { changeCase } from '../examination/index.ts';
import { getPerson } from '../identity/people.ts';
import { recordConclusion } from '../results/index.ts';
import { useSignature, verifySignature } from '../signing/take-signature.ts';
import { conclusionFacts, readConclusion } from './conclusion-facts.ts';
import { finishVisit } from './finish-visit.ts';
import { formOf, ownApplication, stepApplication } from './own-application.ts';

/**
 * PX-35, FF-01: the head's signed conclusion on the day the person came. The signature holds for exactly the text made from the saved
 * draft of this version; conclusion, act, documents, messages, the end of the visit and of the case are one transaction.
 */
export async function conclude(
  call: CallContext,
  input: z.output<typeof ConcludeInput>,
): Promise<z.input<typeof ConcludeOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const seen = await ownApplication(call, deps.db, input.applicationId);
  const verified = await verifySignature(
    deps,
    deps.db,
    {
      signingId: input.signingId,
      cms: input.cms === '' ? null : input.cms,
      personId: caller.personId,
      subject: `application:${seen.id}:${seen.version}`,
    },
    at,
  );
  if (!verified.ok) return { ok: false, refusal: verified.refusal };

  let actNo = '';
  const step = await stepApplication(
    call,
    {
      action: 'inPerson.conclude',
      applicationId: input.applicationId,
      event: 'conclude',
      version: seen.version,
    },
    async (tx, application) => {
      const [form, person] = [
        await formOf(tx, application.formId),
        await getPerson(tx, application.personId),
      ];
      const facts = conclusionFacts(deps, form, person, at);
      const read = readConclusion(application.draft, facts, person.birthDate);
      // The draft was whole when its text was made; only midnight can have come between.
      if (!read.ok) return { ok: false as const, refusal: 'incomplete' as const };
      if (application.caseId !== null) {
        const changed = await changeCase(
          deps,
          tx,
          { caseId: application.caseId, event: 'concluded-in-person', actor: caller.personId },
          at,
        );
        if (!changed.ok) return { ok: false as const, refusal: 'not-possible-now' as const };
      }
      const used = await useSignature(tx, verified.value, at);
      // The application is locked and still accepted, so nobody else can have used this text for it.
      if (!used.ok) throw new Error('A signature was used up, yet its application waits');
      const recorded = await recordConclusion(
        deps,
        tx,
        {
          formId: form.id,
          caseId: application.caseId,
          personId: person.id,
          departmentId: department.id,
          basis: 'in-person',
          place: application.place,
          examinedOn: facts.examinedOn,
          content: read.value,
          text: verified.value.text,
          signature: verified.value.signature,
          signedBy: caller.personId,
        },
        at,
      );
      actNo = recorded.actNo;
      await finishVisit(call, tx, application, { served: true });
      return {
        ok: true as const,
        set: { decidedBy: caller.personId },
        detail: { conclusion: recorded.conclusionId },
      };
    },
  );
  return step.ok ? { ok: true, actNo } : step;
}
