import type { OperationsHealthOutput } from '@mse/contracts/operations';
import type { z } from 'zod';

type Health = z.output<typeof OperationsHealthOutput>;

/** A light says in a word, not by its colour alone, how a part is doing. */
export type Light = 'good' | 'warning' | 'bad' | 'unknown';

/** A registry's breaker: open means calls are held back because it does not answer. */
export function registryLight(state: Health['registries'][number]['state']): Light {
  switch (state) {
    case 'closed':
      return 'good';
    case 'half-open':
      return 'warning';
    case 'open':
      return 'bad';
    case 'unknown':
      return 'unknown';
  }
}

/** A queue with failed work needs a person; waiting work alone is normal. */
export function queueLight(queue: Health['queues'][number]): Light {
  return queue.failed > 0 ? 'warning' : 'good';
}

/** A message that could not be sent needs a person: there was no number, or every try failed. */
export function messageLight(message: Health['messages'][number]): Light {
  return message.state === 'dead' && message.count > 0 ? 'warning' : 'good';
}

/** Whether nothing asks for attention. What was never asked is no reason to worry. */
export function allGood(health: Health): boolean {
  return (
    health.database.ok &&
    health.queues.every((queue) => queueLight(queue) === 'good') &&
    health.messages.every((message) => messageLight(message) === 'good') &&
    health.registries.every((registry) => ['good', 'unknown'].includes(registryLight(registry.state)))
  );
}
