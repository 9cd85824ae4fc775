import type { SaveApplicationInput, SaveApplicationOutput } from '@mse/contracts/in-person';
import { digitalDocuments } from '@mse/db/schema';
import { type InPersonDocument, unfoundedDigital } from '@mse/domain/in-person';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { judgeApplication } from './application-facts.ts';
import { formOf, ownApplication, stepApplication } from './own-application.ts';

/** FF-06, FF-11: keeps what the clerk filled in and answers what the check says of it. A page older than the newest save is refused. */
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
    async (tx, application) => {
      const received = await tx
        .select({ document: digitalDocuments.document })
        .from(digitalDocuments)
        .where(eq(digitalDocuments.applicationId, application.id));
      const names = new Set<InPersonDocument>(received.map(({ document }) => document));
      return unfoundedDigital(input.fields.documents, names).length > 0
        ? { ok: false as const, refusal: 'not-digital' as const }
        : { ok: true as const, set: input.fields };
    },
  );
  if (!saved.ok) return saved;
  const application = await ownApplication(call, deps.db, input.applicationId);
  const form = await formOf(deps.db, application.formId);
  const { check } = await judgeApplication(deps, deps.db, application, form, at);
  return { ok: true, version: saved.version, check };
}
