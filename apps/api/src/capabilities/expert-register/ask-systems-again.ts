import type { AskSystemsOutput } from '@mse/contracts/expert-application';
import type { ApplicationInput } from '@mse/contracts/expert-register';
import { expertApplications, persons } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { askSystems } from './ask-systems.ts';
import { auditStep } from './register-audit.ts';
import { lockApplication } from './step-application.ts';

/** RG-08: the Committee asks the systems again while it checks: one of them was silent before, or a paper has been renewed. */
export async function askSystemsAgain(
  call: CallContext,
  { id }: z.output<typeof ApplicationInput>,
): Promise<z.input<typeof AskSystemsOutput>> {
  const { deps, at } = call;
  const [row] = await deps.db
    .select({ application: expertApplications, iin: persons.iin })
    .from(expertApplications)
    .innerJoin(persons, eq(persons.id, expertApplications.personId))
    .where(eq(expertApplications.id, id));
  if (!row || row.application.state === 'draft') throw notFound();
  if (row.application.state !== 'checking') return { ok: false, refusal: 'changed-meanwhile' };
  const asked = await askSystems(deps, row.iin, row.application.facts);
  if (!asked.ok) return asked;
  return deps.db.transaction(async (tx): Promise<z.input<typeof AskSystemsOutput>> => {
    const application = await lockApplication(tx, id);
    if (application?.state !== 'checking') return { ok: false, refusal: 'changed-meanwhile' };
    await tx
      .update(expertApplications)
      .set({ facts: asked.facts, factsAt: at })
      .where(eq(expertApplications.id, id));
    await auditStep(call, tx, {
      action: 'expertRegister.askSystems',
      personId: application.personId,
      subject: `expert-application:${id}`,
      detail: { silent: asked.silent },
    });
    return { ok: true, silent: asked.silent };
  });
}
