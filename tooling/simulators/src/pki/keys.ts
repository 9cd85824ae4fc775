/** One kind of key for both algorithms, so that certificates, lists, answers and signatures are built once. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  sign,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { BitString, fromBER, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { AlgorithmIdentifier, PublicKeyInfo } from 'pkijs';
import { gostKeyPair, signGost, streebog512, type GostKeyPair } from './gost.ts';

export type KeyAlgorithm = 'rsa' | 'gost';

export type SigningKey =
  { algorithm: 'rsa'; privateKey: KeyObject } | { algorithm: 'gost'; pair: GostKeyPair };

const oid = {
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha256: '2.16.840.1.101.3.4.2.1',
  gostSignature: '1.2.398.3.10.1.1.2.3.2',
  gostKey: '1.2.398.3.10.1.1.2.2',
  gostCurve: '1.2.398.3.10.1.1.2.2.1',
  streebog512: '1.2.398.3.10.1.3.3',
};

const generate = promisify(generateKeyPair);

/** A new key. RSA has 2048 bits. */
export async function newKey(algorithm: KeyAlgorithm): Promise<SigningKey> {
  if (algorithm === 'gost') return { algorithm, pair: gostKeyPair() };
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return { algorithm, privateKey };
}

/** Text form of a key for the data folder. */
export function storeKey(key: SigningKey): string {
  return key.algorithm === 'gost'
    ? key.pair.secret.toString(16)
    : key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Key from its text form. */
export function restoreKey(algorithm: KeyAlgorithm, stored: string): SigningKey {
  return algorithm === 'gost'
    ? { algorithm, pair: gostKeyPair(BigInt(`0x${stored}`)) }
    : { algorithm, privateKey: createPrivateKey(stored) };
}

/** Public half in the form of a certificate. */
export function publicKeyInfo(key: SigningKey): PublicKeyInfo {
  if (key.algorithm === 'rsa') {
    const der = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' });
    return new PublicKeyInfo({ schema: fromBER(Uint8Array.from(der)).result });
  }
  return new PublicKeyInfo({
    algorithm: new AlgorithmIdentifier({
      algorithmId: oid.gostKey,
      algorithmParams: new Sequence({
        value: [
          new ObjectIdentifier({ value: oid.gostCurve }),
          new ObjectIdentifier({ value: oid.streebog512 }),
        ],
      }),
    }),
    subjectPublicKey: new BitString({
      valueHex: new OctetString({ valueHex: buffer(key.pair.publicKey) }).toBER(),
    }),
  });
}

/** Identifier of the signature algorithm that goes with a key. */
export function signatureAlgorithm(key: SigningKey): AlgorithmIdentifier {
  return new AlgorithmIdentifier({
    algorithmId: key.algorithm === 'rsa' ? oid.sha256WithRsa : oid.gostSignature,
    algorithmParams: new Null(),
  });
}

/** Identifier of the digest that goes with a key. */
export function digestAlgorithm(key: SigningKey): AlgorithmIdentifier {
  return new AlgorithmIdentifier({
    algorithmId: key.algorithm === 'rsa' ? oid.sha256 : oid.streebog512,
    algorithmParams: new Null(),
  });
}

/** Digest of a message by the algorithm that goes with a key. */
export function digestFor(key: SigningKey, message: Uint8Array): Uint8Array {
  return key.algorithm === 'rsa' ? createHash('sha256').update(message).digest() : streebog512(message);
}

/** Signature of a message. */
export function signWith(key: SigningKey, message: Uint8Array): Uint8Array {
  return key.algorithm === 'rsa'
    ? sign('sha256', message, key.privateKey)
    : signGost(key.pair.secret, message);
}

/** Identifier of a key: SHA-1 of its bits, as certificates carry it. */
export function keyIdentifier(info: PublicKeyInfo): Uint8Array {
  return createHash('sha1').update(info.subjectPublicKey.valueBlock.valueHexView).digest();
}

/** A copy of bytes as the ArrayBuffer that asn1js wants. */
export function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
