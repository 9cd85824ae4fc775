import type { CalendarProposalInput, CalendarProposalOutput } from '@mse/contracts/calendar';
import { calendarDays, statutoryDays } from '@mse/db/schema';
import { type ProposedDay, proposeYear } from '@mse/domain/calendar';
import { HOLDING_STATES } from '@mse/domain/queue';
import { type PlainDate, toBusinessDate, weekday } from '@mse/domain/shared';
import { and, gte, lte, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { yearSpan } from '../schedule/year-of-department.ts';

type Law = typeof statutoryDays.$inferSelect;
type Entry = typeof calendarDays.$inferSelect;
type Output = z.input<typeof CalendarProposalOutput>;

/** Years to choose from: the running one and the two after it. */
const AHEAD = 2;

/**
 * P08, EQ-02: the days that law wants in the calendar of a year (proposeYear()), each set against what is entered and what entering it
 * would touch. Changes nothing: an administrator enters each day by setCalendarDay().
 */
export async function proposeCalendarYear(
  call: CallContext,
  input: z.output<typeof CalendarProposalInput>,
): Promise<Output> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const running = Number(today.slice(0, 4));
  const year = input.year ?? running + 1;
  call.seen(null, `calendar:${year}`);
  const { january, december } = yearSpan(year);
  const [laws, entered] = await Promise.all([
    deps.db.select().from(statutoryDays).orderBy(statutoryDays.key, statutoryDays.validFrom),
    deps.db
      .select()
      .from(calendarDays)
      .where(and(gte(calendarDays.date, january), lte(calendarDays.date, december))),
  ]);
  const proposed = proposeYear<Law>(laws, year);
  const touched = await touchedOn(
    call,
    proposed.map(({ date }) => date).filter((date) => date !== null),
  );
  return {
    year,
    years: [...new Set([year, ...Array.from({ length: AHEAD + 1 }, (_, index) => running + index)])].sort(),
    days: proposed.map((day) => ({
      key: day.law.key,
      date: day.date,
      kind: day.kind,
      name: day.law.name,
      basis: day.law.basis,
      movedFrom: day.movedFrom,
      state: stateOf(day, entered, today),
      ...(touched.get(day.date ?? '') ?? { places: 0, bookings: 0 }),
    })),
  };
}

function stateOf(
  { law, date, kind }: ProposedDay<Law>,
  entered: readonly Entry[],
  today: PlainDate,
): Output['days'][number]['state'] {
  // What is announced each year is known again by its name.
  if (date === null) return entered.some(({ name }) => name.ru === law.name.ru) ? 'entered' : 'announced';
  const entry = entered.find((each) => each.date === date);
  if (entry?.kind === kind) return 'entered';
  if (date <= today) return 'passed';
  if (entry) return 'differs';
  return kind === 'day-off' && weekday(date) > 5 ? 'needless' : 'new';
}

/** Free places and bookings of days, in one question for all of them. */
async function touchedOn(call: CallContext, dates: readonly PlainDate[]) {
  const list = sql`${`{${dates.join(',')}}`}::date[]`;
  const rows = await call.deps.db.execute<{ day: string; places: number; bookings: number }>(sql`
    select d.day::text as day,
           (select count(*)::int from place p where p.day = d.day and p.booking_id is null and p.closed_by_trip is null) as places,
           (select count(*)::int from booking b where b.day = d.day and b.state = any(${`{${HOLDING_STATES.join(',')}}`}::text[])) as bookings
      from unnest(${list}) as d (day)`);
  return new Map(rows.map(({ day, places, bookings }) => [day, { places, bookings }]));
}
