import { randomBytes, createHash } from 'node:crypto';
import { Agent, get, type IncomingMessage } from 'node:http';
import postgres from 'postgres';
import { prepareCrowd } from '../crowd.ts';
import { type Bench, median } from '../measure.ts';
import { call } from './booking.bench.ts';

const ROUNDS = 5;
const CALLS_PER_ROUND = 60;
const TARGET_MS = 1000;
const TARGET_RATIO = 5;

/** An open event stream of the API: tells the time at which each event came. */
async function listen(url: string, token: string) {
  const waiting: { event: string; fits: (data: string) => boolean; heard: (at: number) => void }[] = [];
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false, headers: { authorization: `Bearer ${token}` } }, resolve).on('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const at = performance.now();
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const event = /^event: (.*)$/m.exec(part)?.[1];
      const data = /^data: (.*)$/m.exec(part)?.[1] ?? '';
      const index = waiting.findIndex((one) => one.event === event && one.fits(data));
      if (index >= 0) waiting.splice(index, 1)[0]?.heard(at);
    }
  });
  return {
    /** Instant (milliseconds of `performance.now()`) of the next event that fits. */
    next: (event: string, fits: (data: string) => boolean = () => true) =>
      new Promise<number>((resolve, reject) => {
        const tooLong = setTimeout(() => reject(new Error(`No ${event} within ten seconds`)), 10_000);
        waiting.push({
          event,
          fits,
          heard: (at) => {
            clearTimeout(tooLong);
            resolve(at);
          },
        });
      }),
    close: () => response.destroy(),
  };
}

/** The least question to the API that asks the database. */
function ready(agent: Agent, api: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(`${api}/ready`, { agent }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error('The API is not ready')),
      );
    }).on('error', reject);
  });
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * P10: from the clerk's press to the board's data: HTTP call, session, rights, one durable statement with its audit row, notice, the
 * board's picture, event; against one round trip of the event stream: the least question to the API (`/ready`, one `select 1`), then a
 * bare notice of PostgreSQL until it stands in the clerk's open event stream. The note tells the bare notice apart.
 */
