import { asExpert, connect, type Database } from '@mse/db';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import postgres from 'postgres';
import { markOverdueParts } from '../../../../apps/api/src/capabilities/examination/keep-terms.ts';
import { WORK_PAGE, workListQuery } from '../../../../apps/api/src/capabilities/expert-desk/list-work.ts';
import { runProcess } from '../processes.ts';
import { type Bench, type BenchLine, median } from '../measure.ts';
import { repositoryRoot } from '../paths.ts';
import { testFolder } from '../test-folder.ts';

/** Cases in the database, from the least on: `BENCH_CASES=50000,500000,5000000 npm run bench -- cases` for the country's ten years. */
const SIZES = (process.env.BENCH_CASES ?? '50000,500000').split(',').map(Number);
const EXPERTS = 500;
const OPEN_PARTS_EACH = 60;
/** Cases dealt at once. */
const BATCH = 10_000;
/** Parts that fall due at once. */
const DUE = 2000;
/** Looks that find nothing, of which the mean counts. */
const IDLE_LOOKS = 20;
const ROUNDS = 5;
const LISTS = 1500;

const NOW = '2026-11-23T05:00:00Z';
const id = (kind: string, n: string) =>
  `('00000000-0000-7000-${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * P6, P7, P8 and "large sets": an expert's work list, the sweep of terms and the dealing, each in databases of growing size that hold the
 * same open work. Growth is also said as a slope: the exponent of the cost over the rows.
 */
const bench: Bench = {
  name: 'cases',
  async run({ service }) {
    const admin = postgres(service.databaseUrl, { max: 1, onnotice: () => undefined });
    const worlds: World[] = [];
    try {
      for (const size of SIZES) {
        const name = `bench_cases_${size}`;
        await admin.unsafe(`create database ${name}`);
        const url = Object.assign(new URL(service.databaseUrl), { pathname: `/${name}` }).href;
        await runProcess(
          {
            name: 'migrate-bench',
            args: [join(repositoryRoot, 'apps/api/src/migrate.ts')],
            env: { DATABASE_URL: url, MIGRATION_DATABASE_URL: url, SERVICE_MODE: 'demo' },
          },
          join(testFolder(), 'logs'),
        );
        await fill(url, size);
        worlds.push({ size, ...connect({ url, max: 1, role: null }) });
      }
      return [...(await workLists(worlds)), ...(await sweeps(worlds)), ...(await dealings(worlds))];
    } finally {
      for (const { close } of worlds) await close();
      await admin.end();
    }
  },
};
export default bench;

interface World {
  size: number;
  /** One connection, as the owner of the tables; for a query of the product as Drizzle sends it. */
  sql: postgres.Sql;
  db: Database;
  close: () => Promise<void>;
}

/** Rows of one statement of the history. */
const PIECE = 250_000;

/** Ended cases up to the size, and the same open work everywhere. */
async function fill(url: string, size: number): Promise<void> {
  // Rows of the past need no checks of their references; what is measured later has them. A crash may lose them.
  const settings = {
    session_replication_role: 'replica',
    synchronous_commit: 'off',
    maintenance_work_mem: '1GB',
  };
  const connections = [1, 2].map(() =>
    postgres(url, { max: 1, onnotice: () => undefined, connection: settings }),
  );
  const [one, other] = connections as [postgres.Sql, postgres.Sql];
  try {
    await fillExperts(one);
    const caseIndexes = await takeIndexes(one, 'examination_case');
    const partIndexes = await takeIndexes(one, 'assignment');
    const open = size + Math.ceil((EXPERTS * OPEN_PARTS_EACH) / 3);
    const fillCases = async () => {
      for (const [from, until] of pieces(size))
        await one.unsafe(
          caseRows(from, until, 'concluded', `t, t + interval '3 days', t + interval '1 day'`),
        );
      await one.unsafe(
        caseRows(size + 1, open, 'deciding', `t, timestamptz '${NOW}' + interval '2 days', null`),
      );
      await one.unsafe(caseRows(open + 1, open + BATCH, 'waiting', 'null, null, null'));
      for (const index of caseIndexes) await one.unsafe(index);
      await one.unsafe('vacuum analyze examination_case');
    };
    const fillParts = async () => {
      for (const [from, until] of pieces(size))
        await other.unsafe(partRows(from, until, 'signed', `t + interval '3 days'`));
      await other.unsafe(
        partRows(size + 1, open, 'open', `timestamptz '${NOW}' + (1 + n % 40) * interval '1 hour'`),
      );
    };
    await Promise.all([fillCases(), fillParts()]);
    // The history has more parts than cases: what is left is shared by both connections.
    const builders = [one, other].map(async (sql) => {
      for (let index = partIndexes.shift(); index !== undefined; index = partIndexes.shift())
        await sql.unsafe(index);
    });
    await Promise.all(builders);
    await one.unsafe('vacuum analyze assignment');
    await one.unsafe('vacuum analyze person, expert, expert_nosology');
  } finally {
    for (const sql of connections) await sql.end();
  }
}

/** Ranges of numbers from 1 to the size. */
function pieces(size: number): [number, number][] {
  return Array.from({ length: Math.ceil(size / PIECE) }, (_, at) => [
    at * PIECE + 1,
    Math.min(size, (at + 1) * PIECE),
  ]);
}

/** Drops the indexes of an empty table that no constraint needs; answers the statements that make them again. */
async function takeIndexes(sql: postgres.Sql, table: string): Promise<string[]> {
  const indexes = await sql<{ name: string; made: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
     where i.indrelid = ${table}::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return indexes.map(({ made }) => made);
}

async function fillExperts(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    insert into person (id, iin, surname, name, birth_date, sex, status, legal_capacity, persons_as_of)
    select ${id('8a01', 'n')}, lpad(n::text, 12, '0'), 'Bench', 'Bench', '1980-01-01', 'male', 'alive', 'capable', '2025-01-01' from generate_series(1, ${EXPERTS}) n;
    insert into expert (id, person_id, code, kind, region_code, entered_on, created_at)
    select ${id('8a02', 'n')}, ${id('8a01', 'n')}, 'B-' || n, (array['department-head', 'chief-specialist', 'independent'])[1 + n % 3],
           (array['15', '35', '39', '55', '71', '75', '79'])[1 + n % 7], '2025-01-01', '2025-01-01' from generate_series(1, ${EXPERTS}) n;
    insert into expert_nosology (expert_id, group_code, valid_from)
    select e.id, g.code, '2025-01-01' from expert e cross join nosology_group g where hashtext(e.id::text || g.code) % 5 <> 0 or g.code = 'oncology'`);
}

