/** Object identifiers, digests and the one place where a signature over bytes is checked with a public key. */
import { createHash, createPublicKey, verify as verifyWithNode } from 'node:crypto';
import { BitString, Null, ObjectIdentifier, Sequence } from 'asn1js';
import type { AlgorithmIdentifier, PublicKeyInfo } from 'pkijs';
import { GOST_KEY_BYTES, streebog, verifyGost512 } from './gost.ts';
import type { SignatureAlgorithm } from './signature-verifier.ts';

export const oid = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  contentTypeAttribute: '1.2.840.113549.1.9.3',
  messageDigestAttribute: '1.2.840.113549.1.9.4',
  signingTimeAttribute: '1.2.840.113549.1.9.5',
  rsa: '1.2.840.113549.1.1.1',
  gost512Key: '1.2.398.3.10.1.1.2.2',
  gost512Curve: '1.2.398.3.10.1.1.2.2.1',
  gost512Signature: '1.2.398.3.10.1.1.2.3.2',
  streebog512: '1.2.398.3.10.1.3.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  certificatePolicies: '2.5.29.32',
  subjectAltName: '2.5.29.17',
  crlDistributionPoints: '2.5.29.31',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
  ocspBasic: '1.3.6.1.5.5.7.48.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
} as const;

// SHA-1 is deliberately absent: a signature with it proves nothing any more.
const rsaSignatureDigests: Record<string, string> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};

const shaByOid: Record<string, string> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const MINIMUM_RSA_BITS = 2048;

/** Digest of a message by the identifier of the digest algorithm; null if it is not one of ours. */
export function digest(algorithm: string, message: Uint8Array): Uint8Array | null {
  if (algorithm === oid.streebog512) return streebog(message, 512);
  const name = shaByOid[algorithm];
  return name === undefined ? null : createHash(name).update(message).digest();
}

/** The family of a public key; null for a family that is not accepted (GOST 2004, elliptic curves of NIST). */
export function keyAlgorithm(key: PublicKeyInfo): SignatureAlgorithm | null {
  if (key.algorithm.algorithmId === oid.rsa) return 'rsa';
  if (key.algorithm.algorithmId === oid.gost512Key) return 'gost-2015-512';
  return null;
}

/** True if the algorithm carries no parameters, or the NULL that stands for none. */
export function hasNoParameters(algorithm: AlgorithmIdentifier): boolean {
  return algorithm.algorithmParams === undefined || algorithm.algorithmParams instanceof Null;
}

/**
 * The signature algorithm a CMS signer used. CMS may name only the key ("rsaEncryption") and leave the digest
 * to its own field; this joins the two. Null if they contradict each other or are unknown.
 */
export function cmsSignatureAlgorithm(signatureOid: string, digestOid: string): string | null {
  const sha = shaByOid[digestOid];
  if (sha !== undefined) {
    const full = Object.keys(rsaSignatureDigests).find((each) => rsaSignatureDigests[each] === sha);
    return full !== undefined && (signatureOid === oid.rsa || signatureOid === full) ? full : null;
  }
  return digestOid === oid.streebog512 && signatureOid === oid.gost512Signature ? signatureOid : null;
}

/**
 * True if `signature` over `message` was made with the private half of `key` under the signature algorithm
 * named by `signatureOid`. False for anything unknown, weak or malformed; never throws on bad input.
 */
export function isSignedBy(
  key: PublicKeyInfo,
  signatureOid: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const rsaDigest = rsaSignatureDigests[signatureOid];
  if (rsaDigest !== undefined && keyAlgorithm(key) === 'rsa') {
    try {
      const rsaKey = createPublicKey({
        key: Buffer.from(key.toSchema().toBER()),
        format: 'der',
        type: 'spki',
      });
      if ((rsaKey.asymmetricKeyDetails?.modulusLength ?? 0) < MINIMUM_RSA_BITS) return false;
      return verifyWithNode(rsaDigest, message, rsaKey, signature);
    } catch {
      return false;
    }
  }
  if (signatureOid === oid.gost512Signature && keyAlgorithm(key) === 'gost-2015-512') {
    const point = gostPoint(key);
    return point !== null && verifyGost512(point, message, signature);
  }
  return false;
}

/** X and Y of a GOST key: an OCTET STRING of 128 bytes inside the bit string, on the one accepted curve. */
function gostPoint(key: PublicKeyInfo): Uint8Array | null {
  const parameters: unknown = key.algorithm.algorithmParams;
  if (!(parameters instanceof Sequence)) return null;
  const curve: unknown = parameters.valueBlock.value[0];
  if (!(curve instanceof ObjectIdentifier) || curve.getValue() !== oid.gost512Curve) return null;
  const bits = key.subjectPublicKey.valueBlock.valueHexView;
  const isWrapped =
    bits.length === GOST_KEY_BYTES + 3 && bits[0] === 4 && bits[1] === 0x81 && bits[2] === 128;
  return isWrapped ? bits.subarray(3) : null;
}

/** Bytes of a bit string that holds whole bytes; null if bits are left over. */
export function wholeBytes(bits: BitString): Uint8Array | null {
  return bits.valueBlock.unusedBits === 0 ? bits.valueBlock.valueHexView : null;
}

/** Equality of two byte strings. Nothing here is secret, so no constant time is needed. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
