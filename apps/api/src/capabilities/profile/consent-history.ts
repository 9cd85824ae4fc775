import type { ConsentHistoryOutput } from '@mse/contracts/profile';
import { consentEvents } from '@mse/db/schema';
import { desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';

/** C29, EQ-16: every giving and withdrawing of the caller, newest first. */
export async function consentHistory(call: CallContext): Promise<z.input<typeof ConsentHistoryOutput>> {
  const { personId } = signedIn(call);
  const events = await call.deps.db
    .select()
    .from(consentEvents)
    .where(eq(consentEvents.personId, personId))
    .orderBy(desc(consentEvents.id));
  call.seen(personId, 'consent');
  return {
    given: events[0]?.kind === 'given',
    events: events.map(({ kind, version, language, at }) => ({
      kind,
      version,
      language,
      at: at.toISOString(),
    })),
  };
}
