import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import {
  ACCESS_STATES,
  ACCESS_TRIES,
  decideTaking,
  DIGITAL_DOCUMENTS,
  readDigitalDocument,
  unfoundedDigital,
} from './digital-documents.ts';
import { IN_PERSON_DOCUMENTS } from './documents.ts';

const at = new Date('2026-11-26T05:00:00Z');
const later = new Date('2026-11-26T05:05:00Z');

describe('digital documents', () => {
  test('FF-05, FF-06: what can be asked for are rows of the application', () => {
    for (const document of DIGITAL_DOCUMENTS) expect(IN_PERSON_DOCUMENTS).toContain(document);
  });

  test.each([
    ['sent', later, 0, null],
    ['sent', later, ACCESS_TRIES - 1, null],
    ['sent', later, ACCESS_TRIES, 'used-up'],
    ['sent', at, 0, 'expired'],
    ['received', later, 0, 'not-possible-now'],
    ['declined', later, 0, 'not-possible-now'],
    ['expired', later, 0, 'expired'],
    ['used-up', later, 0, 'used-up'],
  ] as const)(
    'FF-06: a request that is %s until %s after %s tries: %s',
    (state, expiresAt, tries, refusal) => {
      expect(ACCESS_STATES).toContain(state);
      const answer = decideTaking({ state, expiresAt, tries }, at);
      expect(answer.ok ? null : answer.refusal).toBe(refusal);
    },
  );

  const data = {
    document: 'identity',
    iin: '900101350017',
    number: '012345678',
    issuedOn: plainDate('2020-01-01'),
    validUntil: plainDate('2030-01-01'),
    sheets: 1,
    pdfSha256: 'AB',
  };
  const facts = { asked: ['identity'] as const, iin: '900101350017', pdfSha256: 'ab' };

  test('FF-06: a document of the owner that was asked for becomes a row "digital" with its last day', () => {
    expect(readDigitalDocument(data, facts)).toEqual({
      ok: true,
      value: { document: 'identity', source: 'digital', sheets: 1, validUntil: '2030-01-01' },
    });
  });

  test.each([
    [{ document: 'guardianship' }, 'not-asked'],
    [{ document: 'diploma' }, 'not-asked'],
    [{ iin: '900101350018' }, 'other-person'],
    [{ pdfSha256: 'cd' }, 'other-file'],
  ])('FF-06: one with %j is not kept: %s', (changes, refusal) => {
    expect(readDigitalDocument({ ...data, ...changes }, facts)).toEqual({ ok: false, refusal });
  });

  test('FF-06: nobody ticks "digital" for what never came', () => {
    const row = { document: 'identity' as const, source: 'digital' as const, sheets: 1, validUntil: null };
    expect(unfoundedDigital([row, { ...row, document: 'pmpk', source: 'paper' }], new Set())).toEqual([
      'identity',
    ]);
    expect(unfoundedDigital([row], new Set(['identity']))).toEqual([]);
  });
});
