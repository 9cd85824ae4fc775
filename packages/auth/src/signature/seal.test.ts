/** PX-53: which keys of the organisation seal, and that what they make can be checked by others. */
import { createChain, toPem } from '@mse/simulators';
import { fromBER, Integer, PrintableString } from 'asn1js';
import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto';
import { AttributeTypeAndValue, Certificate, ContentInfo, CryptoEngine, setEngine, SignedData } from 'pkijs';
import { beforeAll, describe, expect, test } from 'vitest';
import { sealerOf } from './seal.ts';

const CONTENT = Buffer.from('%PDF-1.7 …', 'utf8');
const AT = new Date('2026-11-26T10:00:00Z');

beforeAll(() => {
  setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto }));
});

type Kind =
  { name: 'ECDSA'; curve: 'P-256' | 'P-384' | 'P-521' } | { name: 'RSASSA-PKCS1-v1_5'; bits: number };

/** A certificate that a key has signed itself, and the key, as one PEM text. */
async function selfSigned(kind: Kind): Promise<{ pem: string; certificate: Certificate; key: string }> {
  const keys = (await webcrypto.subtle.generateKey(
    kind.name === 'ECDSA'
      ? { name: kind.name, namedCurve: kind.curve }
      : {
          name: kind.name,
          modulusLength: kind.bits,
          publicExponent: new Uint8Array([1, 0, 1]),
          hash: 'SHA-256',
        },
    true,
    ['sign', 'verify'],
  )) as { publicKey: CryptoKey; privateKey: CryptoKey };
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ value: 0x5eed });
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(
      new AttributeTypeAndValue({ type: '2.5.4.3', value: new PrintableString({ value: 'Seal' }) }),
    );
  certificate.notBefore.value = new Date('2026-01-01T00:00:00Z');
  certificate.notAfter.value = new Date('2027-01-01T00:00:00Z');
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, 'SHA-256');
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
  return { pem: `${toPem(certificate)}\n${key}`, certificate, key };
}

/** Whether somebody else's software takes a detached CMS for a signature over these bytes. */
async function holds(cms: Buffer, content: Uint8Array): Promise<boolean> {
  const { content: schema } = new ContentInfo({ schema: fromBER(Uint8Array.from(cms)).result });
  return new SignedData({ schema })
    .verify({ signer: 0, data: Uint8Array.from(content).buffer })
    .catch(() => false);
}

describe('the key that seals documents', () => {
  test.each<Kind>([
    { name: 'RSASSA-PKCS1-v1_5', bits: 2048 },
    { name: 'ECDSA', curve: 'P-256' },
    { name: 'ECDSA', curve: 'P-384' },
    { name: 'ECDSA', curve: 'P-521' },
  ])('PX-53: $name $curve$bits seals, and the seal is over exactly these bytes', async (kind) => {
    const sealer = sealerOf((await selfSigned(kind)).pem);
    if (!sealer.ok) throw new Error(sealer.refusal);
    const { cms, serial } = sealer.value(CONTENT, AT);
    expect(serial).toBe('5eed');
    expect(await holds(cms, CONTENT)).toBe(true);
    expect(await holds(cms, Buffer.concat([CONTENT, Buffer.from(' ')]))).toBe(false);
  });

  test('PX-53: a key of ГОСТ 34.10-2015 is refused by name', async () => {
    const { root } = await createChain('gost', 'seal');
    const { key } = await selfSigned({ name: 'ECDSA', curve: 'P-256' });
    expect(sealerOf(`${toPem(root.certificate)}\n${key}`)).toEqual({ ok: false, refusal: 'gost' });
  });

  test('PX-53: a key that makes worthless seals is not taken into use', async () => {
    const [one, other] = [
      await selfSigned({ name: 'ECDSA', curve: 'P-256' }),
      await selfSigned({ name: 'ECDSA', curve: 'P-256' }),
    ];
    const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const weak = await selfSigned({ name: 'RSASSA-PKCS1-v1_5', bits: 1024 });
    for (const [pem, refusal] of [
      ['nothing', 'unreadable'],
      [toPem(one.certificate), 'unreadable'],
      [`${toPem(one.certificate)}\n${other.key}`, 'other-certificate'],
      [weak.pem, 'weak'],
      [`${toPem(one.certificate)}\n${pemOf(generateKeyPairSync('ed25519').privateKey)}`, 'unsupported'],
      [
        `${toPem(one.certificate)}\n${pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey)}`,
        'unsupported',
      ],
    ] as const)
      expect(sealerOf(pem)).toEqual({ ok: false, refusal });
  });
});
