/**
 * Keys and signatures of ГОСТ 34.10-2015 (512 bits), for the development authority only: the private half of
 * what the product verifies. Written apart from the product on purpose, so that one mistake cannot hide in both.
 * Not hardened against timing: these keys protect nothing.
 */
import { createRequire } from 'node:module';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';

interface GostLibrary {
  gostEngine: {
    getGostDigest(algorithm: { name: string; version: number; length: number }): {
      digest(data: ArrayBuffer): ArrayBuffer;
    };
  };
}

const require = createRequire(import.meta.url);
const { gostEngine } = require('node-gost-crypto') as GostLibrary;

const FIELD_PRIME = 2n ** 512n - 569n;
// tc26 paramSetA, which Kazakhstan took over under its own identifier.
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

export interface GostKeyPair {
  secret: bigint;
  /** X then Y, 64 bytes each, little-endian. */
  publicKey: Uint8Array;
}

/** Streebog-512 of a message. */
export function streebog512(message: Uint8Array): Uint8Array {
  const digest = gostEngine.getGostDigest({ name: 'GOST R 34.11', version: 2012, length: 512 });
  return new Uint8Array(digest.digest(Uint8Array.from(message).buffer));
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  return BigInt('0x' + Buffer.from(bytes).reverse().toString('hex'));
}

function toLittleEndian(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(128, '0'), 'hex').reverse();
}

function randomScalar(): bigint {
  return (fromLittleEndian(crypto.getRandomValues(new Uint8Array(64))) % (ORDER - 1n)) + 1n;
}

/** Key pair with the given secret number, or a new one. */
export function gostKeyPair(secret: bigint = randomScalar()): GostKeyPair {
  const point = Point.BASE.multiply(secret).toAffine();
  return { secret, publicKey: Buffer.concat([toLittleEndian(point.x), toLittleEndian(point.y)]) };
}

/** Signature of a message: r then s, 64 bytes each, little-endian. */
export function signGost(secret: bigint, message: Uint8Array): Uint8Array {
  const digest = fromLittleEndian(streebog512(message)) % ORDER || 1n;
  for (;;) {
    const once = randomScalar();
    const r = Point.BASE.multiply(once).toAffine().x % ORDER;
    const s = Point.Fn.add(Point.Fn.mul(r, secret), Point.Fn.mul(once, digest));
    if (r !== 0n && s !== 0n) return Buffer.concat([toLittleEndian(r), toLittleEndian(s)]);
  }
}
