import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { faultReportNumber, isFaultReportNumber } from './number.ts';
import { pageOfReport } from './page-of-report.ts';

describe('reports of faults', () => {
  test('C31: a number is the day and six letters by chance, without letters that look like digits', () => {
    expect(faultReportNumber(plainDate('2026-11-23'), () => 0)).toBe('F-20261123-222222');
    expect(faultReportNumber(plainDate('2026-11-23'), (limit) => limit - 1)).toBe('F-20261123-ZZZZZZ');
    for (let each = 0; each < 29; each++)
      expect(isFaultReportNumber(faultReportNumber(plainDate('2026-11-23'), () => each))).toBe(true);
  });

  test.each([
    '',
    '261123-7KMPTX',
    'F-20261123-7K3M2',
    'F-20261123-7K3M2O',
    'f-20261123-7k3m2q',
    '../etc/passwd',
  ])('C31: "%s" is no number of a report', (text) => {
    expect(isFaultReportNumber(text)).toBe(false);
  });

  test.each([
    ['/kk/cabinet/messages', '/kk/cabinet/messages'],
    ['/ru/sign-in?next=/ru/cabinet', '/ru/sign-in'],
    ['/en/tickets/u4BOzqW86t8-_YMskb4avw/ticket.pdf', '/en/tickets/code/ticket.pdf'],
    [
      '/kk/bookings/01a1f306-6cd8-7c33-a7f7-6a189f665ef7',
      '/kk/bookings/01a1f306-6cd8-7c33-a7f7-6a189f665ef7',
    ],
    ['https://evil.example/kk', ''],
    ['/kk/<script>', ''],
    ['', ''],
  ])('C31: of the address %s a report names %s', (address, page) => {
    expect(pageOfReport(address)).toBe(page);
  });
});
