/** The pinned certificates and the way from a signer up to them. */
import { fromBER } from 'asn1js';
import { Certificate } from 'pkijs';
import { sameBytes } from './algorithms.ts';
import {
  allowsKeyUsage,
  authorityPathLength,
  hasOnlyUnderstoodCriticalExtensions,
  isIssuedBy,
  issuerBytes,
  subjectBytes,
  validityRefusal,
} from './certificate.ts';
import { refuse, type SignatureRefusal } from './signature-verifier.ts';

interface Authority {
  certificate: Certificate;
  /** The pinned authority above; null when this one is the top of what the operator pinned. */
  above: Authority | null;
}

/** The pinned authorities: roots and intermediates that the operator put into the bundle. */
export interface TrustStore {
  authorities: readonly Authority[];
}

/**
 * Reads a PEM bundle of roots and intermediates. Links between them are checked here, once, and not for every
 * signature. Certificates inside a CMS never join the way: only pinned ones do.
 * Throws if the text holds no usable authority: that is a wrong configuration, not a refusal.
 */
export function readTrustStore(pem: string): TrustStore {
  const certificates = [
    ...pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g),
  ].map((match) => readCertificate(Buffer.from(match[1] ?? '', 'base64')));
  const authorities: Authority[] = certificates
    .filter((each) => authorityPathLength(each) !== null && allowsKeyUsage(each, 'keyCertSign'))
    .map((certificate) => ({ certificate, above: null }));
  if (authorities.length === 0) throw new Error('The trust anchor bundle holds no certificate authority');
  for (const authority of authorities) {
    authority.above =
      authorities.find(
        (candidate) =>
          candidate !== authority &&
          sameBytes(subjectBytes(candidate.certificate), issuerBytes(authority.certificate)) &&
          isIssuedBy(authority.certificate, candidate.certificate),
      ) ?? null;
  }
  return { authorities };
}

/** Parses one certificate; throws on anything else. */
export function readCertificate(der: Uint8Array): Certificate {
  const parsed = fromBER(Uint8Array.from(der));
  if (parsed.offset !== der.length) throw new Error('Not one certificate');
  return new Certificate({ schema: parsed.result });
}

const MAXIMUM_WAY = 5;

/**
 * Finds the pinned authority that issued `certificate` and walks up to the top, checking validity at `at`, the
 * authority flag, its allowed path length and critical extensions. Returns the direct issuer.
 * Refuses: untrusted-chain, certificate-expired, certificate-not-yet-valid.
 */
export function findTrustedIssuer(
  certificate: Certificate,
  store: TrustStore,
  at: Date,
): { ok: true; value: Certificate } | { ok: false; refusal: SignatureRefusal } {
  if (!hasOnlyUnderstoodCriticalExtensions(certificate)) return refuse('untrusted-chain');
  const issuer = issuerBytes(certificate);
  const direct = store.authorities.find(
    (each) => sameBytes(subjectBytes(each.certificate), issuer) && isIssuedBy(certificate, each.certificate),
  );
  if (direct === undefined) return refuse('untrusted-chain');

  const own = validityRefusal(certificate, at);
  if (own !== null) return refuse(own);
  let below = 0;
  for (let each: Authority | null = direct; each !== null; each = each.above) {
    const allowed = authorityPathLength(each.certificate);
    if (allowed === null || below > allowed || below >= MAXIMUM_WAY) return refuse('untrusted-chain');
    if (!hasOnlyUnderstoodCriticalExtensions(each.certificate)) return refuse('untrusted-chain');
    const refusal = validityRefusal(each.certificate, at);
    if (refusal !== null) return refuse(refusal);
    below += 1;
  }
  return { ok: true, value: direct.certificate };
}
