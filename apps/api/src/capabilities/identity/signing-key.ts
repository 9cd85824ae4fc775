import { createHash } from 'node:crypto';

/** What is stored of the key by which a browser finds its signing again: SHA-256, so that the table opens no door. */
export function hashSigningKey(signingKey: string): string {
  return createHash('sha256').update(signingKey).digest('hex');
}
