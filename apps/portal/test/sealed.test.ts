import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../src/lib/server/sealed.ts';

const secret = 'a secret of the tests, long enough for it';
const answers = { place: { day: '2026-11-25', startsAt: '09:00' }, accessNeeds: ['wheelchair'] };

describe('answers kept between two pages', () => {
  it('come back as they were', () => {
    expect(unseal(secret, 'choice', seal(secret, 'choice', answers))).toEqual(answers);
  });

  it('are not readable in the cookie, and never look the same twice', () => {
    const sealed = seal(secret, 'choice', answers);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('wheelchair');
    expect(seal(secret, 'choice', answers)).not.toBe(sealed);
  });

  it('are refused when sealed for another cookie, with another key, or changed by one bit anywhere', () => {
    const sealed = seal(secret, 'choice', answers);
    expect(unseal(secret, 'code', sealed)).toBeUndefined();
    expect(unseal(`${secret}.`, 'choice', sealed)).toBeUndefined();
    const bytes = Buffer.from(sealed, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(unseal(secret, 'choice', changed.toString('base64url'))).toBeUndefined();
    }
  });

  it.each(['', 'x', 'AAAA', 'not base64 at all ✗', 'A'.repeat(5000)])('garbage is no seal: %s', (garbage) => {
    expect(unseal(secret, 'choice', garbage)).toBeUndefined();
  });
});
