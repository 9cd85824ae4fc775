/**
 * The port's adapter that leaves the cryptography to NCANode 3 (`POST /cms/verify`), the HTTP service around
 * the certified KalkanCrypt library. What NCANode does not look at is checked here: that there is one signer,
 * that the content is ours (NCANode ignores the data sent along when the CMS carries its own), the moment of
 * validity, the purpose and the ИИН. NCANode does not check the signature of an OCSP answer: give it a
 * network on which nobody can answer in the responder's place.
 */
import { fetchBounded, type Fetch } from './bounded-fetch.ts';
import {
  nationalPolicies,
  readIdentity,
  servesPurpose,
  validityRefusal,
  type PurposePolicies,
} from './certificate.ts';
import { defaultCmsLimits, readCms, type CmsLimits } from './cms.ts';
import { refuse, type SignatureRefusal, type SignatureVerifier } from './signature-verifier.ts';

export interface NcanodeVerifierOptions {
  /** Address of the service, for example http://127.0.0.1:14579 */
  url: string;
  fetch?: Fetch;
  /** Which revocation sources NCANode consults; all of them must say "active". Default: OCSP. */
  revocationCheck?: readonly ('OCSP' | 'CRL')[];
  /** Limit of one question, milliseconds. Default 3 000. */
  timeoutMs?: number;
  limits?: Partial<CmsLimits>;
  policies?: PurposePolicies;
}

const MAX_ANSWER_BYTES = 256_000;

/** Verifier that asks NCANode. When NCANode is silent nothing is established: 'revocation-unknown'. */
export function ncanodeVerifier(options: NcanodeVerifierOptions): SignatureVerifier {
  const limits = { ...defaultCmsLimits, ...options.limits };
  const policies = options.policies ?? nationalPolicies;
  const revocationSources = options.revocationCheck ?? ['OCSP'];
  if (revocationSources.length === 0) throw new Error('NCANode must check revocation by at least one source');

  return {
    async verify({ cms, content, at, purpose }) {
      const read = readCms(cms, content, limits);
      if (!read.ok) return read;
      const { signer, der } = read.value;
      const outOfTerm = validityRefusal(signer, at);
      if (outOfTerm !== null) return refuse(outOfTerm);
      const identity = readIdentity(signer, read.value.statedSigningTime);
      if (!identity.ok) return identity;
      if (!servesPurpose(signer, purpose, policies)) return refuse('wrong-purpose');

      const answer = await fetchBounded(options.fetch ?? globalThis.fetch, {
        url: `${options.url.replace(/\/+$/, '')}/cms/verify`,
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({
          cms: Buffer.from(der).toString('base64'),
          data: Buffer.from(content).toString('base64'),
          revocationCheck: revocationSources,
        }),
        timeoutMs: options.timeoutMs ?? 3_000,
        maxBytes: MAX_ANSWER_BYTES,
      });
      const verdict = answer === null ? null : readAnswer(answer);
      if (verdict === null) return refuse('revocation-unknown');
      // NCANode must speak about the certificate that we read, or its "valid" belongs to somebody else.
      if (verdict.serialNumber !== identity.value.certificateSerial) return refuse('malformed');
      if (verdict.refusal !== null) return refuse(verdict.refusal);
      const missing = revocationSources.some((each) => !verdict.checkedBy.includes(each));
      return missing ? refuse('revocation-unknown') : identity;
    },
  };
}

interface Verdict {
  serialNumber: string;
  /** Null when NCANode calls the signature valid. */
  refusal: SignatureRefusal | null;
  checkedBy: readonly string[];
}

/** Reads NCANode's answer; null when it is not of the expected shape. */
function readAnswer(bytes: Uint8Array): Verdict | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
  if (!isRecord(parsed) || typeof parsed['valid'] !== 'boolean') return null;
  const signers = records(parsed['signers']);
  const certificates = records(signers[0]?.['certificates']);
  const certificate = certificates[0];
  if (signers.length !== 1 || certificates.length !== 1 || certificate === undefined) return null;
  const serialNumber = certificate['serialNumber'];
  if (typeof serialNumber !== 'string' || typeof certificate['valid'] !== 'boolean') return null;
  const revocations = records(certificate['revocations']);
  const checkedBy = revocations.flatMap((each) => (typeof each['by'] === 'string' ? [each['by']] : []));
  const refusal =
    parsed['valid'] && certificate['valid'] ? null : whyRefused(certificate['valid'], revocations);
  return { serialNumber: serialNumber.toLowerCase().replace(/^0+(?=.)/, ''), refusal, checkedBy };
}

/** NCANode says only "invalid"; the reason follows from what it tells about revocation. */
function whyRefused(isCertificateValid: boolean, revocations: Record<string, unknown>[]): SignatureRefusal {
  if (revocations.some((each) => each['revoked'] === true)) return 'certificate-revoked';
  if (isCertificateValid) return 'bad-signature';
  // For OCSP the reason is "OK" for a known status and the trouble otherwise.
  const trouble = revocations.find((each) => each['by'] === 'OCSP' && each['reason'] !== 'OK')?.['reason'];
  if (trouble === undefined) return 'untrusted-chain';
  const isIssuerUnknown = typeof trouble === 'string' && trouble.startsWith('Cannot find root certificate');
  return isIssuerUnknown ? 'untrusted-chain' : 'revocation-unknown';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
