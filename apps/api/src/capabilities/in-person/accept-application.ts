import type { AcceptApplicationInput, AcceptApplicationOutput } from '@mse/contracts/in-person';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { judgeApplication } from './application-facts.ts';
import { formOf, stepApplication } from './own-application.ts';

/** FF-10: accepts an application that nothing stands against; otherwise answers every ground with what it rests on. */
export function acceptApplication(
  call: CallContext,
  input: z.output<typeof AcceptApplicationInput>,
): Promise<z.input<typeof AcceptApplicationOutput>> {
  return stepApplication(
    call,
    {
      action: 'inPerson.accept',
      applicationId: input.applicationId,
      event: 'accept',
      version: input.version,
    },
    async (tx, application) => {
      const form = await formOf(tx, application.formId);
      const { check } = await judgeApplication(call.deps, tx, application, form, call.at);
      return check.grounds.length > 0 || check.place.length > 0
        ? { ok: false as const, refusal: 'grounds' as const, check }
        : { ok: true as const, set: {} };
    },
  );
}
