import { parseMobilePhone, isPlainDate, type PlainDate } from '@mse/domain/shared';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Random } from '../random.ts';
import { parseJson, readBounded } from './bounded-body.ts';
import { createBreaker } from './breaker.ts';

export type Fetch = typeof globalThis.fetch;

/** How one registry is called. Milliseconds, bytes, counts. */
export interface RegistryPolicy {
  /** Time for one question, its retries and its wait for a free line together. */
  timeoutMs: number;
  maxBytes: number;
  retries: number;
  /** The n-th retry waits a random time below `pauseMs` × 2ⁿ. */
  pauseMs: number;
  /** Retries allowed per question on average, so that a sick registry is not asked much more than a healthy one. */
  retryShare: number;
  inFlight: number;
  /** Questions that may wait for a free line; more are answered `silent` at once. */
  waiting: number;
  /** Answers that describe a state of longer ago are no answers. */
  maxAgeMs: number;
}

export const DEFAULT_REGISTRY_POLICY: Omit<RegistryPolicy, 'timeoutMs'> = {
  maxBytes: 256 * 1024,
  retries: 2,
  pauseMs: 100,
  retryShare: 0.1,
  inFlight: 10,
  waiting: 500,
  maxAgeMs: 24 * 3_600_000,
};

export interface HttpRegistryOptions {
  /** As logs and figures call it. */
  name: string;
  /** Address of its lookup. */
  url: string;
  token: string;
  policy: RegistryPolicy;
  /** The outside world's clock: ages of answers, pauses of the breaker. */
  clock: Clock;
  random: Random;
  log: Log;
  metrics: Metrics;
  fetch?: Fetch;
}

/** One registry behind HTTP. */
export interface HttpRegistry {
  /** The answer, checked to be of the expected shape and about this person; null when there is none to rely on. */
  lookup<Answer extends { asOf: Date }>(
    iin: string,
    shape: z.ZodType<Answer>,
    isAbout?: (answer: Answer) => boolean,
  ): Promise<Answer | null>;
  /** The same for registries that are asked about something else than a person by number. */
  question<Answer extends { asOf: Date }>(
    question: Record<string, string>,
    shape: z.ZodType<Answer>,
    /** Whether the answer is about what was asked; another one is no answer. */
    isAbout?: (answer: Answer) => boolean,
  ): Promise<Answer | null>;
  state(): { state: 'closed' | 'open' | 'half-open' | 'unknown'; lastSuccessAt: Date | null };
}

/** One question with what its answer must look like. */
interface Question<Answer> {
  asking: Record<string, string>;
  shape: z.ZodType<Answer>;
  isAbout: (answer: Answer) => boolean;
}

/** Why there is no answer; the label of the figures. */
type Silence =
  | 'unreachable'
  | 'timed-out'
  | 'server-error'
  | 'refused'
  | 'unreadable'
  | 'too-large'
  | 'outdated'
  | 'overloaded'
  | 'breaker-open';
type Attempt<Answer> = { answer: Answer } | { silence: Silence };

/** Silences after which the same question may be asked again at once; the others would only repeat themselves. */
const WORTH_A_RETRY: readonly Silence[] = ['unreachable', 'server-error'];

/** A client of one registry: time limit, few retries, breaker, bounded lines. It never throws and never says "no" by itself. */
export function httpRegistry(options: HttpRegistryOptions): HttpRegistry {
  const { name, policy, clock, random, log, metrics } = options;
  const fetch = options.fetch ?? globalThis.fetch;
  const breaker = createBreaker(() => clock.now().getTime());
  const line = boundedLine(policy.inFlight, policy.waiting);
  let lastSuccessAt: Date | null = null;
  let asked = false;
  let retriesSaved = 5;

  async function question<Answer extends { asOf: Date }>(
    asking: Record<string, string>,
    shape: z.ZodType<Answer>,
    isAbout: (answer: Answer) => boolean = () => true,
  ): Promise<Answer | null> {
    asked = true;
    const started = performance.now();
    const result = await ask({ asking, shape, isAbout }, AbortSignal.timeout(policy.timeoutMs));
    const outcome = 'answer' in result ? 'answered' : result.silence;
    metrics.registryCall(name, outcome, performance.now() - started);
    if ('answer' in result) return result.answer;
    log.warn({ registry: name, silence: result.silence }, 'registry gave no answer');
    return null;
  }

  async function ask<Answer extends { asOf: Date }>(
    asked: Question<Answer>,
    signal: AbortSignal,
  ): Promise<Attempt<Answer>> {
    retriesSaved = Math.min(10, retriesSaved + policy.retryShare);
    for (let retry = 0; ; retry += 1) {
      const result = await attempt(asked, signal);
      if (
        'answer' in result ||
        !WORTH_A_RETRY.includes(result.silence) ||
        retry >= policy.retries ||
        retriesSaved < 1
      )
        return result;
      retriesSaved -= 1;
      const waited = await pause(random.below(policy.pauseMs * 2 ** retry), signal);
      if (!waited) return { silence: 'timed-out' };
    }
  }

  async function attempt<Answer extends { asOf: Date }>(
    asked: Question<Answer>,
    signal: AbortSignal,
  ): Promise<Attempt<Answer>> {
    if (breaker.state() === 'open') return { silence: 'breaker-open' };
    const entered = await line.enter(signal);
    if (entered !== 'entered') return { silence: entered };
    try {
      if (!breaker.mayCall()) return { silence: 'breaker-open' };
      const result = await call(asked, signal);
      if ('answer' in result) {
        lastSuccessAt = clock.now();
        breaker.succeeded();
      } else {
        breaker.failed();
      }
      return result;
    } finally {
      line.leave();
    }
  }

  async function call<Answer extends { asOf: Date }>(
    asked: Question<Answer>,
    signal: AbortSignal,
  ): Promise<Attempt<Answer>> {
    let body: string | null;
    try {
      const response = await fetch(options.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: `Bearer ${options.token}`,
        },
        body: JSON.stringify({ requestId: random.id(clock.now()), ...asked.asking }),
        redirect: 'error',
        signal,
      });
      if (!response.ok) {
        await response.body?.cancel();
        return { silence: response.status >= 500 || response.status === 429 ? 'server-error' : 'refused' };
      }
      body = await readBounded(response, policy.maxBytes);
    } catch {
      return { silence: signal.aborted ? 'timed-out' : 'unreachable' };
    }
    if (body === null) return { silence: 'too-large' };
    const read = asked.shape.safeParse(parseJson(body));
    if (!read.success || !asked.isAbout(read.data)) return { silence: 'unreadable' };
    if (clock.now().getTime() - read.data.asOf.getTime() > policy.maxAgeMs) return { silence: 'outdated' };
    return { answer: read.data };
  }

  return {
    lookup: (iin, shape, isAbout) => question({ iin }, shape, isAbout),
    question,
    state: () => ({ state: asked ? breaker.state() : 'unknown', lastSuccessAt }),
  };
}

