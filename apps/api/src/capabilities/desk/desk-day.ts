import type { DeskDayInput, DeskDayOutput } from '@mse/contracts/desk';
import { bookings, businessTrips, persons, receptionSchedules, visits } from '@mse/db/schema';
import { compareTurn } from '@mse/domain/queue';
import { type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { departmentView } from '../reference/department-view.ts';
import { deskCaller } from './desk-caller.ts';
import { deskColumns, deskRow, type Row } from './desk-rows.ts';

type Output = z.input<typeof DeskDayOutput>;

/** K01: the department's day: in the rooms now, arrived and waiting in the order of their turn (EQ-15), expected, finished. */
export async function deskDay(call: CallContext, input: z.output<typeof DeskDayInput>): Promise<Output> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const today = toBusinessDate(at);
  const day = input.day ?? today;
  call.seen(null, `desk:${department.id}:${day}`);

  const [booked, live, kind] = await Promise.all([
    deps.db
      .select(deskColumns)
      .from(bookings)
      .innerJoin(persons, eq(persons.id, bookings.personId))
      .leftJoin(visits, eq(visits.bookingId, bookings.id))
      .where(
        and(
          eq(bookings.departmentId, department.id),
          eq(bookings.day, day),
          inArray(bookings.state, ['booked', 'arrived', 'served', 'annulled']),
        ),
      ),
    deps.db
      .select(deskColumns)
      .from(visits)
      .innerJoin(persons, eq(persons.id, visits.personId))
      .leftJoin(bookings, eq(bookings.id, visits.bookingId))
      .where(and(eq(visits.departmentId, department.id), eq(visits.day, day), eq(visits.kind, 'live'))),
    dayKind(call, department.id, day),
  ]);

  const groups: Record<'now' | 'waiting' | 'expected' | 'finished', Row[]> = {
    now: [],
    waiting: [],
    expected: [],
    finished: [],
  };
  const rows = [...booked, ...live];
  const turn = (source: (typeof rows)[number]) => ({
    kind: source.visit?.kind ?? 'booked',
    startsAt: source.booking?.startsInstant ?? null,
    arrivedAt: source.visit?.arrivedAt ?? source.booking?.startsInstant ?? at,
    ticketNo: source.visit?.ticketNo ?? source.booking?.ticketNo ?? '',
  });
  for (const source of rows.sort((left, right) => compareTurn(turn(left), turn(right)))) {
    const row = deskRow(source);
    groups[groupOf(row.state)].push(row);
  }
  return {
    department: departmentView(department),
    rooms: department.rooms,
    day,
    today: day === today,
    kind,
    serverTime: at.toISOString(),
    ...groups,
  };
}

function groupOf(state: Row['state']): 'now' | 'waiting' | 'expected' | 'finished' {
  if (state === 'called' || state === 'in-service') return 'now';
  if (state === 'waiting') return 'waiting';
  return state === 'booked' ? 'expected' : 'finished';
}

/** Why there may be nobody: EQ-02 (weekend, holiday), EQ-03 (trip), EQ-04 (no schedule made). */
async function dayKind(call: CallContext, departmentId: string, day: PlainDate): Promise<Output['kind']> {
  const calendar = call.deps.reference.calendar();
  if (!calendar.isWorkingDay(day)) return calendar.exceptionOn(day) ? 'holiday' : 'weekend';
  const within = (table: typeof receptionSchedules | typeof businessTrips) =>
    sql`${table.departmentId} = ${departmentId}::uuid and ${day}::date between ${table.from} and ${table.until}`;
  const rows = await call.deps.db.execute<{ trip: boolean; scheduled: boolean }>(sql`
    select exists (select from ${businessTrips} where ${within(businessTrips)} and ${businessTrips.cancelledAt} is null) as trip,
           exists (select from ${receptionSchedules} where ${within(receptionSchedules)} and ${receptionSchedules.replacedAt} is null) as scheduled`);
  if (rows[0]?.trip) return 'trip';
  return rows[0]?.scheduled ? 'reception' : 'no-schedule';
}
