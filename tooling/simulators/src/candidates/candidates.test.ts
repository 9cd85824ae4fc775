/** The systems of candidates, the feeds and the test platform over real HTTP, against the product's own clients. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulators, type Simulators } from '../simulators.ts';

let simulators: Simulators;
beforeEach(async () => {
  simulators = await startSimulators({
    registriesToken: 'token',
    candidates: [{ iin: '111111111111', consent: 'granted', narcology: { registered: false } }],
  });
});
afterEach(() => simulators.close());

const ask = (system: string, iin: string, consent?: string, token = 'token') =>
  fetch(`${simulators.candidatesUrl}/${system}/lookup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ requestId: 'r', iin, ...(consent ? { consent } : {}) }),
  });
const control = (path: string, body: object) =>
  fetch(`${simulators.httpUrl}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('systems that know candidates', () => {
  test('RG-06: without the proof of the consent nothing is said; with it each system says what it knows', async () => {
    expect((await ask('narcology', '111111111111')).status).toBe(403);
    expect((await ask('narcology', '111111111111', 'kdp-other')).status).toBe(403);
    expect((await ask('data-consent', '111111111111', undefined, 'other')).status).toBe(401);
    const { proof } = (await (await ask('data-consent', '111111111111')).json()) as { proof: string };
    expect(await (await ask('narcology', '111111111111', proof)).json()).toMatchObject({
      found: true,
      value: { registered: false },
    });
    expect(await (await ask('education', '111111111111', proof)).json()).toMatchObject({ found: false });
    await control('candidates', { candidate: { iin: '111111111111', consent: 'declined' } });
    expect(await (await ask('data-consent', '111111111111')).json()).toMatchObject({ state: 'declined' });
  });

  test('T23: errors, garbage and another shape can be switched on one by one', async () => {
    const { proof } = (await (await ask('data-consent', '111111111111')).json()) as { proof: string };
    await control('candidates', { fault: { part: 'psychiatry', fault: 'error' } });
    expect((await ask('psychiatry', '111111111111', proof)).status).toBe(500);
    await control('candidates', { fault: { part: 'psychiatry', fault: 'garbage' } });
    await expect((await ask('psychiatry', '111111111111', proof)).json()).rejects.toThrow();
    expect((await ask('narcology', '111111111111', proof)).status).toBe(200);
    expect((await control('candidates', { fault: { part: 'weather', fault: 'none' } })).status).toBe(400);
  });

  test('RG-31: feeds are read on from where the last reading ended', async () => {
    const read = async (name: string, after: string) =>
      (await (
        await fetch(`${simulators.candidatesUrl}/feeds/${name}?after=${after}`, {
          headers: { authorization: 'Bearer token' },
        })
      ).json()) as { events: { id: string }[]; cursor: string };
    expect(await read('life-events', '')).toEqual({ events: [], cursor: '0' });
    await control('candidates', { lifeEvent: { iin: '111111111111', kind: 'death', on: '2026-11-01' } });
    const page = await read('life-events', '0');
    expect(page).toMatchObject({ events: [{ id: 'life-events-1', kind: 'death' }], cursor: '1' });
    expect((await read('life-events', page.cursor)).events).toEqual([]);
  });
});

describe('the test platform', () => {
  test('RG-13: takes only signed invitations and tells a result by a signed callback', async () => {
    const heard: { headers: Record<string, unknown>; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        heard.push({ headers: request.headers, body });
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const code = 'A'.repeat(22);
    const invitation = JSON.stringify({ code, attempt: 1, dueOn: '2026-12-03', language: 'kk', callbackUrl });
    const { createHmac } = await import('node:crypto');
    const sign = (secret: string) =>
      `v1=${createHmac('sha256', secret).update(`1.${invitation}`).digest('hex')}`;
    const invite = (secret: string) =>
      fetch(`${simulators.skillsUrl}/invitations`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-skills-timestamp': '1',
          'x-skills-signature': sign(secret),
        },
        body: invitation,
      });
    expect((await invite('wrong')).status).toBe(401);
    expect((await control('skills/finish', { code, percent: '80.00' })).status).toBe(404);
    expect((await invite('demo-skills-demo-skills-demo-skills')).status).toBe(204);
    expect(await (await control('skills/finish', { code, percent: '80.00', times: 2 })).json()).toEqual({
      statuses: [200, 200],
    });
    expect(heard).toHaveLength(2);
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({
      code,
      attempt: 1,
      percent: '80.00',
      proctoring: 'positive',
    });
    expect(heard[0]?.headers['x-skills-signature']).toMatch(/^v1=[0-9a-f]{64}$/);
    server.close();
  });
});
