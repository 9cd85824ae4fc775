import type { Deps } from '../../deps.ts';

export async function startQueueTimers(_deps: Deps): Promise<{ stop(): Promise<void> }> {
  return { stop: () => Promise.resolve() };
}
