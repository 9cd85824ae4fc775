/** Systems that know candidates, the service of consents, and the news of registries, behind HTTP, with faults to switch on. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import {
  Candidate,
  candidateSystems,
  type CandidateSystem,
  type LifeEvent,
  type SickList,
} from './candidate-data.ts';

export const candidateParts = [...candidateSystems, 'data-consent', 'life-events', 'sick-lists'] as const;
export type CandidatePart = (typeof candidateParts)[number];

export const candidateFaults = ['none', 'error', 'hang', 'garbage', 'wrong-schema', 'old-data'] as const;
export type CandidateFault = (typeof candidateFaults)[number];

export interface CandidatesSimulator {
  app: Hono;
  setFault(part: CandidatePart | 'all', fault: CandidateFault): void;
  faults(): Record<CandidatePart, CandidateFault>;
  put(candidate: Candidate): void;
  /** One more piece of news; its number in the feed. */
  lifeEvent(event: z.infer<typeof LifeEvent>): number;
  sickList(list: z.infer<typeof SickList>): number;
  close(): void;
}

const Lookup = z.strictObject({
  requestId: z.string().min(1).max(100),
  iin: z.string().regex(/^\d{12}$/),
  consent: z.string().max(200).optional(),
});
const YEAR_MS = 365 * 86_400_000;
const PAGE = 100;

/** The systems over `list`. Every call must carry `token`; every question about a candidate the proof of the person's consent. */
export function candidatesSimulator(list: readonly Candidate[], token: string): CandidatesSimulator {
  const people = new Map(list.map((each) => [each.iin, Candidate.parse(each)]));
  const settings = Object.fromEntries(candidateParts.map((part) => [part, 'none'])) as Record<
    CandidatePart,
    CandidateFault
  >;
  const feeds: Record<'life-events' | 'sick-lists', object[]> = { 'life-events': [], 'sick-lists': [] };
  const hanging = new Set<() => void>();
  const proofOf = (iin: string) => `kdp-${Buffer.from(iin).toString('base64url')}`;

  const app = new Hono();
  const authorised = (context: Context) => context.req.header('authorization') === `Bearer ${token}`;

  for (const part of [...candidateSystems, 'data-consent'] as const) {
    app.post(`/${part}/lookup`, async (context) => {
      if (!authorised(context)) return context.json({ error: 'unauthorized' }, 401);
      const parsed = Lookup.safeParse(await context.req.json().catch(() => null));
      if (!parsed.success) return context.json({ error: 'bad-request' }, 400);
      const { iin, consent } = parsed.data;
      const age = settings[part] === 'old-data' ? YEAR_MS : 0;
      const asOf = new Date(Date.now() - age).toISOString();
      if (part === 'data-consent') {
        const state = people.get(iin)?.consent ?? 'granted';
        return respond(context, part, {
          asOf,
          state,
          ...(state === 'granted' ? { proof: proofOf(iin) } : {}),
        });
      }
      // Without the person's consent a system says nothing at all.
      if (consent !== proofOf(iin)) return context.json({ error: 'no-consent' }, 403);
      return respond(context, part, answerOf(part, iin, asOf));
    });
  }
  for (const name of ['life-events', 'sick-lists'] as const) {
    app.get(`/feeds/${name}`, (context) => {
      if (!authorised(context)) return context.json({ error: 'unauthorized' }, 401);
      const after = Number(context.req.query('after') ?? 0);
      if (!Number.isSafeInteger(after) || after < 0) return context.json({ error: 'bad-request' }, 400);
      const events = feeds[name].slice(after, after + PAGE);
      return respond(context, name, { events, cursor: String(after + events.length) });
    });
  }

  function answerOf(system: CandidateSystem, iin: string, asOf: string): object {
    const value = people.get(iin)?.[system];
    return value === undefined ? { found: false, asOf } : { found: true, asOf, value };
  }

  async function respond(context: Context, part: CandidatePart, answer: object): Promise<Response> {
    switch (settings[part]) {
      case 'error':
        return context.json({ error: 'internal' }, 500);
      case 'hang':
        await new Promise<void>((resolve) => {
          const finish = (): void => {
            hanging.delete(finish);
            resolve();
          };
          hanging.add(finish);
          context.req.raw.signal.addEventListener('abort', finish);
        });
        return context.json({ error: 'gateway-timeout' }, 504);
      case 'garbage':
        return context.body('<html><body>Service Temporarily Unavailable</body></html>', 200, {
          'content-type': 'application/json',
        });
      case 'wrong-schema':
        return context.json({ status: 'OK', data: { result: [answer] } });
      case 'none':
      case 'old-data':
        return context.json(answer);
    }
  }

  const add = (name: keyof typeof feeds, event: object): number => {
    const number = feeds[name].length + 1;
    feeds[name].push({ id: `${name}-${number}`, ...event });
    return number;
  };

  return {
    app,
    setFault(part, fault) {
      for (const each of candidateParts) if (part === 'all' || part === each) settings[each] = fault;
    },
    faults: () => ({ ...settings }),
    put(candidate) {
      people.set(candidate.iin, Candidate.parse({ ...people.get(candidate.iin), ...candidate }));
    },
    lifeEvent: (event) => add('life-events', event),
    sickList: (list) => add('sick-lists', list),
    close() {
      for (const finish of [...hanging]) finish();
    },
  };
}
