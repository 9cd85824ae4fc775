import type { VisitEvent } from '@mse/domain/queue';
import { deserialize } from '$app/forms';
import type { DeskWords } from '#lib/server/desk-words.ts';
import { freshId } from '#lib/chance.ts';
import { fill } from '#lib/words.ts';
import { waitBeforeAttempt } from './backoff.ts';
import { isCarriedOut } from './day-model.ts';
import { Outbox, type SendOutcome } from './outbox.ts';
import { dayAt, timeAt } from './service-clock.ts';
import type { DeskDay, PendingChange, Row } from './types.ts';

/** `starting` until the first event stream is open; `stale` when the service itself has lost its line to the data. */
export type Connection = 'starting' | 'on' | 'stale' | 'lost' | 'signed-out';
/** What a reload of the rows met. */
export type Reach = 'reached' | 'unreachable' | 'signed-out';

interface LiveOptions {
  words: DeskWords;
  personId: string;
  /** Address of the page's event stream. */
  events: string;
  /** Address of the form action that changes a visit. */
  change: string;
  /** Loads the rows anew; the page shows them by itself. */
  reload(): Promise<Reach>;
  /** The rows the page shows. */
  day(): DeskDay;
  /** A press was carried out; the rows that say so are still on their way. */
  carriedOut(change: PendingChange): void;
}

/** A line without a sign of life for so long is dead; the service pings every 15 seconds. */
const SILENCE_MS = 40_000;
/** Longest wait for the answer to a press. */
const PATIENCE_MS = 8000;

/**
 * The living day queue: the event stream with its reconnection, the service's clock, and the clerk's presses, which are
 * sent in order and kept while there is no line. Only own changes are announced.
 */
export class DeskLive {
  connection = $state<Connection>('starting');
  /** Seconds until the next attempt to connect. */
  retryIn = $state(0);
  pending = $state.raw<readonly PendingChange[]>([]);
  /** Said politely to screen readers and shown: what became of the clerk's own presses. */
  said = $state('');
  problem = $state<string | null>(null);
  /** The service's clock, milliseconds. Moved on by the time that passed here, never read from the computer's clock. */
  now = $state(0);

