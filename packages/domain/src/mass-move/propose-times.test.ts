import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate, plainTime, toInstant } from '../shared/index.ts';
import {
  type AffectedBooking,
  canReplace,
  compareBookingOrder,
  type FreeStart,
  hasToBeCalled,
  MOVE_ITEM_STATES,
  type MoveTerms,
  proposeTimes,
} from './index.ts';

const at = toInstant(plainDate('2026-11-23'), plainTime('10:30'));
const terms: MoveTerms = {
  pilots: [{ regionCode: '11', validFrom: plainDate('2025-11-22'), validUntil: plainDate('2026-12-20') }],
  regionCode: '11',
};
const TIMES = ['09:00', '10:00', '11:00', '12:00', '14:30'].map(plainTime);
const monday = plainDate('2026-11-23');

const booking = (
  id: string,
  bookedMinute: number,
  changes: Partial<AffectedBooking> = {},
): AffectedBooking => ({
  bookingId: id,
  firstBookedAt: new Date(Date.parse('2026-11-10T04:00:00Z') + bookedMinute * 60_000),
  day: plainDate('2026-11-25'),
  startsAt: plainTime('10:00'),
  formValidUntil: plainDate('2026-12-10'),
  ...changes,
});
const start = (day: string, startsAt: string, free = 1): FreeStart => ({
  day: plainDate(day),
  startsAt: plainTime(startsAt),
  free,
});
const timesOf = (bookings: AffectedBooking[], free: FreeStart[]) =>
  proposeTimes(bookings, free, terms, at).map(({ bookingId, time }) => [
    bookingId,
    time && `${time.day} ${time.startsAt}`,
  ]);

describe('new times for the bookings of a closed day', () => {
  it('EQ-09: who booked first gets the nearest later time, the next one what is left', () => {
    const free = [start('2026-11-27', '09:00'), start('2026-11-26', '14:30'), start('2026-11-26', '09:00')];
    expect(timesOf([booking('c', 3), booking('a', 1), booking('b', 2)], free)).toEqual([
      ['a', '2026-11-26 09:00'],
      ['b', '2026-11-26 14:30'],
      ['c', '2026-11-27 09:00'],
    ]);
  });

  it('EQ-09: an earlier time than the one that falls away is never proposed, the person has planned that day', () => {
    expect(timesOf([booking('a', 1)], [start('2026-11-24', '09:00'), start('2026-11-25', '10:00')])).toEqual([
      ['a', null],
    ]);
    expect(timesOf([booking('a', 1)], [start('2026-11-25', '11:00')])).toEqual([['a', '2026-11-25 11:00']]);
  });

  it('EQ-08: the last valid day of the form is proposed, the day after it is not', () => {
    const short = booking('a', 1, { formValidUntil: plainDate('2026-11-26') });
    expect(timesOf([short], [start('2026-11-26', '14:30'), start('2026-11-27', '09:00')])).toEqual([
      ['a', '2026-11-26 14:30'],
    ]);
    expect(timesOf([short], [start('2026-11-27', '09:00')])).toEqual([['a', null]]);
  });

  it('GV-04: nothing is proposed after the pilot of the region has ended', () => {
    const long = booking('a', 1, { formValidUntil: plainDate('2027-01-31') });
    expect(timesOf([long], [start('2026-12-21', '09:00')])).toEqual([['a', null]]);
    expect(timesOf([long], [start('2026-12-20', '09:00')])).toEqual([['a', '2026-12-20 09:00']]);
  });

  it('EQ-09: several places of one start are given as often as there are places', () => {
    expect(
      timesOf([booking('a', 1), booking('b', 2), booking('c', 3)], [start('2026-11-26', '09:00', 2)]),
    ).toEqual([
      ['a', '2026-11-26 09:00'],
      ['b', '2026-11-26 09:00'],
      ['c', null],
    ]);
  });

  it('EQ-06: whoever hears nothing by SMS is called: no number, no new time, or a move that failed', () => {
    const called = (hasPhone: boolean) => MOVE_ITEM_STATES.filter((state) => hasToBeCalled(state, hasPhone));
    expect(called(true)).toEqual(['no-place', 'failed']);
    expect(called(false)).toEqual(['moved', 'no-place', 'failed']);
  });
});

