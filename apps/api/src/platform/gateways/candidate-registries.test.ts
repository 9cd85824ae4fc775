import { startSimulators, type Simulators } from '@mse/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_CANDIDATE } from '../../../test/candidate-fakes.ts';
import { Settings } from '../../env.ts';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { secureRandom } from '../random.ts';
import { type CandidateRegistries, createCandidateRegistries } from './candidate-registries.ts';
import { createRegistryFeeds, type RegistryFeeds } from './registry-feeds.ts';
import { createSkillsPlatform, type SkillsPlatform } from './skills-platform.ts';

const IIN = '900101000001';
const clock = { now: () => new Date() };
let simulators: Simulators;
let registries: CandidateRegistries;
let feeds: RegistryFeeds;
let skills: SkillsPlatform;

beforeAll(async () => {
  simulators = await startSimulators({
    registriesToken: 'token',
    candidates: [
      {
        iin: IIN,
        education: GOOD_CANDIDATE.diploma,
        'labour-contracts': GOOD_CANDIDATE.experience,
        'specialist-certificates': GOOD_CANDIDATE.certificate,
        'medical-training': GOOD_CANDIDATE.training,
        psychiatry: { registered: false },
        narcology: { registered: false },
        'criminal-record': { convicted: false },
      },
    ],
  });
  const settings = Settings.parse({
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    CANDIDATE_REGISTRIES_URL: simulators.candidatesUrl,
    REGISTRIES_TOKEN: 'token',
    REGISTRY_TIMEOUT_MS: 400,
    SKILLS_URL: simulators.skillsUrl,
    SKILLS_CALLBACK_URL: 'http://127.0.0.1:9/none',
  });
  const log = createLog('test', 'silent');
  registries = createCandidateRegistries(settings, clock, secureRandom(), log, createMetrics('test'));
  feeds = createRegistryFeeds(settings, log);
  skills = createSkillsPlatform(settings, clock);
});
afterAll(() => simulators.close());
beforeEach(() => simulators.candidates.setFault('all', 'none'));

describe('systems that know a candidate', () => {
  test('RG-06: the service of consents gives the proof, and every system answers with it in its own shape', async () => {
    const consent = await registries.consent(IIN);
    if (consent.kind !== 'granted') throw new Error(consent.kind);
    expect(await registries.diploma(IIN, consent.proof)).toMatchObject({
      kind: 'found',
      value: GOOD_CANDIDATE.diploma,
    });
    expect(await registries.experience(IIN, consent.proof)).toMatchObject({
      kind: 'found',
      value: GOOD_CANDIDATE.experience,
    });
    expect(await registries.certificate(IIN, consent.proof)).toMatchObject({ kind: 'found' });
    expect(await registries.training(IIN, consent.proof)).toMatchObject({ kind: 'found' });
    for (const item of ['psychiatry', 'narcology'] as const)
      expect(await registries[item](IIN, consent.proof)).toMatchObject({
        kind: 'found',
        value: { registered: false },
      });
    expect(await registries['criminal-record'](IIN, consent.proof)).toMatchObject({
      kind: 'found',
      value: { convicted: false },
    });
    // Without the proof the system says nothing, and nothing is no "no".
    expect(await registries.narcology(IIN, 'another proof')).toEqual({ kind: 'silent' });
  });

  test.each(['error', 'hang', 'garbage', 'wrong-schema', 'old-data'] as const)(
    'RG-08, T23: a system with "%s" is silent, never a no, and keeps nobody waiting',
    async (fault) => {
      const consent = await registries.consent(IIN);
      if (consent.kind !== 'granted') throw new Error(consent.kind);
      simulators.candidates.setFault('psychiatry', fault);
      const started = performance.now();
      expect(await registries.psychiatry(IIN, consent.proof)).toEqual({ kind: 'silent' });
      expect(performance.now() - started).toBeLessThan(3000);
      expect((await registries.diploma(IIN, consent.proof)).kind).toBe('found');
    },
  );

  test('RG-31, T23: a feed is read on from its cursor; a broken one is silent', async () => {
    simulators.candidates.lifeEvent({ iin: IIN, kind: 'death', on: '2026-11-01' });
    const page = await feeds.lifeEvents('');
    expect(page).toMatchObject({ kind: 'page', events: [{ iin: IIN, kind: 'death' }] });
    if (page.kind === 'page') expect(await feeds.lifeEvents(page.cursor)).toMatchObject({ events: [] });
    for (const fault of ['error', 'garbage', 'wrong-schema', 'hang'] as const) {
      simulators.candidates.setFault('sick-lists', fault);
      expect(await feeds.sickLists('')).toEqual({ kind: 'silent' });
    }
  });

  test('RG-11: the platform takes a signed invitation', async () => {
    const code = 'B'.repeat(22);
    await skills.invite({ code, attempt: 1, dueOn: '2026-12-03', language: 'kk' });
    expect(simulators.skills.invitations().map((each) => each.code)).toContain(code);
  });
});
