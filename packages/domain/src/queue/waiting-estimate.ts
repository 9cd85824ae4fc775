import { addMinutes, plainTime } from '../shared/index.ts';
import { compareTurn, type WaitingVisit } from './visit.ts';

/** Finished visits of the day that an estimate needs; with fewer, nothing honest can be said. */
export const ESTIMATE_NEEDS_VISITS = 3;
/** An estimate is a whole number of these minutes, rounded up: it is no promise to the minute. */
export const ESTIMATE_STEP_MINUTES = 5;

/** EQ-02: nobody is received during lunch. */
export const LUNCH = { from: plainTime('13:00'), until: plainTime('14:30') } as const;

/** What is known of a department's day when somebody asks how long it will take. */
export interface DaySoFar {
  /** Everybody who waits now. */
  waiting: readonly WaitingVisit[];
  /** Appointed starts of those who are expected today and have not come yet. */
  expected: readonly Date[];
  /** Visits finished today. */
  finished: readonly { startedAt: Date; finishedAt: Date }[];
  /** Rooms in which somebody is being received or called to, with the beginning. */
  busy: readonly { since: Date }[];
  /** Rooms that receive people today, the busy ones among them. */
  rooms: number;
  /** When nobody is received, such as lunch. */
  breaks: readonly { from: Date; until: Date }[];
}

/** Minutes a visit takes today: the median of the finished ones, which one long visit does not bend; null while there are too few. */
export function usualMinutes(finished: DaySoFar['finished']): number | null {
  if (finished.length < ESTIMATE_NEEDS_VISITS) return null;
  const lengths = finished
    .map(({ startedAt, finishedAt }) => (finishedAt.getTime() - startedAt.getTime()) / 60_000)
    .sort((left, right) => left - right);
  const middle = lengths.length / 2;
  const [lower = 0, upper = 0] = [lengths[Math.ceil(middle) - 1], lengths[Math.floor(middle)]];
  // A visit started and finished with one press says nothing of how long people sit in the room.
  return Math.max(1, (lower + upper) / 2);
}

/**
 * EQ-15, K05: minutes each waiting person still has to wait, by ticket number; null while today's visits are too few to know.
 * Walks through the rest of the day: whoever's room is free first takes the next in turn, booked people before the live queue,
 * those still expected from their appointed start on. Rounded up to five minutes.
 */
export function estimateWaits(day: DaySoFar, at: Date): Map<string, number> | null {
  const usual = usualMinutes(day.finished);
  if (usual === null || day.rooms < 1) return null;
  const free = Array.from({ length: Math.max(day.rooms, day.busy.length) }, (_, index) => {
    const busy = day.busy[index];
    const end = busy ? addMinutes(busy.since, usual) : at;
    return end < at ? at : end;
  });
  const booked = [
    ...day.waiting
      .filter((visit) => visit.kind === 'booked')
      .map((visit) => ({ visit, from: at, turn: visit })),
    ...day.expected.map((startsAt) => ({
      visit: null,
      from: startsAt < at ? at : startsAt,
      turn: { kind: 'booked', startsAt, arrivedAt: startsAt, ticketNo: '' } satisfies WaitingVisit,
    })),
  ].sort((left, right) => compareTurn(left.turn, right.turn));
  const live = day.waiting.filter((visit) => visit.kind === 'live').sort(compareTurn);

  const waits = new Map<string, number>();
  const wanted = day.waiting.length;
  while (waits.size < wanted) {
    free.sort((left, right) => left.getTime() - right.getTime());
    const begin = afterBreaks(free[0] ?? at, day.breaks);
    const index = booked.findIndex(({ from }) => from <= begin);
    const [next] = index >= 0 ? booked.splice(index, 1) : [];
    const visit = next ? next.visit : live.shift();
    if (visit === undefined) {
      // Nobody is here at that time; the room waits for the next who is expected.
      const [soonest] = booked
        .map(({ from }) => from)
        .sort((left, right) => left.getTime() - right.getTime());
      if (!soonest) break;
      free[0] = soonest;
      continue;
    }
    if (visit) waits.set(visit.ticketNo, roundUp((begin.getTime() - at.getTime()) / 60_000));
    free[0] = addMinutes(begin, usual);
  }
  return waits;
}

function afterBreaks(instant: Date, breaks: DaySoFar['breaks']): Date {
  const within = breaks.find(({ from, until }) => from <= instant && instant < until);
  return within ? within.until : instant;
}

function roundUp(minutes: number): number {
  return Math.ceil(minutes / ESTIMATE_STEP_MINUTES) * ESTIMATE_STEP_MINUTES;
}
