import { expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { JOURNAL_COLUMNS, JOURNALS } from './journal.ts';
import {
  columnName,
  correctionText,
  dayText,
  militaryListText,
  monthText,
  type SignedPlace,
} from './signed-texts.ts';

const place: SignedPlace = {
  journal: 'department',
  region: { kk: 'Ақмола облысы', ru: 'Акмолинская область' },
  departmentNumber: 1,
};
const day = plainDate('2026-11-26');

test('JR-05: every column of both annexes has its words in both languages', () => {
  for (const journal of JOURNALS)
    for (const language of ['kk', 'ru'] as const) {
      const names = Array.from({ length: JOURNAL_COLUMNS[journal] }, (_, index) =>
        columnName(journal, index + 1, language),
      );
      expect(names.every((name) => name !== '')).toBe(true);
      expect(columnName(journal, JOURNAL_COLUMNS[journal] + 1, language)).toBe('');
    }
});

test('JR-01, JR-05: the text of a day, word for word', () => {
  expect(dayText({ place, number: 7, day, rows: 3, hash: 'abc' })).toBe(
    [
      'Күнделікті хаттамаға қол қою',
      'Ақмола облысы, № 1 МӘС бөлімі',
      '26.11.2026 күнгі № 7 хаттама',
      'Жолдар саны: 3',
      'Мазмұнының SHA-256 сомасы: abc',
      '',
      'Подписание ежедневного протокола',
      'Акмолинская область, отдел МСЭ № 1',
      'Протокол № 7 от 26.11.2026',
      'Строк: 3',
      'SHA-256 содержания: abc',
    ].join('\n'),
  );
});

test('JR-02: the text of a month of the methodology and control department', () => {
  const text = monthText({
    place: { ...place, journal: 'methodology', departmentNumber: null },
    month: '2026-11',
    protocols: 2,
    hash: 'abc',
  });
  expect(text).toContain('Ақмола облысы, МӘС әдіснама және бақылау бөлімі');
  expect(text).toContain('Подписание журнала протоколов за 11.2026');
});

test('JR-03: the text of a correction says what was and what becomes, in both languages', () => {
  const text = correctionText({
    place: { ...place, departmentNumber: null },
    number: 7,
    day,
    row: 2,
    column: 6,
    was: { kk: '–', ru: '–' },
    becomes: { kk: 'Мектеп', ru: 'Школа' },
    reason: 'Жазылмаған',
  });
  for (const line of [
    'Ақмола облысы',
    '2-жол, 6-баған: Жұмыс орны, лауазымы Оқу орны',
    'Болады: Мектеп',
    'Строка 2, графа 6: Место работы, должность Место учебы',
    'Было: –',
    'Становится: Школа',
    'Причина: Жазылмаған',
  ])
    expect(text.split('\n')).toContain(line);
});

test('PX-55: the list of a military body has names, birth dates, districts and acts', () => {
  const text = militaryListText(place, [
    { name: 'Аты Жөні', birthDate: plainDate('2001-02-03'), district: null, actNo: '11-1' },
  ]);
  expect(text).toContain('1. Аты Жөні, 03.02.2001, –, № 11-1 акт');
  expect(text).toContain('1. Аты Жөні, 03.02.2001, –, акт № 11-1');
});
