import { Agent } from 'node:http';
import postgres from 'postgres';
import { type Bench, type BenchLine, type Measured, measureInterleaved, median } from '../measure.ts';
import { call } from './booking.bench.ts';

/** Departments with ten years of history, and the country's, which have the month that is asked for. */
const WITH_HISTORY = 20;
const DEPARTMENTS = 200;
const REGION = '97';
const TOKEN = 'report-token';
const YEARS = 10;

const id = (kind: string, n: string) =>
  `('00000000-0000-7000-${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * K10, P11: the report of a month through the API, against one plain SQL pass over the same bookings, visits and messages without any
 * grouping: of twenty departments, and of the whole country; and how much of its cost is ten years of history, held against the least
 * call of the same rounds.
 */
const bench: Bench = {
  name: 'report',
  async run({ service }) {
    const sql = postgres(service.databaseUrl, { max: 2, onnotice: () => undefined });
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    // The demonstration may live some days ahead of the machine's clock.
    const [ahead] = await sql<{ ms: string }[]>`select offset_ms as ms from demo_clock`;
    const now = new Date(Date.now() + Number(ahead?.ms ?? 0));
    const thisMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
    const day = (time: number) => new Date(time).toISOString().slice(0, 10);
    const until = day(thisMonth - 86_400_000);
    const from = `${until.slice(0, 7)}-01`;
    const yearsBefore = (years: number) => `${Number(until.slice(0, 4)) - years}${until.slice(4)}`;
    try {
      await preparePeople(sql, now);
      await addDepartments(sql, 1, WITH_HISTORY);
      await fillHistory(sql, until, yearsBefore(1), WITH_HISTORY, 0);
      await readAnew();
      const report = {
        name: 'report',
        fn: async () => {
          const answer = await call(agent, `${service.api[0]}/trpc/reporting.report`, TOKEN, {
            kind: 'month',
            on: from,
          });
          if (!answer.includes('"indicators"')) throw new Error(`No report: ${answer.slice(0, 200)}`);
        },
      };
      const plain = {
        name: 'plain pass',
        fn: () => sql`
          select (select count(*) from booking b join form_031 f on f.id = b.form_id where b.day between ${from}::date and ${until}::date) as bookings,
                 (select count(*) from visit where day between ${from}::date and ${until}::date) as visits,
                 (select count(*) from message m join booking b on b.id = m.booking_id
                   where m.created_at >= ${from}::date and m.created_at < ${until}::date + 1
                     and b.day between ${from}::date - 7 and ${until}::date + 62) as messages`,
      };
      const least = {
        name: 'who am I',
        fn: () => call(agent, `${service.api[0]}/trpc/identity.whoAmI`, TOKEN, {}),
      };
      const options = { rounds: 5, seconds: 1.5 };
      const contestants = [report, plain, least];
      const [young, , leastYoung] = await measureInterleaved(contestants, options);
      await fillHistory(sql, yearsBefore(1), yearsBefore(YEARS), WITH_HISTORY, 1);
      const [old, reference, leastOld] = await measureInterleaved(contestants, options);
      const sized = await bookings(sql);
      await addDepartments(sql, WITH_HISTORY + 1, DEPARTMENTS);
      await fillHistory(sql, until, from, DEPARTMENTS, 2);
      await readAnew();
      const [wide, wideReference] = await measureInterleaved(contestants, options);
      if (!young || !leastYoung || !old || !reference || !leastOld || !wide || !wideReference)
        throw new Error('Nothing was measured');
      const share = (one: Measured, other: Measured) =>
        one.perSecond.map((value, round) => (other.perSecond[round] ?? NaN) / value);
      const before = median(share(young, leastYoung));
      const growth = share(old, leastOld).map((value) => value / before);
      const line = (name: string, ratios: number[], target: number, note: string): BenchLine => ({
        name,
        ratio: median(ratios),
        minimum: Math.min(...ratios),
        maximum: Math.max(...ratios),
        target,
        wanted: 'at most',
        note,
      });
      const beside = (one: Measured, other: Measured, rows: number) =>
        `${one.median.toFixed(1)}/s against ${other.median.toFixed(1)}/s, ${rows} bookings`;
      return [
        line(
          'K10 report of a month of 20 departments over ten years / one plain SQL pass over its rows',
          share(old, reference),
          3,
          beside(old, reference, sized),
        ),
        line(
          'K10 report of a month of 200 departments over ten years / one plain SQL pass over its rows',
          share(wide, wideReference),
          3,
          beside(wide, wideReference, await bookings(sql)),
        ),
        line('K10 report of a month: with ten years of history / with one', growth, 1.3, 'by the least call'),
      ];
    } finally {
      agent.destroy();
      await sql.end({ timeout: 5 });
    }
  },
};
export default bench;

/** Longer than the API keeps its reference data, departments among them. */
const readAnew = () => new Promise((resolve) => setTimeout(resolve, 11_000));

async function bookings(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from booking b join department d on d.id = b.department_id where d.region_code = ${REGION}`;
  return row?.count ?? 0;
}

