import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import {
  bookingLastsUntil,
  decidePilot,
  isQueueOpen,
  pilotState,
  type QueuePilot,
  RECEPTION_WITHOUT_BOOKING,
} from './pilot.ts';

const akmola: QueuePilot = {
  regionCode: '11',
  validFrom: plainDate('2025-11-22'),
  validUntil: plainDate('2026-11-21'),
};

describe('Pilot of the electronic queue', () => {
  test.each([
    ['2025-11-21', false, 'the day before the order takes effect'],
    ['2025-11-22', true, 'its first day'],
    ['2026-06-01', true, 'a day within'],
    ['2026-11-21', true, 'its last day'],
    ['2026-11-22', false, 'the day after it ends'],
  ])('GV-04: on %s booking is open in Akmola: %s (%s)', (date, open) => {
    expect(isQueueOpen([akmola], '11', plainDate(date))).toBe(open);
  });

  test('GV-04: no other region has the queue', () => {
    expect(isQueueOpen([akmola], '59', plainDate('2026-06-01'))).toBe(false);
    expect(isQueueOpen([], '11', plainDate('2026-06-01'))).toBe(false);
  });

  test('GV-04: a prolongation is one more row and leaves no day between', () => {
    const prolonged = {
      regionCode: '11',
      validFrom: plainDate('2026-11-22'),
      validUntil: plainDate('2027-11-21'),
    };
    for (const date of ['2026-11-21', '2026-11-22', '2027-11-21']) {
      expect(isQueueOpen([akmola, prolonged], '11', plainDate(date))).toBe(true);
    }
    expect(isQueueOpen([akmola, prolonged], '11', plainDate('2027-11-22'))).toBe(false);
  });
});

describe('A pilot entered as data', () => {
  const period = (validFrom: string, validUntil: string, regionCode = '11'): QueuePilot => ({
    regionCode,
    validFrom: plainDate(validFrom),
    validUntil: plainDate(validUntil),
  });
  const today = plainDate('2026-11-20');

  test.each([
    ['2026-11-22', '2027-11-21', 'the day after the running one'],
    ['2027-03-01', '2027-03-01', 'one day'],
  ])('GV-04: a period from %s to %s is taken: %s', (from, until) => {
    expect(decidePilot([akmola], period(from, until), today).ok).toBe(true);
  });

  test.each([
    ['2026-11-21', '2027-11-21', 'overlaps'],
    ['2025-01-01', '2026-11-30', 'overlaps'],
    ['2026-12-02', '2026-12-01', 'ends-before-it-begins'],
    ['2024-01-01', '2024-12-31', 'over-already'],
  ])('GV-04: a period from %s to %s is refused: %s', (from, until, refusal) => {
    expect(decidePilot([akmola], period(from, until), today)).toEqual({ ok: false, refusal });
  });

  test('GV-04: another region may have the same days', () => {
    expect(decidePilot([akmola], period('2026-01-01', '2026-12-31', '59'), today).ok).toBe(true);
  });

  test('GV-04: a pilot is ahead, in force on its first and last day, then over', () => {
    const days = ['2025-11-21', '2025-11-22', '2026-11-21', '2026-11-22'];
    expect(days.map((day) => pilotState(akmola, plainDate(day)))).toEqual([
      'ahead',
      'in-force',
      'in-force',
      'over',
    ]);
  });

  test('GV-04: a prolongation without a gap makes one period, one with a gap does not', () => {
    const until = (...more: QueuePilot[]) => bookingLastsUntil([...more, akmola], '11', today);
    expect(until()).toBe('2026-11-21');
    expect(until(period('2026-11-22', '2027-11-21'))).toBe('2027-11-21');
    expect(until(period('2026-11-23', '2027-11-21'))).toBe('2026-11-21');
    expect(bookingLastsUntil([akmola], '11', plainDate('2026-11-22'))).toBeNull();
  });

  test('GV-04: without booking people are received from 9:00 to 15:30 with lunch from 13:00 to 14:00', () => {
    expect(RECEPTION_WITHOUT_BOOKING).toEqual({
      from: '09:00',
      until: '15:30',
      lunchFrom: '13:00',
      lunchUntil: '14:00',
    });
  });
});
