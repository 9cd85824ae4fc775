import { expect, test } from 'vitest';
import { type ControlTyped, missingOfControl } from './control-result.ts';

const typed = (changes: Partial<ControlTyped>): ControlTyped => ({
  outcome: 'confirmed',
  diagnosis: 'Диагноз',
  conclusionKk: '',
  conclusionRu: '',
  recommendationsKk: '',
  recommendationsRu: '',
  ...changes,
});

test.each<[string, Partial<ControlTyped>, string[]]>([
  ['a confirmed conclusion needs nothing more than its diagnosis', {}, []],
  ['without a diagnosis there is no row', { diagnosis: ' ' }, ['diagnosis']],
  ['what is not confirmed is said anew', { outcome: 'not-confirmed' }, ['conclusionKk', 'conclusionRu']],
  ['in both languages', { outcome: 'not-confirmed', conclusionKk: 'Үшінші топ' }, ['conclusionRu']],
  [
    'and then it is whole',
    { outcome: 'not-confirmed', conclusionKk: 'Үшінші топ', conclusionRu: 'Третья группа' },
    [],
  ],
  ['recommendations are in both languages', { recommendationsRu: 'Наблюдение' }, ['recommendationsKk']],
])('PX-41, JR-01: %s', (_sentence, changes, missing) => {
  expect(missingOfControl(typed(changes))).toEqual(missing);
});
