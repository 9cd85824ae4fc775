import type { CandidateFacts, DocumentItem, Fetched } from '@mse/domain/experts';
import { plainDate } from '@mse/domain/shared';
import type { Deps } from '../src/deps.ts';
import type { Settings } from '../src/env.ts';
import type { CandidateRegistries, DataConsent } from '../src/platform/gateways/candidate-registries.ts';
import type { LifeEvent, RegistryFeeds, SickList } from '../src/platform/gateways/registry-feeds.ts';
import {
  createSkillsPlatform,
  signSkillsBody,
  type TestInvitation,
} from '../src/platform/gateways/skills-platform.ts';

type Values = { [Item in DocumentItem]: Extract<CandidateFacts[Item], { kind: 'found' }>['value'] };

/** A doctor whom nothing speaks against. */
export const GOOD_CANDIDATE: Values = {
  diploma: [
    {
      number: 'ЖБ-Б 0012345',
      specialty: 'curative-medicine',
      institution: 'С. Ж. Асфендияров атындағы ҚазҰМУ',
      issuedOn: plainDate('2010-07-01'),
      foreign: false,
      recognised: false,
    },
  ],
  experience: [
    {
      organization: 'Көкшетау қалалық емханасы',
      position: 'терапевт',
      from: plainDate('2011-08-01'),
      until: null,
      examination: false,
    },
  ],
  certificate: [
    {
      number: 'KZ-77',
      specialty: 'терапия',
      issuedOn: plainDate('2024-03-01'),
      validUntil: plainDate('2029-03-01'),
    },
  ],
  training: [
    {
      title: 'МӘС негіздері',
      organization: 'ҚазҰМУ',
      hours: 72,
      completedOn: plainDate('2025-05-20'),
      examination: true,
    },
  ],
  psychiatry: { registered: false },
  narcology: { registered: false },
  'criminal-record': { convicted: false },
};

/** Systems that know candidates, feeds and the test platform, from memory. The signatures of the platform are the real ones. */
export function candidateFakes(settings: Settings, clock: { now(): Date }) {
  const known = new Map<string, Partial<Values>>();
  const consents = new Map<string, DataConsent['kind']>();
  const silent = new Set<string>();
  const life: LifeEvent[] = [];
  const sick: SickList[] = [];
  const invitations: TestInvitation[] = [];
  let refuseInvitations = false;

  const port =
    <Item extends DocumentItem>(item: Item) =>
    (iin: string, proof: string): Promise<Fetched<Values[Item]>> => {
      if (proof !== `proof-${iin}`) throw new Error('Asked without the proof of the consent');
      const asOf = clock.now().toISOString();
      if (silent.has(item)) return Promise.resolve({ kind: 'silent' });
      const value = known.get(iin)?.[item];
      return Promise.resolve(
        value === undefined ? { kind: 'not-found', asOf } : { kind: 'found', value, asOf },
      );
    };
  const candidateRegistries = {
    consent: (iin: string): Promise<DataConsent> => {
      const kind = silent.has('consent') ? 'silent' : (consents.get(iin) ?? 'granted');
      return Promise.resolve(kind === 'granted' ? { kind, proof: `proof-${iin}` } : { kind });
    },
    diploma: port('diploma'),
    experience: port('experience'),
    certificate: port('certificate'),
    training: port('training'),
    psychiatry: port('psychiatry'),
    narcology: port('narcology'),
    'criminal-record': port('criminal-record'),
  } as CandidateRegistries;

  const pageOf = <Event extends { id: string }>(name: string, events: Event[], after: string) =>
    Promise.resolve(
      silent.has(name)
        ? { kind: 'silent' as const }
        : {
            kind: 'page' as const,
            events: events.slice(Number(after || 0)),
            cursor: String(events.length),
          },
    );
  const registryFeeds: RegistryFeeds = {
    lifeEvents: (after) => pageOf('life-events', life, after),
    sickLists: (after) => pageOf('sick-lists', sick, after),
  };
  const skills = createSkillsPlatform(settings, clock, (_url, init) => {
    if (refuseInvitations) return Promise.resolve(new Response(null, { status: 503 }));
    invitations.push(JSON.parse(Buffer.from(init?.body as Uint8Array).toString()) as TestInvitation);
    return Promise.resolve(new Response(null, { status: 204 }));
  });

  return {
    deps: { candidateRegistries, registryFeeds, skills } satisfies Partial<Deps>,
    put: (iin: string, values: Partial<Values>) => known.set(iin, values),
    consent: (iin: string, kind: DataConsent['kind']) => consents.set(iin, kind),
    silence: (...names: string[]) => names.forEach((name) => silent.add(name)),
    answerAgain: () => silent.clear(),
    life,
    sick,
    invitations,
    refuseInvitations: (refuse: boolean) => {
      refuseInvitations = refuse;
    },
    /** Headers of a genuine callback over a body. */
    signed(body: string, secondsAgo = 0) {
      const timestamp = String(Math.floor(clock.now().getTime() / 1000) - secondsAgo);
      return {
        'content-type': 'application/json',
        'x-skills-timestamp': timestamp,
        'x-skills-signature': signSkillsBody(settings.SKILLS_SECRET, timestamp, Buffer.from(body)),
      };
    },
  };
}
