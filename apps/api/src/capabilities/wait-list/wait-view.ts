import type { WaitView } from '@mse/contracts/wait-list';
import { persons, waitEntries, waitOffers } from '@mse/db/schema';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { and, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../trpc.ts';
import { mayActFor } from '../queue/facts.ts';
import { departmentView } from '../reference/department-view.ts';

/** People who asked earlier for some of the same times. */
const ahead = sql<number>`(select count(*)::int from wait_entry before
  where before.department_id = ${waitEntries.departmentId} and before.state = 'waiting'
    and (before.created_at, before.id) < (${waitEntries.createdAt}, ${waitEntries.id})
    and before.wanted_from <= ${waitEntries.wantedUntil} and before.wanted_until >= ${waitEntries.wantedFrom}
    and (before.wanted_times = '{}' or ${waitEntries.wantedTimes} = '{}' or before.wanted_times && ${waitEntries.wantedTimes}))`;

/** Waiting under way that the caller may see, their own and their wards' (EQ-07), and that fits `condition`. */
export async function findWaits(deps: Deps, callerId: string, condition: SQL | undefined, at: Date) {
  return deps.db
    .select({
      entry: waitEntries,
      person: {
        id: persons.id,
        surname: persons.surname,
        name: persons.name,
        patronymic: persons.patronymic,
      },
      offer: waitOffers,
      ahead,
    })
    .from(waitEntries)
    .innerJoin(persons, eq(persons.id, waitEntries.personId))
    .leftJoin(
      waitOffers,
      and(eq(waitOffers.entryId, waitEntries.id), eq(waitOffers.state, 'open'), gt(waitOffers.expiresAt, at)),
    )
    .where(
      and(
        inArray(waitEntries.state, ['waiting', 'offered']),
        condition,
        mayActFor(persons.id, callerId, sql`${toBusinessDate(at)}::date`),
      ),
    )
    .orderBy(waitEntries.createdAt);
}
export type FoundWait = Awaited<ReturnType<typeof findWaits>>[number];

/** Waiting as its owner sees it. */
export function waitView(deps: Deps, found: FoundWait, callerId: string): z.input<typeof WaitView> {
  const { entry, person, offer } = found;
  const department = deps.reference.department(entry.departmentId);
  if (!department) throw new Error('A wait list names a department that does not exist');
  return {
    id: entry.id,
    formId: entry.formId,
    personName: fullName(person),
    self: person.id === callerId,
    department: departmentView(department),
    wantedFrom: entry.wantedFrom,
    wantedUntil: entry.wantedUntil,
    wantedTimes: entry.wantedTimes,
    since: entry.createdAt.toISOString(),
    ahead: found.ahead,
    offer: offer && {
      id: offer.id,
      day: offer.day,
      startsAt: offer.startsAt,
      expiresAt: offer.expiresAt.toISOString(),
    },
  };
}

/** Somebody's waiting by id, ended ones too, as the caller may end it; anybody else's reads as NOT_FOUND. */
export async function findWait(deps: Deps, callerId: string, waitId: string, at: Date) {
  const [entry] = await deps.db
    .select()
    .from(waitEntries)
    .where(
      and(
        eq(waitEntries.id, waitId),
        mayActFor(waitEntries.personId, callerId, sql`${toBusinessDate(at)}::date`),
      ),
    );
  if (!entry) throw notFound();
  return entry;
}

/** An offer with its waiting as the caller may answer it, ended ones too; anybody else's reads as NOT_FOUND. */
export async function findOffer(deps: Deps, callerId: string, offerId: string, at: Date) {
  const [found] = await deps.db
    .select({ offer: waitOffers, entry: waitEntries })
    .from(waitOffers)
    .innerJoin(waitEntries, eq(waitEntries.id, waitOffers.entryId))
    .where(
      and(
        eq(waitOffers.id, offerId),
        mayActFor(waitEntries.personId, callerId, sql`${toBusinessDate(at)}::date`),
      ),
    );
  if (!found) throw notFound();
  return found;
}
