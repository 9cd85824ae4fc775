import type { CandidateFacts, DocumentItem, Fetched } from '@mse/domain/experts';
import { isPlainDate, type PlainDate } from '@mse/domain/shared';
import { z } from 'zod';
import type { Settings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Random } from '../random.ts';
import { DEFAULT_REGISTRY_POLICY, type Fetch, type HttpRegistry, httpRegistry } from './http-registry.ts';

/** RG-06: what the personal data access control service (КДП) says: the person let the systems be asked, has not answered yet, or said no. */
export type DataConsent = { kind: 'granted'; proof: string } | { kind: 'waiting' | 'declined' | 'silent' };

/**
 * RG-06: the systems that know a candidate, one port each; every question carries the proof of the person's consent. `silent` = no
 * usable answer in time; it is never read as a "no".
 */
export type CandidateRegistries = {
  consent(iin: string): Promise<DataConsent>;
} & {
  [Item in DocumentItem]: (iin: string, proof: string) => Promise<CandidateFacts[Item]>;
};

/** Under which name each system answers. Work experience comes from the unified system of record of labour contracts (ЕСУТД). */
const SYSTEMS: Record<DocumentItem | 'consent', string> = {
  consent: 'data-consent',
  diploma: 'education',
  experience: 'labour-contracts',
  certificate: 'specialist-certificates',
  training: 'medical-training',
  psychiatry: 'psychiatry',
  narcology: 'narcology',
  'criminal-record': 'criminal-record',
};

const AsOf = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const Day = z
  .string()
  .refine(isPlainDate)
  .transform((text) => text as PlainDate);
const Text = z.string().max(500);

const ConsentAnswer = z.discriminatedUnion('state', [
  z.object({ asOf: AsOf, state: z.literal('granted'), proof: z.string().min(8).max(500) }),
  z.object({ asOf: AsOf, state: z.enum(['waiting', 'declined']) }),
]);

function answerOf<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion('found', [
    z.object({ found: z.literal(false), asOf: AsOf }),
    z.object({ found: z.literal(true), asOf: AsOf, value }),
  ]);
}

const VALUES = {
  diploma: z
    .array(
      z.object({
        number: Text,
        specialty: Text,
        institution: Text,
        issuedOn: Day,
        foreign: z.boolean(),
        recognised: z.boolean(),
      }),
    )
    .max(50),
  experience: z
    .array(
      z.object({
        organization: Text,
        position: Text,
        from: Day,
        until: Day.nullable(),
        examination: z.boolean(),
      }),
    )
    .max(500),
  certificate: z
    .array(z.object({ number: Text, specialty: Text, issuedOn: Day, validUntil: Day.nullable() }))
    .max(100),
  training: z
    .array(
      z.object({
        title: Text,
        organization: Text,
        hours: z.number().min(0).max(5000),
        completedOn: Day,
        examination: z.boolean(),
      }),
    )
    .max(500),
  psychiatry: z.object({ registered: z.boolean() }),
  narcology: z.object({ registered: z.boolean() }),
  'criminal-record': z.object({ convicted: z.boolean() }),
} as const;

/** The systems over HTTP, each with its own time limit and breaker; they follow the outside world's clock. */
export function createCandidateRegistries(
  settings: Settings,
  clock: Clock,
  random: Random,
  log: Log,
  metrics: Metrics,
  fetch?: Fetch,
): CandidateRegistries {
  const base = (settings.CANDIDATE_REGISTRIES_URL ?? settings.REGISTRIES_URL).replace(/\/+$/, '');
  const open = (name: string): HttpRegistry =>
    httpRegistry({
      name,
      url: `${base}/${name}/lookup`,
      token: settings.REGISTRIES_TOKEN,
      policy: { ...DEFAULT_REGISTRY_POLICY, timeoutMs: settings.REGISTRY_TIMEOUT_MS },
      clock,
      random,
      log,
      metrics,
      ...(fetch ? { fetch } : {}),
    });
  const port = <Shape extends z.ZodType>(item: DocumentItem, value: Shape) => {
    const registry = open(SYSTEMS[item]);
    const shape = answerOf(value);
    return async (iin: string, proof: string): Promise<Fetched<z.output<Shape>>> => {
      const answer = await registry.question({ iin, consent: proof }, shape);
      if (!answer) return { kind: 'silent' };
      const asOf = answer.asOf.toISOString();
      return 'value' in answer
        ? { kind: 'found', value: answer.value as z.output<Shape>, asOf }
        : { kind: 'not-found', asOf };
    };
  };
  const consent = open(SYSTEMS.consent);
  return {
    async consent(iin) {
      const answer = await consent.lookup(iin, ConsentAnswer);
      if (!answer) return { kind: 'silent' };
      return answer.state === 'granted' ? { kind: 'granted', proof: answer.proof } : { kind: answer.state };
    },
    diploma: port('diploma', VALUES.diploma),
    experience: port('experience', VALUES.experience),
    certificate: port('certificate', VALUES.certificate),
    training: port('training', VALUES.training),
    psychiatry: port('psychiatry', VALUES.psychiatry),
    narcology: port('narcology', VALUES.narcology),
    'criminal-record': port('criminal-record', VALUES['criminal-record']),
  };
}
