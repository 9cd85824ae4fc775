import { describe, expect, test } from 'vitest';
import { fullName, initials, sameName } from './person-name.ts';

const aigul = { surname: 'Нұрғалиева', name: 'Айгүл', patronymic: 'Серікқызы' };

describe('Name of a person', () => {
  test('is written surname, name, patronymic, and without a gap where there is no patronymic', () => {
    expect(fullName(aigul)).toBe('Нұрғалиева Айгүл Серікқызы');
    expect(fullName({ surname: 'Ким', name: 'Виктор', patronymic: null })).toBe('Ким Виктор');
  });

  test('is shown to strangers as two initials, Kazakh letters and letters outside the basic plane whole', () => {
    expect(initials({ surname: 'Әлімжанов', name: ' Ерлан', patronymic: null })).toBe('Ә. Е.');
    expect(initials({ surname: '𝒜bc', name: '', patronymic: null })).toBe('𝒜.');
  });

  test.each([
    ['letter case', { ...aigul, surname: 'НҰРҒАЛИЕВА' }],
    ['spaces around', { ...aigul, name: ' Айгүл ' }],
  ])('REC002: %s makes no other person', (_what, other) => {
    expect(sameName(aigul, other)).toBe(true);
  });

  test('REC002: ё and е, a dash and a space are the same in a name', () => {
    const left = { surname: 'Королёва-Ким', name: 'Алёна', patronymic: null };
    expect(sameName(left, { surname: 'Королева Ким', name: 'Алена', patronymic: '' })).toBe(true);
  });

  test.each([
    ['another letter', { ...aigul, surname: 'Нургалиева' }],
    ['another name', { ...aigul, name: 'Айгерім' }],
    ['a missing patronymic', { ...aigul, patronymic: null }],
    ['surname and name exchanged', { surname: 'Айгүл', name: 'Нұрғалиева', patronymic: 'Серікқызы' }],
  ])('REC002: %s makes another name', (_what, other) => {
    expect(sameName(aigul, other)).toBe(false);
  });
});
