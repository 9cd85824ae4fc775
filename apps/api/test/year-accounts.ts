import type { CalendarDay } from '@mse/domain/calendar';
import { slowDaysAfter, slowLastDay, type WallTime } from '@mse/domain/deadlines/slow-calendar';
import { type SQL, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { World } from './harness.ts';

/** Evening of a simulated day. */
export interface Evening {
  /** Cases that have not ended, by state. */
  open: Record<string, number>;
  openCases: number;
  lateCases: number;
  /** Cases in a state that has neither anybody nor a timer; nothing else ends the year as surely. */
  ownerless: { id: string; state: string }[];
  /** What time should have brought about and did not. Looked at only when the last sweep ended well. */
  forgotten: { id: string; what: string }[];
}

/**
 * PX-39: every case that has not ended has an owner. On the waiting list it has its place; with the experts each seat of its panel has
 * somebody, and at least one of them, who is in the register, has not signed; invited it has a department and the times at which the
 * service calls again and closes; in consultation it has a term.
 */
export async function lookAtEvening(world: World, at: Date, swept: boolean): Promise<Evening> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const states = await world.db.execute<{ state: string; count: number; late: number }>(sql`
    select state, count(*)::int as count, count(*) filter (where overdue_at is not null)::int as late
      from examination_case where ended_at is null group by state order by state`);
  const ownerless = await world.db.execute<{ id: string; state: string }>(sql`
    select c.id, c.state from examination_case c
     where c.ended_at is null and not case c.state
       when 'waiting' then c.waiting_since is not null and c.arrival is not null and (c.due_at is not null or c.track = 'special')
       when 'deciding' then c.due_at is not null and exists (select from (
         select count(*) as live, count(*) filter (where a.state = 'open' and (e.excluded_on is null or ${!swept})) as open
           from assignment a join expert e on e.id = a.expert_id where a.case_id = c.id and a.state in ('open', 'signed')) s
          where s.live = case c.track when 'special' then 1 else 3 end and s.open > 0)
       when 'invited' then c.department_id is not null and c.repeat_at is not null and c.close_at is not null
       when 'invited-again' then c.department_id is not null and c.close_at is not null
       when 'consultation' then c.due_at is not null
       else false end limit 5`);
  const forgotten = swept
    ? await world.db.execute<{ id: string; what: string }>(sql`
        select id, 'part overdue' as what from assignment where state = 'open' and overdue_at is null and due_at < ${now}
        union all select id, 'case overdue' from examination_case where ended_at is null and overdue_at is null and due_at < ${now}
        union all select id, 'second call' from examination_case where state = 'invited' and repeat_at <= ${now}
        union all select id, 'closing' from examination_case where state = 'invited-again' and close_at < ${now}
        union all select a.id, 'expert away' from assignment a join expert e on e.id = a.expert_id where a.state = 'open'
          and (e.excluded_on <= (${now} at time zone 'Asia/Almaty')::date
               or exists (select from expert_absence b where b.expert_id = e.id and b.cancelled_at is null
                             and (${now} at time zone 'Asia/Almaty')::date between b.from_day and coalesce(b.until_day, 'infinity')))
        limit 5`)
    : [];
  return {
    open: Object.fromEntries(states.map(({ state, count }) => [state, count])),
    openCases: states.reduce((sum, { count }) => sum + count, 0),
    lateCases: states.reduce((sum, { late }) => sum + late, 0),
    ownerless: [...ownerless],
    forgotten: [...forgotten],
  };
}

