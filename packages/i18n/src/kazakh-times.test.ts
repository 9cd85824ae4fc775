import { expect, it } from 'vitest';
import { endTimes } from './kazakh-times.ts';
import { translator } from './translator.ts';

it.each([
  ['00:00', 'ге', 'ден'],
  ['09:00', 'ға', 'дан'],
  ['10:00', 'ға', 'нан'],
  ['11:00', 'ге', 'ден'],
  ['12:00', 'ге', 'ден'],
  ['13:00', 'ке', 'тен'],
  ['14:30', 'ға', 'дан'],
  ['15:00', 'ке', 'тен'],
  ['16:00', 'ға', 'дан'],
  ['17:40', 'қа', 'тан'],
  ['18:00', 'ге', 'ден'],
  ['18:50', 'ге', 'ден'],
  ['20:00', 'ға', 'дан'],
  ['21:05', 'ке', 'тен'],
])('a Kazakh text joins %s to what follows it as it is read', (time, dative, ablative) => {
  expect(endTimes(`бүгін ${time} дейін`)).toBe(`бүгін ${time}-${dative} дейін`);
  expect(endTimes(`01.12.2026,\u00a0${time} бастап.`)).toBe(`01.12.2026,\u00a0${time}-${ablative} бастап.`);
});

it('other texts stay as they are', () => {
  for (const text of ['19.12.2026 дейін', 'сағат 18:00', '18:00-ге дейін', '18:00 дейінгі'])
    expect(endTimes(text)).toBe(text);
});

it('texts of the service get the ending in Kazakh alone', () => {
  expect(translator('kk')('expert-desk:due.today', { time: '18:00' })).toBe('бүгін 18:00-ге дейін');
  expect(translator('ru')('expert-desk:due.today', { time: '18:00' })).toBe('сегодня до 18:00');
});
