/// <reference lib="webworker" />
/**
 * Keeps opened tickets readable without a network and after the session's end. It answers for the pages of tickets and
 * for what they are drawn with; everything else goes to the network untouched.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const TICKETS = 'tickets-1';
const LANGUAGES = ['kk', 'ru', 'en'];
const TICKET_PAGE = /^\/(kk|ru|en)\/tickets\/[A-Za-z0-9_-]{22}$/;
const PART = /^\/_app\/immutable\/|^\/icon\.svg$/;
const PATIENCE_MS = 8000;

/** The moment of saving as the page writes moments, in Kazakhstan's time. */
function savedAt(): string {
  return new Intl.DateTimeFormat('ru', {
    timeZone: 'Asia/Almaty',
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(performance.timeOrigin + performance.now())
    .replace(/[<>&]/g, '');
}

/** Keeps a page, marked as a saved copy. Session-bound parts are left out of it. */
async function keepTicket(path: string, page: Response): Promise<void> {
  const html = (await page.text())
    .replace(
      'id="saved-copy" class="notification notification--care" hidden',
      'id="saved-copy" class="notification notification--care"',
    )
    .replace('%saved-at%', savedAt())
    .replace(/<dialog id="session-warning"[\s\S]*?<\/dialog>/, '');
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
  const policy = page.headers.get('content-security-policy');
  if (policy) headers.set('content-security-policy', policy);
  const cache = await caches.open(TICKETS);
  await cache.put(path, new Response(html, { headers }));
}

async function keepParts(addresses: string[]): Promise<void> {
  const cache = await caches.open(TICKETS);
  const ours = addresses
    .map((address) => new URL(address, location.origin))
    .filter((url) => url.origin === location.origin && PART.test(url.pathname));
  await Promise.all(ours.map((url) => cache.add(url.pathname)));
}

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(TICKETS)).match(path);
}

/** The network first; the kept copy when it is silent, slow, or sends the person to sign in. */
async function ticketPage(request: Request, path: string): Promise<Response> {
  const copy = await kept(path);
  try {
    const fresh = await fetch(request, copy ? { signal: AbortSignal.timeout(PATIENCE_MS) } : {});
    if (fresh.ok) {
      await keepTicket(path, fresh.clone());
      return fresh;
    }
    const noAnswer = fresh.type === 'opaqueredirect' || fresh.status >= 500;
    return copy && noAnswer ? copy : fresh;
  } catch {
    return copy ?? (await kept(`/${path.slice(1, 3)}/offline`)) ?? Response.error();
  }
}

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(TICKETS)
      .then((cache) => cache.addAll(LANGUAGES.map((language) => `/${language}/offline`)))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== TICKETS).map((name) => caches.delete(name))),
      )
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('message', (event) => {
  const { keep, parts } = event.data as { keep?: unknown; parts?: unknown };
  if (typeof keep !== 'string' || !TICKET_PAGE.test(keep) || !Array.isArray(parts)) return;
  event.waitUntil(
    (async () => {
      const page = await fetch(keep, { redirect: 'manual' });
      if (!page.ok) return;
      await keepTicket(keep, page);
      await keepParts(parts.filter((part): part is string => typeof part === 'string'));
      event.ports[0]?.postMessage('kept');
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate' && TICKET_PAGE.test(url.pathname)) {
    event.respondWith(ticketPage(event.request, url.pathname));
  } else if (PART.test(url.pathname)) {
    event.respondWith(kept(url.pathname).then((part) => part ?? fetch(event.request)));
  }
});
