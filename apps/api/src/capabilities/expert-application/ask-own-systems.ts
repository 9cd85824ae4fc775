import type { AskSystemsOutput, OwnApplicationInput } from '@mse/contracts/expert-application';
import { expertApplications } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { askSystems } from '../expert-register/ask-systems.ts';
import { auditStep } from '../expert-register/register-audit.ts';
import { getPerson } from '../identity/people.ts';
import { ownApplication } from './own-application.ts';

/** RG-06: prefills the caller's draft from the systems, once the person has let them be asked. May be repeated: a silent system is asked anew. */
export async function askOwnSystems(
  call: CallContext,
  { id }: z.output<typeof OwnApplicationInput>,
): Promise<z.input<typeof AskSystemsOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const before = await ownApplication(call, deps.db, id);
  if (before.state !== 'draft') return { ok: false, refusal: 'changed-meanwhile' };
  const limit = await deps.limits.take('candidate-systems-hour', personId);
  if (!limit.ok) return { ok: false, refusal: 'too-many' };
  const person = await getPerson(deps.db, personId);
  const asked = await askSystems(deps, person.iin, before.facts);
  if (!asked.ok) return asked;
  return deps.db.transaction(async (tx): Promise<z.input<typeof AskSystemsOutput>> => {
    const application = await ownApplication(call, tx, id, true);
    if (application.state !== 'draft') return { ok: false, refusal: 'changed-meanwhile' };
    await tx
      .update(expertApplications)
      .set({ facts: asked.facts, factsAt: at })
      .where(eq(expertApplications.id, id));
    await auditStep(call, tx, {
      action: 'expertApplication.askSystems',
      personId,
      subject: `expert-application:${id}`,
      detail: { silent: asked.silent },
    });
    return { ok: true, silent: asked.silent };
  });
}
