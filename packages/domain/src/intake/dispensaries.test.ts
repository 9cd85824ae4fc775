import { expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { decideDispensary } from './dispensaries.ts';

const period = (from: string, until: string | null, bin = '100140012345') => ({
  bin,
  validFrom: plainDate(from),
  validUntil: until === null ? null : plainDate(until),
});
const known = [period('2026-01-01', '2026-06-30')];

test.each([
  ['after the last day of an earlier period', period('2026-07-01', null), null],
  ['on that very day', period('2026-06-30', null), 'overlaps'],
  ['before and into it', period('2025-12-01', '2026-01-01'), 'overlaps'],
  ['before it', period('2025-12-01', '2025-12-31'), null],
  ['another organisation', period('2026-02-01', null, '100140054321'), null],
  ['an end before the beginning', period('2026-08-02', '2026-08-01'), 'period-order'],
] as const)('F009: an organisation is entered %s', (_sentence, wanted, refusal) => {
  expect(decideDispensary(known, wanted)).toBe(refusal);
});