  #options: LiveOptions;
  #outbox: Outbox | null = null;
  #source: EventSource | null = null;
  #attempt = 0;
  #heardAt = 0;
  #clock = { server: 0, here: 0 };
  #reconnecting = false;
  #reloading = false;
  #reloadAgain = false;
  #refusedTwice: PendingChange[] = [];
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.setClock(options.day().serverTime);
  }

  /** Sets the clock by the service's time of newly loaded rows. */
  setClock(serverTime: string): void {
    this.#clock = {
      server: Date.parse(serverTime),
      here: typeof performance === 'undefined' ? 0 : performance.now(),
    };
    this.now = this.#clock.server;
  }

  /** Opens the line; answers the function that closes everything. */
  start(): () => void {
    const { words } = this.#options;
    this.#outbox = new Outbox(localStorage, this.#options.personId, {
      changed: (pending) => (this.pending = pending),
      done: (change) => {
        this.#options.carriedOut(change);
        this.say(fill(words.done[change.event], { ticket: change.ticketNo, room: change.room ?? '' }));
      },
      stale: (change) =>
        (this.problem = fill(words.connection.stale, {
          ticket: change.ticketNo,
          action: words.action[change.event],
        })),
      refused: (change, refusal) => this.#refused(change, refusal),
    });
    this.pending = this.#outbox.pending();
    const onOnline = () => this.retryNow();
    const onOffline = () => this.#lost();
    const onVisible = () => {
      if (document.visibilityState === 'visible' && this.connection === 'lost') this.retryNow();
    };
    const onStorage = () => (this.pending = this.#outbox?.pending() ?? []);
    addEventListener('online', onOnline);
    addEventListener('offline', onOffline);
    addEventListener('storage', onStorage);
    document.addEventListener('visibilitychange', onVisible);
    this.#ticker = setInterval(() => this.#tick(), 1000);
    this.#open();
    return () => {
      removeEventListener('online', onOnline);
      removeEventListener('offline', onOffline);
      removeEventListener('storage', onStorage);
      document.removeEventListener('visibilitychange', onVisible);
      clearInterval(this.#ticker);
      this.#source?.close();
    };
  }

  /** A clerk's press. It is written down first, then sent; without a line it waits. */
  async press(row: Row, event: VisitEvent, room: string | null): Promise<void> {
    if (!row.visitId || !this.#outbox) return;
    if (event === 'call' && room === null) {
      this.problem = this.#options.words.refusal['room-missing'];
      document.getElementById('room')?.focus();
      return;
    }
    this.problem = null;
    const change: PendingChange = {
      id: freshId(),
      visitId: row.visitId,
      ticketNo: row.ticketNo,
      event,
      room: event === 'call' ? room : null,
      day: dayAt(this.now),
      pressedAt: timeAt(this.now),
      sent: 0,
    };
    this.#outbox.add(change);
    const ended = await this.#flush();
    if (ended !== 'done') {
      const { words } = this.#options;
      this.say(fill(words.connection.queued, { ticket: change.ticketNo, action: words.action[event] }));
    }
  }

  /** Says something to screen readers, again even when the words are the same as before. */
  say(text: string): void {
    this.said = '';
    setTimeout(() => (this.said = text), 50);
  }

  /** Tries to connect at once. */
  retryNow(): void {
    if (this.connection === 'lost') void this.#reconnect();
  }

  #tick(): void {
    this.now = this.#clock.server + (performance.now() - this.#clock.here);
    if (
      (this.connection === 'on' || this.connection === 'stale') &&
      performance.now() - this.#heardAt > SILENCE_MS
    )
      this.#lost();
    if (this.connection === 'lost' && this.retryIn > 0) {
      this.retryIn -= 1;
      if (this.retryIn === 0) void this.#reconnect();
    }
  }

  #open(): void {
    const source = new EventSource(this.#options.events);
    this.#source = source;
    const heard = () => (this.#heardAt = performance.now());
    source.addEventListener('open', () => {
      heard();
      const again = this.connection === 'lost';
      this.connection = 'on';
      this.#attempt = 0;
      if (again) this.say(this.#options.words.connection.back);
      // Whatever changed while nobody listened is in the rows; what was pressed meanwhile goes first.
      if (again || this.pending.length > 0) void this.#flush();
    });
    source.addEventListener('ping', heard);
    source.addEventListener('desk', () => {
      heard();
      this.connection = 'on';
      void this.#reload();
    });
    source.addEventListener('stale', () => {
      heard();
      this.connection = 'stale';
    });
    source.addEventListener('end', () => this.#signedOut());
    source.addEventListener('error', () => {
      if (this.#source === source) this.#lost();
    });
  }

  #lost(): void {
    if (this.connection === 'signed-out') return;
    this.#source?.close();
    this.#source = null;
    if (this.connection === 'lost' && this.retryIn > 0) return;
    this.connection = 'lost';
    this.retryIn = waitBeforeAttempt(this.#attempt);
    this.#attempt += 1;
  }

  /** One attempt: the rows first, because only their answer says why a line does not open. */
  async #reconnect(): Promise<void> {
    if (this.#reconnecting) return;
    this.#reconnecting = true;
    this.retryIn = 0;
    const reach = await this.#options.reload();
    this.#reconnecting = false;
    if (reach === 'reached') this.#open();
    else if (reach === 'signed-out') this.#signedOut();
    else this.#lost();
  }

  #signedOut(): void {
    this.#source?.close();
    this.#source = null;
    this.connection = 'signed-out';
  }

  /** Reloads the rows; a wish that comes during a reload is met by one more. */
  async #reload(): Promise<void> {
    if (this.#reloading) {
      this.#reloadAgain = true;
      return;
    }
    this.#reloading = true;
    try {
      do {
        this.#reloadAgain = false;
        const reach = await this.#options.reload();
        if (reach === 'signed-out') this.#signedOut();
        else if (reach === 'unreachable') this.#lost();
      } while (this.#reloadAgain);
    } finally {
      this.#reloading = false;
    }
    this.#judgeRefused();
  }

  /** Sends what waits, one tab at a time, then shows how the day stands. */
  async #flush(): Promise<'done' | 'unreachable' | 'signed-out'> {
    const outbox = this.#outbox;
    if (!outbox) return 'done';
    const send = () => outbox.flush(dayAt(this.now), (change) => this.#send(change));
    const ended =
      'locks' in navigator ? await navigator.locks.request('saraptama-desk-outbox', send) : await send();
    if (ended === 'unreachable') this.#lost();
    else if (ended === 'signed-out') this.#signedOut();
    else await this.#reload();
    return ended;
  }

  async #send(change: PendingChange): Promise<SendOutcome> {
    const body = new FormData();
    body.set('visitId', change.visitId);
    body.set('event', change.event);
    body.set('ticketNo', change.ticketNo);
    if (change.room !== null) body.set('room', change.room);
    try {
      const answer = await fetch(this.#options.change, {
        method: 'POST',
        body,
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const result = deserialize(await answer.text());
      switch (result.type) {
        case 'success':
          return { kind: 'done' };
        case 'failure':
          return { kind: 'refused', refusal: String(result.data?.refusal ?? 'not-possible-now') };
        case 'redirect':
          return { kind: 'signed-out' };
        case 'error':
          return answer.status === 404 || answer.status === 400
            ? { kind: 'refused', refusal: 'not-possible-now' }
            : { kind: 'unreachable' };
      }
    } catch {
      return { kind: 'unreachable' };
    }
  }

  #refused(change: PendingChange, refusal: string): void {
    const { words } = this.#options;
    if (refusal === 'room-missing' || refusal === 'room-unknown') this.problem = words.refusal[refusal];
    // A press sent twice may meet its own trace: the answer to the first was lost. The rows will tell.
    else if (change.sent > 1) this.#refusedTwice.push(change);
    else this.problem = fill(words.refusal['not-possible-now'], { ticket: change.ticketNo });
  }

  #judgeRefused(): void {
    const { words } = this.#options;
    for (const change of this.#refusedTwice.splice(0)) {
      if (isCarriedOut(this.#options.day(), change))
        this.say(fill(words.done[change.event], { ticket: change.ticketNo, room: change.room ?? '' }));
      else this.problem = fill(words.refusal['not-possible-now'], { ticket: change.ticketNo });
    }
  }
}
