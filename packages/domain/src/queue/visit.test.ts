import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareTurn,
  decideVisit,
  VISIT_EVENTS,
  VISIT_STATES,
  type VisitEvent,
  type VisitState,
  type WaitingVisit,
} from './visit.ts';

/** What a clerk would say of every pair, written out by hand: state, event, next state or nothing. */
const expected: [VisitState, VisitEvent, VisitState | null][] = [
  ['waiting', 'call', 'called'],
  ['waiting', 'recall', null],
  ['waiting', 'start', null],
  ['waiting', 'finish', null],
  ['waiting', 'no-answer', null],
  ['waiting', 'put-back', null],
  ['called', 'call', null],
  ['called', 'recall', 'called'],
  ['called', 'start', 'in-service'],
  ['called', 'finish', null],
  ['called', 'no-answer', 'did-not-come'],
  ['called', 'put-back', 'waiting'],
  ['in-service', 'call', null],
  ['in-service', 'recall', null],
  ['in-service', 'start', null],
  ['in-service', 'finish', 'done'],
  ['in-service', 'no-answer', null],
  ['in-service', 'put-back', 'waiting'],
  ['done', 'call', null],
  ['done', 'recall', null],
  ['done', 'start', null],
  ['done', 'finish', null],
  ['done', 'no-answer', null],
  ['done', 'put-back', null],
  ['did-not-come', 'call', null],
  ['did-not-come', 'recall', null],
  ['did-not-come', 'start', null],
  ['did-not-come', 'finish', null],
  ['did-not-come', 'no-answer', null],
  ['did-not-come', 'put-back', 'waiting'],
];

describe('A visit at the desk', () => {
  test('every state with every event stands in the table of this test', () => {
    expect(expected).toHaveLength(VISIT_STATES.length * VISIT_EVENTS.length);
    expect(new Set(expected.map(([state, event]) => `${state} ${event}`)).size).toBe(expected.length);
  });

  test.each(expected)('a visit that is %s, on %s, becomes %s', (state, event, next) => {
    expect(decideVisit(state, event)).toEqual(
      next === null ? { ok: false, refusal: 'not-possible-now' } : { ok: true, value: next },
    );
  });

  test('whatever a clerk presses, only a visit that was in service is ever done, and done is the end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VISIT_EVENTS), { maxLength: 40 }), (events) => {
        let state: VisitState = 'waiting';
        for (const event of events) {
          const result = decideVisit(state, event);
          if (state === 'done') expect(result.ok).toBe(false);
          if (!result.ok) continue;
          if (result.value === 'done') expect(state).toBe('in-service');
          state = result.value;
        }
      }),
    );
  });
});

const at = (time: string) => new Date(`2026-11-23T${time}:00+05:00`);
const visit = (
  kind: WaitingVisit['kind'],
  starts: string | null,
  arrived: string,
  ticketNo: string,
): WaitingVisit => ({
  kind,
  startsAt: starts === null ? null : at(starts),
  arrivedAt: at(arrived),
  ticketNo,
});

describe('Whose turn it is', () => {
  test('EQ-15: booked people go by appointed time, then by arrival; the live queue after all of them, by arrival', () => {
    const line = [
      visit('booked', '09:00', '08:50', 'A-001'),
      visit('booked', '09:00', '08:55', 'A-002'),
      visit('booked', '09:00', '08:55', 'B-002'),
      visit('booked', '10:00', '08:30', 'A-003'),
      visit('booked', '14:30', '08:20', 'A-009'),
      visit('live', null, '08:10', 'L-001'),
      visit('live', null, '08:15', 'L-002'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(line, { minLength: line.length }), (mixed) => {
        expect(mixed.toSorted(compareTurn)).toEqual(line);
      }),
    );
  });

  test('EQ-15: the order is the same from whichever side it is asked', () => {
    const anyVisit = fc
      .tuple(fc.boolean(), fc.nat(3), fc.nat(3), fc.nat(3))
      .map(([booked, start, arrival, number]) =>
        visit(booked ? 'booked' : 'live', booked ? `1${start}:00` : null, `0${arrival}:00`, `A-00${number}`),
      );
    fc.assert(
      fc.property(anyVisit, anyVisit, (left, right) => {
        expect(Math.sign(compareTurn(left, right)) + Math.sign(compareTurn(right, left))).toBe(0);
      }),
    );
  });
});
