import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { parseJson, readBounded } from './bounded-body.ts';
import type { Fetch } from './http-registry.ts';

/** What is to be signed on the phone. */
export interface TextToSign {
  text: string;
  /** Short words above the text on the phone, with the code to compare. */
  title: string;
}

/** A signing the gateway knows. */
export interface OpenedSigning {
  /** Opens the program of the phone. */
  link: string;
  dataUrl: string;
  signUrl: string;
}

/** `silent`: the gateway gave no answer to rely on before the time was over. */
export type SigningOutcome = { kind: 'signed'; cms: string } | { kind: 'declined' } | { kind: 'silent' };

/** C05: the way to a person's phone. Whatever it brings back is verified like a signature from anywhere else. */
export interface MobileSigning {
  /** Asks for a new signing; null when the gateway is silent, so that other ways can be offered at once (T21). */
  register(title: string): Promise<OpenedSigning | null>;
  /** Hands the text over and waits for the person, at most `lifeMs` milliseconds. `opened` is called when the phone has the text. */
  follow(
    signing: OpenedSigning,
    asked: TextToSign,
    lifeMs: number,
    opened: () => Promise<void>,
  ): Promise<SigningOutcome>;
  /** Stops waiting for everybody. */
  close(): void;
}

export interface MobileSigningOptions {
  /** Address of the gateway without a slash at the end. */
  url: string;
  /** Time to register, milliseconds. */
  timeoutMs: number;
  log: Log;
  metrics: Metrics;
  fetch?: Fetch;
  /** Pause after a question without an answer, milliseconds. */
  pauseMs?: number;
}

const MAX_BYTES = 512 * 1024;
/** The gateway keeps a question open until something happens; after this it is asked anew. */
const LONG_POLL_MS = 60_000;
/** People waited for at a time by one process: each holds a connection. */
const MAX_FOLLOWED = 2000;

const WebAddress = z.url({ protocol: /^https?$/ });
const Registered = z.object({ dataURL: WebAddress, signURL: WebAddress, eGovMobileLaunchLink: WebAddress });
const Signed = z.object({
  documentsToSign: z
    .array(z.object({ document: z.object({ file: z.object({ data: z.base64().min(1).max(200_000) }) }) }))
    .length(1),
});
const Declined = z.object({ status: z.literal('canceled') });

/** An answer of the gateway, read; `wait` means "ask again". */
type Answer = { body: unknown } | 'wait' | 'no';

/** Signing through eGov Mobile by the protocol of SIGEX: register, hand the document over, wait for its signature. */
export function egovMobileSigning(options: MobileSigningOptions): MobileSigning {
  const { log, metrics, pauseMs = 1000 } = options;
  const fetch = options.fetch ?? globalThis.fetch;
  const closing = new AbortController();
  let followed = 0;

  async function call(url: string, body: object | null, signal: AbortSignal): Promise<Answer> {
    try {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: 'error',
        signal,
      });
      if (!response.ok) {
        await response.body?.cancel();
        return response.status >= 500 || response.status === 408 || response.status === 429 ? 'wait' : 'no';
      }
      const text = await readBounded(response, MAX_BYTES);
      return text === null ? 'no' : { body: parseJson(text) };
    } catch {
      return 'wait';
    }
  }

  /** Asks until there is an answer, a final "no", or the time is over. */
  async function persist(url: string, body: object | null, life: AbortSignal): Promise<Answer> {
    while (!life.aborted) {
      const answer = await call(url, body, AbortSignal.any([life, AbortSignal.timeout(LONG_POLL_MS)]));
      if (answer !== 'wait') return answer;
      await pause(pauseMs, undefined, { signal: life }).catch(() => undefined);
    }
    return 'no';
  }

  return {
    async register(title) {
      const started = performance.now();
      const done = (outcome: string) =>
        metrics.registryCall('egov-mobile', outcome, performance.now() - started);
      if (followed >= MAX_FOLLOWED) {
        done('overloaded');
        return null;
      }
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(options.timeoutMs)]);
      const answer = await call(`${options.url}/api/egovQr`, { description: title }, signal);
      const read = typeof answer === 'string' ? null : Registered.safeParse(answer.body);
      const opened = read?.success ? read.data : null;
      // We send texts and wait for signatures only where we registered, whatever the answer names.
      const home = new URL(options.url).origin;
      if (!opened || [opened.dataURL, opened.signURL].some((url) => new URL(url).origin !== home)) {
        done(read ? 'unreadable' : 'unreachable');
        log.warn('eGov Mobile gateway gave no answer');
        return null;
      }
      done('answered');
      return { link: opened.eGovMobileLaunchLink, dataUrl: opened.dataURL, signUrl: opened.signURL };
    },

    async follow(signing, { text, title }, lifeMs, opened) {
      followed += 1;
      const life = AbortSignal.any([closing.signal, AbortSignal.timeout(lifeMs)]);
      try {
        const names = { nameRu: title, nameKz: title, nameEn: title };
        const file = { mime: '', data: Buffer.from(text, 'utf8').toString('base64') };
        const documentsToSign = [{ id: 1, ...names, meta: [], document: { file } }];
        const handed = await persist(signing.dataUrl, { signMethod: 'CMS_SIGN_ONLY', documentsToSign }, life);
        if (typeof handed === 'string') return { kind: 'silent' };
        if (Declined.safeParse(handed.body).success) return { kind: 'declined' };
        await opened();
        const answer = await persist(signing.signUrl, null, life);
        if (typeof answer === 'string') return { kind: 'silent' };
        if (Declined.safeParse(answer.body).success) return { kind: 'declined' };
        const signed = Signed.safeParse(answer.body);
        const cms = signed.success ? signed.data.documentsToSign[0]?.document.file.data : undefined;
        return cms ? { kind: 'signed', cms } : { kind: 'silent' };
      } finally {
        followed -= 1;
      }
    },

    close: () => closing.abort(),
  };
}
