import type { Transaction } from '@mse/db';
import {
  expertAbsences,
  expertChanges,
  experts,
  persons,
  registryFeedEvents,
  registryFeeds,
} from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { LifeEvent, SickList } from '../../platform/gateways/registry-feeds.ts';
import { moveOpenCases } from '../examination/index.ts';
import { excludeExpert } from './exclude-expert.ts';

type FeedName = 'life-events' | 'sick-lists';
const ACTOR = 'system:registries';

/** What an event of a feed did. */
interface Taken {
  outcome: 'excluded' | 'absence' | 'absence-ended' | 'no-expert' | 'no-change';
  expertId: string | null;
  absenceId?: string;
}

/**
 * RG-31, PX-17: reads on in both feeds. Death, departure and incapacity exclude at once; a sick list makes the expert absent and moves the open
 * cases. Each event counts once, and the cursor moves with what was taken; a silent feed changes nothing. Answers how many events were taken.
 */
export async function readFeeds(deps: Deps, at: Date): Promise<number> {
  const life = await deps.registryFeeds.lifeEvents(await cursorOf(deps, 'life-events'));
  let taken = 0;
  if (life.kind === 'page')
    taken += await takePage(deps, 'life-events', life, (tx, event) => takeLifeEvent(deps, tx, event, at), at);
  const sick = await deps.registryFeeds.sickLists(await cursorOf(deps, 'sick-lists'));
  if (sick.kind === 'page')
    taken += await takePage(deps, 'sick-lists', sick, (tx, event) => takeSickList(deps, tx, event, at), at);
  return taken;
}

async function cursorOf(deps: Deps, name: FeedName): Promise<string> {
  const [row] = await deps.db.select().from(registryFeeds).where(eq(registryFeeds.name, name));
  return row?.cursor ?? '';
}

/** Takes the events of a page one by one, each in its own transaction, then moves the cursor. What fails stays unread and is read again. */
async function takePage<Event extends { id: string }>(
  deps: Deps,
  name: FeedName,
  page: { events: Event[]; cursor: string },
  take: (tx: Transaction, event: Event) => Promise<Taken>,
  at: Date,
): Promise<number> {
  let count = 0;
  for (const event of page.events) {
    const fresh = await deps.db.transaction(async (tx) => {
      const [known] = await tx
        .select({ id: registryFeedEvents.eventId })
        .from(registryFeedEvents)
        .where(and(eq(registryFeedEvents.feed, name), eq(registryFeedEvents.eventId, event.id)));
      if (known) return false;
      const { outcome, expertId, absenceId } = await take(tx, event);
      // The primary key has the last word: of two workers the second one rolls back.
      await tx.insert(registryFeedEvents).values({
        feed: name,
        eventId: event.id,
        expertId,
        takenAt: at,
        outcome,
        absenceId: absenceId ?? null,
      });
      return true;
    });
    if (fresh) count += 1;
  }
  await deps.db
    .insert(registryFeeds)
    .values({ name, cursor: page.cursor, readAt: at })
    .onConflictDoUpdate({ target: registryFeeds.name, set: { cursor: page.cursor, readAt: at } });
  return count;
}

/** Experts of the register with this ИИН, of whatever kind. */
async function expertOf(tx: Transaction, iin: string) {
  const [row] = await tx
    .select({ id: experts.id, personId: experts.personId })
    .from(experts)
    .innerJoin(persons, eq(persons.id, experts.personId))
    .where(and(eq(persons.iin, iin), isNull(experts.excludedOn)));
  return row;
}

async function takeLifeEvent(deps: Deps, tx: Transaction, event: LifeEvent, at: Date): Promise<Taken> {
  const expert = await expertOf(tx, event.iin);
  if (!expert) return { outcome: 'no-expert', expertId: null };
  const moved = await excludeExpert(
    deps,
    tx,
    {
      expertId: expert.id,
      ground: event.kind,
      reason: `life-events ${event.id}`,
      actor: ACTOR,
      exclusionId: null,
    },
    at,
  );
  if (!moved) return { outcome: 'no-change', expertId: expert.id };
  await recordAudit(tx, {
    at,
    actor: ACTOR,
    actorRole: 'system',
    action: 'expertRegister.exclude',
    outcome: 'done',
    personId: expert.personId,
    subject: `expert:${expert.id}`,
    requestId: null,
    detail: { ground: event.kind, ...moved },
  });
  return { outcome: 'excluded', expertId: expert.id };
}

async function takeSickList(deps: Deps, tx: Transaction, event: SickList, at: Date): Promise<Taken> {
  const today = toBusinessDate(at);
  const expert = await expertOf(tx, event.iin);
  if (!expert) return { outcome: 'no-expert', expertId: null };
  if (event.until !== null && event.until < event.from) return { outcome: 'no-change', expertId: expert.id };
  const away = event.from <= today && (event.until === null || event.until >= today);
  const moved = away
    ? await moveOpenCases(deps, tx, { expertId: expert.id, cause: 'absence', actor: ACTOR }, at)
    : { moved: 0, left: 0 };
  // The list that was opened before with the same beginning is now closed, or prolonged.
  const [open] = await tx
    .select()
    .from(expertAbsences)
    .where(
      and(
        eq(expertAbsences.expertId, expert.id),
        eq(expertAbsences.kind, 'sick-leave'),
        eq(expertAbsences.from, event.from),
        isNull(expertAbsences.cancelledAt),
      ),
    )
    .for('update');
  const absenceId = open?.id ?? deps.random.id(at);
  if (open) await tx.update(expertAbsences).set({ until: event.until }).where(eq(expertAbsences.id, open.id));
  else
    await tx.insert(expertAbsences).values({
      id: absenceId,
      expertId: expert.id,
      kind: 'sick-leave',
      from: event.from,
      until: event.until,
      createdBy: ACTOR,
      createdAt: at,
    });
  await tx.insert(expertChanges).values({
    expertId: expert.id,
    at,
    actor: ACTOR,
    change: 'absent',
    before: open ? { kind: 'sick-leave', from: open.from, until: open.until } : null,
    after: { kind: 'sick-leave', from: event.from, until: event.until, ...moved },
  });
  await recordAudit(tx, {
    at,
    actor: ACTOR,
    actorRole: 'system',
    action: 'expertPresence.report',
    outcome: 'done',
    personId: expert.personId,
    subject: `expert:${expert.id}`,
    requestId: null,
    detail: { kind: 'sick-leave', ...moved },
  });
  return {
    outcome: open && event.until !== null ? 'absence-ended' : 'absence',
    expertId: expert.id,
    absenceId,
  };
}
