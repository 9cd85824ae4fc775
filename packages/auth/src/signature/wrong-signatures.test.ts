/** T12: everything that must not count as a signature, one by one and by random damage. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createCertificate,
  createChain,
  ocspFaults,
  signCms,
  startSimulators,
  toPem,
  type CmsOptions,
  type Credential,
  type IssueRequest,
  type OcspFault,
  type Simulators,
} from '@mse/simulators';
import { Extension } from 'pkijs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { builtinVerifier, type BuiltinVerifierOptions } from './builtin-verifier.ts';
import type { SignaturePurpose, SignatureRefusal, SignatureVerdict } from './signature-verifier.ts';

const CONTENT = Buffer.from('Кіру: aleumet.egov.kz, 3 минут, d1f0c2…', 'utf8');
const DAY_MS = 86_400_000;
const person = { iin: '123456789012', surname: 'ТЕСТОВА', name: 'ӘЛИЯ', patronymic: 'ҚУАТҚЫЗЫ' };
const clinic = { ...person, bin: '987654321098', organization: 'ЖШС «Емхана»' };

let simulators: Simulators;
let valid: Credential;
let validGost: Credential;
let redirecting: Server;
let redirectingUrl: string;

beforeAll(async () => {
  simulators = await startSimulators();
  valid = await simulators.authority.credentialOf(person, 'sign');
  validGost = await simulators.authority.credentialOf(person, 'sign', 'gost');
  redirecting = createServer((_request, response) => {
    response.writeHead(307, { location: `${simulators.httpUrl}/pki/ocsp` }).end();
  });
  await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
  redirectingUrl = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
});
afterAll(async () => {
  redirecting.close();
  redirecting.closeAllConnections();
  await simulators.close();
});
beforeEach(() => {
  simulators.revocation.faults = { ocsp: 'none', crl: 'none' };
});

function verifier(options: Partial<BuiltinVerifierOptions> = {}): ReturnType<typeof builtinVerifier> {
  return builtinVerifier({
    trustAnchorsPem: simulators.trustAnchorsPem,
    revocation: 'ocsp',
    clock: { now: () => new Date() },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    timeoutMs: 400,
    ocspCacheMs: 0,
    crlCacheMs: 0,
    ...options,
  });
}

interface Attempt {
  cms: Uint8Array | string;
  content?: Uint8Array;
  at?: Date;
  purpose?: SignaturePurpose;
  verifier?: Partial<BuiltinVerifierOptions>;
}

function judge(attempt: Attempt): Promise<SignatureVerdict> {
  return verifier(attempt.verifier).verify({
    cms: attempt.cms,
    content: attempt.content ?? CONTENT,
    at: attempt.at ?? new Date(),
    purpose: attempt.purpose ?? 'signing',
  });
}

const signed = (options?: CmsOptions, content: Uint8Array = CONTENT): Buffer =>
  signCms(valid, content, options);
const issue = (request: Partial<IssueRequest>): Promise<Credential> =>
  simulators.authority.issue({ ...person, purpose: 'sign', ...request });
const signedBy = async (request: Partial<IssueRequest>): Promise<Attempt> => ({
  cms: signCms(await issue(request), CONTENT),
});
const named = (serialNumber: string): Partial<IssueRequest> => ({
  override: {
    subject: [
      ['CN', 'ТЕСТОВА ӘЛИЯ'],
      ['SURNAME', 'ТЕСТОВА'],
      ['SERIALNUMBER', serialNumber],
      ['C', 'KZ'],
    ],
  },
});

/** Replaces the first occurrence of some bytes. */
function replace(cms: Buffer, from: Uint8Array, to: Uint8Array): Buffer {
  const at = cms.indexOf(from);
  if (at < 0) throw new Error('The bytes to replace are not there');
  const changed = Buffer.from(cms);
  changed.set(to, at);
  return changed;
}

