import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** The one source of chance. Tests hand in a seeded one. */
export interface Random {
  /** A fresh id, UUID version 7: sortable by the time of its making. */
  id(at: Date): string;
  /** `count` random bytes. */
  bytes(count: number): Buffer;
  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number;
}

/** Cryptographic chance. */
export function secureRandom(): Random {
  return { id: (at) => uuidAt(at, randomBytes(10)), bytes: randomBytes, below: (limit) => randomInt(limit) };
}

/** UUID version 7 from an instant and ten random bytes. */
export function uuidAt(at: Date, chance: Buffer): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  chance.copy(bytes, 6, 0, 10);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x70;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A key that must be new but need not be sortable. */
export function freshKey(): string {
  return randomUUID();
}

/** An opaque 128-bit code, base64url, 22 characters: what a QR holds. */
export function opaqueCode(random: Random): string {
  return random.bytes(16).toString('base64url');
}
