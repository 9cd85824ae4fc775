import type { LiveQueueOutput } from '@mse/contracts/desk';
import { bookings, persons, visits } from '@mse/db/schema';
import { compareTurn, type DaySoFar, estimateWaits, LUNCH, usualMinutes } from '@mse/domain/queue';
import { toBusinessDate, toInstant } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from './desk-caller.ts';
import { deskColumns, deskRow } from './desk-rows.ts';

/** A room in which nobody was received for so long is not counted on. */
const ROOM_REST_MS = 60 * 60_000;

/**
 * K05, EQ-15: today's live queue of the own department: who waits, in the order of the turn, with the wait estimated from the
 * visits of this very day; then who was called and received already.
 */
export async function listLiveQueue(call: CallContext): Promise<z.input<typeof LiveQueueOutput>> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const day = toBusinessDate(at);
  call.seen(null, `live-queue:${department.id}:${day}`);
  const [seen, expected] = await Promise.all([
    deps.db
      .select(deskColumns)
      .from(visits)
      .innerJoin(persons, eq(persons.id, visits.personId))
      .leftJoin(bookings, eq(bookings.id, visits.bookingId))
      .where(and(eq(visits.departmentId, department.id), eq(visits.day, day))),
    deps.db
      .select({ startsAt: bookings.startsInstant })
      .from(bookings)
      .where(
        and(eq(bookings.departmentId, department.id), eq(bookings.day, day), eq(bookings.state, 'booked')),
      ),
  ]);
  const known = seen.map(({ visit }) => visit);
  const waiting = known
    .filter(({ state }) => state === 'waiting')
    .map(({ kind, startsInstant, arrivedAt, ticketNo }) => ({
      kind,
      startsAt: startsInstant,
      arrivedAt,
      ticketNo,
    }));
  const soFar: DaySoFar = {
    waiting,
    expected: expected.map(({ startsAt }) => startsAt),
    finished: known.flatMap(({ state, startedAt, finishedAt }) =>
      state === 'done' && startedAt && finishedAt ? [{ startedAt, finishedAt }] : [],
    ),
    busy: known.flatMap(({ state, startedAt, calledAt }) =>
      state === 'in-service' || state === 'called' ? [{ since: startedAt ?? calledAt ?? at }] : [],
    ),
    rooms: roomsAtWork(known, at).size,
    breaks: [{ from: toInstant(day, LUNCH.from), until: toInstant(day, LUNCH.until) }],
  };
  const waits = estimateWaits(soFar, at);
  const usual = usualMinutes(soFar.finished);
  const turn = ({ visit }: (typeof seen)[number]) => ({
    kind: visit.kind,
    startsAt: visit.startsInstant,
    arrivedAt: visit.arrivedAt,
    ticketNo: visit.ticketNo,
  });
  return {
    day,
    serverTime: at.toISOString(),
    bookedAhead: waiting.filter(({ kind }) => kind === 'booked').length + expected.length,
    usualMinutes: usual === null ? null : Math.round(usual),
    finishedToday: soFar.finished.length,
    rooms: department.rooms,
    rows: seen
      .filter(({ visit }) => visit.kind === 'live')
      .sort(
        (left, right) =>
          Number(right.visit.state === 'waiting') - Number(left.visit.state === 'waiting') ||
          compareTurn(turn(left), turn(right)),
      )
      .map((source) => ({
        row: deskRow(source),
        waitMinutes: source.visit.state === 'waiting' ? (waits?.get(source.visit.ticketNo) ?? null) : null,
      })),
  };
}

/** Rooms that receive people now: somebody is in or called to them, or was within the last hour. */
function roomsAtWork(known: readonly (typeof visits.$inferSelect)[], at: Date): Set<string> {
  const rooms = new Set<string>();
  for (const { room, state, finishedAt } of known) {
    if (room === null) continue;
    const now = state === 'called' || state === 'in-service';
    if (now || (finishedAt && at.getTime() - finishedAt.getTime() <= ROOM_REST_MS)) rooms.add(room);
  }
  return rooms;
}
