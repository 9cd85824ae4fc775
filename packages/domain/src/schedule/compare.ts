import type { PlainDate, PlainTime } from '../shared/index.ts';

/** A place that a schedule asks for. */
export interface WantedPlace {
  day: PlainDate;
  startsAt: PlainTime;
  /** 1, 2 … within the start time. */
  placeNo: number;
}

/** A place that exists. */
export interface KnownPlace extends WantedPlace {
  id: number;
  booked: boolean;
  /** `open`; `closed` by a trip or another closure; `calendar`: closed by a day off; `withdrawn`: an earlier schedule gave it up. */
  mark: 'open' | 'closed' | 'calendar' | 'withdrawn';
}

/** What a publication does to the places of a department. */
export interface ScheduleDifference<Wanted extends WantedPlace = WantedPlace> {
  /** Places that do not exist yet. */
  add: Wanted[];
  /** Places that were withdrawn once and are wanted again. */
  reopen: KnownPlace[];
  /** Places that are wanted no more. Nobody holds them; or somebody does, see `kept`. */
  withdraw: KnownPlace[];
  /** Those of `withdraw` that somebody has booked: the booking stays, the place is not given to anybody after it. */
  kept: KnownPlace[];
}

const nameOf = (place: WantedPlace) => `${place.day} ${place.startsAt} ${place.placeNo}`;

/**
 * EQ-03, EQ-09: sets the places that a schedule asks for against those that exist. `wanted` holds every place of the schedule,
 * also on closed days; `isClosed` tells which days nobody is received on: nothing is added there. A place closed by a day off
 * keeps that mark, for the day itself asks for nothing. Doing what the difference says and comparing again gives an empty one.
 */
export function compareSchedule<Wanted extends WantedPlace>(
  wanted: readonly Wanted[],
  known: readonly KnownPlace[],
  isClosed: (day: PlainDate) => boolean,
): ScheduleDifference<Wanted> {
  const asked = new Set(wanted.map(nameOf));
  const existing = new Set(known.map(nameOf));
  const withdraw = known.filter(
    (place) => !asked.has(nameOf(place)) && (place.mark === 'open' || place.mark === 'closed'),
  );
  return {
    add: wanted.filter((place) => !existing.has(nameOf(place)) && !isClosed(place.day)),
    reopen: known.filter((place) => place.mark === 'withdrawn' && asked.has(nameOf(place))),
    withdraw,
    kept: withdraw.filter((place) => place.booked),
  };
}

/** Days and places of a month before and after a publication. */
export interface MonthOfSchedule {
  /** `YYYY-MM` */
  month: string;
  daysBefore: number;
  daysAfter: number;
  placesBefore: number;
  placesAfter: number;
  /** Places somebody has booked, whatever becomes of them. */
  booked: number;
}

/** The months of a period in order, each with the days and places that people could book before and can book after. */
export function monthsOfSchedule(
  wanted: readonly WantedPlace[],
  known: readonly KnownPlace[],
  isClosed: (day: PlainDate) => boolean,
): MonthOfSchedule[] {
  const months = new Map<string, MonthOfSchedule>();
  const month = (day: PlainDate) => {
    const name = day.slice(0, 7);
    let found = months.get(name);
    if (!found) {
      found = { month: name, daysBefore: 0, daysAfter: 0, placesBefore: 0, placesAfter: 0, booked: 0 };
      months.set(name, found);
    }
    return found;
  };
  const before = new Set<PlainDate>();
  const after = new Set<PlainDate>();
  for (const place of known) {
    const row = month(place.day);
    if (place.booked) row.booked += 1;
    if (place.mark !== 'open') continue;
    row.placesBefore += 1;
    if (!before.has(place.day)) row.daysBefore += 1;
    before.add(place.day);
  }
  for (const place of wanted) {
    if (isClosed(place.day)) continue;
    const row = month(place.day);
    row.placesAfter += 1;
    if (!after.has(place.day)) row.daysAfter += 1;
    after.add(place.day);
  }
  return [...months.values()].sort((left, right) => (left.month < right.month ? -1 : 1));
}
