import { Agent } from 'node:http';
import postgres from 'postgres';
import { prepareCrowd } from '../crowd.ts';
import { type Bench, type Measured, measureInterleaved, median, ratioLine } from '../measure.ts';
import { call } from './booking.bench.ts';

const CALLERS = 32;
const DEPARTMENTS = 20;

/** P3: free times of 30 days through the API against a call that asks the database for one row; and with ten years of history. */
const bench: Bench = {
  name: 'free-times',
  async run({ service }) {
    const sql = postgres(service.databaseUrl, { max: 2, onnotice: () => undefined });
    const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
    try {
      const [crowded] = await sql<
        { count: number }[]
      >`select count(*)::int as count from department where region_code = '99'`;
      if (!crowded?.count) {
        await prepareCrowd(service.databaseUrl, {
          people: 200,
          departments: DEPARTMENTS,
          days: 60,
          placesPerStart: 4,
          now: new Date(),
        });
        await new Promise((resolve) => setTimeout(resolve, 11_000));
      }
      const forms = await sql<{ id: string; token: number }[]>`
        select f.id, substr(f.number, 7)::int as token from form_031 f where f.number like 'crowd-%' and not exists (select from booking b where b.form_id = f.id) limit 200`;
      let next = 0;
      const one = () => forms[next++ % forms.length] ?? { id: '', token: 0 };
      const ask = (path: string, input: (form: { id: string }) => unknown) => async () => {
        const form = one();
        const answer = await call(
          agent,
          `${service.api[0]}/trpc/${path}`,
          `crowd-token-${form.token}`,
          input(form),
        );
        if (!answer.startsWith('{"result"')) throw new Error(`${path}: ${answer.slice(0, 200)}`);
      };
      const freeTimes = {
        name: 'free times',
        fn: ask('queue.freeTimes', (form) => ({ formId: form.id, days: 30 })),
      };
      const least = { name: 'who am I', fn: ask('identity.whoAmI', () => undefined) };
      const options = { rounds: 5, seconds: 1.5, concurrency: CALLERS };
      const [before, reference] = await measureInterleaved([freeTimes, least], options);
      await sql.unsafe(`
        insert into place (department_id, day, starts_at, place_no, day_no, issued, booking_id)
        select d.id, current_date - k, t.starts_at, p, (t.ordinal - 1) * 4 + p, 1, gen_random_uuid()
          from department d, generate_series(1, 2500) k, unnest('{09:00,10:00,11:00,12:00,14:30}'::time[]) with ordinality as t (starts_at, ordinal), generate_series(1, 4) p
         where d.region_code = '99' and d.number <= ${9000 + DEPARTMENTS} on conflict do nothing`);
      await sql.unsafe('vacuum analyze place');
      const [after, referenceAfter] = await measureInterleaved([freeTimes, least], options);
      if (!before || !reference || !after || !referenceAfter) throw new Error('Nothing was measured');
      // Cost of a call counted in least calls of the same rounds, so that what else the machine does falls on both.
      const cost = ({ perSecond }: Measured, beside: Measured) =>
        perSecond.map((rate, round) => (beside.perSecond[round] ?? Number.NaN) / rate);
      const without = median(cost(before, reference));
      const growth = cost(after, referenceAfter).map((each) => each / without);
      return [
        ratioLine('P3 free times of 30 days / the least call that asks the database', before, reference, 0.4),
        {
          name: 'P3 cost with ten years of history / with none',
          ratio: median(growth),
          minimum: Math.min(...growth),
          maximum: Math.max(...growth),
          target: 1.2,
          wanted: 'at most',
          note: `${Math.round(after.median)}/s against ${Math.round(before.median)}/s`,
        },
      ];
    } finally {
      agent.destroy();
      await sql.end({ timeout: 5 });
    }
  },
};
export default bench;
