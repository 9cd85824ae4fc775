import { Agent } from 'node:http';
import postgres from 'postgres';
import { type Bench, type Measured, measureInterleaved, median, ratioLine } from '../measure.ts';
import { call } from './booking.bench.ts';

const TOKEN = 'register-token';
const EXPERTS = 2000;

const id = (kind: string, n: string) =>
  `('00000000-0000-7000-${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * R05: a page of the register through the API, with fifty experts and their audit rows, against the bare SQL that finds the same fifty; among 2,000
 * experts with about four nosological forms each, and how much of its cost their number is. The targets are those of P11, its kin.
 */
const bench: Bench = {
  name: 'register',
  async run({ service }) {
    const sql = postgres(service.databaseUrl, { max: 2, onnotice: () => undefined });
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    const [ahead] = await sql<{ ms: string }[]>`select offset_ms as ms from demo_clock`;
    const now = new Date(Date.now() + Number(ahead?.ms ?? 0));
    try {
      const [group] = await sql<{ code: string }[]>`select code from nosology_group order by code limit 1`;
      const search = {
        name: 'search',
        fn: async () => {
          const answer = await call(agent, `${service.api[0]}/trpc/expertRegister.experts`, TOKEN, {
            group: group?.code,
            presence: 'here',
          });
          if (!answer.includes('"experts"')) throw new Error(`No register: ${answer.slice(0, 200)}`);
        },
      };
      const plain = {
        name: 'bare SQL',
        fn: () => sql`
          select e.id, e.code, p.surname, p.name, count(*) over () as total from expert e join person p on p.id = e.person_id
           where e.excluded_on is null and exists (select from expert_nosology n where n.expert_id = e.id and n.group_code = ${group?.code ?? ''})
             and not exists (select from expert_absence a where a.expert_id = e.id and a.cancelled_at is null and a.from_day <= ${now.toISOString().slice(0, 10)}::date
               and (a.until_day is null or a.until_day >= ${now.toISOString().slice(0, 10)}::date))
           order by e.code limit 50`,
      };
      const least = {
        name: 'who am I',
        fn: () => call(agent, `${service.api[0]}/trpc/identity.whoAmI`, TOKEN, {}),
      };
      await addExperts(sql, now, 1, EXPERTS / 10);
      const options = { rounds: 5, seconds: 1.5 };
      const [few, , leastFew] = await measureInterleaved([search, plain, least], options);
      await addExperts(sql, now, EXPERTS / 10 + 1, EXPERTS);
      const [many, reference, leastMany] = await measureInterleaved([search, plain, least], options);
      if (!few || !leastFew || !many || !reference || !leastMany) throw new Error('Nothing was measured');
      // Cost of a search counted in least calls of the same rounds, so that what else the machine does falls on both.
      const cost = ({ perSecond }: Measured, beside: Measured) =>
        perSecond.map((rate, round) => (beside.perSecond[round] ?? Number.NaN) / rate);
      const before = median(cost(few, leastFew));
      const growth = cost(many, leastMany).map((each) => each / before);
      return [
        ratioLine('R05 search among 2,000 experts / the bare SQL', many, reference, 0.5),
        {
          name: 'R05 search: cost among 2,000 experts / among 200',
          ratio: median(growth),
          minimum: Math.min(...growth),
          maximum: Math.max(...growth),
          target: 3,
          wanted: 'at most',
          note: `${Math.round(many.median)}/s against ${Math.round(few.median)}/s`,
        },
      ];
    } finally {
      agent.destroy();
      await sql.end({ timeout: 5 });
    }
  },
};
export default bench;

/** Experts from number `from` to number `until`, with four forms each; every twentieth is away. The first one keeps the register. */
async function addExperts(sql: postgres.Sql, now: Date, from: number, until: number): Promise<void> {
  const at = `'${now.toISOString()}'::timestamptz`;
  const series = `generate_series(${from}, ${until}) n`;
  await sql.unsafe(`
    insert into person (id, iin, surname, name, birth_date, sex, status, legal_capacity, message_language, persons_as_of, phone_as_of, wards_as_of)
    select ${id('8301', 'n')}, '98' || lpad(n::text, 10, '0'), 'Сынақ' || n, 'Тест', '1980-01-01', 'female', 'alive', 'capable', 'kk', ${at}, ${at}, ${at} from ${series};
    insert into expert (id, person_id, code, kind, region_code, entered_on, created_at)
    select ${id('8302', 'n')}, ${id('8301', 'n')}, 'B-' || lpad(n::text, 5, '0'), 'independent', '75', '2026-01-01', ${at} from ${series};
    insert into expert_nosology (expert_id, group_code, valid_from)
    select ${id('8302', 'n')}, g.code, '2026-01-01' from ${series}, lateral (select code, row_number() over (order by code) as at, count(*) over () as many from nosology_group) g
     where g.at = 1 or (g.at + n) % g.many < 3;
    insert into expert_absence (id, expert_id, kind, from_day, created_by, created_at)
    select ${id('8303', 'n')}, ${id('8302', 'n')}, 'other', '2026-01-01', 'system:bench', ${at} from ${series} where n % 20 = 0`);
  if (from === 1)
    await sql.unsafe(`
      insert into staff_role (id, person_id, role, valid_from) values (${id('8304', '1')}, ${id('8301', '1')}, 'registry-administrator', '2020-01-01');
      insert into session (id, person_id, audience, trust, device, started_at, last_used_at, expires_at)
      values (encode(sha256('${TOKEN}'::bytea), 'hex'), ${id('8301', '1')}, 'staff', 'signature', 'load', ${at}, ${at}, ${at} + interval '1 hour')`);
  await sql.unsafe('vacuum analyze expert, expert_nosology, expert_absence, person');
}
