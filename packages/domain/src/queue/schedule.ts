import type { WorkingCalendar } from '../calendar/index.ts';
import { eachDay, type PlainDate, type PlainTime } from '../shared/index.ts';

/** EQ-02: the start times in force from a date, as dated data. */
export interface StartTimes {
  validFrom: PlainDate;
  times: readonly PlainTime[];
}

/** A department's reception in a period: how many places each start time has. */
export interface ReceptionSchedule {
  from: PlainDate;
  /** Last day, included. */
  until: PlainDate;
  placesPerStart: number;
}

/** EQ-03: a trip of the department's specialists; on these days nobody is received. */
export interface BusinessTrip {
  from: PlainDate;
  /** Last day, included. */
  until: PlainDate;
}

/** One place a person can book: a start time on a day, and which of the places there. */
export interface PlannedPlace {
  day: PlainDate;
  startsAt: PlainTime;
  /** 1, 2 … within the start time. */
  placeNo: number;
  /** 1, 2 … within the department's day, in the order of the start times: the number printed on the ticket. */
  dayNo: number;
}

/** The start times in force on a date: the newest row that has begun. Empty when none has. */
export function startTimesOn(rows: readonly StartTimes[], date: PlainDate): readonly PlainTime[] {
  let newest: StartTimes | undefined;
  for (const row of rows) {
    if (row.validFrom <= date && (!newest || row.validFrom > newest.validFrom)) newest = row;
  }
  return newest?.times ?? [];
}

/**
 * EQ-02, EQ-03, EQ-09: the places of a department in a period. Weekends, holidays and trips have none;
 * a weekend moved into work has them.
 */
export function planPlaces(
  schedule: ReceptionSchedule,
  startTimes: readonly StartTimes[],
  calendar: WorkingCalendar,
  trips: readonly BusinessTrip[],
): PlannedPlace[] {
  const places: PlannedPlace[] = [];
  for (const day of eachDay(schedule.from, schedule.until)) {
    if (!calendar.isWorkingDay(day)) continue;
    if (trips.some((trip) => trip.from <= day && day <= trip.until)) continue;
    let dayNo = 0;
    for (const startsAt of startTimesOn(startTimes, day)) {
      for (let placeNo = 1; placeNo <= schedule.placesPerStart; placeNo += 1) {
        dayNo += 1;
        places.push({ day, startsAt, placeNo, dayNo });
      }
    }
  }
  return places;
}
