import type { DecideRefusalInput, DecideRefusalOutput } from '@mse/contracts/in-person';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { finishVisit } from './finish-visit.ts';
import { stepApplication } from './own-application.ts';

/**
 * FF-04: the head confirms a proposed refusal or sends the application back to the counter. Nobody confirms an own proposal.
 * A refusal ends the visit; the form stays as it is, so that the person can come again with what was missing.
 */
export function decideRefusal(
  call: CallContext,
  input: z.output<typeof DecideRefusalInput>,
): Promise<z.input<typeof DecideRefusalOutput>> {
  return stepApplication(
    call,
    {
      action: 'inPerson.decideRefusal',
      applicationId: input.applicationId,
      event: input.confirm ? 'confirm-refusal' : 'reject-refusal',
    },
    async (tx, application, caller) => {
      if (!input.confirm)
        return { ok: true as const, set: { grounds: [], refusalNote: '', proposedBy: null } };
      if (application.proposedBy === caller.personId)
        return { ok: false as const, refusal: 'own-proposal' as const };
      await finishVisit(call, tx, application, { served: false });
      return {
        ok: true as const,
        set: { decidedBy: caller.personId },
        detail: { grounds: application.grounds },
      };
    },
  );
}
