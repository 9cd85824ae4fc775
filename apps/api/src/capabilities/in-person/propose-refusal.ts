import type { ProposeRefusalInput, StepOutput } from '@mse/contracts/in-person';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { stepApplication } from './own-application.ts';

/** FF-04: proposes to refuse on one or several grounds of the law. Another person, the head, decides (four eyes). */
export function proposeRefusal(
  call: CallContext,
  input: z.output<typeof ProposeRefusalInput>,
): Promise<z.input<typeof StepOutput>> {
  return stepApplication(
    call,
    {
      action: 'inPerson.proposeRefusal',
      applicationId: input.applicationId,
      event: 'propose-refusal',
      version: input.version,
    },
    (_, __, caller) =>
      Promise.resolve({
        ok: true as const,
        set: { grounds: [...new Set(input.grounds)], refusalNote: input.note, proposedBy: caller.personId },
        detail: { grounds: input.grounds },
      }),
  );
}
