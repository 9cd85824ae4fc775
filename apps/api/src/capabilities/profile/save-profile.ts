import type { Done } from '@mse/contracts/identity';
import type { SaveProfileInput } from '@mse/contracts/profile';
import { persons } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { recordOwnAct } from '../identity/own-act.ts';

/** C27: keeps the language of messages, the e-mail and the needs at a visit. The audit says what was set, never the e-mail itself. */
export async function saveProfile(
  call: CallContext,
  input: z.output<typeof SaveProfileInput>,
): Promise<z.input<typeof Done>> {
  const { personId } = signedIn(call);
  const { messageLanguage, email } = input;
  const accessNeeds = [...new Set(input.accessNeeds)];
  await call.deps.db.transaction(async (tx) => {
    await tx.update(persons).set({ messageLanguage, email, accessNeeds }).where(eq(persons.id, personId));
    await recordOwnAct(tx, call, 'profile.save', {
      detail: { messageLanguage, hasEmail: email !== null, needs: accessNeeds.length },
    });
  });
  return { ok: true };
}
