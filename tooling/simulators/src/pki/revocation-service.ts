/** The authority's OCSP responder and revocation list, with faults to switch on. */
import { createHash } from 'node:crypto';
import type { CertID } from 'pkijs';
import type { DevelopmentAuthority } from './authority.ts';
import { serialHex, type Credential } from './certificates.ts';
import {
  createOcspAnswer,
  createOcspRefusal,
  createRevocationList,
  nonceExtension,
  readOcspRequest,
} from './status-answers.ts';

export const ocspFaults = [
  'none',
  /** Takes the question and never answers. */
  'silent',
  /** HTTP 500. */
  'error',
  /** "Try later" inside a proper envelope. */
  'try-later',
  /** An answer produced a week ago. */
  'stale',
  /** An answer of a week ago that is said to hold until tomorrow. */
  'produced-long-ago',
  /** An answer of half an hour ago whose term ended ten minutes ago. */
  'ended',
  /** An answer from tomorrow. */
  'future',
  /** Signed by somebody the issuer never appointed. */
  'foreign',
  /** Signed by an ordinary person's key of the same authority. */
  'unappointed',
  /** Somebody else's nonce. */
  'wrong-nonce',
  /** No nonce at all: allowed. */
  'no-nonce',
  /** About another certificate. */
  'other-certificate',
  /** "I do not know this certificate." */
  'unknown',
  /** A signature with one bit changed. */
  'broken-signature',
  /** Not an OCSP answer. */
  'garbage',
  /** 200 KB of it. */
  'huge',
] as const;
export type OcspFault = (typeof ocspFaults)[number];

export const crlFaults = ['none', 'silent', 'error', 'ended', 'foreign', 'garbage'] as const;
export type CrlFault = (typeof crlFaults)[number];

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** 'silent' means: keep the caller waiting. */
export type ServiceAnswer = { body: Buffer } | { httpStatus: number } | 'silent';

export interface RevocationService {
  faults: { ocsp: OcspFault; crl: CrlFault };
  /** How many questions came, for tests of caches. */
  counts: { ocsp: number; crl: number };
  answerOcsp(request: Uint8Array): Promise<ServiceAnswer>;
  answerCrl(algorithm: 'rsa' | 'gost'): ServiceAnswer;
}

/** Revocation service of an authority; `foreigner` signs where the fault asks for a wrong hand. */
export function revocationService(
  authority: DevelopmentAuthority,
  foreigner: () => Promise<{ intermediate: Credential; responder: Credential }>,
): RevocationService {
  const service: RevocationService = {
    faults: { ocsp: 'none', crl: 'none' },
    counts: { ocsp: 0, crl: 0 },

    async answerOcsp(der) {
      service.counts.ocsp += 1;
      const fault = service.faults.ocsp;
      if (fault === 'silent') return 'silent';
      if (fault === 'error') return { httpStatus: 500 };
      if (fault === 'try-later') return { body: createOcspRefusal(3) };
      if (fault === 'garbage') return { body: Buffer.from('<html>maintenance</html>') };
      if (fault === 'huge') return { body: Buffer.alloc(200_000, 0x30) };
      const question = readOcspRequest(der);
      if (question === null) return { body: createOcspRefusal(1) };

      const algorithm = algorithmOf(question.id, authority);
      if (algorithm === null) return { body: createOcspRefusal(6) };
      const responder = await responderFor(fault, algorithm);
      const times = timesOf(fault, Date.now());
      if (fault === 'other-certificate') changeSerial(question.id);
      const body = createOcspAnswer({
        responder,
        id: question.id,
        status: fault === 'unknown' ? { kind: 'unknown' } : statusFor(fault, question.id),
        ...times,
        nonce:
          fault === 'no-nonce'
            ? null
            : fault === 'wrong-nonce'
              ? nonceExtension(new Uint8Array(16))
              : question.nonce,
      });
      return { body: fault === 'broken-signature' ? flipSignatureBit(body, responder) : body };
    },

    answerCrl(algorithm) {
      service.counts.crl += 1;
      const fault = service.faults.crl;
      if (fault === 'silent') return 'silent';
      if (fault === 'error') return { httpStatus: 500 };
      if (fault === 'garbage') return { body: Buffer.from('not a list') };
      const now = Date.now();
      const issuer = authority.chain(algorithm).intermediate;
      const wrongKey = authority.chain(algorithm).responder.key;
      const body = createRevocationList({
        issuer: fault === 'foreign' ? { certificate: issuer.certificate, key: wrongKey } : issuer,
        thisUpdate: new Date(now - 2 * DAY_MS),
        nextUpdate: new Date(now + (fault === 'ended' ? -DAY_MS : DAY_MS)),
        revoked: authority.revoked(),
      });
      return { body };
    },
  };

  async function responderFor(fault: OcspFault, algorithm: 'rsa' | 'gost'): Promise<Credential> {
    if (fault === 'foreign') return (await foreigner()).responder;
    if (fault === 'unappointed')
      return authority.issue({
        iin: '000000000000',
        surname: 'БӨТЕН',
        name: 'АДАМ',
        patronymic: null,
        purpose: 'sign',
        algorithm,
      });
    return authority.chain(algorithm).responder;
  }

  function statusFor(fault: OcspFault, id: CertID): ReturnType<DevelopmentAuthority['statusOf']> {
    // An answer about another certificate says "good", or the mistake would hide.
    return fault === 'other-certificate' ? { kind: 'good' } : authority.statusOf(serialHex(id.serialNumber));
  }

  return service;
}

/** The three moments of an answer under a fault. */
function timesOf(fault: OcspFault, now: number): { producedAt: Date; thisUpdate: Date; nextUpdate?: Date } {
  const at = (milliseconds: number): Date => new Date(now + milliseconds);
  const all = (moment: Date): { producedAt: Date; thisUpdate: Date } => ({
    producedAt: moment,
    thisUpdate: moment,
  });
  if (fault === 'stale') return all(at(-7 * DAY_MS));
  if (fault === 'future') return all(at(DAY_MS));
  if (fault === 'produced-long-ago') return { ...all(at(-7 * DAY_MS)), nextUpdate: at(DAY_MS) };
  if (fault === 'ended')
    return { producedAt: at(0), thisUpdate: at(-30 * MINUTE_MS), nextUpdate: at(-10 * MINUTE_MS) };
  return all(at(0));
}

function changeSerial(id: CertID): void {
  const bytes = id.serialNumber.valueBlock.valueHexView;
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
}

/** Flips a bit of the signature: it stands right before the responder's certificate. */
function flipSignatureBit(answer: Buffer, responder: Credential): Buffer {
  const certificate = Buffer.from(responder.certificate.toSchema().toBER());
  const position = answer.indexOf(certificate) - 40;
  const changed = Buffer.from(answer);
  changed[position] = (changed[position] ?? 0) ^ 0x10;
  return changed;
}

/** Which of our authorities the question is about; null for a foreign one. */
function algorithmOf(id: CertID, authority: DevelopmentAuthority): 'rsa' | 'gost' | null {
  const hashName = id.hashAlgorithm.algorithmId === '1.3.14.3.2.26' ? 'sha1' : 'sha256';
  const asked = Buffer.from(id.issuerKeyHash.valueBlock.valueHexView);
  for (const algorithm of ['rsa', 'gost'] as const) {
    const { certificate } = authority.chain(algorithm).intermediate;
    const bits = certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
    if (createHash(hashName).update(bits).digest().equals(asked)) return algorithm;
  }
  return null;
}
