import type { SaveApplicationInput, SaveApplicationOutput } from '@mse/contracts/in-person';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { judgeApplication } from './application-facts.ts';
import { formOf, ownApplication, stepApplication } from './own-application.ts';

/** FF-11: keeps what the clerk filled in and answers what the check says of it. A page older than the newest save is refused. */
export async function saveApplication(
  call: CallContext,
  input: z.output<typeof SaveApplicationInput>,
): Promise<z.input<typeof SaveApplicationOutput>> {
  const { deps, at } = call;
  const saved = await stepApplication(
    call,
    {
      action: 'inPerson.save',
      applicationId: input.applicationId,
      event: 'save',
      version: input.version,
    },
    () => Promise.resolve({ ok: true as const, set: input.fields }),
  );
  if (!saved.ok) return saved;
  const application = await ownApplication(call, deps.db, input.applicationId);
  const form = await formOf(deps.db, application.formId);
  const { check } = await judgeApplication(deps, deps.db, application, form, at);
  return { ok: true, version: saved.version, check };
}
