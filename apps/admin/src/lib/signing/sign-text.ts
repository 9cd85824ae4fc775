import type { NCALayerClient } from 'ncalayer-js-client';

type Client = typeof NCALayerClient;

/** Why NCALayer did not sign. */
export type SigningProblem = 'unavailable' | 'blocked' | 'cancelled' | 'closed' | 'failed';
export type Signing = { ok: true; cms: string } | { ok: false; problem: SigningProblem };

/**
 * What is signed. `sign-in`: a text that says it is a sign-in; keys for signing in and keys for signing both prove who holds them, so
 * the person chooses among all, and the text travels inside. `document`: keys for signing only, and the signature stands beside the text.
 */
export type SignedThing = 'sign-in' | 'document';

const WAYS = {
  'sign-in': { encapsulate: true, extKeyUsageOids: [] },
  document: { encapsulate: false, extKeyUsageOids: ['1.3.6.1.5.5.7.3.4'] },
} as const satisfies Record<SignedThing, { encapsulate: boolean; extKeyUsageOids: readonly string[] }>;

/**
 * Asks NCALayer to sign `text` and answers the CMS in base64. `NCALayer` is the library's client: a living page loads it when it
 * is needed, a script carries it. It must be called from a press of the person: browsers ask
 * for permission to reach programs on the same computer, and only after a press. `onWaiting` is told when NCALayer has
 * opened its window; `stop` ends the waiting.
 */
export async function signText(
  NCALayer: Client,
  { url, text, language, thing }: { url: string; text: string; language: string; thing: SignedThing },
  onWaiting: () => void,
  stop: AbortSignal,
): Promise<Signing> {
  const client = new NCALayer(url, false);
  // The client probes another program's address even when told not to use it; the page's policy would report that.
  client.kmdHttpApiUrl = new URL('/health', location.href).href;
  const stopped = new Promise<Signing>((resolve) => {
    stop.addEventListener('abort', () => resolve({ ok: false, problem: 'cancelled' }), { once: true });
  });
  try {
    return await Promise.race([stopped, connectAndSign(client, { text, language, thing }, onWaiting)]);
  } finally {
    client.wsConnection?.close();
  }
}

/** Time to connect, milliseconds: the browser may be asking the person for permission meanwhile. */
const CONNECT_PATIENCE = 60_000;

function tooLong(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), CONNECT_PATIENCE));
}

async function connectAndSign(
  client: NCALayerClient,
  { text, language, thing }: { text: string; language: string; thing: SignedThing },
  onWaiting: () => void,
): Promise<Signing> {
  try {
    await Promise.race([client.connect(), tooLong()]);
  } catch {
    return { ok: false, problem: (await isForbidden()) ? 'blocked' : 'unavailable' };
  }
  onWaiting();
  try {
    const signed: string | string[] = await client.basicsSignCMS(
      null,
      toBase64(text),
      { decode: true, encapsulate: WAYS[thing].encapsulate, digested: false },
      { extKeyUsageOids: [...WAYS[thing].extKeyUsageOids] },
      language === 'en' ? 'en' : language === 'kk' ? 'kk' : 'ru',
    );
    return { ok: true, cms: Array.isArray(signed) ? (signed[0] ?? '') : signed };
  } catch (thrown) {
    if (isCancelled(thrown)) return { ok: false, problem: 'cancelled' };
    const gone = client.wsConnection === null || client.wsConnection.readyState >= WebSocket.CLOSING;
    return { ok: false, problem: gone ? 'closed' : 'failed' };
  }
}

function isCancelled(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    (thrown as { canceledByUser?: unknown }).canceledByUser === true
  );
}

/** Whether the person (or a policy) has told this browser not to reach the own computer. Unknown counts as no. */
async function isForbidden(): Promise<boolean> {
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      const permission = await navigator.permissions.query({ name: name as PermissionName });
      if (permission.state === 'denied') return true;
    } catch {
      // This browser knows no such permission.
    }
  }
  return false;
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
