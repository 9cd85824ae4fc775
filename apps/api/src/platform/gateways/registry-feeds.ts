import { isPlainDate, type PlainDate } from '@mse/domain/shared';
import { z } from 'zod';
import type { Settings } from '../../env.ts';
import type { Log } from '../log.ts';
import { parseJson, readBounded } from './bounded-body.ts';
import type { Fetch } from './http-registry.ts';

const Day = z
  .string()
  .refine(isPlainDate)
  .transform((text) => text as PlainDate);
const Iin = z.string().regex(/^\d{12}$/);
const EventId = z.string().min(1).max(100);

/** RG-31: death, departure for permanent residence (state database of natural persons), incapacity found by a court. */
const LifeEvent = z.object({
  id: EventId,
  iin: Iin,
  kind: z.enum(['death', 'left-country', 'incapable']),
  on: Day,
});
/** PX-17: a sick list that was opened, or closed with its last day. `until` is null while it is open. */
const SickList = z.object({
  id: EventId,
  iin: Iin,
  number: z.string().max(50),
  from: Day,
  until: Day.nullable(),
});
export type LifeEvent = z.output<typeof LifeEvent>;
export type SickList = z.output<typeof SickList>;

const page = <Event extends z.ZodType>(event: Event) =>
  z.object({ events: z.array(event).max(1000), cursor: z.string().max(200) });

export type FeedPage<Event> = { kind: 'page'; events: Event[]; cursor: string } | { kind: 'silent' };

/** News of registries, read on from where the last reading ended. `silent` changes nothing. */
export interface RegistryFeeds {
  lifeEvents(after: string): Promise<FeedPage<LifeEvent>>;
  sickLists(after: string): Promise<FeedPage<SickList>>;
}

const MAX_BYTES = 1_000_000;

/** The feeds over HTTP. Never throws: whatever is no page of the expected shape is `silent`. */
export function createRegistryFeeds(
  settings: Settings,
  log: Log,
  fetch: Fetch = globalThis.fetch,
): RegistryFeeds {
  const base = (settings.CANDIDATE_REGISTRIES_URL ?? settings.REGISTRIES_URL).replace(/\/+$/, '');
  async function read<Event extends z.ZodType>(
    name: string,
    after: string,
    event: Event,
  ): Promise<FeedPage<z.output<Event>>> {
    try {
      const response = await fetch(`${base}/feeds/${name}?after=${encodeURIComponent(after)}`, {
        headers: { accept: 'application/json', authorization: `Bearer ${settings.REGISTRIES_TOKEN}` },
        redirect: 'error',
        signal: AbortSignal.timeout(settings.REGISTRY_TIMEOUT_MS),
      });
      const body = response.ok ? await readBounded(response, MAX_BYTES) : null;
      const parsed = body === null ? null : page(event).safeParse(parseJson(body));
      if (parsed?.success)
        return { kind: 'page', events: parsed.data.events as z.output<Event>[], cursor: parsed.data.cursor };
    } catch {
      // Unreachable, timed out, broken off.
    }
    log.warn({ feed: name }, 'feed of a registry gave no page');
    return { kind: 'silent' };
  }
  return {
    lifeEvents: (after) => read('life-events', after, LifeEvent),
    sickLists: (after) => read('sick-lists', after, SickList),
  };
}
