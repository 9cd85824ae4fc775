import { type PlainDate, type PlainTime, toInstant } from '../shared/index.ts';
import { type OfferPolicy, type OfferTimes, planOffer } from './offer.ts';

/** Somebody on the wait list of a department who has no offer at the moment. */
export interface Waiting {
  id: string;
  /** Who asked earlier comes earlier. */
  since: Date;
  /** Days wanted, both included. */
  wantedFrom: PlainDate;
  wantedUntil: PlainDate;
  /** Start times wanted; empty: any. */
  wantedTimes: readonly PlainTime[];
  /** EQ-09: last valid day of the form. */
  formValidUntil: PlainDate;
  /** Places this person has been offered before and has not taken. */
  offeredBefore: ReadonlySet<number>;
}

/** A place of the department that nobody has. */
export interface FreePlace {
  id: number;
  day: PlainDate;
  startsAt: PlainTime;
}

/** One place for one person. */
export interface Offer extends OfferTimes {
  waitingId: string;
  placeId: number;
}

/** Whether a place is what a person waits for; EQ-09: nothing after the form's last day. */
export function fits(person: Waiting, place: FreePlace): boolean {
  return (
    person.wantedFrom <= place.day &&
    place.day <= person.wantedUntil &&
    (person.wantedTimes.length === 0 || person.wantedTimes.includes(place.startsAt)) &&
    place.day <= person.formValidUntil &&
    !person.offeredBefore.has(place.id)
  );
}

/** Order of the list: by the instant of asking; the id decides between people of one instant. */
export function byTurn(one: Pick<Waiting, 'since' | 'id'>, other: Pick<Waiting, 'since' | 'id'>): number {
  return one.since.getTime() - other.since.getTime() || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/**
 * Who is offered what: the longest waiting first, each the earliest place that fits and can still be offered. So nobody is
 * overtaken by a later comer whose wishes fit as well, no place is offered to two, nobody gets two offers at once, and a place
 * that fits nobody stays free for all.
 */
export function assignOffers(
  waiting: readonly Waiting[],
  places: readonly FreePlace[],
  at: Date,
  policy: OfferPolicy,
): Offer[] {
  const left = places
    .map((place) => ({ place, times: planOffer(toInstant(place.day, place.startsAt), at, policy) }))
    .filter((each): each is { place: FreePlace; times: OfferTimes } => each.times !== null)
    .sort(({ place: one }, { place: other }) =>
      `${one.day}T${one.startsAt}` === `${other.day}T${other.startsAt}`
        ? one.id - other.id
        : `${one.day}T${one.startsAt}` < `${other.day}T${other.startsAt}`
          ? -1
          : 1,
    );
  const offers: Offer[] = [];
  for (const person of [...waiting].sort(byTurn)) {
    const index = left.findIndex(({ place }) => fits(person, place));
    const [found] = index < 0 ? [] : left.splice(index, 1);
    if (found) offers.push({ waitingId: person.id, placeId: found.place.id, ...found.times });
  }
  return offers;
}
