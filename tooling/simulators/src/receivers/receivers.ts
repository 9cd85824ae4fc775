/** The systems the product tells things: the Ministry of Health's gateway and five more, with faults to switch on and an inbox. */
import { Hono } from 'hono';
import { z } from 'zod';

export const receiverNames = [
  'health-ministry',
  'service-monitoring',
  'e-sobes',
  'labour-market',
  'military-body',
  'benefits',
] as const;
export type ReceiverName = (typeof receiverNames)[number];

export const receiverFaults = [
  'none',
  /** HTTP 500, nothing kept. */
  'error',
  /** Takes the message and never answers. */
  'hang',
  /** HTTP 422: reads the message and will not have it. */
  'refuse',
  /** HTTP 200 with something that is not JSON. */
  'garbage',
  /** Keeps the message, then answers HTTP 503: the acknowledgement is lost. */
  'lost-acknowledgement',
] as const;
export type ReceiverFault = (typeof receiverFaults)[number];

/** A message a receiver holds. */
export interface ReceivedMessage {
  destination: ReceiverName;
  id: string;
  kind: string;
  onceKey: string;
  createdAt: string;
  receivedAt: Date;
  payload: Record<string, unknown>;
  /** How often it came; more than once after a lost acknowledgement. */
  deliveries: number;
}

/** What a programme system says of a measure (PX-56). */
export const reportStates = ['planned', 'under-way', 'done', 'not-done'] as const;
export type ReportState = (typeof reportStates)[number];

/** Where and by which tokens programme systems report what they carry out. */
export interface Callback {
  url: string;
  tokens: Record<'e-sobes' | 'labour-market', string>;
}

/** A programme the product has handed over: an act, and the measures of one part. */
const Programme = z.object({ actNo: z.string(), measures: z.array(z.string()) });

export interface ReceiversSimulator {
  app: Hono;
  /** Reports how far the measures of an act are, as the system that was told of it; the statuses of the answers, null when none was. */
  report(actNo: string, state: ReportState): Promise<number[] | null>;
  setFault(receiver: ReceiverName | 'all', fault: ReceiverFault): void;
  faults(): Record<ReceiverName, ReceiverFault>;
  /** Newest first. */
  inbox(receiver?: ReceiverName): ReceivedMessage[];
  clear(): void;
  close(): void;
}

const Delivery = z.strictObject({
  id: z.uuid(),
  kind: z.string().min(1).max(100),
  createdAt: z.iso.datetime(),
  payload: z.record(z.string(), z.unknown()),
});

const KEPT = 5_000;

const isProgramme = (destination: ReceiverName, kind: string) =>
  (destination === 'e-sobes' || destination === 'labour-market') && kind === 'programme.approved';

/** The receivers. Every call must carry `token` as a bearer token and an idempotency key. */
export function receiversSimulator(token: string, callback: Callback | null = null): ReceiversSimulator {
  const faults = Object.fromEntries(receiverNames.map((name) => [name, 'none'])) as Record<
    ReceiverName,
    ReceiverFault
  >;
  const held = new Map<string, ReceivedMessage>();
  const hanging = new Set<() => void>();
  const app = new Hono();
  for (const destination of receiverNames) {
    app.post(`/${destination}/messages`, async (context) => {
      if (context.req.header('authorization') !== `Bearer ${token}`)
        return context.json({ error: 'unauthorized' }, 401);
      const fault = faults[destination];
      if (fault === 'error') return context.json({ error: 'internal' }, 500);
      if (fault === 'hang') {
        await new Promise<void>((resolve) => {
          hanging.add(resolve);
          context.req.raw.signal.addEventListener('abort', () => resolve());
        });
        return context.json({ error: 'gateway-timeout' }, 504);
      }
      const onceKey = context.req.header('idempotency-key');
      const read = Delivery.safeParse(await context.req.json().catch(() => null));
      if (!read.success || !onceKey || fault === 'refuse')
        return context.json({ error: 'unprocessable' }, 422);
      const key = `${destination} ${onceKey}`;
      const known = held.get(key);
      if (known) known.deliveries += 1;
      else held.set(key, { destination, onceKey, receivedAt: new Date(), deliveries: 1, ...read.data });
      const oldest = held.size > KEPT ? held.keys().next().value : undefined;
      if (oldest !== undefined) held.delete(oldest);
      // A system that takes a programme over says by itself that it is planned, a moment later and once.
      if (!known && isProgramme(destination, read.data.kind))
        setTimeout(() => void reportOne(key, 'planned').catch(() => undefined), 500).unref();
      if (fault === 'lost-acknowledgement') return context.json({ error: 'unavailable' }, 503);
      if (fault === 'garbage') return context.html('<html><body>OK</body></html>');
      return context.json({ acknowledged: true, id: read.data.id });
    });
  }
  /** One report for each measure of a held message; the same state of the same measure has the same id, however often it is sent. */
  async function reportOne(key: string, state: ReportState): Promise<number[]> {
    const message = held.get(key);
    const programme = Programme.safeParse(message?.payload);
    if (!callback || !message || !programme.success) return [];
    const { actNo, measures } = programme.data;
    const source = message.destination as 'e-sobes' | 'labour-market';
    const statuses: number[] = [];
    for (const [index, measure] of measures.entries()) {
      const answer = await fetch(callback.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${callback.tokens[source]}`,
        },
        body: JSON.stringify({
          messageId: `${message.id}:${index + 1}:${state}`,
          actNo,
          measure,
          state,
          on: state === 'planned' ? null : new Date().toISOString().slice(0, 10),
          note: '',
        }),
        signal: AbortSignal.timeout(10_000),
      });
      await answer.body?.cancel();
      statuses.push(answer.status);
    }
    return statuses;
  }

  return {
    app,
    async report(actNo, state) {
      const keys = [...held]
        .filter(
          ([, { destination, kind, payload }]) =>
            isProgramme(destination, kind) && Programme.safeParse(payload).data?.actNo === actNo,
        )
        .map(([key]) => key);
      if (keys.length === 0) return null;
      return (await Promise.all(keys.map((key) => reportOne(key, state)))).flat();
    },
    setFault(receiver, fault) {
      for (const name of receiverNames) if (receiver === 'all' || receiver === name) faults[name] = fault;
    },
    faults: () => ({ ...faults }),
    inbox: (receiver) =>
      [...held.values()]
        .filter(({ destination }) => receiver === undefined || destination === receiver)
        .reverse(),
    clear: () => held.clear(),
    close() {
      for (const finish of hanging) finish();
    },
  };
}
