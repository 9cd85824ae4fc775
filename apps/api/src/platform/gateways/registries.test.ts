import { type RegistryName, startSimulators, type Simulators } from '@mse/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Settings } from '../../env.ts';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { secureRandom } from '../random.ts';
import { createRegistries, type Registries } from './registries.ts';

const IIN = '700101300001';
const WARD = '150101300002';
const TIMEOUT_MS = 300;

let simulators: Simulators;
let registries: Registries;
/** Added to the machine's time, for the pauses of breakers. */
let later = 0;

beforeAll(async () => {
  simulators = await startSimulators({
    registries: {
      people: [
        {
          iin: IIN,
          surname: 'Қуатова',
          name: 'Әлия',
          patronymic: null,
          birthDate: '1970-01-01',
          sex: 'female',
          status: 'alive',
          legalCapacity: 'capable',
          permanentRegistration: null,
        },
      ],
      phones: [{ iin: IIN, phone: '+77011234567' }],
      attachments: [{ iin: IIN, organizationBin: '990140000011', attachedOn: '2020-02-29' }],
      guardianships: [
        { guardianIin: IIN, wardIin: WARD, basis: 'parent', validFrom: '2020-01-01', validUntil: null },
      ],
    },
  });
});
afterAll(() => simulators.close());
beforeEach(() => {
  simulators.registries.setFault('all', { fault: 'none', rate: 1 });
  later = 0;
  registries = open(simulators.registriesToken);
});

function open(token: string): Registries {
  const settings = Settings.parse({
    DATABASE_URL: 'postgres://nowhere/none',
    REGISTRIES_URL: simulators.registriesUrl,
    REGISTRIES_TOKEN: token,
    REGISTRY_TIMEOUT_MS: TIMEOUT_MS,
  });
  return createRegistries(
    settings,
    { now: () => new Date(Date.now() + later) },
    secureRandom(),
    createLog('test', 'silent'),
    createMetrics('test'),
  );
}

const calls = (name: RegistryName = 'persons') => simulators.registries.calls()[name];
const stateOf = (name: RegistryName = 'persons') => registries.states().find((each) => each.name === name);

describe('registries over HTTP', () => {
  it('tell what they know of a person', async () => {
    expect(await registries.person(IIN)).toMatchObject({
      kind: 'found',
      value: {
        iin: IIN,
        surname: 'Қуатова',
        birthDate: '1970-01-01',
        hasPermanentRegistration: false,
        permanentRegistration: null,
      },
    });
    expect(await registries.phone(IIN)).toEqual({ kind: 'found', value: '+77011234567' });
    expect(await registries.attachment(IIN)).toEqual({
      kind: 'found',
      value: { organizationBin: '990140000011', attachedOn: '2020-02-29' },
    });
    expect(await registries.guardianship(IIN)).toEqual({
      kind: 'found',
      value: {
        wards: [{ iin: WARD, basis: 'parent', validFrom: '2020-01-01', validUntil: null }],
        guardians: [],
      },
    });
  });

  it('know nobody by an unknown number, which is an answer and not silence', async () => {
    expect(await registries.person(WARD)).toEqual({ kind: 'not-found' });
    expect(await registries.phone(WARD)).toEqual({ kind: 'not-found' });
    expect(await registries.attachment(WARD)).toEqual({ kind: 'not-found' });
    expect(stateOf()).toMatchObject({ state: 'closed' });
  });

  for (const fault of [
    'error',
    'hang',
    'slow',
    'drip',
    'garbage',
    'huge',
    'wrong-schema',
    'old-data',
  ] as const) {
    it(`T23: ${fault} reads as silence within the time limit, never as a no`, async () => {
      simulators.registries.setFault('all', { fault });
      const started = performance.now();
      const answers = await Promise.all([
        registries.person(IIN),
        registries.phone(IIN),
        registries.attachment(IIN),
        registries.guardianship(IIN),
      ]);
      expect(answers).toEqual(Array(4).fill({ kind: 'silent' }));
      expect(performance.now() - started).toBeLessThan(TIMEOUT_MS + 700);
    });
  }

  it('T23: a refused token and a dead address read as silence', async () => {
    expect(await open('wrong-token').person(IIN)).toEqual({ kind: 'silent' });
    const settings = Settings.parse({
      DATABASE_URL: 'postgres://nowhere/none',
      REGISTRIES_URL: 'http://127.0.0.1:9/registries',
    });
    const dead = createRegistries(
      settings,
      { now: () => new Date() },
      secureRandom(),
      createLog('test', 'silent'),
      createMetrics('test'),
    );
    expect(await dead.person(IIN)).toEqual({ kind: 'silent' });
  });

  it('T23: an error is asked again at most twice, a slow one not at all', async () => {
    simulators.registries.setFault('persons', { fault: 'error' });
    const before = calls();
    await registries.person(IIN);
    expect(calls() - before).toBe(3);
    simulators.registries.setFault('mobile-citizens', { fault: 'hang' });
    const beforeHang = calls('mobile-citizens');
    await registries.phone(IIN);
    expect(calls('mobile-citizens') - beforeHang).toBe(1);
  });

  it('T23: the breaker opens, spares the sick registry, and closes by one probe after ten seconds', async () => {
    simulators.registries.setFault('persons', { fault: 'garbage' });
    for (let call = 0; call < 5; call += 1) await registries.person(IIN);
    expect(stateOf()?.state).toBe('open');
    const before = calls();
    expect(await Promise.all(Array.from({ length: 50 }, () => registries.person(IIN)))).toEqual(
      Array(50).fill({ kind: 'silent' }),
    );
    expect(calls() - before).toBe(0);
    // Another registry is not held responsible.
    expect((await registries.phone(IIN)).kind).toBe('found');
    simulators.registries.setFault('persons', { fault: 'none' });
    later = 10_000;
    expect((await registries.person(IIN)).kind).toBe('found');
    expect(stateOf()?.state).toBe('closed');
  });

  it('T23: at most ten questions are out at a time; the others wait their turn and are answered', async () => {
    simulators.registries.setFault('persons', { fault: 'slow', delayMs: 30 });
    let out = 0;
    let most = 0;
    const settings = Settings.parse({
      DATABASE_URL: 'postgres://nowhere/none',
      REGISTRIES_URL: simulators.registriesUrl,
      REGISTRIES_TOKEN: simulators.registriesToken,
      REGISTRY_TIMEOUT_MS: 5000,
    });
    const counted = createRegistries(
      settings,
      { now: () => new Date() },
      secureRandom(),
      createLog('test', 'silent'),
      createMetrics('test'),
      async (...request) => {
        out += 1;
        most = Math.max(most, out);
        try {
          return await fetch(...request);
        } finally {
          out -= 1;
        }
      },
    );
    const answers = await Promise.all(Array.from({ length: 60 }, () => counted.person(IIN)));
    expect(new Set(answers.map((answer) => answer.kind))).toEqual(new Set(['found']));
    expect(most).toBeLessThanOrEqual(10);
  });

  it('T23: a sick registry is not asked much more than a healthy one', async () => {
    simulators.registries.setFault('guardianship', { fault: 'error', rate: 0.3 });
    const before = calls('guardianship');
    for (let call = 0; call < 200; call += 1) {
      later += 1_000;
      await registries.guardianship(IIN);
    }
    expect(calls('guardianship') - before).toBeLessThanOrEqual(200 * 1.1 + 10);
  });
});
