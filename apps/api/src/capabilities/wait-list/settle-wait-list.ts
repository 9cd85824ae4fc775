import type { Transaction } from '@mse/db';
import { messages, places, waitEntries, waitOffers } from '@mse/db/schema';
import { isQueueOpen } from '@mse/domain/queue';
import {
  addMinutes,
  type Language,
  type PlainDate,
  type PlainTime,
  toBusinessDate,
  toBusinessTime,
} from '@mse/domain/shared';
import {
  assignOffers,
  type FreePlace,
  HOLD_GRACE_MINUTES,
  type Offer,
  offerPolicyOn,
  type Waiting,
} from '@mse/domain/wait-list';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { shortDate } from '../notifications/render-message.ts';

/** Somebody waiting, with what their offer needs. */
interface Candidate extends Waiting {
  formId: string;
  personId: string;
  unitCode: string | null;
  phone: string | null;
  language: Language;
}

const stamp = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Takes changes of a department's wait list one after the other, until the transaction ends. Take the lock of a form before it. */
export async function lockWaitList(tx: Transaction, departmentId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`wait:${departmentId}`}, 0))`);
}

/**
 * EQ-09: brings the wait list of a department up to date: ends what has expired, lets places go that nobody is asked about any
 * more, and offers what is free to whoever waits longest for it. To be called in the transaction that frees a place, so that
 * the place is nobody's in between; the worker calls it for everything else. Answers how many offers were made.
 *
 * Rows are never waited for here, only skipped: whoever books a place holds it and may be waiting for this very lock.
 */
export async function settleWaitList(
  deps: Deps,
  tx: Transaction,
  departmentId: string,
  at: Date,
): Promise<number> {
  if (!(await isAnybodyConcerned(tx, departmentId, at))) return 0;
  await lockWaitList(tx, departmentId);
  await endExpiredOffers(tx, departmentId, at);
  await letUnaskedPlacesGo(tx, departmentId);
  const candidates = await readCandidates(deps, tx, departmentId, at);
  if (candidates.length === 0) return 0;
  const free = await readFreePlaces(deps, tx, departmentId, candidates, at);
  const offers = await lockOffered(tx, candidates, free, at);
  if (offers.length > 0) await writeOffers(deps, tx, departmentId, offers, candidates, free, at);
  return offers.length;
}

async function isAnybodyConcerned(tx: Transaction, departmentId: string, at: Date): Promise<boolean> {
  const [row] = await tx.execute<{ concerned: boolean }>(sql`
    select exists (select from wait_entry where department_id = ${departmentId}::uuid and state = 'waiting')
        or exists (select from place where department_id = ${departmentId}::uuid and held_for_form is not null)
        or exists (select from wait_offer o join wait_entry e on e.id = o.entry_id
                    where o.state = 'open' and o.expires_at <= ${stamp(at)} and e.department_id = ${departmentId}::uuid) as concerned`);
  return row?.concerned ?? false;
}

/** Offers nobody answered, or whose day has been closed: the person goes on waiting, the place is let go. All three rows are taken at once or left. */
async function endExpiredOffers(tx: Transaction, departmentId: string, at: Date): Promise<void> {
  await tx.execute(sql`
    with due as materialized (
      select o.id, o.entry_id, o.place_id, e.person_id
        from wait_offer o join wait_entry e on e.id = o.entry_id join place p on p.id = o.place_id
       where o.state = 'open' and (o.expires_at <= ${stamp(at)} or p.closed_by_trip is not null) and e.department_id = ${departmentId}::uuid
         for update of o, e, p skip locked),
    ended as (
      update wait_offer o set state = 'expired', state_at = ${stamp(at)} from due where o.id = due.id),
    waiting as (
      update wait_entry e set state = 'waiting', state_at = ${stamp(at)} from due where e.id = due.entry_id and e.state = 'offered'),
    freed as (
      update place p set held_for_form = null, held_until = null from due where p.id = due.place_id and p.booking_id is null)
    insert into audit_event (at, actor, actor_role, action, outcome, person_id, subject, detail)
    select ${stamp(at)}, 'system:worker', 'system', 'waitList.expire', 'done', person_id, 'offer:' || id, '{}'::jsonb from due`);
}

/** Places held for somebody who has booked another time since. */
async function letUnaskedPlacesGo(tx: Transaction, departmentId: string): Promise<void> {
  await tx.execute(sql`
    with unasked as materialized (
      select p.id from place p
       where p.department_id = ${departmentId}::uuid and p.held_for_form is not null and p.booking_id is null
         and not exists (select from wait_offer o where o.place_id = p.id and o.state = 'open')
         for update of p skip locked)
    update place p set held_for_form = null, held_until = null from unasked where p.id = unasked.id`);
}

/**
 * Who waits, the longest waiting first. Whose form has ended or was served, whose home is another department's now, or whose
 * consent was taken back (EQ-08, EQ-16) waits no longer.
 */
async function readCandidates(
  deps: Deps,
  tx: Transaction,
  departmentId: string,
  at: Date,
): Promise<Candidate[]> {
  const today = toBusinessDate(at);
  const rows = await tx.execute<{
    id: string;
    formId: string;
    personId: string;
    unitCode: string | null;
    phone: string | null;
    language: Language;
    since: string;
    wantedFrom: PlainDate;
    wantedUntil: PlainDate;
    wantedTimes: PlainTime[];
    formValidUntil: PlainDate;
    offeredBefore: number[] | null;
    may: boolean;
  }>(sql`
    select e.id, e.form_id as "formId", e.person_id as "personId", p.unit_code as "unitCode",
           coalesce(p.phone, p.contact_phone, g.phone, g.contact_phone) as phone,
           case when coalesce(p.phone, p.contact_phone) is null then g.message_language else p.message_language end as language,
           extract(epoch from e.created_at) * 1000 as since, e.wanted_from::text as "wantedFrom", e.wanted_until::text as "wantedUntil",
           e.wanted_times as "wantedTimes",
           f.valid_until::text as "formValidUntil",
           (select array_agg(o.place_id) from wait_offer o where o.entry_id = e.id) as "offeredBefore",
           f.state = 'accepted' and least(e.wanted_until, f.valid_until) >= ${today}::date
             and coalesce((select c.kind from consent_event c where c.person_id = e.asked_by order by c.id desc limit 1), 'withdrawn') = 'given' as may
      from wait_entry e join form_031 f on f.id = e.form_id join person p on p.id = e.person_id join person g on g.id = e.asked_by
     where e.department_id = ${departmentId}::uuid and e.state = 'waiting'
     order by e.created_at, e.id for update of e skip locked`);
  const people = rows.map((row) => ({
    ...row,
    since: new Date(Number(row.since)),
    offeredBefore: new Set((row.offeredBefore ?? []).map(Number)),
    may:
      row.may &&
      row.unitCode !== null &&
      deps.reference.departmentOfUnit(row.unitCode, today) === departmentId,
  }));
  const gone = people.filter((row) => !row.may).map((row) => row.id);
  if (gone.length > 0)
    await tx.update(waitEntries).set({ state: 'over', stateAt: at }).where(inArray(waitEntries.id, gone));
  return people.filter((row) => row.may);
}

/** Free places on the days anybody waits for, within the pilot (GV-04). */
async function readFreePlaces(
  deps: Deps,
  tx: Transaction,
  departmentId: string,
  candidates: readonly Candidate[],
  at: Date,
): Promise<FreePlace[]> {
  const now = toBusinessTime(at);
  const wanted = candidates.flatMap((each) => [each.wantedFrom, each.wantedUntil]).sort();
  const department = deps.reference.department(departmentId);
  const rows = await tx.execute<{ id: string | number; day: PlainDate; startsAt: PlainTime }>(sql`
    select id, day::text as day, left(starts_at::text, 5) as "startsAt" from place
     where department_id = ${departmentId}::uuid and booking_id is null and closed_by_trip is null
       and (day, starts_at) > (${now.date}::date, ${now.time}::time) and day between ${wanted[0]}::date and ${wanted.at(-1)}::date
       and (held_for_form is null or held_until <= ${stamp(at)})
     order by day, starts_at, place_no`);
  return rows
    .filter((row) => department && isQueueOpen(deps.reference.pilots(), department.regionCode, row.day))
    .map((row) => ({ ...row, id: Number(row.id) }));
}

/**
 * Plans the offers and takes their places. A place somebody is booking at this instant is left out and everything is planned
 * anew, so that who waits longest does not lose the turn by it.
 */
async function lockOffered(
  tx: Transaction,
  candidates: readonly Candidate[],
  free: readonly FreePlace[],
  at: Date,
): Promise<Offer[]> {
  const policy = offerPolicyOn(toBusinessDate(at));
  let left = free;
  for (;;) {
    const offers = assignOffers(candidates, left, at, policy);
    if (offers.length === 0) return [];
    const wanted = offers.map((offer) => offer.placeId);
    const taken = await tx.execute<{ id: string | number }>(sql`
      select id from place where id = any(${sql.param(`{${wanted.join(',')}}`)}::bigint[]) and booking_id is null and closed_by_trip is null
         and (held_for_form is null or held_until <= ${stamp(at)}) for update skip locked`);
    const ours = new Set(taken.map((row) => Number(row.id)));
    if (ours.size === offers.length) return offers;
    left = left.filter((place) => !wanted.includes(place.id) || ours.has(place.id));
  }
}

async function writeOffers(
  deps: Deps,
  tx: Transaction,
  departmentId: string,
  offers: readonly Offer[],
  candidates: readonly Candidate[],
  free: readonly FreePlace[],
  at: Date,
): Promise<void> {
  const number = deps.reference.department(departmentId)?.number ?? 0;
  for (const offer of offers) {
    const person = candidates.find((each) => each.id === offer.waitingId);
    const place = free.find((each) => each.id === offer.placeId);
    if (!person || !place) throw new Error('An offer of nothing to nobody');
    const { announcedAt, expiresAt } = offer;
    const offerId = deps.random.id(at);
    const ends = toBusinessTime(expiresAt);
    await tx
      .update(places)
      .set({ heldForForm: person.formId, heldUntil: addMinutes(expiresAt, HOLD_GRACE_MINUTES) })
      .where(eq(places.id, place.id));
    await tx
      .update(waitEntries)
      .set({ state: 'offered', stateAt: at })
      .where(and(eq(waitEntries.id, person.id), eq(waitEntries.state, 'waiting')));
    await tx.insert(waitOffers).values({
      id: offerId,
      entryId: person.id,
      placeId: place.id,
      day: place.day,
      startsAt: place.startsAt,
      offeredAt: at,
      expiresAt,
      state: 'open',
      stateAt: at,
    });
    await tx.insert(messages).values({
      id: deps.random.id(at),
      personId: person.personId,
      template: 'offer',
      language: person.language,
      formId: person.formId,
      phone: person.phone,
      params: {
        offer: offerId,
        department: String(number),
        date: shortDate(place.day),
        time: place.startsAt,
        deadline: `${shortDate(ends.date)}, ${ends.time}`,
      },
      onceKey: `offer:${offerId}`,
      state: person.phone === null ? 'dead' : 'queued',
      failure: person.phone === null ? 'no-number' : null,
      createdAt: at,
      dueAt: announcedAt,
      expiresAt,
      stateAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: 'system:worker',
      actorRole: 'system',
      action: 'waitList.offer',
      outcome: 'done',
      personId: person.personId,
      subject: `offer:${offerId}`,
      requestId: null,
      detail: { form: person.formId, place: place.id },
    });
  }
}
