import { describe, expect, it } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { cellState, dayState, decideClosure, decideTakeBack, mondayOf, overlaps } from './index.ts';

const today = plainDate('2026-11-23');
const period = (from: string, until = from) => ({ from: plainDate(from), until: plainDate(until) });

describe('closing a period', () => {
  it.each([
    ['today', period('2026-11-23'), { ok: true, value: null }],
    ['a week ahead', period('2026-11-30', '2026-12-04'), { ok: true, value: null }],
    [
      'a period that began yesterday',
      period('2026-11-22', '2026-11-24'),
      { ok: false, refusal: 'in-the-past' },
    ],
    [
      'an end before the beginning',
      period('2026-12-02', '2026-12-01'),
      { ok: false, refusal: 'ends-before-it-begins' },
    ],
    ['a whole leap year', period('2027-11-23', '2028-11-22'), { ok: true, value: null }],
    ['a day more than that', period('2027-11-23', '2028-11-23'), { ok: false, refusal: 'too-long' }],
    ['the day before another closure', period('2026-12-09'), { ok: true, value: null }],
    [
      'the first day of another closure',
      period('2026-12-09', '2026-12-10'),
      { ok: false, refusal: 'overlaps' },
    ],
    [
      'the last day of another closure',
      period('2026-12-11', '2026-12-20'),
      { ok: false, refusal: 'overlaps' },
    ],
    ['the day after another closure', period('2026-12-12'), { ok: true, value: null }],
  ])('EQ-03: %s is judged', (_, wanted, answer) => {
    expect(decideClosure(wanted, [period('2026-12-10', '2026-12-11')], today)).toEqual(answer);
  });

  it('EQ-03: periods overlap when they share a day, whichever comes first', () => {
    const left = period('2026-12-01', '2026-12-05');
    for (const [right, answer] of [
      [period('2026-12-05', '2026-12-09'), true],
      [period('2026-12-06', '2026-12-09'), false],
      [period('2026-11-20', '2026-12-31'), true],
    ] as const) {
      expect(overlaps(left, right)).toBe(answer);
      expect(overlaps(right, left)).toBe(answer);
    }
  });
});

describe('taking a closure back', () => {
  const standing = {
    ...period('2026-11-20', '2026-11-25'),
    kind: 'trip' as const,
    takenBack: false,
    moveRunning: false,
  };
  it.each([
    ['one that still lasts', standing, { ok: true, value: null }],
    [
      'one that ended yesterday',
      { ...standing, until: plainDate('2026-11-22') },
      { ok: false, refusal: 'already-over' },
    ],
    ['one taken back before', { ...standing, takenBack: true }, { ok: false, refusal: 'taken-back-before' }],
    [
      'a day off of the calendar',
      { ...standing, kind: 'calendar' as const },
      { ok: false, refusal: 'by-calendar' },
    ],
    [
      'one whose people are being moved',
      { ...standing, moveRunning: true },
      { ok: false, refusal: 'move-running' },
    ],
  ])('EQ-09: %s is judged', (_, closure, answer) => {
    expect(decideTakeBack(closure, today)).toEqual(answer);
  });
});

describe('the week as a grid', () => {
  it.each([
    [{ places: 0, booked: 0, closed: 0 }, 'none'],
    [{ places: 4, booked: 0, closed: 0 }, 'free'],
    [{ places: 4, booked: 1, closed: 0 }, 'partly'],
    [{ places: 4, booked: 4, closed: 0 }, 'full'],
    [{ places: 4, booked: 0, closed: 4 }, 'closed'],
    [{ places: 4, booked: 2, closed: 4 }, 'closed'],
    [{ places: 4, booked: 2, closed: 2 }, 'full'],
  ] as const)('EQ-09: places %j of a start time are said as %s', (counts, state) => {
    expect(cellState(counts)).toBe(state);
  });

  it.each([
    [{ closed: true, working: true, exception: false, places: 20 }, 'closed'],
    [{ closed: true, working: false, exception: false, places: 0 }, 'closed'],
    [{ closed: false, working: false, exception: true, places: 0 }, 'holiday'],
    [{ closed: false, working: false, exception: false, places: 0 }, 'weekend'],
    [{ closed: false, working: true, exception: true, places: 5 }, 'reception'],
    [{ closed: false, working: true, exception: false, places: 0 }, 'no-schedule'],
  ] as const)('EQ-09: a day with %j is said as %s', (facts, state) => {
    expect(dayState(facts)).toBe(state);
  });

  it('EQ-09: a week begins on Monday', () => {
    for (const day of ['2026-11-23', '2026-11-25', '2026-11-29'])
      expect(mondayOf(plainDate(day))).toBe('2026-11-23');
  });
});
