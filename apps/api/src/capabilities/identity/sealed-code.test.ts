import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../test/harness.ts';
import { hashCode, hashSubject, openCode, sameHash, sealCode } from './sealed-code.ts';

const SECRET = 'test-secret-test-secret-test-secret-1';
const OTHER = 'test-secret-test-secret-test-secret-2';

describe('T11: one-time codes at rest', () => {
  test('a sealed code opens with the same secret and with no other', () => {
    const sealed = sealCode(SECRET, '042137', seededRandom(1));
    expect(sealed).not.toContain('042137');
    expect(openCode(SECRET, sealed)).toBe('042137');
    expect(openCode(OTHER, sealed)).toBeNull();
  });

  test('a sealed code that was changed by one bit anywhere does not open', () => {
    const sealed = Buffer.from(sealCode(SECRET, '042137', seededRandom(1)), 'base64url');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(openCode(SECRET, changed.toString('base64url'))).toBeNull();
    }
    expect(openCode(SECRET, '')).toBeNull();
  });

  test('the same code twice looks different, sealed and hashed', () => {
    const random = seededRandom(1);
    expect(sealCode(SECRET, '111111', random)).not.toBe(sealCode(SECRET, '111111', random));
    expect(hashCode(SECRET, 'one', '111111')).not.toBe(hashCode(SECRET, 'two', '111111'));
    expect(hashCode(SECRET, 'one', '111111')).not.toBe(hashCode(OTHER, 'one', '111111'));
  });

  test('hashes compare by content, and a missing one equals none', () => {
    const hash = hashCode(SECRET, 'one', '111111');
    expect(sameHash(hash, hashCode(SECRET, 'one', '111111'))).toBe(true);
    expect(sameHash(hash, hashCode(SECRET, 'one', '111112'))).toBe(false);
    expect(sameHash(hash, '')).toBe(false);
  });

  test('a number of a person under a counter cannot be guessed without the secret', () => {
    expect(hashSubject(SECRET, 'iin', '1')).not.toBe(hashSubject(OTHER, 'iin', '1'));
    expect(hashSubject(SECRET, 'iin', '1')).not.toBe(hashSubject(SECRET, 'phone', '1'));
  });
});
