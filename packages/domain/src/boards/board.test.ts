import { describe, expect, test } from 'vitest';
import { type BoardCall, isBoardOff, lastCalls, spokenTicket } from './board.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 4, 0, seconds));
const call = (ticketNo: string, room: string, seconds: number): BoardCall => ({
  ticketNo,
  room,
  calledAt: at(seconds),
  calls: 1,
});

describe('board', () => {
  test('B01: the last five calls, newest first; a repeated call is the newest again', () => {
    const calls = ['A-001', 'A-002', 'A-003', 'A-004', 'A-005', 'A-006'].map((ticketNo, index) =>
      call(ticketNo, '14', index),
    );
    expect(lastCalls(calls, []).map(({ ticketNo }) => ticketNo)).toEqual([
      'A-006',
      'A-005',
      'A-004',
      'A-003',
      'A-002',
    ]);
    const again = calls.map((each) =>
      each.ticketNo === 'A-002' ? { ...each, calledAt: at(30), calls: 2 } : each,
    );
    expect(lastCalls(again, [])[0]).toMatchObject({ ticketNo: 'A-002', calls: 2 });
  });

  test('B01: a board of some rooms shows the calls to these rooms alone', () => {
    const calls = [call('A-001', '14', 1), call('A-002', '15', 2)];
    expect(lastCalls(calls, ['14']).map(({ ticketNo }) => ticketNo)).toEqual(['A-001']);
    expect(lastCalls(calls, ['99'])).toEqual([]);
  });

  test('B01: two calls of one second keep one order', () => {
    expect(
      lastCalls([call('B-001', '15', 1), call('A-001', '14', 1)], []).map(({ ticketNo }) => ticketNo),
    ).toEqual(['A-001', 'B-001']);
  });

  test('K11: a board is off when it never spoke or has been silent for more than a minute', () => {
    expect(isBoardOff(null, at(0))).toBe(true);
    expect(isBoardOff(at(0), at(60))).toBe(false);
    expect(isBoardOff(at(0), at(61))).toBe(true);
  });

  test.each([
    ['A-003', ['A'], 3],
    ['L-012', ['L'], 12],
    ['AB-1204', ['A', 'B'], 1204],
  ])('B01: %s is spoken by its letters and its number', (ticketNo, letters, number) => {
    expect(spokenTicket(ticketNo)).toEqual({ letters, number });
  });
});
