import type { AccessWay, DigitalDocument } from '@mse/domain/in-person';
import { z } from 'zod';
import type { Settings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Random } from '../random.ts';
import { DEFAULT_REGISTRY_POLICY, type Fetch, type HttpRegistry, httpRegistry } from './http-registry.ts';

/** A request the service has put to the owner's registered number, or why it did not. */
type AccessAsked =
  /** `lifeMinutes` by the service's own clock. */
  | { kind: 'sent'; serviceId: string; phoneMasked: string; lifeMinutes: number }
  | { kind: 'no-number' }
  | { kind: 'silent' };

/** What became of the owner's consent. The token opens the documents once and is kept nowhere. */
export type AccessAnswer =
  | { kind: 'granted'; token: string }
  | { kind: 'wrong-code' | 'used-up' | 'expired' | 'declined' | 'waiting' | 'silent' };

/** A document as the service gives it: the exact signed data, the signature over it, and the PDF it names. */
export interface ServedDocument {
  data: string;
  signature: Buffer;
  pdf: Buffer;
}

/** FF-06: the digital documents service. Every failure reads as `silent`, never as the owner's "no". */
export interface DigitalDocumentsService {
  /** Asks the owner by the way that was chosen; nothing is sent twice, so a lost answer is not asked for again. */
  ask(question: {
    iin: string;
    documents: readonly DigitalDocument[];
    way: AccessWay;
    language: string;
  }): Promise<AccessAsked>;
  /** Hands over the one-time password the owner told; it is used up by this. */
  giveCode(serviceId: string, code: string): Promise<AccessAnswer>;
  /** Asks what the owner has replied by SMS. */
  reply(serviceId: string): Promise<AccessAnswer>;
  /** The documents a token opens; null when they could not be had. */
  documents(serviceId: string, token: string): Promise<ServedDocument[] | null>;
}

const AsOf = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const AskAnswer = z.discriminatedUnion('outcome', [
  z.object({
    asOf: AsOf,
    outcome: z.literal('sent'),
    accessId: z.string().min(8).max(100),
    phone: z.string().max(40),
    expiresAt: AsOf,
  }),
  z.object({ asOf: AsOf, outcome: z.literal('no-number') }),
]);

const ConsentAnswer = z.discriminatedUnion('outcome', [
  z.object({ asOf: AsOf, outcome: z.literal('granted'), token: z.string().min(16).max(500) }),
  z.object({
    asOf: AsOf,
    outcome: z.enum(['wrong-code', 'used-up', 'expired', 'declined', 'waiting']),
  }),
]);

const DocumentsAnswer = z.object({
  asOf: AsOf,
  accessId: z.string(),
  documents: z
    .array(
      z.object({
        data: z.string().max(20_000),
        signature: z.base64().max(100_000),
        pdf: z.base64().max(4_000_000),
      }),
    )
    .max(20),
});

/** Files are larger than answers of a registry. Bytes. */
const MAX_DOCUMENTS_BYTES = 24 * 1024 * 1024;

/**
 * The service over HTTP, each operation with its own time limit, breaker and lines. What sends an SMS or uses up a code is never
 * repeated by itself; reading is.
 */
export function createDigitalDocuments(
  settings: Settings,
  clock: Clock,
  random: Random,
  log: Log,
  metrics: Metrics,
  fetch?: Fetch,
): DigitalDocumentsService {
  const base = settings.DIGITAL_DOCUMENTS_URL.replace(/\/+$/, '');
  const operation = (path: string, changes: { retries?: number; maxBytes?: number } = {}): HttpRegistry =>
    httpRegistry({
      name: `digital-documents-${path}`,
      url: `${base}/${path}`,
      token: settings.DIGITAL_DOCUMENTS_TOKEN,
      policy: { ...DEFAULT_REGISTRY_POLICY, timeoutMs: settings.REGISTRY_TIMEOUT_MS, ...changes },
      clock,
      random,
      log,
      metrics,
      ...(fetch ? { fetch } : {}),
    });
  const ask = operation('access', { retries: 0 });
  const code = operation('code', { retries: 0 });
  const reply = operation('reply');
  const documents = operation('documents', { retries: 0, maxBytes: MAX_DOCUMENTS_BYTES });

  const consentOf = (answer: z.output<typeof ConsentAnswer> | null): AccessAnswer =>
    answer === null
      ? { kind: 'silent' }
      : answer.outcome === 'granted'
        ? { kind: 'granted', token: answer.token }
        : { kind: answer.outcome };

  return {
    async ask(question) {
      const answer = await ask.question({ ...question, documents: question.documents.join(',') }, AskAnswer);
      if (answer === null) return { kind: 'silent' };
      if (answer.outcome === 'no-number') return { kind: 'no-number' };
      return {
        kind: 'sent',
        serviceId: answer.accessId,
        phoneMasked: answer.phone,
        lifeMinutes: Math.max(0, (answer.expiresAt.getTime() - answer.asOf.getTime()) / 60_000),
      };
    },
    giveCode: async (accessId, typed) =>
      consentOf(await code.question({ accessId, code: typed }, ConsentAnswer)),
    reply: async (accessId) => consentOf(await reply.question({ accessId }, ConsentAnswer)),
    async documents(accessId, token) {
      const answer = await documents.question(
        { accessId, token },
        DocumentsAnswer,
        (given) => given.accessId === accessId,
      );
      return (
        answer?.documents.map((each) => ({
          data: each.data,
          signature: Buffer.from(each.signature, 'base64'),
          pdf: Buffer.from(each.pdf, 'base64'),
        })) ?? null
      );
    },
  };
}
