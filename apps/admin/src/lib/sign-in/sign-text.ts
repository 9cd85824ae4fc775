import type { NCALayerClient as Client } from 'ncalayer-js-client';

/** Why NCALayer did not sign. */
export type SigningProblem = 'unavailable' | 'blocked' | 'cancelled' | 'closed' | 'failed';
export type Signing = { ok: true; cms: string } | { ok: false; problem: SigningProblem };

/**
 * Asks NCALayer to sign `text` and answers the CMS in base64. It must be called from a press of the person: browsers ask
 * for permission to reach programs on the same computer, and only after a press. `onWaiting` is told when NCALayer has
 * opened its window; `stop` ends the waiting.
 */
export async function signText(
  { url, text, language }: { url: string; text: string; language: string },
  onWaiting: () => void,
  stop: AbortSignal,
): Promise<Signing> {
  const { NCALayerClient } = await import('ncalayer-js-client');
  const client = new NCALayerClient(url, false);
  // The client probes another program's address even when told not to use it; the page's policy would report that.
  client.kmdHttpApiUrl = new URL('/health', location.href).href;
  const stopped = new Promise<Signing>((resolve) => {
    stop.addEventListener('abort', () => resolve({ ok: false, problem: 'cancelled' }), { once: true });
  });
  try {
    return await Promise.race([stopped, connectAndSign(client, text, language, onWaiting)]);
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
  client: Client,
  text: string,
  language: string,
  onWaiting: () => void,
): Promise<Signing> {
  try {
    await Promise.race([client.connect(), tooLong()]);
  } catch {
    return { ok: false, problem: (await isForbidden()) ? 'blocked' : 'unavailable' };
  }
  onWaiting();
  try {
    const cms = await client.basicsSignCMS(
      null,
      toBase64(text),
      { decode: true, encapsulate: true, digested: false },
      // Keys for signing in and keys for signing both prove who holds them; the person chooses among all.
      { extKeyUsageOids: [] },
      language === 'en' ? 'en' : language === 'kk' ? 'kk' : 'ru',
    );
    return { ok: true, cms };
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