function flip(cms: Buffer, position: number): Buffer {
  const changed = Buffer.from(cms);
  changed[position] = (changed[position] ?? 0) ^ 1;
  return changed;
}

const nested = (depth: number): Buffer => {
  let inner = Buffer.from([0x05, 0x00]);
  for (let i = 0; i < depth; i += 1) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(inner.length);
    inner = Buffer.concat([Buffer.from([0x30, 0x84]), length, inner]);
  }
  return inner;
};

const FLAT_NULLS = Buffer.concat([
  Buffer.from([0x30, 0x83, 0x01, 0x86, 0xa0]),
  Buffer.alloc(100_000, Buffer.from([5, 0])),
]);

type Case = [what: string, refusal: SignatureRefusal, make: () => Attempt | Promise<Attempt>];

const cases: Case[] = [
  // What is not a signature at all
  ['nothing', 'malformed', () => ({ cms: new Uint8Array() })],
  ['an empty text', 'malformed', () => ({ cms: '' })],
  ['spaces', 'malformed', () => ({ cms: ' \n ' })],
  ['a sentence', 'malformed', () => ({ cms: 'Бұл қолтаңба емес' })],
  ['a thousand random bytes', 'malformed', () => ({ cms: crypto.getRandomValues(new Uint8Array(1000)) })],
  ['a PDF', 'malformed', () => ({ cms: Buffer.from('%PDF-1.7\n1 0 obj\n') })],
  ['a CMS without its last byte', 'malformed', () => ({ cms: signed().subarray(0, -1) })],
  ['half a CMS', 'malformed', () => ({ cms: signed().subarray(0, 900) })],
  ['a CMS with one byte after it', 'malformed', () => ({ cms: Buffer.concat([signed(), Buffer.from([0])]) })],
  ['two CMS in a row', 'malformed', () => ({ cms: Buffer.concat([signed(), signed()]) })],
  ['base64 with a stray sign', 'malformed', () => ({ cms: `${signed().toString('base64')}*` })],
  ['base64url', 'malformed', () => ({ cms: `-_-_${signed().toString('base64url')}` })],
  [
    'base64 of base64',
    'malformed',
    () => ({ cms: Buffer.from(signed().toString('base64')).toString('base64') }),
  ],
  ['a certificate in place of a CMS', 'malformed', () => ({ cms: toPem(valid.certificate) })],
  ['sequences nested ten thousand deep', 'malformed', () => ({ cms: nested(10_000) })],
  ['fifty thousand elements', 'malformed', () => ({ cms: FLAT_NULLS })],
  [
    'content of another type',
    'malformed',
    () => ({ cms: signed({ eContentType: '1.2.840.113549.1.9.16.1.4' }) }),
  ],
  ['a CMS without the signer’s certificate', 'malformed', () => ({ cms: signed({ certificates: [] }) })],
  [
    'a CMS with the certificate of another',
    'malformed',
    () => ({ cms: signed({ certificates: [validGost.certificate] }) }),
  ],
  [
    'the signer’s certificate twice',
    'malformed',
    () => ({ cms: signed({ certificates: [valid.certificate, valid.certificate] }) }),
  ],
  [
    'a signature without signed attributes',
    'malformed',
    () => ({ cms: signed({ withoutAttributes: true }) }),
  ],
  ['no attribute of content type', 'malformed', () => ({ cms: signed({ omitAttribute: 'contentType' }) })],
  ['no attribute of digest', 'malformed', () => ({ cms: signed({ omitAttribute: 'messageDigest' }) })],
  ['two attributes of digest', 'malformed', () => ({ cms: signed({ secondDigest: new Uint8Array(32) }) })],
  [
    'an attribute of another content type',
    'malformed',
    () => ({ cms: signed({ contentTypeAttribute: '1.2.3.4' }) }),
  ],
  // Size
  ['two megabytes', 'too-large', () => ({ cms: Buffer.alloc(2_000_000, 0x30) })],
  ['four megabytes of base64', 'too-large', () => ({ cms: 'MIIB'.repeat(1_000_000) })],
  ['content of two megabytes', 'too-large', () => ({ cms: signed(), content: Buffer.alloc(2_000_000) })],
  [
    'a CMS over the configured limit',
    'too-large',
    () => ({ cms: signed(), verifier: { limits: { maxCmsBytes: 1000 } } }),
  ],
  // Signers
  [
    'no signer',
    'not-one-signer',
    () => ({ cms: signCms([], CONTENT, { certificates: [valid.certificate] }) }),
  ],
  ['two signers', 'not-one-signer', () => ({ cms: signCms([valid, validGost], CONTENT) })],
  [
    'the same signer twice',
    'not-one-signer',
    () => ({ cms: signCms([valid, valid], CONTENT, { certificates: [valid.certificate] }) }),
  ],
  // Content
  ['a signature of other content', 'content-differs', () => ({ cms: signed({}, Buffer.from('басқа')) })],
  [
    'content with one letter changed',
    'content-differs',
    () => ({ cms: signed(), content: flip(CONTENT, 3) }),
  ],
  [
    'content with a line end added',
    'content-differs',
    () => ({ cms: signed(), content: Buffer.concat([CONTENT, Buffer.from('\n')]) }),
  ],
  [
    'content in another encoding',
    'content-differs',
    () => ({ cms: signed(), content: Buffer.from(CONTENT.toString('utf8'), 'utf16le') }),
  ],
  [
    'foreign content attached and signed',
    'content-differs',
    () => ({ cms: signed({ attached: true }, Buffer.from('басқа')) }),
  ],
  [
    'foreign content attached to a right signature',
    'content-differs',
    () => ({ cms: signed({ attachedInstead: Buffer.from('басқа') }) }),
  ],
  [
    'empty content attached',
    'content-differs',
    () => ({ cms: signed({ attachedInstead: new Uint8Array() }) }),
  ],
  [
    'right content attached to a signature of other content',
    'content-differs',
    () => ({ cms: signed({ attachedInstead: CONTENT }, Buffer.from('басқа')) }),
  ],
  [
    'a signature over nothing',
    'content-differs',
    () => ({ cms: signed({}, new Uint8Array()), content: new Uint8Array() }),
  ],
  [
    'a signature of the digest as if it were content',
    'content-differs',
    () => ({ cms: signed({ isDigest: true }, new Uint8Array(32)) }),
  ],
  [
    'foreign content signed with ГОСТ',
    'content-differs',
    () => ({ cms: signCms(validGost, Buffer.from('басқа')) }),
  ],
  // The signature itself
  ['a flipped bit in the signature', 'bad-signature', () => ({ cms: flip(signed(), signed().length - 5) })],
  [
    'a flipped bit in a ГОСТ signature',
    'bad-signature',
    () => {
      const cms = signCms(validGost, CONTENT);
      return { cms: flip(cms, cms.length - 5) };
    },
  ],
  [
    'a signature of zeros',
    'bad-signature',
    () => {
      const cms = signed();
      return { cms: replace(cms, cms.subarray(-256), new Uint8Array(256)) };
    },
  ],
  [
    'a ГОСТ signature of zeros',
    'bad-signature',
    () => {
      const cms = signCms(validGost, CONTENT);
      return { cms: replace(cms, cms.subarray(-128), new Uint8Array(128)) };
    },
  ],
  [
    'the signature of another document put in',
    'bad-signature',
    () => ({
      cms: replace(
        signed({ signingTime: new Date(0) }),
        signed({ signingTime: new Date(0) }).subarray(-256),
        signed({}, Buffer.from('басқа')).subarray(-256),
      ),
    }),
  ],
  [
    'another time of signing written in',
    'bad-signature',
    () => ({
      cms: replace(
        signed({ signingTime: new Date('2026-01-01T00:00:00Z') }),
        Buffer.from('260101000000Z'),
        Buffer.from('270101000000Z'),
      ),
    }),
  ],
  [
    'somebody else’s certificate put before one’s own key',
    'bad-signature',
    async () => ({ cms: signCms({ certificate: valid.certificate, key: (await issue({})).key }, CONTENT) }),
  ],
  [
    'a ГОСТ key under an RSA certificate',
    'bad-signature',
    () => ({ cms: signCms({ certificate: valid.certificate, key: validGost.key }, CONTENT) }),
  ],
  [
    'an RSA key of 1024 bits',
    'bad-signature',
    async () => {
      const key = {
        algorithm: 'rsa' as const,
        privateKey: generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
      };
      const { certificate } = await issue({ override: { key } });
      return { cms: signCms({ certificate, key }, CONTENT) };
    },
  ],
  // Trust
  [
    'a certificate of a foreign authority',
    'untrusted-chain',
    async () => ({ cms: signCms(await foreignPerson(' БӨТЕН'), CONTENT) }),
  ],
  [
    'a foreign authority under the name of ours',
    'untrusted-chain',
    async () => ({ cms: signCms(await foreignPerson(''), CONTENT) }),
  ],
  ['a self-signed certificate', 'untrusted-chain', () => signedBy({ override: { issuer: null } })],
  [
    'a certificate issued by a person',
    'untrusted-chain',
    async () => {
      const child = await issue({ override: { issuer: valid } });
      return { cms: signCms(child, CONTENT, { certificates: [child.certificate, valid.certificate] }) };
    },
  ],
  [
    'a certificate issued by a person marked as an authority',
    'untrusted-chain',
    async () => {
      const parent = await issue({ override: { authorityPathLength: 0, keyUsage: ['keyCertSign'] } });
      const child = await issue({ override: { issuer: parent } });
      return { cms: signCms(child, CONTENT, { certificates: [child.certificate, parent.certificate] }) };
    },
  ],
  [
    'a pinned authority below the allowed length of the way',
    'untrusted-chain',
    async () => {
      const extra = await issue({ override: { authorityPathLength: 0, keyUsage: ['keyCertSign'] } });
      const child = await issue({ override: { issuer: extra } });
      return {
        cms: signCms(child, CONTENT),
        verifier: { trustAnchorsPem: simulators.trustAnchorsPem + toPem(extra.certificate) },
      };
    },
  ],
  [
    'a person pinned by mistake who issues certificates',
    'untrusted-chain',
    async () => {
      const child = await issue({ override: { issuer: valid } });
      return {
        cms: signCms(child, CONTENT),
        verifier: { trustAnchorsPem: simulators.trustAnchorsPem + toPem(valid.certificate) },
      };
    },
  ],
  [
    'a critical extension nobody knows',
    'untrusted-chain',
    () => signedBy({ override: { extra: [new Extension({ extnID: '1.2.3.4.5', critical: true })] } }),
  ],
  [
    'an RSA certificate where only ГОСТ is pinned',
    'untrusted-chain',
    () => ({
      cms: signed(),
      verifier: { trustAnchorsPem: toPem(simulators.authority.chain('gost').root.certificate) },
    }),
  ],
  [
    'only the root pinned, the intermediate carried along',
    'untrusted-chain',
    () => ({
      cms: signed({
        certificates: [valid.certificate, simulators.authority.chain('rsa').intermediate.certificate],
      }),
      verifier: { trustAnchorsPem: toPem(simulators.authority.chain('rsa').root.certificate) },
    }),
  ],
  [
    'a changed name inside the certificate',
    'untrusted-chain',
    () => ({ cms: replace(signed(), Buffer.from('IIN123456789012'), Buffer.from('IIN123456789013')) }),
  ],
  [
    'a changed name inside a ГОСТ certificate',
    'untrusted-chain',
    () => ({
      cms: replace(
        signCms(validGost, CONTENT),
        Buffer.from('IIN123456789012'),
        Buffer.from('IIN123456789013'),
      ),
    }),
  ],
  // Term
  [
    'a certificate that ended yesterday',
    'certificate-expired',
    () => signedBy({ notAfter: new Date(Date.now() - DAY_MS), notBefore: new Date(Date.now() - 9 * DAY_MS) }),
  ],
  [
    'a ГОСТ certificate that ended yesterday',
    'certificate-expired',
    () =>
      signedBy({
        algorithm: 'gost',
        notAfter: new Date(Date.now() - DAY_MS),
        notBefore: new Date(Date.now() - 9 * DAY_MS),
      }),
  ],
  [
    'a moment after the term',
    'certificate-expired',
    () => ({ cms: signed(), at: new Date(valid.certificate.notAfter.value.getTime() + 1000) }),
  ],
  [
    'an authority whose own term is over',
    'certificate-expired',
    async () => {
      const far = new Date(Date.now() + 4000 * DAY_MS);
      return { ...(await signedBy({ notAfter: new Date(far.getTime() + DAY_MS) })), at: far };
    },
  ],
  [
    'a certificate that begins tomorrow',
    'certificate-not-yet-valid',
    () => signedBy({ notBefore: new Date(Date.now() + DAY_MS) }),
  ],
  [
    'a moment before the term',
    'certificate-not-yet-valid',
    () => ({ cms: signed(), at: new Date(valid.certificate.notBefore.value.getTime() - 1000) }),
  ],
  // Purpose
  ['a sign-in key under a document', 'wrong-purpose', () => signedBy({ purpose: 'auth' })],
  ['a document key at sign-in', 'wrong-purpose', () => ({ cms: signed(), purpose: 'authentication' })],
  ['no extended purpose', 'wrong-purpose', () => signedBy({ override: { extendedKeyUsage: [] } })],
  [
    'only the kind of person as purpose',
    'wrong-purpose',
    () => signedBy({ override: { extendedKeyUsage: ['1.2.398.3.3.4.1.1'] } }),
  ],
  [
    'a key that may only encrypt',
    'wrong-purpose',
    () => signedBy({ override: { keyUsage: ['keyEncipherment'] } }),
  ],
  [
    'a document key without non-repudiation',
    'wrong-purpose',
    () => signedBy({ override: { keyUsage: ['digitalSignature'] } }),
  ],
  ['a policy of nobody', 'wrong-purpose', () => signedBy({ override: { policies: ['1.2.398.3.3.2.99'] } })],
  [
    'the sign-in policy under a document',
    'wrong-purpose',
    () => signedBy({ override: { policies: ['1.2.398.3.3.2.4'] } }),
  ],
  ['no policy', 'wrong-purpose', () => signedBy({ override: { policies: [] } })],
  [
    'a person marked as an authority',
    'wrong-purpose',
    () => signedBy({ override: { authorityPathLength: 0 } }),
  ],
  [
    'an organisation’s purpose without БИН',
    'wrong-purpose',
    () => signedBy({ override: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.2'] } }),
  ],
  [
    'a personal purpose with БИН',
    'wrong-purpose',
    () => signedBy({ ...clinic, override: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1'] } }),
  ],
  [
    'a purpose both personal and of an organisation',
    'wrong-purpose',
    () =>
      signedBy({
        ...clinic,
        override: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1', '1.2.398.3.3.4.1.2'] },
      }),
  ],
  [
    'neither a person nor an organisation',
    'wrong-purpose',
    () => signedBy({ override: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'] } }),
  ],
  [
    'the certificate of the OCSP responder',
    'wrong-purpose',
    () => ({ cms: signCms(simulators.authority.chain('rsa').responder, CONTENT) }),
  ],
  // ИИН
  ['a serial number without IIN', 'no-iin', () => signedBy(named('123456789012'))],
  ['an ИИН of eleven digits', 'no-iin', () => signedBy(named('IIN12345678901'))],
  ['an ИИН of thirteen digits', 'no-iin', () => signedBy(named('IIN1234567890123'))],
  ['letters in the ИИН', 'no-iin', () => signedBy(named('IIN12345678901O'))],
  ['a БИН in the place of the ИИН', 'no-iin', () => signedBy(named('BIN123456789012'))],
  ['something before the ИИН', 'no-iin', () => signedBy(named('X IIN123456789012'))],
  [
    'two ИИН',
    'no-iin',
    () =>
      signedBy({
        override: {
          subject: [
            ['CN', 'А Б'],
            ['SERIALNUMBER', 'IIN123456789012'],
            ['SERIALNUMBER', 'IIN123456789013'],
          ],
        },
      }),
  ],
  // Revocation
  ['a revoked certificate', 'certificate-revoked', () => signedBy({ revoked: true })],
  ['a revoked ГОСТ certificate', 'certificate-revoked', () => signedBy({ revoked: true, algorithm: 'gost' })],
  [
    'a certificate on the revocation list',
    'certificate-revoked',
    async () => ({ ...(await signedBy({ revoked: true })), verifier: { revocation: 'crl' } }),
  ],
  [
    'a certificate on the list while OCSP is silent',
    'certificate-revoked',
    async () => {
      simulators.revocation.faults.ocsp = 'error';
      return { ...(await signedBy({ revoked: true })), verifier: { revocation: 'ocsp-or-crl' } };
    },
  ],
  [
    'no address of the OCSP service',
    'revocation-unknown',
    () => signedBy({ override: { ocspUrl: undefined } }),
  ],
  [
    'an OCSP service where nobody listens',
    'revocation-unknown',
    () => ({ cms: signed(), verifier: { ocspUrl: 'http://127.0.0.1:9' } }),
  ],
  [
    'an OCSP address that redirects',
    'revocation-unknown',
    () => ({ cms: signed(), verifier: { ocspUrl: redirectingUrl } }),
  ],
  [
    'no list anywhere',
    'revocation-unknown',
    async () => ({
      ...(await signedBy({ override: { crlUrl: undefined } })),
      verifier: { revocation: 'crl' },
    }),
  ],
  [
    'OCSP and list both down',
    'revocation-unknown',
    () => {
      simulators.revocation.faults = { ocsp: 'silent', crl: 'silent' };
      return { cms: signed(), verifier: { revocation: 'ocsp-or-crl' } };
    },
  ],
];

async function foreignPerson(suffix: string): Promise<Credential> {
  const chain = await createChain('rsa', suffix);
  return issue({ override: { issuer: chain.intermediate } });
}

describe('T12: wrong signatures', () => {
  test('there are enough of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(90);
    expect(new Set(cases.map(([what]) => what)).size).toBe(cases.length);
  });

  test.each(cases)('%s is refused as %s', async (_what, refusal, make) => {
    expect(await judge(await make())).toEqual({ ok: false, refusal });
  });

  const bad = ocspFaults.filter((each) => each !== 'none' && each !== 'no-nonce');
  test.each(bad)('OCSP that is "%s" leaves the revocation unknown', async (fault: OcspFault) => {
    simulators.revocation.faults.ocsp = fault;
    const started = performance.now();
    expect(await judge({ cms: signed() })).toEqual({ ok: false, refusal: 'revocation-unknown' });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test.each(['silent', 'error', 'ended', 'foreign', 'garbage'] as const)(
    'a revocation list that is "%s" leaves the revocation unknown',
    async (fault) => {
      simulators.revocation.faults.crl = fault;
      const verdict = await judge({ cms: signed(), verifier: { revocation: 'crl' } });
      expect(verdict).toEqual({ ok: false, refusal: 'revocation-unknown' });
    },
  );

  test('a certificate that the authority never issued is not "good"', async () => {
    const { intermediate } = simulators.authority.chain('rsa');
    const template = await issue({});
    const certificate = createCertificate({
      subject: [
        ['CN', 'ТЕСТОВА ӘЛИЯ'],
        ['SERIALNUMBER', 'IIN123456789012'],
      ],
      key: template.key,
      issuer: intermediate,
      notBefore: new Date(Date.now() - DAY_MS),
      notAfter: new Date(Date.now() + DAY_MS),
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1'],
      policies: ['1.2.398.3.3.2.3'],
      ocspUrl: `${simulators.httpUrl}/pki/ocsp`,
    });
    const verdict = await judge({ cms: signCms({ certificate, key: template.key }, CONTENT) });
    expect(verdict).toEqual({ ok: false, refusal: 'revocation-unknown' });
  });

  test('a bundle without an authority is a wrong configuration and not a refusal', () => {
    expect(() => verifier({ trustAnchorsPem: '' })).toThrow(/no certificate authority/);
    expect(() => verifier({ trustAnchorsPem: toPem(valid.certificate) })).toThrow(/no certificate authority/);
  });
});

/** A small repeatable generator (mulberry32), so that a found hole can be found again. */
function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function damage(cms: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * cms.length);
  const kind = Math.floor(random() * 5);
  const changed = Buffer.from(cms);
  if (kind === 0) changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  if (kind === 1) changed[at] = ((changed[at] ?? 0) + 1 + Math.floor(random() * 254)) % 256;
  if (kind === 2) return Buffer.concat([cms.subarray(0, at), cms.subarray(at + 1)]);
  if (kind === 3)
    return Buffer.concat([cms.subarray(0, at), Buffer.from([random() * 256]), cms.subarray(at)]);
  if (kind === 4) {
    const length = 1 + Math.floor(random() * 20);
    changed.copyWithin(at, Math.floor(random() * cms.length), undefined);
    return changed.equals(cms) ? changed.subarray(0, cms.length - length) : changed;
  }
  return changed;
}

describe('T12: random damage', () => {
  test.each([
    ['detached RSA', 600, (): Buffer => signed()],
    ['attached RSA', 600, (): Buffer => signed({ attached: true })],
    [
      'attached RSA of an organisation',
      300,
      async (): Promise<Buffer> => signCms(await issue(clinic), CONTENT, { attached: true }),
    ],
    ['detached ГОСТ', 200, (): Buffer => signCms(validGost, CONTENT)],
  ] as const)(
    '%s: none of %i damaged signatures gives another person or a throw',
    async (_what, count, make) => {
      const cms = await make();
      const check = verifier({ ocspCacheMs: 60_000 });
      const right = await check.verify({ cms, content: CONTENT, at: new Date(), purpose: 'signing' });
      if (!right.ok) throw new Error('The undamaged signature must be accepted');
      const random = repeatable(20261122);
      let harmless = 0;
      for (let i = 0; i < count; i += 1) {
        const damaged = damage(cms, random);
        if (damaged.equals(cms)) continue;
        const verdict = await check.verify({
          cms: damaged,
          content: CONTENT,
          at: new Date(),
          purpose: 'signing',
        });
        if (!verdict.ok) continue;
        // Bytes outside the signed parts exist (a list of digests, a version); they must change nothing.
        expect(verdict.value).toEqual(right.value);
        harmless += 1;
      }
      expect(harmless).toBeLessThanOrEqual(count * 0.03);
    },
  );

  test('a signature never serves for other content, however it is damaged', async () => {
    const check = verifier({ ocspCacheMs: 60_000 });
    const random = repeatable(7);
    const cms = signed({ attached: true });
    for (let i = 0; i < 200; i += 1) {
      const input = { cms: damage(cms, random), content: Buffer.from('басқа'), at: new Date() };
      expect((await check.verify({ ...input, purpose: 'signing' })).ok).toBe(false);
    }
  });
});
