import type { Deps } from '../../deps.ts';

export async function startIntakeJobs(_deps: Deps): Promise<{ stop(): Promise<void> }> {
  return { stop: () => Promise.resolve() };
}
