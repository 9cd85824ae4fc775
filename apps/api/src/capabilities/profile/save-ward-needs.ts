import type { Done } from '@mse/contracts/identity';
import type { SaveWardNeedsInput } from '@mse/contracts/profile';
import { persons } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { idsActedFor } from '../identity/people.ts';

/**
 * C20, EQ-07: keeps what a ward usually needs at a visit, said by whoever may act for the ward today. Offered at the ward's next
 * booking, and shown to the department when the ward comes without one. The audit row is the ward's.
 */
export async function saveWardNeeds(
  call: CallContext,
  input: z.output<typeof SaveWardNeedsInput>,
): Promise<z.input<typeof Done>> {
  const caller = signedIn(call);
  const { wardId } = input;
  const accessNeeds = [...new Set(input.accessNeeds)];
  await call.deps.db.transaction(async (tx) => {
    const actedFor = await idsActedFor(tx, caller.personId, toBusinessDate(call.at));
    if (wardId === caller.personId || !actedFor.includes(wardId)) throw notFound();
    await tx.update(persons).set({ accessNeeds }).where(eq(persons.id, wardId));
    await recordAudit(tx, {
      at: call.at,
      actor: caller.personId,
      actorRole: actingRole('profile.saveWardNeeds', caller),
      action: 'profile.saveWardNeeds',
      outcome: 'done',
      personId: wardId,
      subject: null,
      requestId: call.requestId,
      detail: { needs: accessNeeds.length },
    });
  });
  return { ok: true };
}
