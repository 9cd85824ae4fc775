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

export interface ReceiversSimulator {
  app: Hono;
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

/** The receivers. Every call must carry `token` as a bearer token and an idempotency key. */
export function receiversSimulator(token: string): ReceiversSimulator {
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
      if (fault === 'lost-acknowledgement') return context.json({ error: 'unavailable' }, 503);
      if (fault === 'garbage') return context.html('<html><body>OK</body></html>');
      return context.json({ acknowledged: true, id: read.data.id });
    });
  }
  return {
    app,
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
