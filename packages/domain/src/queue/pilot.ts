import { addDays, ok, type PlainDate, plainTime, refuse, type Result } from '../shared/index.ts';

/** GV-04: the legal act that switches the electronic queue on for a region and a period. A prolongation is a new row. */
export interface QueuePilot {
  /** First two digits of the administrative-territorial unit, `11` for Akmola. */
  regionCode: string;
  validFrom: PlainDate;
  /** Last day, included. */
  validUntil: PlainDate;
}

/** GV-04: whether prior booking exists in a region on a date. Outside it the national rule holds: by order of arrival, no booking. */
export function isQueueOpen(pilots: readonly QueuePilot[], regionCode: string, date: PlainDate): boolean {
  return pilots.some(
    (pilot) => pilot.regionCode === regionCode && pilot.validFrom <= date && date <= pilot.validUntil,
  );
}

/** Regions of Kazakhstan by the first two digits of the classifier of administrative-territorial units. */
export const REGION_CODES = [
  '10',
  '11',
  '15',
  '19',
  '23',
  '27',
  '31',
  '33',
  '35',
  '39',
  '43',
  '47',
  '55',
  '59',
  '61',
  '62',
  '63',
  '71',
  '75',
  '79',
] as const;
export type RegionCode = (typeof REGION_CODES)[number];

/** Why a pilot is not taken. */
export const PILOT_REFUSALS = ['ends-before-it-begins', 'over-already', 'overlaps'] as const;
export type PilotRefusal = (typeof PILOT_REFUSALS)[number];

/**
 * GV-04: whether a region may get the queue for a period. Periods of one region never share a day: which act a booking rests on is
 * then never in doubt, and a prolongation begins the day after.
 */
export function decidePilot(
  pilots: readonly QueuePilot[],
  wanted: QueuePilot,
  today: PlainDate,
): Result<'add', PilotRefusal> {
  if (wanted.validUntil < wanted.validFrom) return refuse('ends-before-it-begins');
  if (wanted.validUntil < today) return refuse('over-already');
  const overlaps = pilots.some(
    (pilot) =>
      pilot.regionCode === wanted.regionCode &&
      pilot.validFrom <= wanted.validUntil &&
      wanted.validFrom <= pilot.validUntil,
  );
  return overlaps ? refuse('overlaps') : ok('add');
}

export const PILOT_STATES = ['ahead', 'in-force', 'over'] as const;

/** Where a pilot stands on a day. */
export function pilotState(pilot: QueuePilot, day: PlainDate): (typeof PILOT_STATES)[number] {
  if (day < pilot.validFrom) return 'ahead';
  return day <= pilot.validUntil ? 'in-force' : 'over';
}

/** Why a pilot or words entered by mistake cannot be taken back: they are not there, or people have already relied on them. */
export const UNDO_REFUSALS = ['not-found', 'already-begun'] as const;

/**
 * GV-04: how long booking lasts in a region without a break, from `day` on: the last day, or null when there is no booking that
 * day. Prolongations that begin the day after are one period for the people.
 */
export function bookingLastsUntil(
  pilots: readonly QueuePilot[],
  regionCode: string,
  day: PlainDate,
): PlainDate | null {
  let last: PlainDate | null = null;
  for (let next = day; ; next = addDays(last, 1)) {
    const pilot = pilots.find(
      (each) => each.regionCode === regionCode && each.validFrom <= next && next <= each.validUntil,
    );
    if (!pilot) return last;
    last = pilot.validUntil;
  }
}

/**
 * Reception where there is no booking (order 163, annex 2, item 9): by order of arrival, on working days, in these hours.
 * Times of day in the time zone of Kazakhstan.
 */
export const RECEPTION_WITHOUT_BOOKING = {
  from: plainTime('09:00'),
  until: plainTime('15:30'),
  lunchFrom: plainTime('13:00'),
  lunchUntil: plainTime('14:00'),
} as const;
