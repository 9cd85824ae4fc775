import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Settings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Fetch } from './http-registry.ts';

/** RG-11: an invitation to a test. The code names the candidate to the platform and means nothing elsewhere. */
export interface TestInvitation {
  code: string;
  attempt: number;
  /** Last day, `YYYY-MM-DD`. */
  dueOn: string;
  language: string;
}

/** The test platform skills.enbek.kz. */
export interface SkillsPlatform {
  /** Tells the platform of a candidate; throws when it was not taken, so that the job is tried again. */
  invite(invitation: TestInvitation): Promise<void>;
  /** Whether a callback comes from the platform and is no older than a few minutes. */
  isGenuine(headers: { timestamp: string | null; signature: string | null }, body: Uint8Array): boolean;
}

/** How far the clocks may lie apart, and how long a copied message can be sent again at most, milliseconds. */
const TOLERANCE_MS = 5 * 60_000;
const SIGNATURE = /^v1=([0-9a-f]{64})$/;

/** `v1=` HMAC-SHA-256 over `<timestamp>.<body>` in lower-case hexadecimal; the timestamp is the sender's second since 1970. */
export function signSkillsBody(secret: string, timestamp: string, body: Uint8Array): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

/** The platform over HTTP. `clock` is the outside world's: signatures do not age by a demonstration's clock. */
export function createSkillsPlatform(
  settings: Settings,
  clock: Clock,
  fetch: Fetch = globalThis.fetch,
): SkillsPlatform {
  return {
    async invite(invitation) {
      const body = Buffer.from(JSON.stringify({ ...invitation, callbackUrl: settings.SKILLS_CALLBACK_URL }));
      const timestamp = String(Math.floor(clock.now().getTime() / 1000));
      const response = await fetch(`${settings.SKILLS_URL.replace(/\/+$/, '')}/invitations`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-skills-timestamp': timestamp,
          'x-skills-signature': signSkillsBody(settings.SKILLS_SECRET, timestamp, body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(settings.REGISTRY_TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The test platform answered ${response.status}`);
    },
    isGenuine({ timestamp, signature }, body) {
      const sent = SIGNATURE.exec(signature ?? '')?.[1];
      if (!sent || !timestamp || !/^\d{10}$/.test(timestamp)) return false;
      if (Math.abs(clock.now().getTime() - Number(timestamp) * 1000) > TOLERANCE_MS) return false;
      const right = signSkillsBody(settings.SKILLS_SECRET, timestamp, body).slice('v1='.length);
      return timingSafeEqual(Buffer.from(sent, 'hex'), Buffer.from(right, 'hex'));
    },
  };
}
