import {
  addDays,
  addMinutes,
  ok,
  type PlainDate,
  plainDate,
  type PlainTime,
  plainTime,
  refuse,
  type Result,
  toBusinessDate,
  toInstant,
} from '../shared/index.ts';

/** How long a freed place is kept for one waiting person. Dated data: the order is silent, so these are the service's own numbers. */
export interface OfferPolicy {
  validFrom: PlainDate;
  /** Minutes to answer, counted by day only. */
  lifeMinutes: number;
  /** Hours of the day in which people are told and in which their minutes run. */
  from: PlainTime;
  until: PlainTime;
  /** An offer ends at the latest this long before the visit begins. */
  endsBeforeStartMinutes: number;
  /** With fewer minutes of the day left nobody is asked; the place is then free for all. */
  leastMinutes: number;
}

/** Oldest first; a change is a new line. */
export const OFFER_POLICIES: readonly OfferPolicy[] = [
  {
    validFrom: plainDate('2025-11-22'),
    lifeMinutes: 120,
    from: plainTime('08:00'),
    until: plainTime('21:00'),
    endsBeforeStartMinutes: 60,
    leastMinutes: 15,
  },
];

/** The policy of a date: the newest that has begun. */
export function offerPolicyOn(
  date: PlainDate,
  policies: readonly OfferPolicy[] = OFFER_POLICIES,
): OfferPolicy {
  const policy = policies.findLast((each) => each.validFrom <= date) ?? policies[0];
  if (!policy) throw new Error('There is no policy of offers');
  return policy;
}

/** Minutes a place stays held after its offer ended: in them it passes on to the next person without being free for all between. */
export const HOLD_GRACE_MINUTES = 5;

/** When a person is told of an offer and when it ends. */
export interface OfferTimes {
  announcedAt: Date;
  expiresAt: Date;
}

/**
 * The times of an offer made at `at` for a visit that begins at `startsAt`. By night nobody is woken and no minute runs: the
 * place is held and the message goes out in the morning. Null when too little of the day is left for an answer.
 */
export function planOffer(startsAt: Date, at: Date, policy: OfferPolicy): OfferTimes | null {
  const day = toBusinessDate(at);
  const window = (date: PlainDate) => ({
    opens: toInstant(date, policy.from),
    closes: toInstant(date, policy.until),
  });
  const today = window(day);
  const announcedAt = at < today.opens ? today.opens : at < today.closes ? at : window(addDays(day, 1)).opens;

  const latest = addMinutes(startsAt, -policy.endsBeforeStartMinutes);
  let left = policy.lifeMinutes * 60_000;
  let date = toBusinessDate(announcedAt);
  let cursor = announcedAt;
  let wakingMs = 0;
  let expiresAt = announcedAt;
  while (left > 0 && cursor < latest) {
    const { closes } = window(date);
    const stops = Math.min(closes.getTime(), cursor.getTime() + left, latest.getTime());
    wakingMs += stops - cursor.getTime();
    left -= stops - cursor.getTime();
    expiresAt = new Date(stops);
    date = addDays(date, 1);
    cursor = window(date).opens;
  }
  if (wakingMs < policy.leastMinutes * 60_000) return null;
  // Minutes that were cut off by the visit itself do not run on into the night.
  return { announcedAt, expiresAt };
}

/** States of an offer. */
export const OFFER_STATES = ['open', 'taken', 'declined', 'expired'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** Whether an offer can still be answered: until its end and not at it, for then the place belongs to the next. */
export function decideAnswer(
  offer: { state: OfferState; expiresAt: Date },
  at: Date,
): Result<'answer', 'offer-ended'> {
  return offer.state === 'open' && at < offer.expiresAt ? ok('answer') : refuse('offer-ended');
}
