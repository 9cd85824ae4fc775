import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMinutes, plainDate, plainTime, toInstant } from '../shared/index.ts';
import { type DaySoFar, estimateWaits, usualMinutes } from './waiting-estimate.ts';
import type { WaitingVisit } from './visit.ts';

const at = (time: string) => toInstant(plainDate('2026-11-23'), plainTime(time));
const visits = (...minutes: number[]) =>
  minutes.map((length) => ({ startedAt: at('09:00'), finishedAt: addMinutes(at('09:00'), length) }));
const booked = (ticketNo: string, startsAt: string): WaitingVisit => ({
  kind: 'booked',
  startsAt: at(startsAt),
  arrivedAt: at(startsAt),
  ticketNo,
});
const live = (number: number): WaitingVisit => ({
  kind: 'live',
  startsAt: null,
  arrivedAt: addMinutes(at('09:00'), number),
  ticketNo: `L-00${number}`,
});
const day = (changes: Partial<DaySoFar>): DaySoFar => ({
  waiting: [],
  expected: [],
  finished: visits(20, 20, 20),
  busy: [],
  rooms: 1,
  breaks: [],
  ...changes,
});
const waits = (changes: Partial<DaySoFar>, now = '10:00') =>
  Object.fromEntries(estimateWaits(day(changes), at(now)) ?? []);

describe('estimate of waiting', () => {
  test('K05: at the beginning of a day nothing honest can be said', () => {
    expect(estimateWaits(day({ waiting: [live(1)], finished: visits(20, 20) }), at('10:00'))).toBeNull();
    expect(usualMinutes(visits(20, 20))).toBeNull();
    expect(estimateWaits(day({ waiting: [live(1)], rooms: 0 }), at('10:00'))).toBeNull();
  });

  test('K05: one very long visit does not bend the usual length', () => {
    expect(usualMinutes(visits(18, 20, 240))).toBe(20);
    expect(usualMinutes(visits(18, 20, 24, 240))).toBe(22);
    expect(usualMinutes(visits(0, 0, 0))).toBe(1);
  });

  test.each([
    [
      'EQ-15: the live queue waits for everybody with a booking who is here',
      { waiting: [live(1), booked('A-002', '10:00'), booked('A-001', '09:00')] },
      { 'A-001': 0, 'A-002': 20, 'L-001': 40 },
    ],
    [
      'EQ-15: and for those still expected, from their appointed start on',
      { waiting: [live(1), live(2)], expected: [at('10:15')] },
      { 'L-001': 0, 'L-002': 40 },
    ],
    [
      'a booked person who is a little late still goes first',
      { waiting: [live(1)], expected: [at('09:55')] },
      { 'L-001': 20 },
    ],
    [
      'a visit under way takes what is left of the usual time',
      { waiting: [live(1)], busy: [{ since: at('09:47') }] },
      { 'L-001': 10 },
    ],
    [
      'a visit longer than usual is expected to end any moment',
      { waiting: [live(1)], busy: [{ since: at('09:00') }] },
      { 'L-001': 0 },
    ],
    [
      'two rooms take two people at once',
      { waiting: [live(1), live(2), live(3)], rooms: 2 },
      { 'L-001': 0, 'L-002': 0, 'L-003': 20 },
    ],
    [
      'nobody is received during lunch',
      { waiting: [live(1), live(2)], breaks: [{ from: at('10:10'), until: at('11:30') }] },
      { 'L-001': 0, 'L-002': 90 },
    ],
  ] as const)('K05: %s', (_, changes, expected) => {
    expect(waits(changes)).toEqual(expected);
  });

  test('EQ-15: whatever the day is like, nobody of the live queue is told to be received before an arrived person with a booking', () => {
    const people = fc.record({
      booked: fc.integer({ min: 0, max: 6 }),
      live: fc.integer({ min: 1, max: 6 }),
      expected: fc.array(fc.integer({ min: -10, max: 120 }), { maxLength: 5 }),
      lengths: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 3, maxLength: 9 }),
      rooms: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(people, (drawn) => {
        const waiting = [
          ...Array.from({ length: drawn.booked }, (_, index) => booked(`A-${index}`, '09:00')),
          ...Array.from({ length: drawn.live }, (_, index) => live(index + 1)),
        ];
        const found = estimateWaits(
          day({
            waiting,
            finished: visits(...drawn.lengths),
            rooms: drawn.rooms,
            expected: drawn.expected.map((minutes) => addMinutes(at('10:00'), minutes)),
          }),
          at('10:00'),
        );
        expect([...(found?.keys() ?? [])].sort()).toEqual(waiting.map(({ ticketNo }) => ticketNo).sort());
        const longest = Math.max(
          ...waiting.filter(({ kind }) => kind === 'booked').map(({ ticketNo }) => found?.get(ticketNo) ?? 0),
          0,
        );
        for (const { kind, ticketNo } of waiting)
          if (kind === 'live') expect(found?.get(ticketNo)).toBeGreaterThanOrEqual(longest);
      }),
      { numRuns: 300 },
    );
  });
});
