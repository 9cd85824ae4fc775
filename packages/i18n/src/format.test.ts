import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDateLong,
  formatDateTime,
  formatDay,
  formatMoney,
  formatNumber,
  formatPhone,
  formatShare,
  formatTime,
  spokenLanguage,
  writtenLanguage,
} from './format.ts';

/** No-break spaces matter on the page, not in these sentences. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('dates and times', () => {
  it('writes dates as the order does, dd.MM.yyyy, in every language', () => {
    expect(formatDate('2026-11-05')).toBe('05.11.2026');
  });

  it('says the weekday in words, in the order of each language', () => {
    expect(plain(formatDateLong('2026-11-25', 'kk'))).toBe('2026 жылғы 25 қараша, сәрсенбі');
    expect(plain(formatDateLong('2026-11-25', 'ru'))).toBe('среда, 25 ноября 2026 года');
    expect(plain(formatDateLong('2026-11-25', 'en'))).toBe('Wednesday, 25 November 2026');
    expect(plain(formatDay('2026-11-25', 'kk'))).toBe('25 қараша, сәрсенбі');
    expect(plain(formatDay('2026-11-25', 'ru'))).toBe('среда, 25 ноября');
  });

  it('reads instants on the wall clock of Kazakhstan, five hours before UTC', () => {
    expect(formatDateTime('2026-11-25T04:00:00Z')).toBe('25.11.2026, 09:00');
    expect(formatDate(new Date('2026-11-25T20:00:00Z'))).toBe('26.11.2026');
    expect(formatTime(new Date('2026-11-25T19:00:00Z'))).toBe('00:00');
    expect(formatTime('14:30')).toBe('14:30');
  });

  it('refuses a text that is no calendar date', () => {
    expect(() => formatDate('25.11.2026')).toThrow();
  });
});

describe('phones and money', () => {
  it('writes mobile and town numbers as people read them', () => {
    expect(plain(formatPhone('+77011234567'))).toBe('+7 701 123-45-67');
    expect(plain(formatPhone('+77162252525'))).toBe('+7 (7162) 25-25-25');
    expect(formatPhone('1414')).toBe('1414');
    expect(formatPhone('+7 7•• •••-••-67')).toBe('+7 7•• •••-••-67');
  });

  it('puts the tenge sign after the sum and never breaks it', () => {
    expect(plain(formatMoney(12500))).toBe('12 500 ₸');
    expect(formatMoney(12500)).not.toContain(' ');
  });
});

describe('numbers and shares', () => {
  it('writes them with the sign of each language, at most one digit after it, and never breaks them', () => {
    expect(plain(formatNumber(1234.56, 'ru'))).toBe('1 234,6');
    expect(plain(formatNumber(1234.56, 'kk'))).toBe('1 234,6');
    expect(formatNumber(1234.56, 'en')).toBe('1,234.6');
    expect(plain(formatShare(0.125, 'kk'))).toBe('12,5 %');
    expect(plain(formatShare(1, 'en'))).toBe('100 %');
    expect(formatShare(0.5, 'ru')).not.toContain(' ');
  });
});

describe('foreign names on a page', () => {
  it('U10: a Kazakh name on a Russian or English page is spoken in Kazakh', () => {
    expect(spokenLanguage('Әлия Нұрланқызы', 'ru')).toBe('kk');
    expect(spokenLanguage('Әлия Нұрланқызы', 'kk')).toBeUndefined();
    expect(spokenLanguage('Иванов Пётр', 'en')).toBe('ru');
    expect(spokenLanguage('Иванов Пётр', 'ru')).toBeUndefined();
  });
});

describe('sentences that somebody typed', () => {
  it('U10: are spoken in the language of their letters, wherever they stand', () => {
    expect(writtenLanguage('Түйме басылмайды', 'ru')).toBe('kk');
    expect(writtenLanguage('Түйме басылмайды', 'kk')).toBeUndefined();
    expect(writtenLanguage('Кнопка не нажимается', 'kk')).toBe('ru');
    expect(writtenLanguage('Кнопка не нажимается', 'ru')).toBeUndefined();
    expect(writtenLanguage('The button does nothing', 'kk')).toBeUndefined();
  });
});
