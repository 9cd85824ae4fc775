import type { Done, SetLanguageInput } from '@mse/contracts/identity';
import { persons } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { recordOwnAct } from './own-act.ts';

/** Sets the language in which messages go to the caller; the language of the screens is another matter. */
export async function setLanguage(
  call: CallContext,
  input: z.output<typeof SetLanguageInput>,
): Promise<z.input<typeof Done>> {
  const { personId } = signedIn(call);
  await call.deps.db.transaction(async (tx) => {
    await tx.update(persons).set({ messageLanguage: input.language }).where(eq(persons.id, personId));
    await recordOwnAct(tx, call, 'identity.setLanguage', { detail: { language: input.language } });
  });
  return { ok: true };
}