const arbitraryTime = fc.record({
  day: fc.nat(20).map((days) => addDays(monday, days)),
  startsAt: fc.constantFrom(...TIMES),
});
const arbitraryBookings = fc
  .array(
    fc.record({
      bookedMinute: fc.nat(5),
      time: arbitraryTime,
      validFor: fc.nat(30),
    }),
    { maxLength: 25 },
  )
  .map((list) =>
    list.map(({ bookedMinute, time, validFor }, index) =>
      booking(`b${String(index).padStart(2, '0')}`, bookedMinute, {
        ...time,
        formValidUntil: addDays(monday, validFor),
      }),
    ),
  );
const arbitraryFree = fc.uniqueArray(
  fc.record({
    day: arbitraryTime.map(({ day }) => day),
    startsAt: fc.constantFrom(...TIMES),
    free: fc.nat(3),
  }),
  {
    maxLength: 30,
    selector: (each) => `${each.day} ${each.startsAt}`,
  },
);
const instantOf = (time: { day: FreeStart['day']; startsAt: FreeStart['startsAt'] }) =>
  toInstant(time.day, time.startsAt).getTime();

describe('fairness of the new times, whatever the bookings and the places', () => {
  it('EQ-09: nobody gets a time before now, before their own time, or after their form', () => {
    fc.assert(
      fc.property(arbitraryBookings, arbitraryFree, (bookings, free) => {
        for (const { bookingId, time } of proposeTimes(bookings, free, terms, at)) {
          const own = bookings.find((each) => each.bookingId === bookingId);
          if (!own || !time) continue;
          expect(instantOf(time)).toBeGreaterThan(at.getTime());
          expect(instantOf(time)).toBeGreaterThan(instantOf(own));
          expect(time.day <= own.formValidUntil).toBe(true);
        }
      }),
    );
  });

  it('EQ-10: every booking is answered once and no place is given twice', () => {
    fc.assert(
      fc.property(arbitraryBookings, arbitraryFree, (bookings, free) => {
        const proposals = proposeTimes(bookings, free, terms, at);
        expect(proposals.map(({ bookingId }) => bookingId).sort()).toEqual(
          bookings.map((each) => each.bookingId).sort(),
        );
        expect(proposals.map(({ turn }) => turn)).toEqual(proposals.map((_, index) => index + 1));
        for (const each of free) {
          const given = proposals.filter(
            ({ time }) => time?.day === each.day && time.startsAt === each.startsAt,
          );
          expect(given.length).toBeLessThanOrEqual(each.free);
        }
      }),
    );
  });

  it('K08: an earlier booker never gets a later time than a later booker when both could swap', () => {
    fc.assert(
      fc.property(arbitraryBookings, arbitraryFree, (bookings, free) => {
        const proposals = proposeTimes(bookings, free, terms, at);
        const inOrder = [...bookings].sort(compareBookingOrder);
        for (const [index, earlier] of inOrder.entries()) {
          for (const later of inOrder.slice(index + 1)) {
            const mine = proposals.find((each) => each.bookingId === earlier.bookingId)?.time;
            const theirs = proposals.find((each) => each.bookingId === later.bookingId)?.time;
            if (!theirs || !canReplace(earlier, theirs, terms, at)) continue;
            // The later booker's time would have done for the earlier one: so the earlier one has it or a better one.
            expect(mine).toBeTruthy();
            if (mine && canReplace(later, mine, terms, at))
              expect(instantOf(mine)).toBeLessThanOrEqual(instantOf(theirs));
          }
        }
      }),
    );
  });

  it('K08: who gets no time could have had none that is left', () => {
    fc.assert(
      fc.property(arbitraryBookings, arbitraryFree, (bookings, free) => {
        const proposals = proposeTimes(bookings, free, terms, at);
        const left = free.filter(
          (each) =>
            proposals.filter(({ time }) => time?.day === each.day && time.startsAt === each.startsAt).length <
            each.free,
        );
        for (const { bookingId, time } of proposals) {
          const own = bookings.find((each) => each.bookingId === bookingId);
          if (own && time === null)
            expect(left.filter((each) => canReplace(own, each, terms, at))).toEqual([]);
        }
      }),
    );
  });
});
