import { OUTBOUND_DESTINATIONS, type OutboundDestination } from '@mse/db/schema';
import { z } from 'zod';
import type { Settings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { parseJson, readBounded } from './bounded-body.ts';
import { createBreaker } from './breaker.ts';
import type { Fetch } from './http-registry.ts';

/** One message as a receiving system gets it. */
export interface OutboundDelivery {
  id: string;
  kind: string;
  /** The receiver takes two deliveries with one key for one message. */
  onceKey: string;
  createdAt: Date;
  payload: Record<string, unknown>;
}

/** `refused`: the receiver read the message and will not take it, however often it comes. `silent`: nothing to rely on. */
export type DeliveryOutcome =
  { kind: 'acknowledged' } | { kind: 'refused'; why: string } | { kind: 'silent'; why: string };

/** The systems we tell things (IN-08, PX-34, PX-51, PX-54, PX-55, PX-57), one port each. It never throws. */
export interface Receivers {
  deliver(destination: OutboundDestination, message: OutboundDelivery): Promise<DeliveryOutcome>;
  /** For the health page. */
  states(): {
    name: OutboundDestination;
    state: 'closed' | 'open' | 'half-open' | 'unknown';
    lastSuccessAt: Date | null;
  }[];
}

const MAX_BYTES = 64 * 1024;

/** Answers that say the message itself is at fault; sending it again would only repeat them. */
const REFUSALS = [400, 409, 413, 415, 422];

const Acknowledgement = z.object({ acknowledged: z.literal(true), id: z.string() });

/** The receivers over HTTP, each with its own breaker. `clock` is the outside world's, never a moved one. */
export function createReceivers(
  settings: Settings,
  clock: Clock,
  log: Log,
  metrics: Metrics,
  fetch: Fetch = globalThis.fetch,
): Receivers {
  const base = settings.RECEIVERS_URL.replace(/\/+$/, '');
  const own: Partial<Record<OutboundDestination, string | undefined>> = {
    'health-ministry': settings.RECEIVER_HEALTH_MINISTRY_URL,
    'service-monitoring': settings.RECEIVER_SERVICE_MONITORING_URL,
    'e-sobes': settings.RECEIVER_E_SOBES_URL,
    'labour-market': settings.RECEIVER_LABOUR_MARKET_URL,
    'military-body': settings.RECEIVER_MILITARY_BODY_URL,
    benefits: settings.RECEIVER_BENEFITS_URL,
  };
  const ports = new Map(
    OUTBOUND_DESTINATIONS.map((destination) => [
      destination,
      {
        url: `${own[destination]?.replace(/\/+$/, '') ?? `${base}/${destination}`}/messages`,
        breaker: createBreaker(() => clock.now().getTime()),
        lastSuccessAt: null as Date | null,
        asked: false,
      },
    ]),
  );

  async function call(url: string, message: OutboundDelivery): Promise<DeliveryOutcome> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: `Bearer ${settings.RECEIVERS_TOKEN}`,
          'idempotency-key': message.onceKey,
        },
        body: JSON.stringify({
          id: message.id,
          kind: message.kind,
          createdAt: message.createdAt.toISOString(),
          payload: message.payload,
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(settings.RECEIVER_TIMEOUT_MS),
      });
      if (!response.ok) {
        await response.body?.cancel();
        return REFUSALS.includes(response.status)
          ? { kind: 'refused', why: `refused-${response.status}` }
          : { kind: 'silent', why: `http-${response.status}` };
      }
      const body = await readBounded(response, MAX_BYTES);
      const read = Acknowledgement.safeParse(body === null ? null : parseJson(body));
      // An acknowledgement of something else acknowledges nothing.
      return read.success && read.data.id === message.id
        ? { kind: 'acknowledged' }
        : { kind: 'silent', why: 'unreadable' };
    } catch {
      return { kind: 'silent', why: 'unreachable' };
    }
  }

  return {
    async deliver(destination, message) {
      const port = ports.get(destination);
      if (!port) return { kind: 'refused', why: 'unknown-destination' };
      port.asked = true;
      if (!port.breaker.mayCall()) return { kind: 'silent', why: 'breaker-open' };
      const started = performance.now();
      const outcome = await call(port.url, message);
      metrics.registryCall(`receiver-${destination}`, outcome.kind, performance.now() - started);
      if (outcome.kind === 'silent') {
        port.breaker.failed();
        log.warn({ receiver: destination, why: outcome.why }, 'receiver gave no acknowledgement');
      } else {
        port.breaker.succeeded();
        port.lastSuccessAt = clock.now();
      }
      return outcome;
    },
    states: () =>
      [...ports].map(([name, { asked, breaker, lastSuccessAt }]) => ({
        name,
        state: asked ? breaker.state() : 'unknown',
        lastSuccessAt,
      })),
  };
}
