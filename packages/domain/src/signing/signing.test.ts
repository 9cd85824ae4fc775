import { describe, expect, test } from 'vitest';
import { addMinutes } from '../shared/index.ts';
import { decideSigner, decideSigning, keptUntil, type SigningFacts, type SigningRefusal } from './signing.ts';

const AT = new Date('2026-11-26T10:00:00Z');
const open: SigningFacts = {
  personId: 'a',
  subject: 'assignment:1',
  expiresAt: addMinutes(AT, 1),
  usedAt: null,
};
const asked = { personId: 'a', subject: 'assignment:1' };

describe('Signing of documents', () => {
  test.each<[string, SigningFacts | undefined, typeof asked, SigningRefusal | null]>([
    ['an open text of the person', open, asked, null],
    ['the moment of expiry', { ...open, expiresAt: AT }, asked, null],
    ['a moment later', { ...open, expiresAt: new Date(AT.getTime() - 1) }, asked, 'signing-expired'],
    ['no such text', undefined, asked, 'signing-unknown'],
    ["somebody else's text", { ...open, personId: 'b' }, asked, 'signing-unknown'],
    ['a text about something else', open, { ...asked, subject: 'assignment:2' }, 'other-document'],
    ['a text that has served', { ...open, usedAt: AT }, asked, 'signing-used'],
    [
      'a text that has served long ago',
      { ...open, usedAt: AT, expiresAt: new Date(0) },
      asked,
      'signing-used',
    ],
  ])('T12: %s', (_, signing, by, refusal) => {
    const decided = decideSigning(signing, by, AT);
    expect(decided.ok ? null : decided.refusal).toBe(refusal);
  });

  test.each([
    ['900101000001', 'individual', 'expert-decision', null],
    ['900101000001', 'organization', 'expert-decision', null],
    ['900101000001', 'individual', 'register-contract', null],
    ['900101000001', 'organization', 'register-contract', 'wrong-purpose'],
    ['900101000002', 'individual', 'expert-decision', 'other-person'],
    ['900101000002', 'organization', 'act-of-works', 'other-person'],
  ] as const)('T12: signed by %s with a key of an %s for %s: %s', (iin, kind, purpose, refusal) => {
    const decided = decideSigner({ iin, kind }, { iin: '900101000001', purpose });
    expect(decided.ok ? null : decided.refusal).toBe(refusal);
  });

  test('a signature to be checked is kept for a day, and never shorter than its text lives', () => {
    expect(keptUntil(AT, AT)).toEqual(addMinutes(AT, 24 * 60));
    const late = addMinutes(AT, 48 * 60);
    expect(keptUntil(late, AT)).toEqual(late);
  });
});