/** What must hold of the whole year once it is over: each a question that finds nothing. `sweeps`: instants of the sweeps that ended well. */
export async function settleAccounts(world: World, sweeps: readonly Date[]): Promise<void> {
  const { db } = world;
  const broken: { what: string; count: number; first: unknown }[] = [];
  const nothing = async (what: string, query: SQL) => {
    const rows = await db.execute(query);
    if (rows.length > 0) broken.push({ what, count: rows.length, first: rows[0] });
  };
  const looks = sql`unnest(${sql.param(`{${sweeps.map((each) => each.toISOString()).join(',')}}`)}::timestamptz[]) as s (at)`;

  await nothing('a case without an end', sql`select id, state from examination_case where ended_at is null`);
  await nothing('an open part', sql`select id from assignment where state = 'open'`);
  await nothing(
    'a case that ended and has no term',
    sql`select id from examination_case where due_at is null`,
  );
  await nothing(
    'an event that does not follow the one before',
    sql`
      select id from (select id, from_state, lag(to_state) over (partition by case_id order by id) as before from case_event) e
       where from_state is distinct from before`,
  );
  await nothing(
    'a case whose state is not that of its last event',
    sql`
      select c.id from examination_case c
        left join (select distinct on (case_id) case_id, to_state from case_event order by case_id, id desc) e on e.case_id = c.id
       where c.state is distinct from e.to_state`,
  );
  await nothing(
    'a step of a case without its audit row',
    sql`
      select e.case_id from
        (select case_id, count(*) as n from case_event where actor not in ('system:dealing', 'system:terms') group by case_id) e
        left join (select substr(subject, 6)::uuid as case_id, count(*) as n from audit_event
                    where subject like 'case:%' and action like 'examination.%' group by subject) a using (case_id)
       where e.n is distinct from a.n`,
  );
  await nothing(
    'a decision without its audit row',
    sql`
      select d.id from decision d
       where not exists (select from audit_event a where a.subject = 'assignment:' || d.assignment_id and a.action = 'expertDesk.sign')`,
  );
  await nothing(
    'an expert of the own region',
    sql`
      select a.id from assignment a join expert e on e.id = a.expert_id join examination_case c on c.id = a.case_id
       where e.region_code = c.region_code`,
  );
  await nothing(
    'more parts in a day than the cap',
    sql`
      select expert_id from assignment group by expert_id, (arrived_at at time zone 'Asia/Almaty')::date having count(*) > 20`,
  );
  await nothing(
    'a part dealt to somebody away or excluded',
    sql`
      select a.id from assignment a join expert e on e.id = a.expert_id
       where e.excluded_on <= (a.arrived_at at time zone 'Asia/Almaty')::date
          or exists (select from expert_absence b where b.expert_id = e.id and b.created_at < a.arrived_at
                        and (a.arrived_at at time zone 'Asia/Almaty')::date between b.from_day and coalesce(b.until_day, 'infinity'))`,
  );
  await nothing(
    'a case that was concluded without its one conclusion, or closed with one',
    sql`
      select c.id from examination_case c left join conclusion x on x.case_id = c.id
       group by c.id, c.state having count(x.id) <> case when c.state like 'concluded%' then 1 else 0 end`,
  );
  await nothing(
    'a conclusion without its documents or its message',
    sql`
      select x.id from conclusion x
       where not exists (select from issued_document d where d.conclusion_id = x.id)
          or not exists (select from message m where m.once_key = 'm-03:conclusion:' || x.id)`,
  );
  await nothing(
    'a conclusion without its one row of the protocol',
    sql`
      select x.id from conclusion x left join protocol_row r on r.conclusion_id = x.id group by x.id having count(r.id) <> 1`,
  );
  await nothing(
    'a gap in the numbers of the acts, or in the places of a protocol',
    sql`
      select scope from register_counter r join department d on r.scope = 'department:' || d.id
       where r.register = 'act' and r.last <> (select count(*) from conclusion x where x.department_id = d.id and extract(year from x.concluded_at at time zone 'Asia/Almaty') = r.year)
      union all select protocol_id::text from protocol_row group by protocol_id having max(place) <> count(*)`,
  );
  await nothing(
    'an invitation without its one first call, or with a second too many',
    sql`
      select c.id from (
        select case_id as id, count(*) filter (where event in ('mismatched', 'nonconforming')) as invited, count(*) filter (where event = 'invited-again') as again
          from case_event group by case_id) c
        left join (select substr(once_key, 11, 36)::uuid as id, count(*) filter (where once_key like '%:first') as first, count(*) filter (where once_key like '%:again') as again
                     from message where once_key like 'm-01:case:%' group by 1) m on m.id = c.id
       where c.invited <> coalesce(m.first, 0) or c.again <> coalesce(m.again, 0) or c.invited > 1 or c.again > 1`,
  );
  await nothing(
    'a case closed before its second call',
    sql`
      select c.id from examination_case c where c.state = 'closed-no-show'
         and not exists (select from case_event e where e.case_id = c.id and e.event = 'invited-again')`,
  );
  await nothing(
    'a closed case without its notice to the clinic and its SMS',
    sql`
      select c.id from examination_case c where c.state like 'closed%'
         and (not exists (select from message m where m.once_key = 'm-02:case:' || c.id)
              or not exists (select from outbound_message o where o.once_key = 'm-05:poorlyCompleted:case:' || c.id))`,
  );
  await nothing(
    'a part that was late when somebody looked and was not marked',
    sql`
      select a.id from assignment a where a.state_at > a.due_at and a.overdue_at is null
         and exists (select from ${looks} where s.at > a.due_at and s.at > a.arrived_at and s.at < a.state_at)`,
  );
  await nothing(
    'a case that was late when somebody looked and was not marked',
    sql`
      select c.id from examination_case c
        join (select case_id, max(at) filter (where event in ('mismatched', 'nonconforming', 'consultation-asked', 'redistributed', 'seat-lost')) as set_at
                from case_event group by case_id) e on e.case_id = c.id
       where c.ended_at > c.due_at and c.overdue_at is null
         and exists (select from ${looks} where s.at > c.due_at and s.at > coalesce(e.set_at, '-infinity') and s.at < c.ended_at)`,
  );
  await nothing(
    'a mark on what was in time',
    sql`
      select id from assignment where overdue_at is not null and (overdue_at <= due_at or state_at <= due_at)
      union all select id from examination_case where overdue_at is not null and (overdue_at <= due_at or ended_at <= due_at)`,
  );
  await nothing(
    'a decision that says it was in time and was not, or the other way round',
    sql`
      select d.id from decision d join assignment a on a.id = d.assignment_id where d.in_time <> (d.signed_at <= a.due_at)`,
  );
  expect(broken).toEqual([]);
}

