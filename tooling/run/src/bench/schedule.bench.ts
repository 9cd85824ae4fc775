import { Agent } from 'node:http';
import postgres from 'postgres';
import { type Bench, type BenchLine, median } from '../measure.ts';
import { call } from './booking.bench.ts';

/** The country's departments, and those that are there when the growth begins. */
const DEPARTMENTS = 200;
const FIRST = 10;
const WARM_UP = 4;
/** Departments of one round: five rounds among the first ten, five among the last ten. */
const BATCH = 2;
const PLACES_PER_START = 2;
/** How long the administrator’s page waits for an answer. */
const PATIENCE_MS = 10_000;
const REGION = '98';

const ADMINISTRATOR = 'administrator-token';

const id = (kind: string, n: number) => `00000000-0000-7000-${kind}-${n.toString(16).padStart(12, '0')}`;

/**
 * EQ-04: the yearly schedules of 200 departments, published by their heads through the API. The reference is one bare insert of
 * the same places into an empty table with the same indexes, made right before each round: what the machine does otherwise
 * falls on both. Growth sets the last ten departments against the first ten.
 */
const bench: Bench = {
  name: 'schedule',
  async run({ service }) {
    const sql = postgres(service.databaseUrl, { max: 2, onnotice: () => undefined });
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    // The demonstration may live some days ahead of the machine's clock.
    const [ahead] = await sql<{ ms: string }[]>`select offset_ms as ms from demo_clock`;
    const now = new Date(Date.now() + Number(ahead?.ms ?? 0));
    const year = now.getUTCFullYear() + 1;
    const periods = [{ from: `${year}-01-01`, until: `${year}-12-31`, placesPerStart: PLACES_PER_START }];
    try {
      await prepareHeads(sql, WARM_UP + DEPARTMENTS, now);
      await new Promise((resolve) => setTimeout(resolve, 11_000)); // the API reads reference data every ten seconds
      const ask = (path: string, n: number, input: object) =>
        call(agent, `${service.api[0]}/trpc/${path}`, `head-token-${n}`, { year, periods, ...input });
      const seenBy = async (n: number) => {
        const seen = /"seen":"([0-9a-f]+)"/.exec(await ask('schedule.preview', n, {}))?.[1];
        if (!seen) throw new Error('A head got no preview');
        return seen;
      };
      /** Seconds in which some heads publish, one after the other. */
      const publish = async (heads: number[]): Promise<number> => {
        const previews = await Promise.all(heads.map(seenBy));
        const since = performance.now();
        for (const [index, head] of heads.entries()) {
          const answer = await ask('schedule.publish', head, { seen: previews[index] });
          if (!answer.includes('"changed":true')) throw new Error(`Not published: ${answer.slice(0, 200)}`);
        }
        return (performance.now() - since) / 1000;
      };
      const range = (from: number, count: number) =>
        Array.from({ length: count }, (_, index) => from + index);
      await publish(range(1, WARM_UP));
      const model = id('8101', 1);
      const bare = () => insertBare(sql, model, BATCH);
      await bare();

      const rounds = async (from: number) => {
        const costs: { api: number; bare: number }[] = [];
        for (let at = from; at < from + FIRST; at += BATCH)
          costs.push({ bare: await bare(), api: await publish(range(at, BATCH)) });
        return costs;
      };
      const since = performance.now();
      const first = await rounds(WARM_UP + 1);
      const few = await spread(sql, agent, service.api[0] ?? '', `${year}-02-01`, '16:00');
      await publish(range(WARM_UP + 1 + FIRST, DEPARTMENTS - 2 * FIRST));
      await sql.unsafe('vacuum analyze place');
      const last = await rounds(WARM_UP + 1 + DEPARTMENTS - FIRST);
      const total = (performance.now() - since) / 1000;
      const many = await spread(sql, agent, service.api[0] ?? '', `${year}-02-02`, '16:30');
      const perDepartment = ({ seconds, departments }: Spread) => seconds / departments;

      const [made] = await sql<{ departments: number; places: number }[]>`
        select count(distinct department_id)::int as departments, count(*)::int as places from place
          join department d on d.id = department_id where d.region_code = ${REGION} and closed_by_trip is null`;
      if (made?.departments !== WARM_UP + DEPARTMENTS) throw new Error('Some departments have no places');
      const note = `${DEPARTMENTS} departments in ${total.toFixed(0)} s, ${made.places} places`;
      return [
        lineOf(
          'EQ-04 a department’s year through the API / one bare insert of its places',
          0.15,
          'at least',
          all(first, last, ({ bare: reference, api }) => reference / api),
          note,
        ),
        lineOf(
          'EQ-04 cost per department: the last of 200 / the first ten',
          1.2,
          'at most',
          growth(first, last),
        ),
        lineOf(
          'EQ-02 new start times: the administrator’s answer / ten seconds of patience',
          0.1,
          'at most',
          [few, many].map(({ answerMs }) => answerMs / PATIENCE_MS),
          `${many.departments} departments done in ${many.seconds.toFixed(1)} s behind it`,
        ),
        lineOf(
          'EQ-02 cost per department of new start times: all / the first',
          1.2,
          'at most',
          [perDepartment(many) / perDepartment(few)],
          `${few.departments} departments at first, ${many.departments} at last`,
        ),
      ];
    } finally {
      agent.destroy();
      await sql.unsafe('drop table if exists bench_place');
      await sql.end({ timeout: 5 });
    }
  },
};
export default bench;

