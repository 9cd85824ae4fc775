/** The port's adapter that verifies in this process: RSA by Node, ГОСТ 34.10-2015 by our own equation. */
import type { Fetch } from './bounded-fetch.ts';
import { nationalPolicies, readIdentity, servesPurpose, type PurposePolicies } from './certificate.ts';
import { defaultCmsLimits, isCmsSignatureValid, readCms, type CmsLimits } from './cms.ts';
import { revocationCheck, type RevocationMode } from './revocation.ts';
import { refuse, type SignatureVerifier } from './signature-verifier.ts';
import { findTrustedIssuer, readTrustStore } from './trust.ts';

export interface BuiltinVerifierOptions {
  /** PEM text with the roots and intermediates to trust. */
  trustAnchorsPem: string;
  revocation: RevocationMode;
  /**
   * Present time of the outside world, for the age of revocation answers. Where the service's own time can be
   * moved (a demonstration), hand in the unmoved one: the responder does not follow.
   */
  clock: { now(): Date };
  randomBytes: (length: number) => Uint8Array;
  fetch?: Fetch;
  /** Addresses used instead of those in the certificates. */
  ocspUrl?: string | null;
  crlUrl?: string | null;
  /** Limit of one question to a revocation service, milliseconds. Default 3 000. */
  timeoutMs?: number;
  /** How long a good OCSP answer is reused, milliseconds. Default 60 000; zero asks every time. */
  ocspCacheMs?: number;
  /** How long a revocation list is reused at most, milliseconds. Default 600 000. */
  crlCacheMs?: number;
  /** How old an OCSP answer may be, milliseconds. Default 3 600 000. */
  maxOcspAgeMs?: number;
  limits?: Partial<CmsLimits>;
  /** Certificate policies that allow each purpose. Default: those of the national authority. */
  policies?: PurposePolicies;
}

/**
 * Verifier of CMS signatures against pinned authorities. Throws when the bundle of authorities is unusable.
 * The time of signing stated by the signer's computer is passed on but never decides whether the signature holds.
 */
export function builtinVerifier(options: BuiltinVerifierOptions): SignatureVerifier {
  const store = readTrustStore(options.trustAnchorsPem);
  const limits = { ...defaultCmsLimits, ...options.limits };
  const policies = options.policies ?? nationalPolicies;
  const revocation = revocationCheck({
    mode: options.revocation,
    fetch: options.fetch ?? globalThis.fetch,
    clock: options.clock,
    randomBytes: options.randomBytes,
    ocspUrl: options.ocspUrl ?? null,
    crlUrl: options.crlUrl ?? null,
    timeoutMs: options.timeoutMs ?? 3_000,
    ocspCacheMs: options.ocspCacheMs ?? 60_000,
    crlCacheMs: options.crlCacheMs ?? 600_000,
    maxOcspAgeMs: options.maxOcspAgeMs ?? 3_600_000,
  });

  return {
    async verify({ cms, content, at, purpose }) {
      const read = readCms(cms, content, limits);
      if (!read.ok) return read;
      const { signer } = read.value;
      if (!isCmsSignatureValid(read.value)) return refuse('bad-signature');
      const issuer = findTrustedIssuer(signer, store, at);
      if (!issuer.ok) return issuer;
      if (!servesPurpose(signer, purpose, policies)) return refuse('wrong-purpose');
      const identity = readIdentity(signer, read.value.statedSigningTime);
      if (!identity.ok) return identity;

      // Last, because it is slow and because an address may be believed only in a trusted certificate.
      const status = await revocation.statusOf(signer, issuer.value);
      if (status === 'revoked') return refuse('certificate-revoked');
      return status === 'good' ? identity : refuse('revocation-unknown');
    },
  };
}
