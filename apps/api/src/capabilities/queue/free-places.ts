import type { FreeDay, PlaceChoice } from '@mse/contracts/queue';
import type { Database } from '@mse/db';
import { places } from '@mse/db/schema';
import { isQueueOpen, type WantedPlace } from '@mse/domain/queue';
import { type PlainDate, toBusinessTime } from '@mse/domain/shared';
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { preparedOnce } from '../../platform/prepared.ts';
import type { FormFacts } from './facts.ts';

type Day = z.input<typeof FreeDay>;
type Choice = z.input<typeof PlaceChoice>;

/** How many other times a person is offered when the wanted one is gone. */
const ALTERNATIVES = 3;

/** Asked for nobody in particular: no place is kept for this form. */
const NO_FORM = '00000000-0000-0000-0000-000000000000';

const freeDaysQuery = preparedOnce((db: Database) => {
  const day = (name: string) => sql`${sql.placeholder(name)}::date`;
  const counted = db
    .select({ day: places.day, startsAt: places.startsAt, free: sql<number>`count(*)`.as('free') })
    .from(places)
    .where(
      and(
        eq(places.departmentId, sql.placeholder('departmentId')),
        // One range over the index of free places: its cost knows nothing of the past.
        sql`(${places.day}, ${places.startsAt}) > (${day('from')}, ${sql.placeholder('after')}::time)`,
        sql`${places.day} between ${day('from')} and ${day('until')}`,
        isNull(places.bookingId),
        isNull(places.closedByTrip),
      ),
    )
    .groupBy(places.day, places.startsAt)
    .as('counted');
  // Places kept for somebody of the wait list are few and have an index of their own; counting them apart leaves the count of
  // free places to its index alone.
  const held = db
    .select({ day: places.day, startsAt: places.startsAt, held: sql<number>`count(*)`.as('held') })
    .from(places)
    .where(
      and(
        eq(places.departmentId, sql.placeholder('departmentId')),
        sql`${places.day} between ${day('from')} and ${day('until')}`,
        isNull(places.bookingId),
        isNull(places.closedByTrip),
        sql`${places.heldForForm} is not null and ${places.heldForForm} <> ${sql.placeholder('formId')}::uuid`,
        sql`${places.heldUntil} > ${sql.placeholder('at')}::timestamptz`,
      ),
    )
    .groupBy(places.day, places.startsAt)
    .as('held');
  const free = sql`${counted.free} - coalesce(${held.held}, 0)`;
  return db
    .select({
      day: counted.day,
      times: sql<
        Day['times']
      >`json_agg(json_build_object('startsAt', left(${counted.startsAt}::text, 5), 'free', ${free}) order by ${counted.startsAt})`,
    })
    .from(counted)
    .leftJoin(held, and(eq(held.day, counted.day), eq(held.startsAt, counted.startsAt)))
    .where(sql`${free} > 0`)
    .groupBy(counted.day)
    .orderBy(counted.day)
    .prepare('free_days');
});

/**
 * EQ-08, EQ-09: days with free places of a department from `from` to `until`, both included, with the number free at each start.
 * Nothing that has already started at `at`, nothing outside the pilot of the region (GV-04), nothing that is kept for somebody of
 * the wait list, unless it is kept for this form.
 */
export async function freeDays(
  deps: Deps,
  department: { id: string; regionCode: string },
  from: PlainDate,
  until: PlainDate,
  at: Date,
  formId: string = NO_FORM,
): Promise<Day[]> {
  const now = toBusinessTime(at);
  const first = from > now.date ? from : now.date;
  if (until < first) return [];
  const after = first === now.date ? now.time : '00:00';
  const rows = await freeDaysQuery(deps.db).execute({
    departmentId: department.id,
    from: first,
    until,
    after,
    formId,
    at: at.toISOString(),
  });
  return rows.filter((row) => isQueueOpen(deps.reference.pilots(), department.regionCode, row.day));
}

/** The department, the region and the span of days in which a form can be used; null when there is no department for it. */
export function bookableSpan(facts: FormFacts): { id: string; regionCode: string; until: PlainDate } | null {
  if (!facts.registeredDepartmentId || !facts.regionCode || !facts.formAccepted) return null;
  return { id: facts.registeredDepartmentId, regionCode: facts.regionCode, until: facts.formValidUntil };
}

/**
 * Up to three free times nearest to a wanted one, within what the form allows; earlier and later ones alike, in the order of time.
 * The wanted time itself is never among them: to whoever has just lost it, its place may still look free.
 */
export async function nearestTimes(
  deps: Deps,
  facts: FormFacts,
  wanted: Pick<WantedPlace, 'day' | 'startsAt'>,
  at: Date,
): Promise<Choice[]> {
  const span = bookableSpan(facts);
  if (!span) return [];
  const now = toBusinessTime(at);
  // From both sides of the wanted start, three steps each along the index of free places.
  const rows = await deps.db.$client<{ day: PlainDate; startsAt: Choice['startsAt'] }[]>`
    with later as (
      select distinct day, starts_at from place
       where department_id = ${span.id} and booking_id is null and closed_by_trip is null
         and (held_for_form is null or held_for_form = ${facts.form.id} or held_until <= ${at.toISOString()}::timestamptz)
         and (day, starts_at) > (${wanted.day}::date, ${wanted.startsAt}::time)
         and (day, starts_at) > (${now.date}::date, ${now.time}::time) and day <= ${span.until}::date
       order by day, starts_at limit ${ALTERNATIVES}),
    earlier as (
      select distinct day, starts_at from place
       where department_id = ${span.id} and booking_id is null and closed_by_trip is null
         and (held_for_form is null or held_for_form = ${facts.form.id} or held_until <= ${at.toISOString()}::timestamptz)
         and (day, starts_at) < (${wanted.day}::date, ${wanted.startsAt}::time)
         and (day, starts_at) > (${now.date}::date, ${now.time}::time) and day <= ${span.until}::date
       order by day desc, starts_at desc limit ${ALTERNATIVES})
    select day, left(starts_at::text, 5) as "startsAt" from (table later union all table earlier) near
     order by abs(extract(epoch from (day + starts_at) - (${wanted.day}::date + ${wanted.startsAt}::time))), day, starts_at limit ${ALTERNATIVES}`;
  return rows
    .filter((row) => isQueueOpen(deps.reference.pilots(), span.regionCode, row.day))
    .sort((left, right) => `${left.day} ${left.startsAt}`.localeCompare(`${right.day} ${right.startsAt}`));
}

/** Whether at least one place of a start is free for a form at `at`. */
export async function isFree(deps: Deps, wanted: WantedPlace, formId: string, at: Date): Promise<boolean> {
  const rows = await deps.db
    .select({ id: places.id })
    .from(places)
    .where(
      and(
        eq(places.departmentId, wanted.departmentId),
        eq(places.day, wanted.day),
        eq(places.startsAt, wanted.startsAt),
        isNull(places.bookingId),
        isNull(places.closedByTrip),
        or(isNull(places.heldForForm), eq(places.heldForForm, formId), lte(places.heldUntil, at)),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** The first start of the first day. */
export function nearestOf(days: readonly Day[]): Choice | null {
  const day = days[0];
  const time = day?.times[0];
  return day && time ? { day: day.day, startsAt: time.startsAt } : null;
}