const bench: Bench = {
  name: 'board',
  async run({ service }) {
    const sql = postgres(service.databaseUrl, { max: 2, onnotice: () => undefined });
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const streams: { close(): void }[] = [];
    try {
      const [known] = await sql<
        { count: number }[]
      >`select count(*)::int as count from department where region_code = '99'`;
      if (!known?.count) {
        await prepareCrowd(service.databaseUrl, {
          people: 50,
          departments: 1,
          days: 2,
          placesPerStart: 1,
          now: new Date(),
        });
        await new Promise((resolve) => setTimeout(resolve, 11_000)); // the API reads reference data every ten seconds
      }
      const [ahead] = await sql<{ ms: string }[]>`select coalesce(max(offset_ms), 0) as ms from demo_clock`;
      const now = new Date(Date.now() + Number(ahead?.ms ?? 0));
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Almaty' }).format(now);
      const [crowd] = await sql<{ department: string; form: string; person: string }[]>`
        select d.id as department, f.id as form, f.person_id as person from department d, form_031 f
         where d.region_code = '99' and f.number like 'crowd-%' and not exists (select from visit v where v.form_id = f.id) order by d.number limit 1`;
      if (!crowd) throw new Error('There is no crowd');
      const { department } = crowd;
      const [visitId, boardId, roleId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
      const clerkToken = randomBytes(32).toString('base64url');
      const boardToken = randomBytes(32).toString('base64url');
      const hash = (token: string) => createHash('sha256').update(token).digest('hex');
      const [clerk] = await sql<{ id: string }[]>`
        select p.id from person p where not exists (select from staff_role r where r.person_id = p.id) order by p.id desc limit 1`;
      if (!clerk) throw new Error('There is nobody to be the clerk');
      await sql`insert into staff_role (id, person_id, role, department_id, valid_from) values (${roleId}, ${clerk.id}, 'clerk', ${department}, '2020-01-01')`;
      await sql`insert into session (id, person_id, audience, trust, device, started_at, last_used_at, expires_at)
        values (${hash(clerkToken)}, ${clerk.id}, 'staff', 'signature', 'bench', ${now}, ${now}, ${new Date(now.getTime() + 3_600_000)})`;
      await sql`insert into board (id, department_id, name, token_hash, created_at) values (${boardId}, ${department}, 'bench', ${hash(boardToken)}, ${now})`;
      await sql`insert into visit (id, department_id, day, kind, form_id, person_id, ticket_no, state, arrived_at)
        values (${visitId}, ${department}, ${day}, 'live', ${crowd.form}, ${crowd.person}, 'L-901', 'waiting', ${now})`;

      const api = service.api[0] ?? '';
      const change = async (event: string) => {
        const answer = await call(agent, `${api}/trpc/desk.changeVisit`, clerkToken, {
          visitId,
          event,
          ...(event === 'call' ? { room: '1' } : {}),
        });
        if (!answer.includes('"ok":true')) throw new Error(`The call failed: ${answer.slice(0, 200)}`);
      };
      const [desk, board] = [
        await listen(`${api}/events/desk`, clerkToken),
        await listen(`${api}/events/board`, boardToken),
      ];
      streams.push(desk, board);
      await change('call');
      await new Promise((resolve) => setTimeout(resolve, 500));

      let calls = 1;
      const callToBoard = async () => {
        calls += 1;
        const heard = board.next(
          'calls',
          (data) => data.includes(`"ticketNo":"L-901"`) && data.includes(`"calls":${calls}}`),
        );
        const pressed = performance.now();
        await change('recall');
        return (await heard) - pressed;
      };
      /** There and back: the least question to the API that asks the database, then a bare notice until it stands in a stream. */
      const roundTrip = async () => {
        const begin = performance.now();
        await ready(agent, api);
        const sent = performance.now();
        const heard = desk.next('desk');
        await sql`select pg_notify('desk', ${`${department}:${day}`})`;
        const at = await heard;
        return { whole: at - begin, notice: at - sent };
      };
      const rounds: { board: number[]; reference: number[]; notice: number[] }[] = [];
      for (let round = -1; round < ROUNDS; round += 1) {
        const measured: (typeof rounds)[number] = { board: [], reference: [], notice: [] };
        for (let index = 0; index < CALLS_PER_ROUND; index += 1) {
          measured.board.push(await callToBoard());
          // What a call leaves in the clerk's own stream must not be taken for the next round trip.
          await new Promise((resolve) => setTimeout(resolve, 10));
          const { whole, notice } = await roundTrip();
          measured.reference.push(whole);
          measured.notice.push(notice);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        if (round >= 0) rounds.push(measured); // the first one warms up
      }
      const all = rounds.flatMap((round) => round.board);
      const p99 = rounds.map((round) => percentile(round.board, 0.99));
      const ratios = rounds.map((round) => median(round.board) / median(round.reference));
      const reference = median(rounds.flatMap((round) => round.reference));
      const notice = median(rounds.flatMap((round) => round.notice));
      return [
        {
          name: 'P10 call → board, p99 in ms',
          ratio: percentile(all, 0.99),
          minimum: Math.min(...p99),
          maximum: Math.max(...p99),
          target: TARGET_MS,
          wanted: 'at most',
          note: `median ${median(all).toFixed(1)} ms, ${all.length} calls`,
        },
        {
          name: 'P10 call → board / one round trip of the event stream',
          ratio: median(ratios),
          minimum: Math.min(...ratios),
          maximum: Math.max(...ratios),
          target: TARGET_RATIO,
          wanted: 'at most',
          note: `${median(all).toFixed(1)} ms against ${reference.toFixed(1)} ms, of which the bare notice ${notice.toFixed(1)} ms`,
        },
      ];
    } finally {
      for (const stream of streams) stream.close();
      agent.destroy();
      await sql.end({ timeout: 5 });
    }
  },
};
export default bench;