/** Kazakhstan has one hour for all since 2024: five ahead, by plain arithmetic that shares nothing with the product. */
function wall(instant: string): WallTime {
  const shifted = new Date(new Date(instant).getTime() + 5 * 3_600_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    // A millisecond after the cut-off is after it.
    second: shifted.getUTCSeconds() + (shifted.getUTCMilliseconds() > 0 ? 1 : 0),
  };
}

function shown(instant: string): string {
  const { hour, minute, ...day } = wall(instant);
  return `${day.year}-${two(day.month)}-${two(day.day)} ${two(hour)}:${two(minute)}`;
}
const two = (number: number) => String(number).padStart(2, '0');
const dayOf = (instant: string) => shown(instant).slice(0, 10);

/** How many different ends of terms the slow calendar was asked about, and how many rows stand behind them. */
export interface TermsCompared {
  parts: { distinct: number; rows: number };
  cases: { distinct: number; rows: number };
  invitations: { distinct: number; rows: number };
}

/** PX-17, PX-20 to PX-22, PX-36, PX-37, SN-06: every end of a term of the year against the slow calendar of the tests. */
export async function compareTerms(world: World, days: readonly CalendarDay[]): Promise<TermsCompared> {
  const { db } = world;
  const wrong: Record<string, unknown>[] = [];
  const known = new Map<string, string>();
  const remember = (key: string, find: () => string) => {
    const found = known.get(key) ?? find();
    known.set(key, found);
    return found;
  };
  /** By the cut-off; the hour of arrival counts. */
  const term = (from: string, workingDays: number) =>
    remember(
      `term ${from} ${workingDays}`,
      () =>
        `${slowLastDay(days, wall(from), { workingDays, counting: 'arrival-day', cutOffHour: 16 })} 18:00`,
    );
  const after = (from: string, workingDays: number, time: string) =>
    remember(
      `after ${from} ${workingDays} ${time}`,
      () => `${slowDaysAfter(days, wall(from), workingDays)} ${time}`,
    );
  const later = (...ends: string[]) => ends.toSorted().at(-1) ?? '';
  const compare = (what: string, facts: Record<string, unknown>, found: string, expected: string) => {
    if (found !== expected) wrong.push({ what, ...facts, found, expected });
  };
  const total = (rows: readonly { rows: number }[]) => ({
    distinct: rows.length,
    rows: rows.reduce((sum, row) => sum + row.rows, 0),
  });

  const parts = await db.execute<{
    track: string;
    dealt: boolean;
    arrived: string;
    due: string;
    rows: number;
  }>(sql`
    select c.track, a.cause = 'dealt' as dealt, a.arrived_at as arrived, a.due_at as due, count(*)::int as rows
      from assignment a join examination_case c on c.id = a.case_id group by 1, 2, 3, 4`);
  for (const part of parts)
    compare(
      'part',
      part,
      shown(part.due),
      part.dealt ? term(part.arrived, part.track === 'special' ? 1 : 3) : after(part.arrived, 1, '18:00'),
    );

  const terms = await db.execute<{
    track: string;
    formed: string;
    dealt: string;
    due: string;
    moved: boolean;
    differing: boolean;
    consulted: string | null;
    rows: number;
  }>(sql`
    select c.track, c.draft_formed_at as formed, c.dealt_at as dealt, c.due_at as due, e.moved, e.differing, e.consulted, count(*)::int as rows
      from examination_case c join (
        select case_id, bool_or(event in ('redistributed', 'seat-lost')) as moved, bool_or(event in ('mismatched', 'nonconforming')) as differing,
               max(at) filter (where event = 'consultation-asked') as consulted
          from case_event group by case_id) e on e.case_id = c.id
     group by 1, 2, 3, 4, 5, 6, 7`);
  for (const row of terms) {
    const own = row.track === 'special' ? term(row.dealt, 1) : term(row.formed, 3);
    const extended = term(row.dealt, 10);
    const expected =
      row.consulted !== null
        ? term(row.consulted, 10)
        : row.differing
          ? extended
          : row.moved
            ? later(own, extended)
            : own;
    compare('case', row, shown(row.due), expected);
  }

  const invitations = await db.execute<{
    invited: string;
    repeat: string;
    close: string;
    again: string | null;
    rows: number;
  }>(sql`
    select c.invited_at as invited, c.repeat_at as repeat, c.close_at as close, e.again, count(*)::int as rows
      from examination_case c join (select case_id, max(at) filter (where event = 'invited-again') as again from case_event group by case_id) e
        on e.case_id = c.id
     where c.repeat_at is not null and c.close_at is not null group by 1, 2, 3, 4`);
  for (const row of invitations) {
    compare('second call', row, shown(row.repeat), after(row.invited, 3, '00:00'));
    const planned = after(row.invited, 4, '18:00');
    // A second call that came late leaves the day that was meant to follow it.
    const late = row.again !== null && dayOf(row.again) > dayOf(row.repeat);
    const workedOn = (instant: string) =>
      slowLastDay(
        days,
        { ...wall(instant), hour: 0, minute: 0, second: 0 },
        { workingDays: 1, counting: 'arrival-day', cutOffHour: 16 },
      ) === dayOf(instant);
    const expected =
      late && row.again !== null
        ? later(planned, after(row.again, workedOn(row.again) ? 1 : 2, '18:00'))
        : planned;
    compare('closing', row, shown(row.close), expected);
  }
  expect({ wrong: wrong.length, first: wrong.slice(0, 5) }).toEqual({ wrong: 0, first: [] });
  return { parts: total(parts), cases: total(terms), invitations: total(invitations) };
}

/** How the deadlines of the year ended; each row of the tables is in exactly one line. */
export async function countDeadlines(world: World) {
  const lines = (table: SQL, ended: SQL) => sql`
    select state, count(*)::int as total, count(*) filter (where ${ended} <= due_at)::int as in_time,
           count(*) filter (where ${ended} > due_at and overdue_at is not null)::int as marked,
           count(*) filter (where ${ended} > due_at and overdue_at is null)::int as between_looks
      from ${table} group by state order by state`;
  type Line = { state: string; total: number; in_time: number; marked: number; between_looks: number };
  return {
    parts: [...(await world.db.execute<Line>(lines(sql`assignment`, sql`state_at`)))],
    cases: [...(await world.db.execute<Line>(lines(sql`examination_case`, sql`ended_at`)))],
  };
}
