// The package has no types; whoever compiles this file must find ours, wherever it is compiled from.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./node-gost-crypto.d.ts" />
/**
 * ГОСТ 34.10-2015 of Kazakhstan, 512 bits. It equals GOST R 34.10-2012 on the curve tc26 paramSetA with the
 * Streebog-512 digest; all numbers are little-endian in keys and signatures.
 * Curve arithmetic comes from @noble/curves and the digest from node-gost-crypto; here is only the equation.
 */
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import gostCrypto from 'node-gost-crypto';

const FIELD_PRIME = 2n ** 512n - 569n;

const Point = weierstrass({
  p: FIELD_PRIME,
  n: 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275n,
  h: 1n,
  a: FIELD_PRIME - 3n,
  b: 0xe8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760n,
  Gx: 3n,
  Gy: 0x7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4n,
});

const ORDER = Point.Fn.ORDER;
const COORDINATE_BYTES = 64;

/** Length of a public key: X and Y, 64 bytes each. */
export const GOST_KEY_BYTES = 2 * COORDINATE_BYTES;

/** Streebog (GOST R 34.11-2012) of a message; about 5 MB/s, so keep signed documents small. */
export function streebog(message: Uint8Array, bits: 256 | 512): Uint8Array {
  const digest = gostCrypto.gostEngine.getGostDigest({ name: 'GOST R 34.11', version: 2012, length: bits });
  return new Uint8Array(digest.digest(Uint8Array.from(message).buffer));
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt('0x' + Buffer.from(bytes).reverse().toString('hex'));
}

/**
 * True if `signature` (r then s, 64 bytes each) is the signature of `message` by the key `publicKey` (X then
 * Y). False for any wrong length, number out of range or point off the curve.
 */
export function verifyGost512(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== GOST_KEY_BYTES || signature.length !== 2 * COORDINATE_BYTES) return false;
  const r = littleEndian(signature.subarray(0, COORDINATE_BYTES));
  const s = littleEndian(signature.subarray(COORDINATE_BYTES));
  if (r <= 0n || r >= ORDER || s <= 0n || s >= ORDER) return false;
  const x = littleEndian(publicKey.subarray(0, COORDINATE_BYTES));
  const y = littleEndian(publicKey.subarray(COORDINATE_BYTES));
  if (x >= FIELD_PRIME || y >= FIELD_PRIME) return false;

  let key;
  try {
    key = Point.fromAffine({ x, y });
    key.assertValidity();
  } catch {
    return false;
  }
  const { Fn } = Point;
  // The standard replaces a digest divisible by the order with one.
  const digest = littleEndian(streebog(message, 512)) % ORDER || 1n;
  const inverse = Fn.inv(digest);
  const z1 = Fn.mul(s, inverse);
  const z2 = Fn.neg(Fn.mul(r, inverse));
  const sum = Point.BASE.multiplyUnsafe(z1).add(key.multiplyUnsafe(z2));
  return !sum.is0() && sum.toAffine().x % ORDER === r;
}
