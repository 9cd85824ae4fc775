import type { Deps } from '../../deps.ts';

const underWay = new WeakMap<Deps, Set<Promise<void>>>();

/**
 * Does work after the caller has had the answer, so that the time of the answer tells nothing about the work (T10).
 * Only for work whose loss a person can mend by asking again; a failure is logged.
 */
export function afterAnswer(deps: Deps, what: string, work: () => Promise<void>): void {
  const works = underWay.get(deps) ?? new Set();
  underWay.set(deps, works);
  const running = work()
    .catch((error: unknown) => deps.log.error({ err: error, what }, 'work after an answer failed'))
    .finally(() => works.delete(running));
  works.add(running);
}

/** Waits until all work begun by `afterAnswer` is done: before a process stops, and in tests. */
export async function answersSettled(deps: Deps): Promise<void> {
  await Promise.all(underWay.get(deps) ?? []);
}
