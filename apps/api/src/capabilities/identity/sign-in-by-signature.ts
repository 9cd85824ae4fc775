import type { SignatureVerdict, SignerIdentity } from '@mse/auth/signature';
import type { FinishSignatureOutput } from '@mse/contracts/identity';
import { signInChallenges } from '@mse/db/schema';
import { ok, refuse, type Result, toBusinessDate } from '@mse/domain/shared';
import { and, eq, gte } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { CallContext } from '../../trpc.ts';
import { openSession } from './open-session.ts';
import { ensurePerson, findPersonByIin } from './people.ts';
import { staffRolesOn } from './staff-roles.ts';

type Output = z.input<typeof FinishSignatureOutput>;
type Refusal = Extract<Output, { ok: false }>['refusal'];

/** A signature that came to a text of ours, by whichever way. */
export interface SignatureReceived {
  action: 'identity.finishSignature' | 'identity.finishMobileSignature';
  challengeId: string;
  /** CMS in base64. */
  cms: string;
  device: string;
}

/**
 * Signs a person in by a signature under a text of ours, with trust `signature`.
 * The text serves once: it is used up in the transaction that opens the session, so a replay or a race has one winner
 * (T12). A refused try leaves the text usable until its time is over: the person may have picked a wrong key.
 */
export async function signInBySignature(call: CallContext, input: SignatureReceived): Promise<Output> {
  const { deps, at } = call;
  const { action } = input;
  const isThis = and(eq(signInChallenges.id, input.challengeId), eq(signInChallenges.kind, 'signature'));
  const [challenge] = await deps.db.select().from(signInChallenges).where(isThis);
  if (!challenge?.text || challenge.expiresAt < at)
    return refused(call, action, 'challenge-expired', input.challengeId);
  if (challenge.used) return refused(call, action, 'challenge-used', challenge.id);

  const verdict = await verifyText(deps, challenge.text, input.cms, at);
  if (!verdict.ok) return refused(call, action, verdict.refusal, challenge.id);
  const identity = verdict.value;
  const signer =
    challenge.audience === 'staff'
      ? await findStaff(deps, identity.iin, at)
      : await findCitizen(deps, identity);
  if (!signer.ok) return refused(call, action, signer.refusal, challenge.id);

  const { personId, actorRole } = signer.value;
  const signedIn = await deps.db.transaction(async (tx) => {
    const [taken] = await tx
      .update(signInChallenges)
      .set({ used: true, personId })
      .where(and(isThis, eq(signInChallenges.used, false), gte(signInChallenges.expiresAt, at)))
      .returning({ id: signInChallenges.id });
    if (!taken) return null;
    return openSession(tx, call, {
      action,
      challengeId: challenge.id,
      personId,
      audience: challenge.audience,
      trust: 'signature',
      actorRole,
      device: input.device,
      detail: { certificate: identity.certificateSerial },
    });
  });
  return signedIn ?? refused(call, action, 'challenge-used', challenge.id);
}

/**
 * Verifies the signature under the text. NCALayer's basic module lets the person choose among keys for signing in and
 * keys for signing; both prove who holds them, and the text itself says that it is a sign-in, so both are taken.
 */
async function verifyText(deps: Deps, text: string, cms: string, at: Date): Promise<SignatureVerdict> {
  const signed = { cms, content: Buffer.from(text, 'utf8'), at };
  const verdict = await deps.signatures.verify({ ...signed, purpose: 'authentication' });
  if (verdict.ok || verdict.refusal !== 'wrong-purpose') return verdict;
  return deps.signatures.verify({ ...signed, purpose: 'signing' });
}

type Signer = Result<{ personId: string; actorRole: string }, Refusal>;

/** Staff need a role that is valid today. */
async function findStaff(deps: Deps, iin: string, at: Date): Promise<Signer> {
  const person = await findPersonByIin(deps.db, iin);
  const [first] = person ? await staffRolesOn(deps.db, person.id, toBusinessDate(at)) : [];
  return person && first ? ok({ personId: person.id, actorRole: first.role }) : refuse('not-staff');
}

/** Citizens need a key of their own (one of an organisation speaks for the organisation) and to be alive in the registry. */
async function findCitizen(deps: Deps, { iin, kind }: SignerIdentity): Promise<Signer> {
  if (kind === 'organization') return refuse('wrong-purpose');
  const person = await ensurePerson(deps, iin);
  if (person.kind === 'silent') return refuse('registry-silent');
  if (person.kind === 'not-found' || person.value.status === 'dead') return refuse('person-unknown');
  return ok({ personId: person.value.id, actorRole: 'citizen' });
}

/** Answers a refusal and leaves its audit row. */
async function refused(
  { deps, at, requestId }: CallContext,
  action: SignatureReceived['action'],
  refusal: Refusal,
  challengeId: string,
): Promise<Output> {
  await recordAudit(deps.db, {
    at,
    actor: 'anonymous',
    actorRole: 'anonymous',
    action,
    outcome: 'refused',
    personId: null,
    subject: `challenge:${challengeId}`,
    requestId,
    detail: { refusal },
  });
  return { ok: false, refusal };
}
