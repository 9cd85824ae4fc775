import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import postgres from 'postgres';
import { type Crowd, type CrowdMember, prepareCrowd } from '../crowd.ts';
import { type Bench, measureInterleaved, ratioLine } from '../measure.ts';

const CALLERS = 32;
const PEOPLE = 90_000;

/** P1 and P2: a booking through the public API against the same statement called by a bare loop in a process of its own. */
const bench: Bench = {
  name: 'booking',
  async run({ service }) {
    const crowd = await prepareCrowd(service.databaseUrl, {
      people: PEOPLE,
      departments: 40,
      days: 200,
      placesPerStart: 10,
      now: new Date(),
    });
    await new Promise((resolve) => setTimeout(resolve, 11_000)); // the API reads reference data every ten seconds
    const sql = postgres(service.databaseUrl, {
      max: CALLERS,
      onnotice: () => undefined,
      connection: { role: 'saraptama_app' },
    });
    const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
    let next = 0;
    const somebody = (): CrowdMember => {
      const member = crowd.members[next++];
      if (!member) throw new Error('The crowd is used up; make it larger');
      return member;
    };

    const spread = () => ({
      day: crowd.days[next % crowd.days.length] ?? '',
      startsAt: crowd.startTimes[next % 5] ?? '',
    });
    const fewTimes = () => ({ day: crowd.days[0] ?? '', startsAt: crowd.startTimes[next % 5] ?? '' });
    const api = (wish: () => { day: string; startsAt: string }) => async () => {
      const member = somebody();
      const answer = await call(agent, `${service.api[0]}/trpc/queue.bookPlace`, member.token, {
        formId: member.formId,
        ...wish(),
        requestKey: randomUUID(),
      });
      if (!answer.includes('"ok":')) throw new Error(`No answer to a booking: ${answer.slice(0, 200)}`);
    };
    const bare = (wish: () => { day: string; startsAt: string }) => () => bookInSql(sql, somebody(), wish());

    try {
      const [free, freeReference] = await measureInterleaved(
        [
          { name: 'api', fn: api(spread) },
          { name: 'sql', fn: bare(spread) },
        ],
        { rounds: 5, seconds: 2, concurrency: CALLERS },
      );
      const [contended, contendedReference] = await measureInterleaved(
        [
          { name: 'api', fn: api(fewTimes) },
          { name: 'sql', fn: bare(fewTimes) },
        ],
        { rounds: 5, seconds: 2, concurrency: CALLERS },
      );
      if (!free || !freeReference || !contended || !contendedReference)
        throw new Error('Nothing was measured');
      const oversold = await countOversold(sql, crowd);
      if (oversold > 0) throw new Error(`${oversold} places were given twice`);
      return [
        ratioLine('P1 booking through the API / one SQL call', free, freeReference, 0.4),
        ratioLine('P2 the same five times wanted by all / one SQL call', contended, contendedReference, 0.4),
      ];
    } finally {
      agent.destroy();
      await sql.end({ timeout: 5 });
    }
  },
};
export default bench;

async function bookInSql(
  sql: postgres.Sql,
  member: CrowdMember,
  wish: { day: string; startsAt: string },
): Promise<void> {
  const now = new Date();
  const startsInstant = new Date(`${wish.day}T${wish.startsAt}:00+05:00`);
  const reminder = new Date(startsInstant.getTime() - 3 * 86_400_000);
  await sql`select * from book_place(${randomUUID()}, ${member.formId}, ${member.personId}, ${member.personId}, ${randomUUID()},
    ${member.departmentId}, ${wish.day}, ${wish.startsAt}, ${startsInstant}, ${randomBytes(16).toString('base64url')}, ${[]}, ${now},
    ${member.language}, ${'+77470000000'}, ${randomUUID()}, ${randomUUID()}, ${reminder > now ? reminder : null}, ${null}, ${'citizen'}, ${createHash('md5').update(member.formId).digest('hex')})`;
}

async function countOversold(sql: postgres.Sql, crowd: Crowd): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select place_id from booking where department_id = any(${crowd.departmentIds}) and state in ('booked', 'arrived', 'served')
       group by place_id having count(*) > 1) twice`;
  return row?.count ?? 0;
}

/** One POST with as little of a client around it as possible: the server is what is measured. */
export function call(agent: Agent, url: string, token: string, input: unknown): Promise<string> {
  const body = input === undefined ? '' : JSON.stringify(input);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-saraptama': '1',
          'accept-language': 'kk',
          authorization: `Bearer ${token}`,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
