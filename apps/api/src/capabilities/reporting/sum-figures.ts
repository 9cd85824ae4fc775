import type { Database } from '@mse/db';
import { FINAL_MESSAGE_STATES } from '@mse/domain/notifications';
import { type DaySpan, NO_SUMS, PUNCTUAL_MINUTES, type Sums, type WaitCounts } from '@mse/domain/reporting';
import { addDays, plainTime, toInstant } from '@mse/domain/shared';

/** What a department counted: part by part, and its waits over all parts. */
export interface DepartmentSums {
  slices: Sums[];
  waits: WaitCounts;
}

/**
 * A message is about a booking whose day lies near the day it was written: a form holds for a month (EQ-08). The span keeps the join
 * away from years of bookings.
 */
const DAYS_BEFORE_MESSAGE = 7;
const DAYS_AFTER_MESSAGE = 62;

interface Row extends Sums {
  departmentId: string;
  /** From 1; 0 carries the waits. */
  slice: number;
  waits: Record<string, number> | null;
}

/**
 * K10, P11: the sums of consecutive spans of days, by department, in one statement and one pass over the bookings, visits and
 * messages of those days. `departmentIds` of null are all departments. Departments of which nothing is counted are absent.
 */
export async function sumFigures(
  db: Database,
  slices: readonly DaySpan[],
  departmentIds: readonly string[] | null,
): Promise<Map<string, DepartmentSums>> {
  const first = slices[0];
  const last = slices.at(-1);
  const found = new Map<string, DepartmentSums>();
  if (!first || !last || departmentIds?.length === 0) return found;
  const sql = db.$client;
  const midnight = plainTime('00:00');
  const begin = toInstant(first.from, midnight).toISOString();
  const end = toInstant(addDays(last.until, 1), midnight).toISOString();
  const starts = slices.map(({ from }) => from).join(',');
  const instants = slices.map(({ from }) => toInstant(from, midnight).toISOString()).join(',');
  const of = (column: 'b.department_id' | 'v.department_id') =>
    departmentIds === null
      ? sql``
      : sql`and ${sql.unsafe(column)} = any(string_to_array(${departmentIds.join(',')}, ',')::uuid[])`;
  const rows = await sql<Row[]>`
    -- The beginnings of the parts, read once: a cast of an array of texts is otherwise made anew for each row.
    with parts as (
      select string_to_array(${starts}, ',')::date[] as days, string_to_array(${instants}, ',')::timestamptz[] as instants),
    booked as (
      -- Days from the acceptance of the form, both on the calendar of the department: its midnight is the start less its time of day.
      -- The form is looked up booking by booking: a join would be free to read the forms of all years instead.
      select b.department_id, width_bucket(b.day, (select days from parts)) as slice, b.state,
             -- In seconds as date_part gives them: extract gives a numeric, which is several times as dear to reckon with.
             ceil((date_part('epoch', b.starts_instant) - date_part('epoch', b.starts_at)
               - date_part('epoch', (select f.accepted_at from form_031 f where f.id = b.form_id))) / 86400)::int as waited
        from booking b
       where b.day between ${first.from}::date and ${last.until}::date and b.state <> 'moved' ${of('b.department_id')}),
    -- One pass; sums and waits are added up from its few groups.
    counted as materialized (
      select department_id, slice, state, waited, count(*)::int as bookings from booked group by 1, 2, 3, 4),
    booking_sums as (
      select department_id, slice, sum(bookings)::int as bookings,
             coalesce(sum(bookings) filter (where state = 'cancelled'), 0)::int as cancelled,
             coalesce(sum(bookings) filter (where state in ('arrived', 'served')), 0)::int as kept,
             coalesce(sum(bookings) filter (where state = 'annulled'), 0)::int as missed
        from counted group by department_id, slice),
    wait_counts as (
      select department_id, jsonb_object_agg(waited, bookings) as waits
        from (select department_id, greatest(waited, 0) as waited, sum(bookings) as bookings from counted where state <> 'cancelled' group by 1, 2) waits
       group by department_id),
    department_days as (
      select v.department_id, v.day, count(*) as visits, count(*) filter (where v.kind = 'live') as live,
             count(*) filter (where v.state = 'done') as served,
             count(*) filter (where v.kind = 'booked' and v.first_called_at is not null) as called,
             count(*) filter (where v.kind = 'booked'
               and v.first_called_at <= greatest(v.starts_instant, v.arrived_at) + make_interval(mins => ${PUNCTUAL_MINUTES}::int)) as called_in_time,
             greatest(0, date_part('epoch', max(v.finished_at) - min(coalesce(v.first_called_at, v.started_at))) / 60) as minutes
        from visit v
       where v.day between ${first.from}::date and ${last.until}::date ${of('v.department_id')}
       group by v.department_id, v.day),
    visit_sums as (
      select department_id, width_bucket(day, (select days from parts)) as slice, sum(visits)::int as visits, sum(live)::int as live,
             sum(served)::int as served, sum(called)::int as called, sum(called_in_time)::int as called_in_time,
             coalesce(sum(minutes) filter (where served > 0), 0)::float8 as minutes
        from department_days group by 1, 2),
    message_sums as (
      select b.department_id, width_bucket(m.created_at, (select instants from parts)) as slice,
             count(*)::int as settled, (count(*) filter (where m.state = 'delivered'))::int as delivered
        from message m join booking b on b.id = m.booking_id
       where m.created_at >= ${begin}::timestamptz and m.created_at < ${end}::timestamptz
         and m.state = any(string_to_array(${FINAL_MESSAGE_STATES.join(',')}, ','))
         and b.day between ${addDays(first.from, -DAYS_BEFORE_MESSAGE)}::date and ${addDays(last.until, DAYS_AFTER_MESSAGE)}::date
         ${of('b.department_id')}
       group by 1, 2)
    select department_id as "departmentId", slice, coalesce(bookings, 0) as bookings, coalesce(cancelled, 0) as cancelled,
           coalesce(kept, 0) as kept, coalesce(missed, 0) as missed, coalesce(visits, 0) as visits, coalesce(live, 0) as live,
           coalesce(served, 0) as served, coalesce(called, 0) as called, coalesce(called_in_time, 0) as "calledInTime",
           coalesce(minutes, 0) as "receptionMinutes", coalesce(settled, 0) as settled, coalesce(delivered, 0) as delivered, null as waits
      from booking_sums full join visit_sums using (department_id, slice) full join message_sums using (department_id, slice)
    union all
    select department_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, waits from wait_counts`;
  for (const { departmentId, slice, waits, ...sums } of rows) {
    let own = found.get(departmentId);
    if (!own) {
      own = { slices: slices.map(() => ({ ...NO_SUMS })), waits: new Map() };
      found.set(departmentId, own);
    }
    if (slice === 0) own.waits = waitCounts(waits ?? {});
    else own.slices[slice - 1] = sums;
  }
  return found;
}

/** Waits as the database keeps them: the days are names there. */
export function waitCounts(stored: Record<string, number>): WaitCounts {
  return new Map(Object.entries(stored).map(([days, count]) => [Number(days), count]));
}
