/** The registries over real HTTP. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulators, type Simulators } from '../simulators.ts';
import type { RegistryData } from './registry-data.ts';

const data: RegistryData = {
  people: [
    {
      iin: '111111111111',
      surname: 'БІРІНШІ',
      name: 'АДАМ',
      patronymic: null,
      birthDate: '1980-02-29',
      sex: 'female',
      status: 'alive',
      legalCapacity: 'capable',
      permanentRegistration: { unitCode: '111010000', kk: 'Көкшетау қ.', ru: 'г. Кокшетау' },
    },
  ],
  phones: [{ iin: '111111111111', phone: '+77011234567' }],
  attachments: [{ iin: '111111111111', organizationBin: '987654321098', attachedOn: '2020-01-01' }],
  guardianships: [
    {
      guardianIin: '111111111111',
      wardIin: '222222222222',
      basis: 'parent',
      validFrom: '2015-05-05',
      validUntil: null,
    },
  ],
};

let simulators: Simulators;
beforeEach(async () => {
  simulators = await startSimulators({ registries: data, registriesToken: 'token' });
});
afterEach(() => simulators.close());

function lookup(
  registry: string,
  iin: string,
  init: { token?: string; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(`${simulators.registriesUrl}/${registry}/lookup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${init.token ?? 'token'}` },
    body: JSON.stringify({ requestId: 'r1', iin }),
    signal: init.signal ?? null,
  });
}

async function control(path: string, body: object): Promise<Response> {
  return fetch(`${simulators.httpUrl}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('the registries', () => {
  test('each answers what it knows, with the moment of the answer', async () => {
    const person = (await (await lookup('persons', '111111111111')).json()) as { asOf: string };
    expect(person).toEqual({ found: true, asOf: expect.any(String), person: data.people[0] });
    expect(Math.abs(Date.parse(person.asOf) - Date.now())).toBeLessThan(60_000);
    expect(await (await lookup('mobile-citizens', '111111111111')).json()).toMatchObject({
      found: true,
      phone: '+77011234567',
    });
    expect(await (await lookup('attached-population', '111111111111')).json()).toMatchObject({
      found: true,
      organizationBin: '987654321098',
      attachedOn: '2020-01-01',
    });
    expect(await (await lookup('guardianship', '111111111111')).json()).toMatchObject({
      found: true,
      wards: [{ wardIin: '222222222222', basis: 'parent', validFrom: '2015-05-05', validUntil: null }],
      guardians: [],
    });
    expect(await (await lookup('guardianship', '222222222222')).json()).toMatchObject({
      found: true,
      wards: [],
      guardians: [{ guardianIin: '111111111111', basis: 'parent' }],
    });
  });

  test('a stranger is not found in any of them', async () => {
    const expected = {
      persons: { found: false },
      'mobile-citizens': { found: false, phone: null },
      'attached-population': { found: false, organizationBin: null, attachedOn: null },
      guardianship: { found: false, wards: [], guardians: [] },
    };
    for (const [registry, answer] of Object.entries(expected))
      expect(await (await lookup(registry, '999999999999')).json()).toEqual({
        ...answer,
        asOf: expect.any(String),
      });
  });

  test('without the right token, or with a wrong question, there is no answer', async () => {
    expect((await lookup('persons', '111111111111', { token: 'other' })).status).toBe(401);
    expect((await lookup('persons', '11111')).status).toBe(400);
    expect((await fetch(`${simulators.registriesUrl}/persons/lookup`)).status).toBe(404);
  });

  test('T23: errors, garbage, another shape, old data and ten megabytes can be switched on one by one', async () => {
    await control('registries', { registry: 'persons', fault: 'error' });
    expect((await lookup('persons', '111111111111')).status).toBe(500);
    expect((await lookup('guardianship', '111111111111')).status).toBe(200);
    await control('registries', { registry: 'persons', fault: 'garbage' });
    await expect((await lookup('persons', '111111111111')).json()).rejects.toThrow();
    await control('registries', { registry: 'persons', fault: 'wrong-schema' });
    expect(await (await lookup('persons', '111111111111')).json()).not.toHaveProperty('found');
    await control('registries', { registry: 'persons', fault: 'old-data' });
    const old = (await (await lookup('persons', '111111111111')).json()) as { asOf: string };
    expect(Date.parse(old.asOf)).toBeLessThan(Date.now() - 364 * 86_400_000);
    await control('registries', { registry: 'persons', fault: 'huge' });
    expect((await (await lookup('persons', '111111111111')).arrayBuffer()).byteLength).toBeGreaterThan(
      10_000_000,
    );
    await control('registries', { registry: 'all', fault: 'none' });
    expect(await (await lookup('persons', '111111111111')).json()).toMatchObject({ found: true });
  });

  test('T23: a hanging registry keeps the caller until the caller gives up', async () => {
    await control('registries', { registry: 'mobile-citizens', fault: 'hang' });
    await expect(
      lookup('mobile-citizens', '111111111111', { signal: AbortSignal.timeout(200) }),
    ).rejects.toThrow();
    // And it does not keep the simulator from stopping.
    void lookup('mobile-citizens', '111111111111').catch(() => undefined);
    await expect.poll(() => simulators.registries.calls()['mobile-citizens']).toBe(2);
  });

  test('T23: a slow registry gives the right answer late; a dripping one starts and does not end', async () => {
    await control('registries', { registry: 'persons', fault: 'slow', delayMs: 150 });
    const started = performance.now();
    expect(await (await lookup('persons', '111111111111')).json()).toMatchObject({ found: true });
    expect(performance.now() - started).toBeGreaterThan(140);
    await control('registries', { registry: 'persons', fault: 'drip' });
    const response = await lookup('persons', '111111111111', { signal: AbortSignal.timeout(500) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('T23: a fault can meet only a share of the calls, and calls are counted', async () => {
    await control('registries', { registry: 'persons', fault: 'error', rate: 0.5 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => lookup('persons', '111111111111')));
    const failed = answers.filter((each) => each.status === 500).length;
    expect(failed).toBeGreaterThan(20);
    expect(failed).toBeLessThan(80);
    expect(simulators.registries.calls().persons).toBe(100);
  });

  test('the content can be changed while it runs', async () => {
    await control('registries/data', { person: { iin: '111111111111', status: 'dead' } });
    await control('registries/data', { phone: { iin: '111111111111', phone: null } });
    await control('registries/data', {
      attachment: { iin: '111111111111', organizationBin: '111122223333' },
    });
    await control('registries/data', {
      removeGuardianship: { guardianIin: '111111111111', wardIin: '222222222222' },
    });
    expect(await (await lookup('persons', '111111111111')).json()).toMatchObject({
      person: { status: 'dead', surname: 'БІРІНШІ' },
    });
    expect(await (await lookup('mobile-citizens', '111111111111')).json()).toMatchObject({ found: false });
    expect(await (await lookup('attached-population', '111111111111')).json()).toMatchObject({
      organizationBin: '111122223333',
      attachedOn: '2020-01-01',
    });
    expect(await (await lookup('guardianship', '222222222222')).json()).toMatchObject({ found: false });
  });

  test('a change that makes no sense is refused', async () => {
    expect(
      (await control('registries/data', { person: { iin: '999999999999', status: 'alive' } })).status,
    ).toBe(400);
    expect(
      (await control('registries/data', { person: { iin: '111111111111', status: 'asleep' } })).status,
    ).toBe(400);
    expect((await control('registries/data', { phone: { iin: '111111111111', phone: '8701' } })).status).toBe(
      400,
    );
    expect((await control('registries', { registry: 'weather', fault: 'none' })).status).toBe(400);
  });
});
