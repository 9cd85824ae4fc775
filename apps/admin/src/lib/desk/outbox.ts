import type { PendingChange } from './types.ts';

/** Where presses wait until the service has answered them. A page's `localStorage` in the product. */
export interface OutboxStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What became of one attempt to send. */
export type SendOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; refusal: string }
  /** No answer from the service: the press stays and waits. */
  | { kind: 'unreachable' }
  /** The session is over: the press stays for the same clerk's next sign-in. */
  | { kind: 'signed-out' };

/** What the page hears while the outbox works. */
export interface OutboxEvents {
  done(change: PendingChange): void;
  refused(change: PendingChange, refusal: string): void;
  stale(change: PendingChange): void;
  /** The list of waiting presses is different now. */
  changed(pending: readonly PendingChange[]): void;
}

const isPending = (value: unknown): value is PendingChange =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as PendingChange).visitId === 'string' &&
  typeof (value as PendingChange).event === 'string';

/**
 * The clerk's presses in their order. Every press is written down before it is sent and struck out after it was answered,
 * so that neither a lost connection nor a closed tab loses one. Each clerk has a list of their own: a shared desk never
 * sends a press under another name.
 */
export class Outbox {
  #store: OutboxStore;
  #key: string;
  #events: OutboxEvents;
  #running: Promise<unknown> = Promise.resolve();

  constructor(store: OutboxStore, personId: string, events: OutboxEvents) {
    this.#store = store;
    this.#key = `saraptama-desk-outbox:${personId}`;
    this.#events = events;
  }

  /** Waiting presses, oldest first. What cannot be read is dropped, not guessed. */
  pending(): PendingChange[] {
    try {
      const kept: unknown = JSON.parse(this.#store.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isPending) : [];
    } catch {
      return [];
    }
  }

  #write(pending: readonly PendingChange[]): void {
    if (pending.length === 0) this.#store.removeItem(this.#key);
    else this.#store.setItem(this.#key, JSON.stringify(pending));
    this.#events.changed(pending);
  }

  add(change: PendingChange): void {
    this.#write([...this.pending(), change]);
  }

  /**
   * Sends the waiting presses one by one in their order and stops at the first that gets no answer. A press of another
   * day than `today` is not sent and said so. Answers how the last attempt ended, `done` when nothing waits any more.
   * Two calls at once run one after the other.
   */
  flush(
    today: string,
    send: (change: PendingChange) => Promise<SendOutcome>,
  ): Promise<'done' | 'unreachable' | 'signed-out'> {
    const run = this.#running.then(() => this.#sendAll(today, send));
    this.#running = run.catch(() => undefined);
    return run;
  }

  async #sendAll(
    today: string,
    send: (change: PendingChange) => Promise<SendOutcome>,
  ): Promise<'done' | 'unreachable' | 'signed-out'> {
    for (;;) {
      const change = this.pending()[0];
      if (!change) return 'done';
      if (change.day !== today) {
        this.#strike(change);
        this.#events.stale(change);
        continue;
      }
      const sent = { ...change, sent: change.sent + 1 };
      this.#write(this.pending().map((waiting) => (waiting.id === sent.id ? sent : waiting)));
      const outcome = await send(sent);
      if (outcome.kind === 'unreachable' || outcome.kind === 'signed-out') return outcome.kind;
      this.#strike(sent);
      if (outcome.kind === 'done') this.#events.done(sent);
      else this.#events.refused(sent, outcome.refusal);
    }
  }

  #strike(change: PendingChange): void {
    this.#write(this.pending().filter((waiting) => waiting.id !== change.id));
  }
}
