import { expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { policyOn, type PolicyRow, policyRowOn } from './policies.ts';

const rows: PolicyRow[] = [
  { key: 'dealing.daily-cap', validFrom: plainDate('2026-03-01'), value: 12, basis: 'order', assumed: false },
  {
    key: 'dealing.daily-cap',
    validFrom: plainDate('2025-01-01'),
    value: 20,
    basis: 'default',
    assumed: true,
  },
];

test('a policy counts from its first day on, and the one before until then', () => {
  expect(policyOn(rows, 'dealing.daily-cap', plainDate('2026-02-28'))).toBe(20);
  expect(policyOn(rows, 'dealing.daily-cap', plainDate('2026-03-01'))).toBe(12);
  expect(policyOn(rows, 'dealing.daily-cap', plainDate('2030-01-01'))).toBe(12);
});

test('before the first row the oldest counts, so that a decision of long ago can be explained', () => {
  expect(policyRowOn(rows, 'dealing.daily-cap', plainDate('2020-01-01')).assumed).toBe(true);
});

test('a policy nobody has set is a defect, not a zero', () => {
  expect(() => policyOn(rows, 'comparison.consensus', plainDate('2026-01-01'))).toThrow(
    /comparison.consensus/,
  );
});