function caseRows(from: number, until: number, state: string, extra: string): string {
  return `
    insert into examination_case (id, form_id, person_id, region_code, track, nosology_group, purpose, state, state_at, accepted_at, waiting_since, dealt_at, due_at, ended_at)
    select ${id('8b01', 'n')}, ${id('8b02', 'n')}, ${id('8a01', `1 + n % ${EXPERTS}`)}, (array['11', '35', '75', '61', '63'])[1 + n % 5], 'ordinary',
           (array['oncology', 'tuberculosis', 'paralysis', 'mental-disorders'])[1 + n % 4], 'disability-first', '${state}', t, t, t, ${extra}
      from (select n, timestamptz '${NOW}' - (n % 3650) * interval '1 day' as t from generate_series(${from}, ${until}) n) x`;
}

function partRows(from: number, until: number, state: string, due: string): string {
  return `
    insert into assignment (id, case_id, seat, expert_id, case_code, state, state_at, cause, reasons, arrived_at, due_at)
    select ${id('8c01', 'n * 4 + s')}, ${id('8b01', 'n')}, s, ${id('8a02', `1 + ((n / 3) * 3 + s + n * 3) % ${EXPERTS}`)}, 'B' || (n * 4 + s), '${state}', t, 'dealt', '{}', t, ${due}
      from (select n, timestamptz '${NOW}' - (n % 3650 + 1) * interval '1 day' as t from generate_series(${from}, ${until}) n) x, generate_series(1, 3) s`;
}

