import type { Deps } from '../../deps.ts';

export async function startNotifications(_deps: Deps): Promise<{ stop(): Promise<void> }> {
  return { stop: () => Promise.resolve() };
}
