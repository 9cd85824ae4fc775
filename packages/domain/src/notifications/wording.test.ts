import { describe, expect, test } from 'vitest';
import {
  decideApproval,
  decideWithdrawal,
  fillWording,
  judgeWording,
  namesDiagnosis,
  variablesFor,
  variablesOf,
  type Wording,
  wordingInForce,
  wordingState,
} from './wording.ts';

const at = (text: string) => new Date(`${text}+05:00`);
const wording = (changes: Partial<Wording>): Wording => ({
  template: 'sms-2',
  language: 'ru',
  text: 'text',
  validFrom: at('2026-11-25T00:00'),
  createdBy: 'author',
  approvedBy: 'approver',
  approvedAt: at('2026-11-24T12:00'),
  withdrawnAt: null,
  ...changes,
});
const OFFICIAL =
  '{{fullName}}, отдел № {{department}}, {{date}}, {{time}}, {{address}}, {{ticket}}, {{link}}';
const SHORT = 'Запись на МСЭ: {{date}} в {{time}}, {{address}}. Талон {{ticket}}. Отмена: {{link}}';
const judge = (text: string) => judgeWording('sms-2', text, { official: OFFICIAL, now: OFFICIAL });

describe('The wording of a message in force', () => {
  const row = wording({});
  test.each([
    ['2026-11-24T23:59:59', false],
    ['2026-11-25T00:00:00', true],
  ])('EQ-06: an approved wording counts from the beginning of its day (%s: %s)', (moment, counts) => {
    expect(wordingInForce([row], 'sms-2', 'ru', at(moment)) === row).toBe(counts);
  });

  test('EQ-06: a wording nobody approved never counts, one approved late counts from its approval', () => {
    const waiting = wording({ approvedBy: null, approvedAt: null });
    expect(wordingInForce([waiting], 'sms-2', 'ru', at('2027-01-01T00:00'))).toBeNull();
    const late = wording({ approvedAt: at('2026-11-26T10:00') });
    expect(wordingInForce([late], 'sms-2', 'ru', at('2026-11-26T09:59'))).toBeNull();
    expect(wordingInForce([late], 'sms-2', 'ru', at('2026-11-26T10:00'))).toBe(late);
  });

  test('EQ-06: it counts for its own message and language only', () => {
    const moment = at('2026-12-01T00:00');
    expect(wordingInForce([row], 'sms-2', 'kk', moment)).toBeNull();
    expect(wordingInForce([row], 'sms-3', 'ru', moment)).toBeNull();
  });

  test('EQ-06: of several the newest counts; when it is withdrawn, the one before counts again', () => {
    const newer = wording({ validFrom: at('2026-12-01T00:00') });
    const moment = at('2026-12-02T00:00');
    expect(wordingInForce([newer, row], 'sms-2', 'ru', moment)).toBe(newer);
    expect([row, newer].map((each) => wordingState(each, [row, newer], moment))).toEqual([
      'replaced',
      'in-force',
    ]);
    const withdrawn = { ...newer, withdrawnAt: at('2026-12-01T18:00') };
    expect(wordingInForce([withdrawn, row], 'sms-2', 'ru', moment)).toBe(row);
    expect(wordingState(withdrawn, [row, withdrawn], moment)).toBe('withdrawn');
    expect(
      wordingInForce([{ ...row, withdrawnAt: at('2026-11-30T00:00') }], 'sms-2', 'ru', moment),
    ).toBeNull();
  });

  test('EQ-06: before its day an approved wording is approved, an unapproved one waits', () => {
    const moment = at('2026-11-24T13:00');
    expect(wordingState(row, [row], moment)).toBe('approved');
    const waiting = wording({ approvedBy: null, approvedAt: null });
    expect(wordingState(waiting, [waiting], moment)).toBe('waiting');
  });
});

describe('Judging a wording', () => {
  test('EQ-10: the short version says date, time, place, ticket and how to cancel, and is taken', () => {
    expect(judge(`  ${SHORT}\r\n`)).toEqual({ ok: true, value: SHORT });
  });

  test.each([
    ['', 'empty'],
    ['x'.repeat(801), 'too-long'],
    [SHORT.replace('{{ticket}}', ''), 'missing-variable'],
    [SHORT.replace('{{address}}', ''), 'missing-variable'],
    [`${SHORT} {{diagnosis}}`, 'unknown-variable'],
    [`${SHORT} {{date`, 'unknown-variable'],
    [`${SHORT} https://example.com`, 'foreign-link'],
    [`${SHORT} zapis-mse.kz`, 'foreign-link'],
    [`${SHORT} Диагноз прежний.`, 'names-diagnosis'],
    [OFFICIAL, 'same-as-now'],
  ])('EQ-06: a wording that is wrong is refused: %#', (text, refusal) => {
    expect(judge(text)).toEqual({ ok: false, refusal });
  });

  test.each([
    'Ваша инвалидность установлена',
    'Сізге мүгедектік белгіленді',
    'Your disability is confirmed',
    'Код I69.3',
    'рак',
  ])('EQ-06: words of illness are found: %s', (text) => {
    expect(namesDiagnosis(text)).toBe(true);
  });

  test.each([
    'Ваши медицинские документы прошли проверку',
    'форма 031/у, талон A-042',
    'медициналық-әлеуметтік сараптама бөлімі, 14-каб.',
    'Тараз, рақмет',
  ])('EQ-06: ordinary words are not taken for an illness: %s', (text) => {
    expect(namesDiagnosis(text)).toBe(false);
  });

  test('EQ-06: the name and, beside an address, the number of the department may be left out', () => {
    expect(variablesFor('sms-2', OFFICIAL)).toEqual({
      needed: ['date', 'time', 'address', 'ticket', 'link'],
      spare: ['fullName', 'department'],
    });
    expect(variablesFor('code', 'Код {{code}}.')).toEqual({ needed: ['code'], spare: ['host'] });
    expect(variablesOf('{{a}} {{ b }} {{a}}')).toEqual(['a', 'b']);
  });

  test('EQ-06: a text is filled with its values as they are, and not at all when one is missing', () => {
    expect(fillWording('{{a}} и {{b}}', { a: '{{b}} $1', b: 2 })).toBe('{{b}} $1 и 2');
    expect(fillWording('{{a}} {{toString}}', { a: 1 })).toBeNull();
  });
});

describe('Four eyes', () => {
  const waiting = wording({ approvedBy: null, approvedAt: null });
  test('EQ-06: the author never approves their own wording, somebody else does, once', () => {
    expect(decideApproval(waiting, 'author')).toEqual({ ok: false, refusal: 'own-wording' });
    expect(decideApproval(waiting, 'other').ok).toBe(true);
    expect(decideApproval(wording({}), 'third')).toEqual({ ok: false, refusal: 'already-approved' });
  });

  test('EQ-06: what is withdrawn is neither approved nor withdrawn again', () => {
    const gone = wording({ withdrawnAt: at('2026-11-24T13:00') });
    expect(decideApproval({ ...gone, approvedBy: null }, 'other')).toEqual({
      ok: false,
      refusal: 'already-withdrawn',
    });
    expect(decideWithdrawal(gone)).toEqual({ ok: false, refusal: 'already-withdrawn' });
    expect(decideWithdrawal(waiting).ok).toBe(true);
  });
});
