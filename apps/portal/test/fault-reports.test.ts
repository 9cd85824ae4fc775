import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiClient, createApiClient } from '@mse/api-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handOver, handOverAll } from '../src/lib/server/hand-over.ts';
import { networkLimit } from '../src/lib/server/network-limit.ts';
import { pageBefore } from '../src/lib/server/page-before.ts';
import { openSpool, type Spool, type SpooledReport } from '../src/lib/server/spool.ts';

const SECRET = 'a secret of the tests, long enough to be one';
const WRITTEN = Date.parse('2026-11-23T05:00:00Z');
const report = (more: Partial<SpooledReport> = {}): SpooledReport => ({
  id: crypto.randomUUID(),
  number: 'F-20261123-7K3M2Q',
  language: 'kk',
  page: '/kk/booking',
  text: 'Түйме басылмайды',
  contact: 'aigul@mail.kz',
  incident: null,
  token: 'a session',
  writtenAt: WRITTEN,
  ...more,
});

let folder: string;
let spool: Spool;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'spool-')), 'made-on-demand');
  spool = openSpool(folder, SECRET);
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

/** The API as a function of the request's body; it answers with a result, a failure or not at all. */
const clientOf = (answer: (body: string) => { status: number; body: unknown }) => (): ApiClient =>
  createApiClient({
    url: 'http://api.test',
    token: null,
    language: 'kk',
    fetch: (_, init) => {
      const { status, body } = answer(String(init?.body));
      return Promise.resolve(Response.json([body], { status }));
    },
  });
const taken = { status: 200, body: { result: { data: { ok: true } } } };
const failure = (code: string, requestId: string | null, status: number) => ({
  status,
  body: {
    error: { message: code, code: -32_000, data: { code, requestId, fields: {}, httpStatus: status } },
  },
});
const away = () => {
  throw new TypeError('connect ECONNREFUSED');
};

describe('reports of faults that wait on the disk', () => {
  it('C31: a report is on the disk whole, sealed, and readable with the key only', async () => {
    const kept = report();
    await spool.put(kept);
    expect(await spool.waiting()).toEqual([kept.id]);
    expect(await spool.read(kept.id)).toEqual(kept);
    const [name = ''] = await readdir(folder);
    const bytes = await readFile(join(folder, name), 'utf8');
    for (const secret of [kept.text, kept.contact ?? '', kept.token ?? '', kept.number])
      expect(bytes).not.toContain(secret);
    expect(await openSpool(folder, `${SECRET}, another`).read(kept.id)).toBeUndefined();
  });

  it('C31: what was interrupted while being written is no report', async () => {
    await spool.put(report());
    await writeFile(join(folder, `${crypto.randomUUID()}.unfinished`), 'half');
    expect(await spool.waiting()).toHaveLength(1);
  });

  it('C31: an empty or missing folder holds nothing', async () => {
    expect(await spool.waiting()).toEqual([]);
    await expect(spool.remove(crypto.randomUUID())).resolves.toBeUndefined();
  });

  it('C31: while the API is away everything waits; when it is back everything arrives with its age', async () => {
    const [one, two] = [report(), report({ token: null })];
    await spool.put(one);
    await spool.put(two);
    expect(await handOverAll(spool, clientOf(away), () => WRITTEN)).toMatchObject({ arrived: 0, away: 1 });
    expect(await spool.waiting()).toHaveLength(2);

    const bodies: string[] = [];
    const client = clientOf((body) => {
      bodies.push(body);
      return taken;
    });
    expect(await handOverAll(spool, client, () => WRITTEN + 90_000)).toMatchObject({ arrived: 2, away: 0 });
    expect(await spool.waiting()).toEqual([]);
    expect(bodies.map((body) => (JSON.parse(body) as [{ id: string; ageSeconds: number }])[0])).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: one.id, ageSeconds: 90 }),
        expect.objectContaining({ id: two.id, ageSeconds: 90 }),
      ]),
    );
    expect(bodies.join()).not.toContain('a session');
  });

  it.each([
    [
      'an API with a fault of its own keeps it waiting',
      failure('INTERNAL_SERVER_ERROR', 'r-1', 500),
      'later',
    ],
    [
      'a gateway that answers for the API keeps it waiting',
      failure('INTERNAL_SERVER_ERROR', null, 502),
      'away',
    ],
    [
      'a busy API keeps it waiting',
      { status: 200, body: { result: { data: { ok: false, refusal: 'too-many' } } } },
      'away',
    ],
    ['a report the API can never take is laid aside', failure('BAD_REQUEST', 'r-1', 400), 'refused'],
  ] as const)('C31: %s', async (_, answer, result) => {
    const kept = report();
    await spool.put(kept);
    expect(
      await handOver(
        spool,
        kept,
        clientOf(() => answer),
        WRITTEN,
      ),
    ).toBe(result);
    expect(await spool.waiting()).toEqual(result === 'refused' ? [] : [kept.id]);
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe('limits and addresses of reports', () => {
  it('C31: one network has its turns, another its own, and they come back after the window', () => {
    const limit = networkLimit(2, 60);
    expect([limit.take('a', 0), limit.take('a', 1000), limit.take('a', 2000)]).toEqual([0, 0, 58]);
    expect(limit.take('b', 2000)).toBe(0);
    expect(limit.take('a', 60_000)).toBe(0);
  });

  it.each([
    ['http://portal.test/kk/booking?place=secret', '/kk/booking'],
    ['http://portal.test/kk/fault', null],
    ['http://elsewhere.test/kk/booking', null],
    ['nonsense', null],
    [null, null],
  ])('C31: coming from %s the form names %s', (from, page) => {
    const headers: Record<string, string> = from === null ? {} : { referer: from };
    const url = new URL('http://portal.test/kk/fault');
    expect(pageBefore(new Request(url, { headers }), url)).toBe(page);
  });
});
