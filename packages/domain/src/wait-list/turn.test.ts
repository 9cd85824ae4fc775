import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMinutes, plainDate, plainTime, toInstant } from '../shared/index.ts';
import { offerPolicyOn } from './offer.ts';
import { assignOffers, byTurn, fits, type FreePlace, type Waiting } from './turn.ts';

const today = plainDate('2026-11-23');
const at = toInstant(today, plainTime('10:00'));
const policy = offerPolicyOn(today);

const person = (
  id: string,
  minutesAgo: number,
  from: number,
  until: number,
  changes: Partial<Waiting> = {},
): Waiting => ({
  id,
  since: addMinutes(at, -minutesAgo),
  wantedFrom: addDays(today, from),
  wantedUntil: addDays(today, until),
  wantedTimes: [],
  formValidUntil: addDays(today, 30),
  offeredBefore: new Set(),
  ...changes,
});
const place = (id: number, day: number, startsAt = '11:00'): FreePlace => ({
  id,
  day: addDays(today, day),
  startsAt: plainTime(startsAt),
});
const pairs = (waiting: Waiting[], places: FreePlace[]) =>
  assignOffers(waiting, places, at, policy).map((offer) => `${offer.waitingId}:${offer.placeId}`);

describe('whose turn it is', () => {
  test('EQ-09: the longest waiting gets the place, however the list is sorted', () => {
    const early = person('early', 60, 1, 5);
    const late = person('late', 5, 1, 5);
    expect(pairs([late, early], [place(1, 2)])).toEqual(['early:1']);
  });

  test('EQ-09: who asked for other days does not block those behind', () => {
    expect(pairs([person('early', 60, 10, 12), person('late', 5, 1, 5)], [place(1, 2)])).toEqual(['late:1']);
  });

  test('EQ-09: the earlier place goes to the earlier comer', () => {
    expect(pairs([person('late', 5, 1, 5), person('early', 60, 1, 5)], [place(1, 4), place(2, 2)])).toEqual([
      'early:2',
      'late:1',
    ]);
  });

  test('EQ-09: what was not taken once is not offered again to the same person, and goes on to the next', () => {
    const refused = person('early', 60, 1, 5, { offeredBefore: new Set([1]) });
    expect(pairs([refused, person('late', 5, 1, 5)], [place(1, 2)])).toEqual(['late:1']);
    expect(pairs([refused], [place(1, 2)])).toEqual([]);
  });

  test('EQ-09: who wants certain hours is offered those only, and does not block those behind', () => {
    const morning = person('early', 60, 1, 5, { wantedTimes: [plainTime('09:00'), plainTime('10:00')] });
    expect(pairs([morning, person('late', 5, 1, 5)], [place(1, 2, '14:30')])).toEqual(['late:1']);
    expect(pairs([morning, person('late', 5, 1, 5)], [place(1, 2, '14:30'), place(2, 3, '10:00')])).toEqual([
      'early:2',
      'late:1',
    ]);
  });

  test('EQ-09: a day after the end of the form is not offered', () => {
    const brief = person('brief', 60, 1, 20, { formValidUntil: addDays(today, 3) });
    expect(pairs([brief], [place(1, 4)])).toEqual([]);
    expect(pairs([brief], [place(1, 3)])).toEqual(['brief:1']);
  });
});

const STARTS = ['09:00', '10:00', '11:00', '12:00', '14:30'];

describe('fairness of any list', () => {
  const days = fc.integer({ min: 0, max: 12 });
  const list = fc
    .array(
      fc.record({
        ago: fc.integer({ min: 0, max: 5 }),
        from: days,
        length: days,
        valid: days,
        times: fc.subarray(STARTS),
        before: fc.array(fc.nat(12), { maxLength: 3 }),
      }),
      { maxLength: 12 },
    )
    .map((rows) =>
      rows.map((row, index) =>
        person(`p${index}`, row.ago, row.from, row.from + row.length, {
          formValidUntil: addDays(today, row.valid),
          wantedTimes: row.times.map(plainTime),
          offeredBefore: new Set(row.before),
        }),
      ),
    );
  const free = fc
    .array(fc.record({ day: days, start: fc.constantFrom(...STARTS) }), {
      maxLength: 10,
    })
    .map((rows) => rows.map((row, index) => place(index, row.day, row.start)));
  const moment = (each: FreePlace | undefined) => (each ? `${each.day}T${each.startsAt}` : '');

  test('EQ-09: nobody is overtaken by a later comer whose wishes fit as well', () => {
    fc.assert(
      fc.property(list, free, (waiting, places) => {
        const offers = assignOffers(waiting, places, at, policy);
        const placeOf = new Map(
          offers.map((offer) => [offer.waitingId, places.find(({ id }) => id === offer.placeId)]),
        );
        for (const later of waiting)
          for (const earlier of waiting) {
            const given = placeOf.get(later.id);
            if (!given || byTurn(earlier, later) >= 0 || !fits(earlier, given)) continue;
            // The earlier comer, whom this place fits as well, has a place, and not a later one.
            expect(placeOf.has(earlier.id)).toBe(true);
            expect(moment(placeOf.get(earlier.id)) <= moment(given)).toBe(true);
          }
      }),
    );
  });

  test('EQ-09: a place is offered to one at a time, a person has one offer at a time, and nothing that fits stays idle', () => {
    fc.assert(
      fc.property(list, free, (waiting, places) => {
        const offers = assignOffers(waiting, places, at, policy);
        const offered = new Set(offers.map((offer) => offer.placeId));
        expect(offered.size).toBe(offers.length);
        expect(new Set(offers.map((offer) => offer.waitingId)).size).toBe(offers.length);
        const idle = places.filter(
          (each) => !offered.has(each.id) && toInstant(each.day, each.startsAt) > addMinutes(at, 75),
        );
        for (const someone of waiting)
          if (!offers.some((offer) => offer.waitingId === someone.id))
            expect(idle.filter((each) => fits(someone, each))).toEqual([]);
      }),
    );
  });

  test('EQ-09: an offer never outlives the form and always ends before the visit', () => {
    fc.assert(
      fc.property(list, free, (waiting, places) => {
        for (const offer of assignOffers(waiting, places, at, policy)) {
          const someone = waiting.find(({ id }) => id === offer.waitingId);
          const given = places.find(({ id }) => id === offer.placeId);
          if (!someone || !given) throw new Error('An offer of nothing to nobody');
          expect(given.day <= someone.formValidUntil).toBe(true);
          expect(offer.expiresAt < toInstant(given.day, given.startsAt)).toBe(true);
          expect(offer.expiresAt < toInstant(addDays(someone.formValidUntil, 1), plainTime('00:00'))).toBe(
            true,
          );
        }
      }),
    );
  });
});
