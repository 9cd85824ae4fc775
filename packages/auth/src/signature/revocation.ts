/** Asks whether a certificate was revoked, and remembers good answers for a short while. */
import type { Certificate } from 'pkijs';
import { fetchBounded, type Fetch } from './bounded-fetch.ts';
import { crlAddress, ocspAddress, serialHex, subjectBytes } from './certificate.ts';
import { isListInForce, readRevocationList, type RevocationList } from './crl.ts';
import { buildOcspRequest, readOcspResponse, type RevocationStatus } from './ocsp.ts';

/** Which source decides: the online service, the list, or the list when the service is silent. */
export type RevocationMode = 'ocsp' | 'crl' | 'ocsp-or-crl';

export interface RevocationOptions {
  mode: RevocationMode;
  fetch: Fetch;
  clock: { now(): Date };
  randomBytes: (length: number) => Uint8Array;
  /** Address used instead of the one in the certificate. */
  ocspUrl: string | null;
  crlUrl: string | null;
  /** Limit of one question to the outside, milliseconds. */
  timeoutMs: number;
  /** How long a good OCSP answer is reused, milliseconds; zero asks every time. */
  ocspCacheMs: number;
  /** How long a list is reused at most, milliseconds. */
  crlCacheMs: number;
  /** How old an OCSP answer may be, milliseconds. */
  maxOcspAgeMs: number;
}

export interface RevocationCheck {
  /** Never throws; a source that cannot be trusted or reached gives 'unknown'. */
  statusOf(certificate: Certificate, issuer: Certificate): Promise<RevocationStatus>;
}

const CLOCK_SKEW_MS = 5 * 60_000;
const NONCE_BYTES = 16;
const MAX_OCSP_BYTES = 64_000;
const MAX_CRL_BYTES = 64_000_000;
const MAX_REMEMBERED = 10_000;

/** A check with its own memory; make one for the whole process. */
export function revocationCheck(options: RevocationOptions): RevocationCheck {
  const goodUntil = new Map<string, number>();
  const asking = new Map<string, Promise<RevocationStatus>>();
  const lists = new Map<string, { list: RevocationList; until: number }>();
  const loading = new Map<string, Promise<RevocationList | null>>();

  async function askOcsp(certificate: Certificate, issuer: Certificate): Promise<RevocationStatus> {
    const url = options.ocspUrl ?? ocspAddress(certificate);
    if (url === null) return 'unknown';
    const nonce = options.randomBytes(NONCE_BYTES);
    const answer = await fetchBounded(options.fetch, {
      url,
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      body: buildOcspRequest(certificate, issuer, nonce),
      timeoutMs: options.timeoutMs,
      maxBytes: MAX_OCSP_BYTES,
    });
    if (answer === null) return 'unknown';
    return readOcspResponse(answer, {
      certificate,
      issuer,
      nonce,
      now: options.clock.now(),
      maxAgeMs: options.maxOcspAgeMs,
      clockSkewMs: CLOCK_SKEW_MS,
    });
  }

  async function ocspStatus(certificate: Certificate, issuer: Certificate): Promise<RevocationStatus> {
    // The key covers the issuer too: two authorities may give out the same serial number.
    const key = `${Buffer.from(subjectBytes(issuer)).toString('base64')}:${serialHex(certificate.serialNumber)}`;
    if ((goodUntil.get(key) ?? 0) > options.clock.now().getTime()) return 'good';
    goodUntil.delete(key);
    // A burst of signatures by one person asks once and shares the answer.
    const underway = asking.get(key);
    if (underway !== undefined) return underway;
    const question = askOcsp(certificate, issuer).finally(() => asking.delete(key));
    asking.set(key, question);
    const status = await question;
    if (status === 'good' && options.ocspCacheMs > 0) {
      const oldest = goodUntil.size >= MAX_REMEMBERED ? goodUntil.keys().next().value : undefined;
      if (oldest !== undefined) goodUntil.delete(oldest);
      goodUntil.set(key, options.clock.now().getTime() + options.ocspCacheMs);
    }
    return status;
  }

  async function loadList(url: string, issuer: Certificate): Promise<RevocationList | null> {
    const der = await fetchBounded(options.fetch, {
      url,
      method: 'GET',
      headers: { accept: 'application/pkix-crl' },
      timeoutMs: options.timeoutMs,
      maxBytes: MAX_CRL_BYTES,
    });
    const list = der === null ? null : readRevocationList(der, issuer);
    if (list !== null) lists.set(url, { list, until: options.clock.now().getTime() + options.crlCacheMs });
    return list;
  }

  async function crlStatus(certificate: Certificate, issuer: Certificate): Promise<RevocationStatus> {
    const url = options.crlUrl ?? crlAddress(certificate);
    if (url === null) return 'unknown';
    const now = options.clock.now();
    const remembered = lists.get(url);
    const isUsable =
      remembered !== undefined &&
      remembered.until > now.getTime() &&
      isListInForce(remembered.list, now, CLOCK_SKEW_MS);
    let list = isUsable ? remembered.list : null;
    if (list === null) {
      const underway = loading.get(url) ?? loadList(url, issuer).finally(() => loading.delete(url));
      loading.set(url, underway);
      list = await underway;
    }
    if (list === null || !isListInForce(list, options.clock.now(), CLOCK_SKEW_MS)) return 'unknown';
    return list.revokedSerials.has(serialHex(certificate.serialNumber)) ? 'revoked' : 'good';
  }

  return {
    async statusOf(certificate, issuer) {
      if (options.mode === 'crl') return crlStatus(certificate, issuer);
      const status = await ocspStatus(certificate, issuer);
      return status === 'unknown' && options.mode === 'ocsp-or-crl' ? crlStatus(certificate, issuer) : status;
    },
  };
}
