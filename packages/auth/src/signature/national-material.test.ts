import { ContentInfo, Certificate, SignedData } from 'pkijs';
import { describe, expect, test } from 'vitest';
import { digest, isSignedBy, oid } from './algorithms.ts';
import { builtinVerifier } from './builtin-verifier.ts';
import { serialHex } from './certificate.ts';
import { readRevocationList } from './crl.ts';
import * as national from './fixtures/national-test-material.ts';
import { readOcspResponse } from './ocsp.ts';
import { readCertificate } from './trust.ts';

const content = Buffer.from('test123');
const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
const pem = `-----BEGIN CERTIFICATE-----\n${national.rsaAuthority}\n-----END CERTIFICATE-----\n`;
const withinTerm = new Date('2021-06-01T00:00:00Z');
const whenAsked = { now: () => new Date('2022-09-02T16:54:00Z') };

describe('material of the national test authority', () => {
  const verifier = builtinVerifier({
    trustAnchorsPem: pem,
    revocation: 'ocsp',
    clock: whenAsked,
    randomBytes: () => Buffer.from('B5E5C9B552CBCAC4', 'hex'),
    fetch: async () => new Response(Uint8Array.from(bytes(national.rsaOcspGood))),
  });

  test('T12: a signature made with a key of the national authority is accepted with its person', async () => {
    const verdict = await verifier.verify({
      cms: national.rsaSignature,
      content,
      at: withinTerm,
      purpose: 'signing',
    });
    expect(verdict).toMatchObject({
      ok: true,
      value: {
        iin: '123456789011',
        bin: null,
        kind: 'individual',
        surname: 'ТЕСТОВ',
        givenName: 'ТЕСТ',
        patronymic: 'ТЕСТОВИЧ',
        algorithm: 'rsa',
      },
    });
  });

  test('T12: the same signature is refused after the term of the certificate', async () => {
    const at = new Date('2022-09-02T16:54:00Z');
    const verdict = await verifier.verify({ cms: national.rsaSignature, content, at, purpose: 'signing' });
    expect(verdict).toEqual({ ok: false, refusal: 'certificate-expired' });
  });

  test('T12: the recorded answer of the national OCSP is refused when the nonce is another one', async () => {
    const other = builtinVerifier({
      trustAnchorsPem: pem,
      revocation: 'ocsp',
      clock: whenAsked,
      randomBytes: (length) => new Uint8Array(length).fill(7),
      fetch: async () => new Response(Uint8Array.from(bytes(national.rsaOcspGood))),
    });
    const verdict = await other.verify({
      cms: national.rsaSignature,
      content,
      at: withinTerm,
      purpose: 'signing',
    });
    expect(verdict).toEqual({ ok: false, refusal: 'revocation-unknown' });
  });

  test('T12: the revocation list of the national authority serves as well', async () => {
    const byList = builtinVerifier({
      trustAnchorsPem: pem,
      revocation: 'crl',
      clock: whenAsked,
      randomBytes: (length) => new Uint8Array(length),
      fetch: async () => new Response(Uint8Array.from(bytes(national.rsaRevocationList))),
    });
    const verdict = await byList.verify({
      cms: national.rsaSignature,
      content,
      at: withinTerm,
      purpose: 'signing',
    });
    expect(verdict.ok).toBe(true);
  });

  test('T12: a CMS with two signers of the national authority is refused', async () => {
    const verdict = await verifier.verify({
      cms: national.twoSignatures,
      content,
      at: withinTerm,
      purpose: 'signing',
    });
    expect(verdict).toEqual({ ok: false, refusal: 'not-one-signer' });
  });
});

describe('ГОСТ 34.10-2015 as the national authority computes it', () => {
  const authority = readCertificate(bytes(national.gostAuthority));
  const signedData = new SignedData({
    schema: ContentInfo.fromBER(Uint8Array.from(bytes(national.twoSignatures))).content,
  });
  const info = signedData.signerInfos.find((each) => each.digestAlgorithm.algorithmId === oid.streebog512);
  const person = signedData.certificates?.find(
    (each) =>
      each instanceof Certificate && each.subjectPublicKeyInfo.algorithm.algorithmId === oid.gost512Key,
  );
  if (!(person instanceof Certificate) || info?.signedAttrs === undefined)
    throw new Error('The fixture is broken');
  const signed = new Uint8Array(info.signedAttrs.encodedValue);
  const signature = Uint8Array.from(info.signature.valueBlock.valueHexView);

  test('the signature of a person is confirmed, and refused after any change of one bit', () => {
    const check = (message: Uint8Array, value: Uint8Array): boolean =>
      isSignedBy(person.subjectPublicKeyInfo, oid.gost512Signature, message, value);
    expect(check(signed, signature)).toBe(true);
    for (const position of [0, 63, 64, 127]) {
      const changed = Uint8Array.from(signature);
      changed[position] = (changed[position] ?? 0) ^ 1;
      expect(check(signed, changed)).toBe(false);
    }
    const otherMessage = Uint8Array.from(signed);
    otherMessage[10] = (otherMessage[10] ?? 0) ^ 1;
    expect(check(otherMessage, signature)).toBe(false);
    expect(check(signed, new Uint8Array(128))).toBe(false);
    expect(check(signed, signature.subarray(0, 127))).toBe(false);
  });

  test('the digest of the content stands in the signed attributes', () => {
    const streebog = digest(oid.streebog512, content);
    expect(Buffer.from(signed).includes(Buffer.from(streebog ?? []))).toBe(true);
  });

  test('the revocation list is confirmed by the authority and holds its serial numbers', () => {
    const list = readRevocationList(bytes(national.gostRevocationList), authority);
    expect(list?.revokedSerials.has('3a90343e720594c55204b19cb9a402422ef0e622')).toBe(true);
    expect(list?.nextUpdate.toISOString()).toBe('2023-01-23T11:26:06.000Z');
  });

  test('the OCSP answer says "revoked" about this person, and nothing about anybody else', () => {
    const question = {
      certificate: person,
      issuer: authority,
      nonce: Buffer.from('E408FFB790834AF2', 'hex'),
      now: new Date('2022-09-02T16:59:00Z'),
      maxAgeMs: 3_600_000,
      clockSkewMs: 0,
    };
    const answer = bytes(national.gostOcspRevoked);
    expect(serialHex(person.serialNumber)).toBe('ff06211dc82beb00253ffa000f1de84abef454f');
    expect(readOcspResponse(answer, question)).toBe('revoked');
    expect(readOcspResponse(answer, { ...question, certificate: authority })).toBe('unknown');
    expect(readOcspResponse(answer, { ...question, now: new Date('2022-09-03T16:59:00Z') })).toBe('unknown');
  });
});
