import type { Executor } from '@mse/db';
import { persons, signingRequests } from '@mse/db/schema';
import { ok, refuse, type Result } from '@mse/domain/shared';
import {
  decideSigner,
  decideSigning,
  keptUntil,
  type SigningPurpose,
  type SigningRefusal,
} from '@mse/domain/signing';
import { and, eq, gte, isNull } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';

/** A signature as it came in. */
export interface SignatureReceived {
  signingId: string;
  /** CMS in base64; null for one that has come by phone or waits to be checked. */
  cms: string | null;
  /** Who is signed in; only the own signature counts. */
  personId: string;
  /** What the caller is about to do; the text must have been opened for just this. */
  subject: string;
}

/** A signature that holds. It counts once `useSignature` has used up its text. */
export interface VerifiedSignature {
  signingId: string;
  purpose: SigningPurpose;
  /** The exact text that was signed, with its time and one-time number. */
  text: string;
  /** CMS as it came, in bytes. */
  signature: Buffer;
  /** Serial number of the certificate, lower-case hexadecimal. */
  signerSerial: string;
  /** When the signature was taken, by the clock of the service. */
  signedAt: Date;
}

/**
 * T12: whether a signature holds: over exactly the shown text, by a key for signing whose holder is the person, valid and not
 * revoked at `at`, under a text that is still open for this subject. While the revocation service is silent the signature is
 * kept with its text and nothing is signed (`to-be-checked`); the same call with `cms: null` asks again.
 * It asks the outside world and takes up to some seconds: call it before a transaction, then `useSignature` within it.
 */
export async function verifySignature(
  deps: Deps,
  executor: Executor,
  { signingId, cms, personId, subject }: SignatureReceived,
  at: Date,
): Promise<Result<VerifiedSignature, SigningRefusal>> {
  const [row] = await executor
    .select({ signing: signingRequests, iin: persons.iin })
    .from(signingRequests)
    .innerJoin(persons, eq(persons.id, signingRequests.personId))
    .where(eq(signingRequests.id, signingId));
  const decided = decideSigning(row?.signing, { personId, subject }, at);
  if (!decided.ok || !row) return decided.ok ? refuse('signing-unknown') : decided;
  const { signing, iin } = row;
  const received = cms === null ? signing.cms : Buffer.from(cms, 'base64');
  if (!received) return refuse('no-signature');

  const content = Buffer.from(signing.text, 'utf8');
  const verdict = await deps.signatures.verify({ cms: received, content, at, purpose: 'signing' });
  if (!verdict.ok) {
    if (verdict.refusal !== 'revocation-unknown') return refuse(verdict.refusal);
    await executor
      .update(signingRequests)
      .set({
        cms: received,
        toCheckSince: signing.toCheckSince ?? at,
        expiresAt: keptUntil(signing.expiresAt, at),
      })
      .where(and(eq(signingRequests.id, signingId), isNull(signingRequests.usedAt)));
    return refuse('to-be-checked');
  }
  const signer = decideSigner(verdict.value, { iin, purpose: signing.purpose });
  if (!signer.ok) return signer;
  return ok({
    signingId,
    purpose: signing.purpose,
    text: signing.text,
    signature: received,
    signerSerial: verdict.value.certificateSerial,
    signedAt: at,
  });
}

/**
 * T12: uses up the text of a signature that holds, in the transaction of the fact it makes. Of two that come at once one wins; the other
 * waits for that transaction and hears `signing-used`.
 */
export async function useSignature(
  tx: Executor,
  verified: VerifiedSignature,
  at: Date,
): Promise<Result<VerifiedSignature, SigningRefusal>> {
  const [used] = await tx
    .update(signingRequests)
    .set({ usedAt: at, cms: null, toCheckSince: null })
    .where(
      and(
        eq(signingRequests.id, verified.signingId),
        isNull(signingRequests.usedAt),
        gte(signingRequests.expiresAt, at),
      ),
    )
    .returning({ id: signingRequests.id });
  return used ? ok(verified) : refuse('signing-used');
}

/**
 * T12: `verifySignature` and `useSignature` in one: takes a signature within the transaction of the fact it makes. On a refusal let the
 * transaction commit all the same: a signature that waits to be checked is kept by it.
 */
export async function takeSignature(
  deps: Deps,
  tx: Executor,
  received: SignatureReceived,
  at: Date,
): Promise<Result<VerifiedSignature, SigningRefusal>> {
  const verified = await verifySignature(deps, tx, received, at);
  return verified.ok ? useSignature(tx, verified.value, at) : verified;
}
