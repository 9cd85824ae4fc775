import { Agent, request } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import postgres from 'postgres';
import { prepareCrowd } from '../crowd.ts';
import { type Bench, type BenchLine, measureInterleaved, ratioLine } from '../measure.ts';

const CALLERS = 16;
const FIRST_PAGE_BYTES = 60 * 1024;
const CHOICE_BYTES = 30 * 1024;

/** P4 and P5: what the portal's first page and C11 (choose a time) weigh over the wire, and how fast C11 is made. */
const bench: Bench = {
  name: 'portal',
  async run({ service }) {
    const sql = postgres(service.databaseUrl, { max: 1, onnotice: () => undefined });
    const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
    try {
      const [known] = await sql<{ id: string }[]>`select id from form_031 where number = 'crowd-1'`;
      if (!known) {
        await prepareCrowd(service.databaseUrl, {
          people: 200,
          departments: 2,
          days: 60,
          placesPerStart: 4,
          now: new Date(),
        });
        await new Promise((resolve) => setTimeout(resolve, 11_000));
      }
      // Somebody of the crowd without a booking: another bench may have booked for the first ones.
      const [free] = await sql<{ id: string; token: string }[]>`
        select id, 'crowd-token-' || substr(number, 7) as token from form_031 f where number like 'crowd-%' and not exists (select from booking b where b.form_id = f.id) limit 1`;
      if (!free) throw new Error('Everybody of the crowd has booked');
      const cookie = `__Host-saraptama=${free.token}`;
      const choice = `${service.portal}/kk/booking/${free.id}/time`;
      const options = { rounds: 5, seconds: 1.5, concurrency: CALLERS };
      const [page, empty] = await measureInterleaved(
        [
          { name: 'C11', fn: () => get(agent, choice, { cookie }) },
          { name: 'empty endpoint', fn: () => get(agent, `${service.portal}/health`, {}) },
        ],
        options,
      );
      if (!page || !empty) throw new Error('Nothing was measured');
      return [
        weight(
          'P4 first page over the wire / 60 KB',
          await wholeWeight(agent, `${service.portal}/kk`, {}),
          FIRST_PAGE_BYTES,
        ),
        weight('P4 C11 over the wire / 30 KB', await wholeWeight(agent, choice, { cookie }), CHOICE_BYTES),
        ratioLine(
          'P5 C11 with session and free times / an empty answer of the same server',
          page,
          empty,
          0.25,
        ),
      ];
    } finally {
      agent.destroy();
      await sql.end({ timeout: 5 });
    }
  },
};
export default bench;

function weight(name: string, bytes: number, budget: number): BenchLine {
  const ratio = bytes / budget;
  return {
    name,
    ratio,
    minimum: ratio,
    maximum: ratio,
    target: 1,
    wanted: 'at most',
    note: `${(bytes / 1024).toFixed(1)} KB`,
  };
}

/** Bytes of a page and of every style and script it names, as they travel; brotli is taken where the server leaves it to a proxy. */
async function wholeWeight(agent: Agent, url: string, headers: Record<string, string>): Promise<number> {
  const page = await get(agent, url, headers);
  const html = page.encoded ? await get(agent, url, { ...headers, 'accept-encoding': 'identity' }) : page;
  const parts = [...html.body.toString('utf8').matchAll(/(?:href|src)="([^"]+\.(?:css|js)[^"]*)"/g)].map(
    (match) => new URL(match[1] ?? '', url).href,
  );
  let bytes = page.encoded ? page.body.length : brotliCompressSync(page.body).length;
  for (const part of new Set(parts)) {
    const file = await get(agent, part, {});
    bytes += file.encoded ? file.body.length : brotliCompressSync(file.body).length;
  }
  return bytes;
}

function get(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
): Promise<{ body: Buffer; encoded: boolean }> {
  return new Promise((resolve, reject) => {
    request(
      url,
      { agent, headers: { 'accept-encoding': 'br', accept: 'text/html,*/*', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          if (response.statusCode === 200)
            resolve({ body: Buffer.concat(chunks), encoded: response.headers['content-encoding'] === 'br' });
          else reject(new Error(`${new URL(url).pathname.slice(0, 20)} answered ${response.statusCode}`));
        });
      },
    )
      .on('error', reject)
      .end();
  });
}
