import { waitBeforeAttempt } from '#lib/desk/backoff.ts';
import { Announcer } from './announcer.ts';
import { callsToAnnounce, type View } from './board-model.ts';

/** `stale`: the service itself has no line to its data. `lost`: no line to the service. */
export type BoardConnection = 'starting' | 'on' | 'stale' | 'lost';

/** A line without a sign of life for so long is dead; the service pings every 15 seconds. */
const SILENCE_MS = 40_000;
/** How long the test notice stands, milliseconds. */
const TEST_MS = 10_000;

interface BoardOptions {
  view: View | null;
  events: string;
  data: string;
  /** The token opens nothing any more. */
  ended(): void;
}

/** A living board: the event stream with its reconnection, the service's clock, and what has to be announced. */
export class BoardLive {
  view = $state.raw<View | null>(null);
  connection = $state<BoardConnection>('starting');
  /** The service's clock, milliseconds; null until it was heard. Moved on by the time that passed here. */
  now = $state<number | null>(null);
  /** The call that is being announced, so that it flashes once. */
  announced = $state<string | null>(null);
  testing = $state(false);
  /** The browser lets no sound out yet. */
  silenced = $state(false);

  #options: BoardOptions;
  #announcer: Announcer | null = null;
  #source: EventSource | null = null;
  #attempt = 0;
  #heardAt = 0;
  #retryAt = 0;
  #clock: { server: number; here: number } | null = null;

  constructor(options: BoardOptions) {
    this.#options = options;
    this.view = options.view;
  }

  /** Opens the line; answers the function that closes everything. */
  start(): () => void {
    if (this.view) this.#setClock(this.view.serverTime);
    this.#announcer = new Announcer({
      volume: () => this.view?.volume ?? 0,
      blocked: (blocked) => (this.silenced = blocked),
    });
    const onOnline = () => void this.#reconnect();
    addEventListener('online', onOnline);
    const ticker = setInterval(() => this.#tick(), 1000);
    this.#open();
    return () => {
      removeEventListener('online', onOnline);
      clearInterval(ticker);
      this.#source?.close();
      this.#announcer?.close();
    };
  }

  unblock(): void {
    void this.#announcer?.unblock();
  }

  #setClock(serverTime: string): void {
    this.#clock = { server: Date.parse(serverTime), here: performance.now() };
    this.now = this.#clock.server;
  }

  #tick(): void {
    if (this.#clock) this.now = this.#clock.server + (performance.now() - this.#clock.here);
    if (this.#source && performance.now() - this.#heardAt > SILENCE_MS) this.#lost();
    if (this.#retryAt > 0 && performance.now() >= this.#retryAt) void this.#reconnect();
  }

  #open(): void {
    const source = new EventSource(this.#options.events);
    this.#source = source;
    this.#heardAt = performance.now();
    source.addEventListener('calls', (event) => {
      this.#heardAt = performance.now();
      this.#attempt = 0;
      this.connection = 'on';
      this.#show(JSON.parse(String(event.data)) as View);
    });
    source.addEventListener('ping', (event) => {
      this.#heardAt = performance.now();
      this.#setClock(String(event.data));
    });
    source.addEventListener('stale', () => {
      this.#heardAt = performance.now();
      this.connection = 'stale';
    });
    source.addEventListener('end', () => this.#options.ended());
    source.addEventListener('error', () => {
      if (this.#source === source) this.#lost();
    });
  }

  #show(next: View): void {
    const before = this.view;
    this.view = next;
    this.#setClock(next.serverTime);
    if (before && next.testCalls > before.testCalls) {
      this.testing = true;
      setTimeout(() => (this.testing = false), TEST_MS);
      this.#announcer?.test();
    }
    for (const call of callsToAnnounce(before, next)) {
      this.announced = `${call.ticketNo} ${call.calledAt}`;
      this.#announcer?.announce(call);
    }
  }

  #lost(): void {
    this.#source?.close();
    this.#source = null;
    this.connection = 'lost';
    this.#retryAt = performance.now() + waitBeforeAttempt(this.#attempt) * 1000;
    this.#attempt += 1;
  }

  /** One attempt. The picture first: its answer tells a closed board from a service that is away. */
  async #reconnect(): Promise<void> {
    if (this.#source) return;
    this.#retryAt = 0;
    let status = 0;
    try {
      status = (await fetch(this.#options.data, { signal: AbortSignal.timeout(8000) })).status;
    } catch {
      // No line yet.
    }
    if (status === 401) this.#options.ended();
    else if (status === 200) this.#open();
    else this.#lost();
  }
}
