import { describe, expect, it } from 'vitest';
import { signingMoment } from './signing-moment.ts';

const at = (text: string) => new Date(`${text}+05:00`);
const received = at('2026-11-23T12:00:00');

describe('the moment a form was signed', () => {
  it.each([
    [
      'the stated time between the form’s day and the receipt is believed',
      at('2026-11-20T16:30:00'),
      '2026-11-19',
      at('2026-11-20T16:30:00'),
    ],
    ['without a stated time the receipt counts', null, '2026-11-19', received],
    ['a time after the receipt is not believed', at('2026-11-24T09:00:00'), '2026-11-19', received],
    [
      'a time before the form existed becomes the beginning of the form’s day',
      at('2026-10-01T09:00:00'),
      '2026-11-19',
      at('2026-11-19T00:00:00'),
    ],
    [
      'without a readable day of the form the stated time counts',
      at('2026-11-20T16:30:00'),
      'кеше',
      at('2026-11-20T16:30:00'),
    ],
    [
      'a form dated after its receipt is signed at the receipt',
      at('2026-11-20T16:30:00'),
      '2026-11-25',
      received,
    ],
  ])('EQ-08, F004: %s', (_, stated, formedOn, expected) => {
    expect(signingMoment(stated, formedOn, received)).toEqual(expected);
  });
});