/** Exponent of the cost over the rows, by the least squares of their logarithms. */
function slope(points: { size: number; cost: number }[]): number {
  const xs = points.map(({ size }) => Math.log(size));
  const ys = points.map(({ cost }) => Math.log(cost));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const up = xs.reduce((sum, value, index) => sum + (value - x) * ((ys[index] ?? 0) - y), 0);
  return up / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}

/** The largest against the least, and the slope over all. */
function growth(name: string, worlds: World[], costs: number[][], target: number, unit: string): BenchLine[] {
  const medians = costs.map(median);
  const first = costs[0] ?? [];
  const ratios = (costs.at(-1) ?? []).map((cost, round) => cost / (first[round] ?? Number.NaN));
  const note = worlds
    .map(({ size }, index) => `${size}: ${(medians[index] ?? 0).toFixed(2)} ${unit}`)
    .join(', ');
  const steepness = slope(worlds.map(({ size }, index) => ({ size, cost: medians[index] ?? 1 })));
  return [
    {
      name,
      ratio: median(ratios),
      minimum: Math.min(...ratios),
      maximum: Math.max(...ratios),
      target,
      wanted: 'at most',
      note,
    },
    {
      name: `${name}, slope`,
      ratio: steepness,
      minimum: steepness,
      maximum: steepness,
      target: 0.1,
      wanted: 'at most',
    },
  ];
}

/** X01: the first page of one expert under the experts' own role, as the desk asks for it; the slowest one in a hundred. */
async function workLists(worlds: World[]): Promise<BenchLine[]> {
  const list = async ({ db }: World, n: number) => {
    const expertId = `00000000-0000-7000-8a02-${(1 + (n % EXPERTS)).toString(16).padStart(12, '0')}`;
    const rows = await asExpert(db, expertId, (tx) => workListQuery(tx, expertId, undefined, WORK_PAGE));
    if (rows.length !== WORK_PAGE) throw new Error(`A work list of ${rows.length} rows`);
  };
  const rounds = worlds.map((): number[] => []);
  for (const world of worlds) for (let n = 0; n < 200; n += 1) await list(world, n);
  for (let round = 0; round < ROUNDS; round += 1) {
    const times = worlds.map((): number[] => []);
    // List by list in turns: what else the machine does in a moment falls on all sizes alike.
    for (let n = 0; n < LISTS / ROUNDS; n += 1)
      for (const [index, world] of worlds.entries()) {
        const since = performance.now();
        await list(world, n * 7 + round);
        times[index]?.push(performance.now() - since);
      }
    for (const [index, own] of times.entries()) {
      own.sort((left, right) => left - right);
      rounds[index]?.push(own[Math.floor(own.length * 0.99)] ?? 0);
    }
  }
  return growth('P6 work list, 50 rows, p99', worlds, rounds, 1.3, 'ms');
}

/** PX-25: the parts that fell due are marked by the statement of the worker, a thousand at a time; and the look right after, which finds nothing. */
async function sweeps(worlds: World[]): Promise<BenchLine[]> {
  const rounds = worlds.map((): number[] => []);
  const idle = worlds.map((): number[] => []);
  const now = new Date(NOW);
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [index, { sql, db }] of worlds.entries()) {
      await sql`update assignment set due_at = ${NOW}::timestamptz - interval '1 hour', overdue_at = null
                 where id in (select id from assignment where state = 'open' order by id limit ${DUE} offset ${(round + 1) * DUE})`;
      await sql`vacuum assignment`;
      const since = performance.now();
      const marked = await markOverdueParts(db, now);
      const cost = performance.now() - since;
      if (marked !== DUE) throw new Error(`${marked} parts were marked, not ${DUE}`);
      const idleSince = performance.now();
      for (let look = 0; look < IDLE_LOOKS; look += 1)
        if ((await markOverdueParts(db, now)) !== 0) throw new Error('A part was marked twice');
      const idleCost = (performance.now() - idleSince) / IDLE_LOOKS;
      if (round >= 0) {
        rounds[index]?.push(cost);
        idle[index]?.push(idleCost);
      }
    }
  return [
    ...growth(`P7 sweep that finds ${DUE} due`, worlds, rounds, 1.3, 'ms'),
    ...growth('P7 sweep that finds nothing, right after', worlds, idle, 1.3, 'ms'),
  ];
}

