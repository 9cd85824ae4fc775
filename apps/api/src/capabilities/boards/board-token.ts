import { createHash } from 'node:crypto';
import type { Random } from '../../platform/random.ts';

/** A new token of a board: 256 random bits, base64url. Told once; the database keeps its hash alone. */
export function newBoardToken(random: Random): string {
  return random.bytes(32).toString('base64url');
}

/** What the database knows a token by. The token is chance itself, so a plain hash gives nothing away. */
export function boardTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
