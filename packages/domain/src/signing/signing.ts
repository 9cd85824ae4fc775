import { addMinutes, type Result, ok, refuse } from '../shared/index.ts';

/**
 * What a text is signed for. A signature made for one purpose serves no other (T12). `personal`: a key of an organisation does not
 * do, because the person signs for nobody else; `any`: staff of a state body hold keys of that body.
 */
export const SIGNING_PURPOSES = {
  'expert-decision': 'any',
  conclusion: 'any',
  'preliminary-conclusion': 'any',
  'technical-failure-act': 'any',
  'register-application': 'personal',
  'register-contract': 'personal',
  'register-decision': 'any',
  assessment: 'any',
  'act-of-works': 'personal',
  'act-of-works-acceptance': 'any',
  document: 'any',
} as const;
export type SigningPurpose = keyof typeof SIGNING_PURPOSES;

/** Time to read a text and sign it, in minutes. A fresh number is one press away and what was typed stays. */
export const SIGNING_LIFE_MINUTES = 15;

/** How long a signature waits for a revocation service that is silent, in hours. Until that says "good" nothing is signed. */
export const KEPT_SIGNATURE_HOURS = 24;

/** Longest text that is signed, in characters. */
export const SIGNED_TEXT_LENGTH = 200_000;

/** Every way in which a signature under a document does not count. Screens answer each of them. */
export const SIGNING_REFUSALS = [
  'signing-unknown',
  'signing-expired',
  'signing-used',
  'other-document',
  'other-person',
  'no-signature',
  'to-be-checked',
  'malformed',
  'too-large',
  'not-one-signer',
  'content-differs',
  'bad-signature',
  'untrusted-chain',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-revoked',
  'wrong-purpose',
  'no-iin',
] as const;
export type SigningRefusal = (typeof SIGNING_REFUSALS)[number];

/** A text that waits for its signature, as far as the rule asks. */
export interface SigningFacts {
  personId: string;
  /** What the text is about: `assignment:<id>`. */
  subject: string;
  expiresAt: Date;
  usedAt: Date | null;
}

/**
 * T12: whether a text may still be signed by this person for this subject. Somebody else's is like one that never was;
 * the moment of expiry itself still counts.
 */
export function decideSigning(
  signing: SigningFacts | undefined,
  asked: { personId: string; subject: string },
  at: Date,
): Result<SigningFacts, SigningRefusal> {
  if (!signing || signing.personId !== asked.personId) return refuse('signing-unknown');
  if (signing.subject !== asked.subject) return refuse('other-document');
  if (signing.usedAt) return refuse('signing-used');
  if (signing.expiresAt < at) return refuse('signing-expired');
  return ok(signing);
}

/** T12: whether whoever signed is the one whose signature the text needs, with a key that does for the purpose. */
export function decideSigner(
  signer: { iin: string; kind: 'individual' | 'organization' },
  needed: { iin: string; purpose: SigningPurpose },
): Result<null, SigningRefusal> {
  if (signer.iin !== needed.iin) return refuse('other-person');
  if (SIGNING_PURPOSES[needed.purpose] === 'personal' && signer.kind !== 'individual')
    return refuse('wrong-purpose');
  return ok(null);
}

/** Until when a signature that could not be checked yet is kept with its text. */
export function keptUntil(expiresAt: Date, at: Date): Date {
  const kept = addMinutes(at, KEPT_SIGNATURE_HOURS * 60);
  return kept > expiresAt ? kept : expiresAt;
}
