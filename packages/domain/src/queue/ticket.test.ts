import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liveTicketNumber, ticketNumber } from './ticket.ts';

describe('Ticket number', () => {
  test.each([
    [1, 0, 'A-001'],
    [3, 1, 'B-003'],
    [10, 22, 'Z-010'],
    [10, 23, 'AA-010'],
    [10, 24, 'AB-010'],
    [999, 0, 'A-999'],
    [1000, 0, 'A-1000'],
  ])('EQ-10: place %i given %i times before is %s', (dayNo, issue, expected) => {
    expect(ticketNumber(dayNo, issue)).toBe(expected);
  });

  test('EQ-10: no two givings of the places of a day have the same number', () => {
    const numbers = new Set<string>();
    for (let dayNo = 1; dayNo <= 60; dayNo += 1) {
      for (let issue = 0; issue < 700; issue += 1) numbers.add(ticketNumber(dayNo, issue));
    }
    expect(numbers.size).toBe(60 * 700);
  });

  test('EQ-15: no booked number looks like one of the live queue or holds a letter that is taken for a digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(100_000), (dayNo, issue) => {
        expect(ticketNumber(dayNo, issue)).toMatch(/^[A-HJKMNP-Z]+-\d{3,}$/);
      }),
    );
    expect(liveTicketNumber(1)).toBe('L-001');
    expect(liveTicketNumber(1234)).toBe('L-1234');
  });
});