/** Departments of a region of their own, by number. */
async function addDepartments(sql: postgres.Sql, from: number, until: number): Promise<void> {
  const words = `'{"kk":"–","ru":"–","en":"–"}'`;
  await sql.unsafe(`
    insert into department (id, number, region_code, name, address, landmark, access, phone, rooms)
    select ${id('8201', 'n')}, 7000 + n, '${REGION}', ${words}, ${words}, ${words}, ${words}, '+77160000000', '{1}' from generate_series(${from}, ${until}) n`);
}

/** People for the bookings, and a portal administrator who is signed in. */
async function preparePeople(sql: postgres.Sql, now: Date): Promise<void> {
  const at = `'${now.toISOString()}'::timestamptz`;
  await sql.unsafe(`
    insert into person (id, iin, surname, name, birth_date, sex, status, legal_capacity, message_language, persons_as_of, phone_as_of, wards_as_of)
    select ${id('8202', 'n')}, '97' || lpad(n::text, 10, '0'), 'Сынақ' || n, 'Тест', '1980-01-01', 'female', 'alive', 'capable', 'kk', ${at}, ${at}, ${at}
      from generate_series(1, 1000) n;
    insert into staff_role (id, person_id, role, valid_from) values (${id('8203', '1')}, ${id('8202', '1')}, 'portal-administrator', '2020-01-01');
    insert into session (id, person_id, audience, trust, device, started_at, last_used_at, expires_at)
    values (encode(sha256('${TOKEN}'::bytea), 'hex'), ${id('8202', '1')}, 'staff', 'signature', 'load', ${at}, ${at}, ${at} + interval '1 hour')`);
}

/**
 * Every place of every working day up to `until` and not before `since` was booked; of twenty people one cancelled and one did not
 * come. Days that are told already are left as they are. `part` keeps the ids of several calls apart.
 */
async function fillHistory(
  sql: postgres.Sql,
  until: string,
  since: string,
  departments: number,
  part: number,
): Promise<void> {
  const n = `(r.n + ${part} * 100000000)`;
  await sql.begin(async (tx) => {
    await tx.unsafe(`
      create temp table rows on commit drop as
      select row_number() over (order by on_day, d.number, t.starts_at) as n, d.id as department_id, on_day::date as day, t.starts_at, t.ordinal::int as ordinal,
             (on_day::date + t.starts_at) at time zone 'Asia/Almaty' as starts
        from department d, generate_series('${since}'::date, '${until}'::date, interval '1 day') daily (on_day),
             unnest('{09:00,10:00,11:00,12:00,14:30}'::time[]) with ordinality t (starts_at, ordinal)
       where d.region_code = '${REGION}' and d.number <= 7000 + ${departments} and extract(isodow from on_day) < 6
         and not exists (select from place p where p.department_id = d.id and p.day = on_day::date);
      insert into form_031 (id, person_id, number, formed_on, signed_at, valid_until, track, purpose, organization_bin, organization_name, state, accepted_at)
      select ${id('8204', n)}, ${id('8202', '(1 + r.n % 1000)')}, 'report-' || ${n}, r.day - (r.n % 25)::int, r.starts - make_interval(days => (r.n % 25)::int),
             r.day + 10, 'in-person', 'disability-first', '990140000011', '–', 'accepted', r.starts - make_interval(days => (r.n % 25)::int) from rows r;
      insert into place (department_id, day, starts_at, place_no, day_no, issued, booking_id)
      select department_id, day, starts_at, 1, ordinal, 1, ${id('8205', n)} from rows r order by r.n;
      insert into booking (id, form_id, person_id, booked_by, request_key, place_id, department_id, day, starts_at, starts_instant, ticket_no, ticket_code, state, created_at, state_at)
      select ${id('8205', n)}, ${id('8204', n)}, ${id('8202', '(1 + r.n % 1000)')}, ${id('8202', '(1 + r.n % 1000)')}, ${id('8206', n)}, p.id, r.department_id, r.day, r.starts_at,
             r.starts, 'A-' || r.ordinal, 'report-' || ${n}, case r.n % 20 when 0 then 'annulled' when 1 then 'cancelled' else 'served' end, r.starts - interval '5 days', r.starts
        from rows r join place p on p.department_id = r.department_id and p.day = r.day and p.starts_at = r.starts_at order by r.n;
      insert into visit (id, department_id, day, kind, booking_id, form_id, person_id, ticket_no, starts_instant, state, calls, arrived_at, called_at, started_at, finished_at)
      select ${id('8207', n)}, department_id, day, 'booked', ${id('8205', n)}, ${id('8204', n)}, ${id('8202', '(1 + r.n % 1000)')}, 'A-' || ordinal, starts, 'done', 1,
             starts - interval '5 minutes', starts + make_interval(mins => (r.n % 20)::int), starts + interval '20 minutes', starts + interval '50 minutes'
        from rows r where r.n % 20 > 1 order by r.n;
      insert into message (id, person_id, template, language, booking_id, once_key, state, created_at, due_at, state_at)
      select ${id('8208', n)}, ${id('8202', '(1 + r.n % 1000)')}, 'sms-2', 'kk', ${id('8205', n)}, 'report:' || ${n}, case r.n % 30 when 0 then 'undelivered' else 'delivered' end,
             starts - interval '5 days', starts - interval '5 days', starts from rows r order by r.n`);
  });
  await sql.unsafe('vacuum analyze booking, visit, message, form_031, place');
}
