import type { Executor } from '@mse/db';
import type { PlainDate } from '@mse/domain/shared';

/** Live updates across processes: a change of a department's day reaches every open event stream of that department. */
export interface LiveUpdates {
  /** Tells, when `executor` commits, that a department's day changed. */
  deskChanged(executor: Executor, departmentId: string, day: PlainDate): Promise<void>;
  /** Calls back on every change of a department; answers the function that ends it. */
  onDeskChange(departmentId: string, listener: (day: PlainDate) => void): () => void;
  /** False while the line to the database is down; streams say so to the clerk. */
  connected(): boolean;
  close(): Promise<void>;
}

export async function startLiveUpdates(_settings: object, _log: object): Promise<LiveUpdates> {
  return { deskChanged: () => Promise.resolve(), onDeskChange: () => () => undefined, connected: () => true, close: () => Promise.resolve() };
}
