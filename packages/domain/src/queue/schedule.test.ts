import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workingCalendar } from '../calendar/index.ts';
import { addDays, type PlainDate, plainDate, plainTime, weekday } from '../shared/index.ts';
import { planPlaces, startTimesOn } from './schedule.ts';

const law = {
  validFrom: plainDate('2025-11-22'),
  times: ['09:00', '10:00', '11:00', '12:00', '14:30'].map(plainTime),
};
const days = (from: string, until: string, placesPerStart = 1) => ({
  from: plainDate(from),
  until: plainDate(until),
  placesPerStart,
});

describe('Start times', () => {
  test('EQ-02: the times are exactly 09:00, 10:00, 11:00, 12:00 and 14:30', () => {
    const places = planPlaces(days('2026-11-23', '2026-11-23'), [law], workingCalendar([]), []);
    expect(places.map((place) => place.startsAt)).toEqual(['09:00', '10:00', '11:00', '12:00', '14:30']);
  });

  test('EQ-02: before the order took effect there are none', () => {
    expect(startTimesOn([law], plainDate('2025-11-21'))).toEqual([]);
    expect(startTimesOn([law], plainDate('2025-11-22'))).toEqual(law.times);
  });

  test('EQ-02: newer times hold from their day on, in whatever order the rows come', () => {
    const newer = { validFrom: plainDate('2027-01-01'), times: [plainTime('08:30')] };
    for (const rows of [
      [law, newer],
      [newer, law],
    ]) {
      expect(startTimesOn(rows, plainDate('2026-12-31'))).toEqual(law.times);
      expect(startTimesOn(rows, plainDate('2027-01-01'))).toEqual(['08:30']);
    }
  });
});

describe('Places of a department', () => {
  test('EQ-02: weekends and holidays have no places, a Saturday moved into work has', () => {
    const calendar = workingCalendar([
      { date: plainDate('2026-12-16'), kind: 'holiday' },
      { date: plainDate('2026-12-18'), kind: 'day-off' },
      { date: plainDate('2026-12-19'), kind: 'working' },
    ]);
    const places = planPlaces(days('2026-12-14', '2026-12-20'), [law], calendar, []);
    expect([...new Set(places.map((place) => place.day))]).toEqual([
      '2026-12-14',
      '2026-12-15',
      '2026-12-17',
      '2026-12-19',
    ]);
  });

  test('EQ-03: on the days of a trip, both ends included, nobody is received', () => {
    const trip = { from: plainDate('2026-11-24'), until: plainDate('2026-11-25') };
    const places = planPlaces(days('2026-11-23', '2026-11-27'), [law], workingCalendar([]), [trip]);
    expect([...new Set(places.map((place) => place.day))]).toEqual([
      '2026-11-23',
      '2026-11-26',
      '2026-11-27',
    ]);
  });

  test('EQ-04: without a schedule of the next year there is no place after 31 December', () => {
    const places = planPlaces(days('2026-12-01', '2026-12-31'), [law], workingCalendar([]), []);
    expect(places.at(-1)).toMatchObject({ day: '2026-12-31', startsAt: '14:30' });
    expect(places.some((place) => place.day > '2026-12-31')).toBe(false);
  });

  test('EQ-10: places of a day are numbered through, in the order of time', () => {
    const places = planPlaces(days('2026-11-23', '2026-11-23', 2), [law], workingCalendar([]), []);
    expect(places.map(({ startsAt, placeNo, dayNo }) => `${startsAt} ${placeNo} ${dayNo}`)).toEqual([
      '09:00 1 1',
      '09:00 2 2',
      '10:00 1 3',
      '10:00 2 4',
      '11:00 1 5',
      '11:00 2 6',
      '12:00 1 7',
      '12:00 2 8',
      '14:30 1 9',
      '14:30 2 10',
    ]);
  });

  test('EQ-09: whatever holidays and trips there are, a day has all its places or none, and none that is closed', () => {
    const start = plainDate('2026-01-01');
    const anyDate = fc.nat(400).map((offset) => addDays(start, offset));
    const trip = fc
      .tuple(anyDate, fc.nat(5))
      .map(([from, length]) => ({ from, until: addDays(from, length) }));
    fc.assert(
      fc.property(
        fc.uniqueArray(anyDate, { maxLength: 30 }),
        fc.array(trip, { maxLength: 5 }),
        anyDate,
        fc.nat(60),
        fc.integer({ min: 1, max: 4 }),
        (holidays, trips, from, length, perStart) => {
          const until = addDays(from, length);
          const calendar = workingCalendar(holidays.map((date) => ({ date, kind: 'holiday' as const })));
          const places = planPlaces({ from, until, placesPerStart: perStart }, [law], calendar, trips);
          const byDay = Map.groupBy(places, (place) => place.day);
          for (let day: PlainDate = from; day <= until; day = addDays(day, 1)) {
            const closed =
              weekday(day) > 5 ||
              holidays.includes(day) ||
              trips.some((one) => one.from <= day && day <= one.until);
            expect(byDay.get(day)?.length ?? 0).toBe(closed ? 0 : 5 * perStart);
          }
          expect(new Set(places.map((place) => `${place.day} ${place.dayNo}`)).size).toBe(places.length);
          expect(new Set(places.map((place) => `${place.day} ${place.startsAt} ${place.placeNo}`)).size).toBe(
            places.length,
          );
        },
      ),
    );
  });
});
