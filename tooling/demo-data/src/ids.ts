import type { Random } from './population/random.ts';

/** Ids, keys and codes that repeat with the seed, so that the demonstration is the same on every machine. */
export interface Ids {
  /** UUID version 7 whose time is `at`. */
  id(at: Date): string;
  /** 128 bits as base64url, what a QR holds. */
  ticketCode(): string;
}

export function seededIds(random: Random): Ids {
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => random.integer(0, 255)));
  return {
    id(at) {
      const uuid = Buffer.concat([Buffer.alloc(6), bytes(10)]);
      uuid.writeUIntBE(at.getTime(), 0, 6);
      uuid[6] = ((uuid[6] ?? 0) & 0x0f) | 0x70;
      uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
      return uuid.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
    ticketCode: () => bytes(16).toString('base64url'),
  };
}