interface Spread {
  answerMs: number;
  seconds: number;
  departments: number;
}

/** Puts one start time in the place of another from a day on, and waits until all departments have their places. */
async function spread(
  sql: postgres.Sql,
  agent: Agent,
  api: string,
  validFrom: string,
  instead: string,
): Promise<Spread> {
  const since = performance.now();
  const answer = await call(agent, `${api}/trpc/schedule.addStartTimes`, ADMINISTRATOR, {
    validFrom,
    times: ['09:00', '10:00', '11:00', '12:00', instead],
    basis: 'load',
  });
  const answerMs = performance.now() - since;
  const departments = Number(/"departments":(\d+)/.exec(answer)?.[1] ?? 0);
  if (departments === 0) throw new Error(`No new start times: ${answer.slice(0, 200)}`);
  for (const deadline = since + 120_000; performance.now() < deadline;) {
    const [done] =
      await sql`select 1 from start_times_spread where valid_from = ${validFrom} and finished_at is not null`;
    if (done) return { answerMs, seconds: (performance.now() - since) / 1000, departments };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The start times never reached all departments');
}

interface Cost {
  api: number;
  bare: number;
}

const all = (first: Cost[], last: Cost[], figure: (cost: Cost) => number) => [...first, ...last].map(figure);

/** What a department costs in the last rounds against the median of the first, each measured by the bare insert beside it. */
function growth(first: Cost[], last: Cost[]): number[] {
  const before = median(first.map((cost) => cost.api / cost.bare));
  return last.map((cost) => cost.api / cost.bare / before);
}

function lineOf(
  name: string,
  target: number,
  wanted: BenchLine['wanted'],
  ratios: number[],
  note?: string,
): BenchLine {
  return {
    name,
    ratio: median(ratios),
    minimum: Math.min(...ratios),
    maximum: Math.max(...ratios),
    target,
    wanted,
    ...(note === undefined ? {} : { note }),
  };
}

/** Seconds in which the places of a department's year, several times over, go into an empty table like `place`. */
async function insertBare(sql: postgres.Sql, model: string, times: number): Promise<number> {
  await sql.unsafe('drop table if exists bench_place; create table bench_place (like place including all)');
  const since = performance.now();
  await sql`
    insert into bench_place (department_id, day, starts_at, place_no, day_no)
    select copy.id, p.day, p.starts_at, p.place_no, p.day_no
      from (select gen_random_uuid() as id from generate_series(1, ${times}::int) offset 0) copy
      cross join place p where p.department_id = ${model}`;
  return (performance.now() - since) / 1000;
}

/** Departments without a schedule, each with a head who is signed in. */
async function prepareHeads(sql: postgres.Sql, count: number, now: Date): Promise<void> {
  const uuid = (kind: string) => `('00000000-0000-7000-${kind}-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const at = `'${now.toISOString()}'::timestamptz`;
  const words = `'{"kk":"–","ru":"–","en":"–"}'`;
  await sql.unsafe(`
    insert into department (id, number, region_code, name, address, landmark, access, phone, rooms)
    select ${uuid('8101')}, 8000 + n, '${REGION}', ${words}, ${words}, ${words}, ${words}, '+77160000000', '{1}' from generate_series(1, ${count}) n;
    insert into person (id, iin, surname, name, birth_date, sex, status, legal_capacity, message_language, persons_as_of, phone_as_of, wards_as_of)
    select ${uuid('8102')}, '98' || lpad(n::text, 10, '0'), 'Руководитель' || n, 'Тест', '1980-01-01', 'female', 'alive', 'capable', 'kk', ${at}, ${at}, ${at}
      from generate_series(1, ${count}) n;
    insert into staff_role (id, person_id, role, department_id, valid_from)
    select ${uuid('8103')}, ${uuid('8102')}, 'department-head', ${uuid('8101')}, '2020-01-01' from generate_series(1, ${count}) n;
    insert into session (id, person_id, audience, trust, device, started_at, last_used_at, expires_at)
    select encode(sha256(('head-token-' || n)::bytea), 'hex'), ${uuid('8102')}, 'staff', 'signature', 'load', ${at}, ${at}, ${at} + interval '1 hour'
      from generate_series(1, ${count}) n;
    insert into staff_role (id, person_id, role, department_id, valid_from)
    values (gen_random_uuid(), '${id('8102', 1)}', 'portal-administrator', null, '2020-01-01');
    insert into session (id, person_id, audience, trust, device, started_at, last_used_at, expires_at)
    values (encode(sha256('${ADMINISTRATOR}'::bytea), 'hex'), '${id('8102', 1)}', 'staff', 'signature', 'load', ${at}, ${at}, ${at} + interval '1 hour');
    analyze`);
}
