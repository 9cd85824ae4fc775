import { SIGNING_PURPOSES, type SigningPurpose } from '@mse/domain/signing';
import { z } from 'zod';
import { Id, Instant, refused } from './common.ts';

export const SigningInput = z.strictObject({ signingId: Id });

/** CMS in base64 as a program for signing made it; empty when the signature has come by phone, or waits to be checked. */
export const Cms = z
  .string()
  .max(200_000, { error: 'too-long' })
  .transform((sent) => (sent.trim() === '' ? null : sent))
  .nullable()
  .default(null);

/** What a page that collects a signature sends; each capability adds what it needs. */
export const SignedInput = z.strictObject({ signingId: Id, cms: Cms });

/** A text that waits for its signature, or has it. */
export const SigningOutput = z.object({
  signingId: z.uuid(),
  purpose: z.enum(Object.keys(SIGNING_PURPOSES) as [SigningPurpose, ...SigningPurpose[]]),
  text: z.string(),
  /** SHA-256 of the text in UTF-8, lower-case hexadecimal. */
  hash: z.string(),
  expiresAt: Instant,
  state: z.enum(['open', 'to-be-checked', 'used', 'expired']),
  /** Signing on a phone that was begun for this text. */
  phone: z
    .object({
      state: z.enum(['waiting', 'fetched', 'signed', 'declined', 'ended']),
      compareCode: z.string(),
      link: z.string(),
      endsAt: Instant,
    })
    .nullable(),
});

export const StartPhoneSigningOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['unavailable', 'signing-used', 'signing-expired']),
]);