/** Waits; false when `signal` was first. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer = setTimeout(() => finish(true), milliseconds);
    const abort = () => finish(false);
    function finish(waited: boolean): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(waited);
    }
    signal.addEventListener('abort', abort);
  });
}

/** So many at a time, so many more waiting for their turn. */
function boundedLine(inFlight: number, waiting: number) {
  let inside = 0;
  const queue = new Set<() => void>();
  return {
    async enter(signal: AbortSignal): Promise<'entered' | 'overloaded' | 'timed-out'> {
      if (inside < inFlight) {
        inside += 1;
        return 'entered';
      }
      if (queue.size >= waiting) return 'overloaded';
      return new Promise((resolve) => {
        const abort = () => {
          queue.delete(turn);
          resolve('timed-out');
        };
        // Whoever leaves hands over the place, so `inside` stays as it is.
        const turn = () => {
          signal.removeEventListener('abort', abort);
          resolve('entered');
        };
        queue.add(turn);
        signal.addEventListener('abort', abort);
      });
    },
    leave(): void {
      const [next] = queue;
      if (!next) {
        inside -= 1;
        return;
      }
      queue.delete(next);
      next();
    },
  };
}

const AsOf = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const Day = z
  .string()
  .refine(isPlainDate)
  .transform((text) => text as PlainDate);
const Iin = z.string().regex(/^\d{12}$/);
const Phone = z.string().transform((text, context) => {
  const phone = parseMobilePhone(text);
  if (phone) return phone;
  context.addIssue({ code: 'custom', message: 'phone' });
  return z.NEVER;
});
const NotFound = z.object({ found: z.literal(false), asOf: AsOf });

/** Answer of the registry of persons. That it is about the person asked for is seen by whoever asked: a schema is made once, not for each question. */
export const PersonAnswer = (() => {
  const person = z.object({
    iin: Iin,
    surname: z.string().min(1).max(200),
    name: z.string().min(1).max(200),
    patronymic: z.string().max(200).nullable(),
    birthDate: Day,
    sex: z.enum(['female', 'male']),
    status: z.enum(['alive', 'dead', 'emigrated']),
    legalCapacity: z.enum(['capable', 'limited', 'incapable']),
    permanentRegistration: z
      .object({ unitCode: z.string().regex(/^\d{2,12}$/), kk: z.string().max(500), ru: z.string().max(500) })
      .nullable(),
  });
  return z.discriminatedUnion('found', [NotFound, z.object({ found: z.literal(true), asOf: AsOf, person })]);
})();

/** Answer of the base of mobile citizens. */
export const PhoneAnswer = z.object({ found: z.boolean(), asOf: AsOf, phone: Phone.nullable() });

/** Answer of the register of attached population. */
export const AttachmentAnswer = z.object({
  found: z.boolean(),
  asOf: AsOf,
  organizationBin: z
    .string()
    .regex(/^\d{12}$/)
    .nullable(),
  attachedOn: Day.nullable(),
});

const Basis = z.enum(['parent', 'guardian', 'trustee']);

/** Answer of the guardianship register. */
export const GuardianshipAnswer = z.object({
  found: z.boolean(),
  asOf: AsOf,
  wards: z
    .array(z.object({ wardIin: Iin, basis: Basis, validFrom: Day, validUntil: Day.nullable() }))
    .max(500),
  guardians: z
    .array(z.object({ guardianIin: Iin, basis: Basis, validFrom: Day, validUntil: Day.nullable() }))
    .max(500),
});

/** Answer of the consent service about one SMS. */
export const ConsentAnswer = z.object({
  found: z.boolean(),
  asOf: AsOf,
  patientIin: Iin.nullable(),
  responder: Phone.nullable(),
});

/** Answer of the system of technical means: defects for which the person has a filled questionnaire. */
export const QuestionnairesAnswer = z.object({
  found: z.boolean(),
  asOf: AsOf,
  defects: z.array(z.string().max(300)).max(500),
});

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/i);

/** Answer of the electronic document store about a file. */
export const DocumentAnswer = z.discriminatedUnion('found', [
  NotFound,
  z.object({
    found: z.literal(true),
    asOf: AsOf,
    file: z.object({ fileId: z.string(), sha256: Sha256, bytes: z.int().min(0) }),
  }),
]);

/** The content of a file, base64. */
export const DocumentContentAnswer = z.object({
  found: z.literal(true),
  asOf: AsOf,
  fileId: z.string(),
  content: z.base64(),
});
