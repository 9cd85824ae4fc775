import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Random } from '../../platform/random.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** One key for each use, so that a value made for one purpose is worthless for another. */
function deriveKey(secretKey: string, purpose: 'code-seal' | 'code-hash' | 'subject'): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `saraptama:${purpose}`, 32));
}

/** Seals a one-time code for its way to the SMS centre: AES-256-GCM, base64url of nonce, tag and cipher text. */
export function sealCode(secretKey: string, code: string, random: Random): string {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secretKey, 'code-seal'), nonce);
  const sealed = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Opens what `sealCode` sealed; null when it was changed or sealed under another secret. */
export function openCode(secretKey: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    deriveKey(secretKey, 'code-seal'),
    bytes.subarray(0, NONCE_BYTES),
    {
      authTagLength: TAG_BYTES,
    },
  );
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  } catch {
    return null;
  }
}

/** What is stored of a code: a keyed hash bound to its challenge, so that equal codes look different. */
export function hashCode(secretKey: string, challengeId: string, code: string): string {
  return createHmac('sha256', deriveKey(secretKey, 'code-hash'))
    .update(`${challengeId}:${code}`)
    .digest('hex');
}

/** Compares two hashes in constant time. */
export function sameHash(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Keyed hash of a number of a person (ИИН, phone) for counters; twelve digits without a key are guessed at once. */
export function hashSubject(secretKey: string, kind: 'iin' | 'phone', value: string): string {
  return createHmac('sha256', deriveKey(secretKey, 'subject')).update(`${kind}:${value}`).digest('base64url');
}
