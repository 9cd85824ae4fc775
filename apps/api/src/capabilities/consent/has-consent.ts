import type { Executor } from '@mse/db';
import { consentEvents } from '@mse/db/schema';
import { desc, eq } from 'drizzle-orm';

/** A line of the history of consents. */
export type ConsentEvent = typeof consentEvents.$inferSelect;

/** EQ-16: the newest giving or withdrawing of a person; null when there was none. */
export async function newestConsent(executor: Executor, personId: string): Promise<ConsentEvent | null> {
  const [event] = await executor
    .select()
    .from(consentEvents)
    .where(eq(consentEvents.personId, personId))
    .orderBy(desc(consentEvents.id))
    .limit(1);
  return event ?? null;
}

/**
 * EQ-16: whether the person who acts has agreed to the processing of personal data and has not taken it back.
 * Ask with the caller, for a ward too: a lawful representative agrees once, for their own data and that of their wards.
 * An agreement to an older wording holds until a withdrawal; the new wording is asked for at the next giving.
 */
export async function hasConsent(executor: Executor, personId: string): Promise<boolean> {
  return (await newestConsent(executor, personId))?.kind === 'given';
}
