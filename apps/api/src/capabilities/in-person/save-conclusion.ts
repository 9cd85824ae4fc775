import type { SaveConclusionInput, SaveConclusionOutput } from '@mse/contracts/in-person';
import { decisionTyped } from '@mse/domain/examination';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { stepApplication } from './own-application.ts';

/** PX-35: keeps what the head has typed; right or wrong, nothing typed is lost. */
export function saveConclusion(
  call: CallContext,
  input: z.output<typeof SaveConclusionInput>,
): Promise<z.input<typeof SaveConclusionOutput>> {
  return stepApplication(
    call,
    {
      action: 'inPerson.saveConclusion',
      applicationId: input.applicationId,
      event: 'draft',
      version: input.version,
    },
    () => Promise.resolve({ ok: true as const, set: { draft: decisionTyped(input.typed) } }),
  );
}
