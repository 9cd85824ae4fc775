import type { Transaction } from '@mse/db';
import type { Session } from '@mse/auth/sessions';
import type { SignedIn } from '@mse/contracts/identity';
import type { SessionAudience, TrustLevel } from '@mse/domain/identity';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import type { CallContext } from '../../trpc.ts';

/** What a finished sign-in opens. */
export interface SignIn {
  action: 'identity.verifyCode' | 'identity.finishSignature' | 'identity.finishMobileSignature';
  challengeId: string;
  personId: string;
  audience: SessionAudience;
  trust: TrustLevel;
  /** Role the audit names: `citizen`, or the first staff role. */
  actorRole: string;
  device: string;
  detail?: Record<string, unknown>;
}

/**
 * Opens the session of a sign-in or step-up and writes its audit row, in the transaction that used up the challenge.
 * The session the caller came with ends: a new token every time, and the old one is dead at once (T09).
 */
export async function openSession(
  tx: Transaction,
  call: CallContext,
  signIn: SignIn,
): Promise<z.input<typeof SignedIn>> {
  const { deps, at, caller, requestId } = call;
  const sessions = deps.sessions.within(tx);
  if (caller) await sessions.end(caller.personId, caller.sessionId);
  const { personId, audience, trust, device } = signIn;
  const { token, session } = await sessions.create({ personId, audience, trust, device, at });
  await recordAudit(tx, {
    at,
    actor: personId,
    actorRole: signIn.actorRole,
    action: signIn.action,
    outcome: 'done',
    personId,
    subject: `challenge:${signIn.challengeId}`,
    requestId,
    detail: { ...signIn.detail, trust, audience, stepUp: isStepUp(call, session) },
  });
  return { ok: true, token, endsAt: session.expiresAt.toISOString() };
}

/** Whether a person who was signed in by SMS proves themselves by signature now. */
function isStepUp({ caller }: CallContext, session: Session): boolean {
  return caller?.personId === session.personId && caller.trust === 'sms' && session.trust === 'signature';
}
