import type { Executor } from '@mse/db';
import { signingRequests } from '@mse/db/schema';
import { addMinutes } from '@mse/domain/shared';
import { SIGNED_TEXT_LENGTH, SIGNING_LIFE_MINUTES, type SigningPurpose } from '@mse/domain/signing';
import { createHash } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { signedText } from './signed-text.ts';

/** Bytes of chance in the one-time number of a text: 256 bits (T12 asks for 128). */
const NONCE_BYTES = 32;

export interface TextToSign {
  /** Whose signature the text needs. */
  personId: string;
  purpose: SigningPurpose;
  /** What it is about: `assignment:<id>`. */
  subject: string;
  /** What the person shall read and sign, whole; the time and a one-time number are added below it. */
  text: string;
}

/**
 * T12: makes the exact text that a person signs, for one purpose about one subject. It serves once, for `SIGNING_LIFE_MINUTES`.
 * Show `text` as it is answered here: what is signed has the one-time number below what was handed in.
 */
export async function openSigning(
  deps: Deps,
  tx: Executor,
  { personId, purpose, subject, text: body }: TextToSign,
  at: Date,
): Promise<{ signingId: string; text: string; hash: string; expiresAt: Date }> {
  const nonce = deps.random.bytes(NONCE_BYTES).toString('base64url');
  const text = signedText(body, { at, nonce });
  if (text.length > SIGNED_TEXT_LENGTH) throw new Error('A text to sign is too long');
  const signingId = deps.random.id(at);
  const expiresAt = addMinutes(at, SIGNING_LIFE_MINUTES);
  const hash = createHash('sha256').update(text, 'utf8').digest('hex');
  await tx
    .insert(signingRequests)
    .values({ id: signingId, personId, purpose, subject, text, hash, createdAt: at, expiresAt });
  return { signingId, text, hash, expiresAt };
}