class TakenBack extends Error {}

/** Something done in a transaction that is taken back; its milliseconds. */
async function timed(
  sql: postgres.Sql,
  work: (tx: postgres.TransactionSql) => Promise<void>,
): Promise<number> {
  let cost = Number.NaN;
  await sql
    .begin(async (tx) => {
      const since = performance.now();
      await work(tx);
      cost = performance.now() - since;
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return cost;
}

/** PX-10: ten thousand cases of three parts dealt in one call, explained, with events; against a COPY of the same rows of parts. */
async function dealings(worlds: World[]): Promise<BenchLine[]> {
  const panels = JSON.stringify({
    ordinary: [['department-head'], ['chief-specialist'], ['independent']],
    special: [['department-head']],
  });
  const due = JSON.stringify({ ordinary: NOW, special: NOW, redistributed: NOW });
  const deal = async (tx: postgres.TransactionSql) => {
    const [row] = await tx<{ cases: number; parts: number }[]>`
      select coalesce(array_length(dealt, 1), 0) as cases, parts from deal_cases(gen_random_uuid(), ${NOW}::timestamptz, '2026-11-23'::date, '2026-11-22T19:00:00Z'::timestamptz,
        12345, ${panels}::text::jsonb, 1000, ${due}::text::jsonb, 100000, null::uuid[])`;
    if (row?.cases !== BATCH) throw new Error(`${row?.cases} cases were dealt, not ${BATCH}`);
  };
  const dealt = worlds.map((): number[] => []);
  const copied: number[] = [];
  const ratios: number[] = [];
  let spread = '';
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [index, { sql }] of worlds.entries()) {
      let rows = '';
      const cost = await timed(sql, deal);
      if (index === worlds.length - 1) {
        await timed(sql, async (tx) => {
          await deal(tx);
          const made = await tx<{ line: string }[]>`
            select concat_ws(E'\t', id, case_id, seat, expert_id, case_code, state, state_at, cause, reasons::text, arrived_at, due_at) as line
              from assignment where dealing_id is not null`;
          rows = made.map(({ line }) => `${line}\n`).join('');
          const [loads] = await tx<{ spread: string }[]>`
            select string_agg(kind || ' ' || least || '–' || most, ', ') as spread from (
              select e.kind, min(a.n) as least, max(a.n) as most from (select expert_id, count(*) as n from assignment where dealing_id is not null group by 1) a
                join expert e on e.id = a.expert_id group by e.kind) x`;
          spread = loads?.spread ?? '';
        });
        const copy = await timed(sql, async (tx) => {
          const stream = await tx`
            copy assignment (id, case_id, seat, expert_id, case_code, state, state_at, cause, reasons, arrived_at, due_at) from stdin`.writable();
          stream.end(rows);
          await finished(stream);
        });
        if (round >= 0) {
          copied.push(copy);
          ratios.push(cost / copy);
        }
      }
      if (round >= 0) dealt[index]?.push(cost);
    }
  return [
    {
      name: 'P8 dealing 10,000 cases of three parts to 500 experts against COPY of the parts',
      ratio: median(ratios),
      minimum: Math.min(...ratios),
      maximum: Math.max(...ratios),
      target: 10,
      wanted: 'at most',
      note: `${median(dealt.at(-1) ?? []).toFixed(0)} ms against ${median(copied).toFixed(0)} ms; parts given: ${spread}`,
    },
    ...growth('P8 dealing', worlds, dealt, 1.3, 'ms'),
  ];
}
