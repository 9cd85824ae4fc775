import { expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { judgeMissedPeriod } from './missed-period.ts';

const day = (text: string) => plainDate(`2026-${text}`);

test.each([
  ['09-01', '10-31', '09-15', null],
  ['09-01', '10-31', null, null],
  ['09-01', '11-23', '09-01', null],
  ['10-31', '09-01', null, 'wrong-order'],
  ['09-01', '11-24', null, 'not-over'],
  ['09-01', '10-31', '08-31', 'credited-outside'],
  ['09-01', '10-31', '11-01', 'credited-outside'],
])('PX-40: a period from %s to %s, credited from %s: %s', (from, to, credited, refusal) => {
  const period = {
    missedFrom: day(from),
    missedTo: day(to),
    validReason: true,
    creditedFrom: credited === null ? null : day(credited),
  };
  expect(judgeMissedPeriod(period, day('11-23'))).toEqual(
    refusal === null ? { ok: true, value: period } : { ok: false, refusal },
  );
});
