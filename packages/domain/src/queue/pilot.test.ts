import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { isQueueOpen, type QueuePilot } from './pilot.ts';

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
