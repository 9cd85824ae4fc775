import type { Executor } from '@mse/db';

/** Kinds of background work and what each carries. Ids only; the facts are read when the work is done. */
export interface JobKinds {
  'sms.submit': { messageId: string };
  'intake.recheck': { intakeMessageId: string };
}

/** Jobs live in PostgreSQL and are enqueued in the transaction of the fact they follow. */
export interface Jobs {
  /** Enqueues within `executor`'s transaction. `onceKey` keeps two of the same from waiting at once. */
  enqueue<Kind extends keyof JobKinds>(executor: Executor, kind: Kind, data: JobKinds[Kind], options?: { onceKey?: string; startAfterSeconds?: number }): Promise<void>;
}

export async function prepareJobs(_url: string, _role: string): Promise<void> {}

export async function startJobs(_settings: object, _log: object): Promise<Jobs & { stop(): Promise<void> }> {
  return { enqueue: () => Promise.resolve(), stop: () => Promise.resolve() };
}
