/**
 * K04, K05: keeps the list of a page fresh. Listens to the department's event stream, and after each sign of a change asks for the
 * page again and takes over its list. What somebody is working in stays as it is until they leave it; the service then answers for
 * what changed meanwhile. Without this script a link asks for the page anew.
 */
import { waitBeforeAttempt } from './backoff.ts';
import { fitRows } from './live-rows.ts';

/** A line without a sign of life for so long is dead; the service pings every 15 seconds. */
const SILENCE_MS = 40_000;
const line = document.querySelector<HTMLElement>('[data-live-line]');

if (line) {
  let source: EventSource | null = null;
  let attempt = 0;
  let heardAt = 0;
  let leaving = false;
  let asking = false;
  let askAgain = false;

  /** Shows the words of a state, and only these. */
  const show = (state: 'starting' | 'on' | 'lost' | 'signed-out') => {
    line.hidden = false;
    if (line.dataset.connection === state) return;
    line.dataset.connection = state;
    for (const words of line.querySelectorAll<HTMLElement>('[data-when]'))
      words.hidden = !words.dataset.when?.split(' ').includes(state);
  };

  /** Asks for the page and takes over its parts. */
  const refresh = async (): Promise<'reached' | 'unreachable' | 'signed-out'> => {
    try {
      const answer = await fetch(location.pathname, {
        headers: { accept: 'text/html' },
        signal: AbortSignal.timeout(8000),
      });
      if (answer.redirected) return 'signed-out';
      if (!answer.ok) return 'unreachable';
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!leaving)
        for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) take(part, fresh);
      return 'reached';
    } catch {
      return 'unreachable';
    }
  };

  /** A wish that comes while the page is being asked for is met by one more asking. */
  const heardOfChange = async () => {
    askAgain = true;
    if (asking) return;
    asking = true;
    while (askAgain && !leaving) {
      askAgain = false;
      const reach = await refresh();
      if (reach === 'signed-out') end();
      else if (reach === 'unreachable') lost();
    }
    asking = false;
  };

  const open = () => {
    const mine = new EventSource(line.dataset.events ?? '');
    source = mine;
    const heard = () => (heardAt = performance.now());
    mine.addEventListener('open', () => {
      heard();
      attempt = 0;
      show('on');
    });
    mine.addEventListener('ping', heard);
    // Comes also right after the opening, for whatever changed while nobody listened.
    mine.addEventListener('desk', () => {
      heard();
      show('on');
      void heardOfChange();
    });
    mine.addEventListener('stale', () => {
      heard();
      show('lost');
    });
    mine.addEventListener('end', end);
    mine.addEventListener('error', () => {
      if (source === mine) lost();
    });
  };

  const close = () => {
    source?.close();
    source = null;
  };
  const end = () => {
    close();
    show('signed-out');
  };
  /** Tries again by itself; the page is asked first, because only its answer says why a line does not open. */
  const lost = () => {
    if (source === null || leaving) return;
    close();
    show('lost');
    setTimeout(() => void again(), waitBeforeAttempt(attempt) * 1000);
    attempt += 1;
  };
  const again = async () => {
    const reach = await refresh();
    if (reach === 'signed-out') end();
    else if (reach === 'reached') open();
    else {
      setTimeout(() => void again(), waitBeforeAttempt(attempt) * 1000);
      attempt += 1;
    }
  };

  setInterval(() => {
    if (source && performance.now() - heardAt > SILENCE_MS) lost();
  }, 1000);
  // A form on its way brings a page of its own, and the sentence that belongs to it.
  addEventListener('submit', () => (leaving = true));
  addEventListener('pagehide', () => {
    leaving = true;
    close();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  heardAt = performance.now();
  show('starting');
  open();
}

/** Takes one part over from the fresh page. */
function take(part: HTMLElement, fresh: Document): void {
  const next = fresh.querySelector<HTMLElement>(`[data-live="${part.dataset.live}"]`);
  if (!next) return;
  // Screen readers and selections are not disturbed by what is as it was.
  if (part.innerHTML === next.innerHTML) return;
  const focused = document.activeElement;
  const scrolled = part.querySelector('.table-frame')?.scrollLeft ?? 0;
  fitRows(part, next, focused);
  const frame = part.querySelector('.table-frame');
  if (frame) frame.scrollLeft = scrolled;
  // What had the focus came anew under the same id.
  if (focused && !focused.isConnected && focused.id !== '') document.getElementById(focused.id)?.focus();
}
