import type { Transaction } from '@mse/db';
import { consentEvents, persons } from '@mse/db/schema';
import type { Language } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { type ConsentEvent, newestConsent } from './has-consent.ts';

/** The newest consent of the caller; other givings and withdrawals of the caller wait until this transaction ends. */
export async function lockConsent(tx: Transaction, call: CallContext): Promise<ConsentEvent | null> {
  const { personId } = signedIn(call);
  await tx.select({ id: persons.id }).from(persons).where(eq(persons.id, personId)).for('update');
  return newestConsent(tx, personId);
}

/**
 * EQ-16: writes that the caller gave or withdrew consent, with its audit row. The data subject is the caller; as the
 * lawful representative the caller speaks for the wards too, so no row of a ward is needed.
 */
export async function recordConsent(
  tx: Transaction,
  call: CallContext,
  consent: { kind: 'given' | 'withdrawn'; version: string; language: Language },
): Promise<void> {
  const caller = signedIn(call);
  const action = consent.kind === 'given' ? 'consent.give' : 'consent.withdraw';
  await tx
    .insert(consentEvents)
    .values({ personId: caller.personId, givenBy: caller.personId, at: call.at, ...consent });
  await recordAudit(tx, {
    at: call.at,
    actor: caller.personId,
    actorRole: actingRole(action, caller),
    action,
    outcome: 'done',
    personId: caller.personId,
    subject: `consent:${consent.version}`,
    requestId: call.requestId,
    detail: { language: consent.language },
  });
}
