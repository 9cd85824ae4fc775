import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import {
  decidePut,
  decideRequest,
  PUT_REFUSALS,
  type PutFacts,
  type PutRefusal,
  REQUEST_EVENTS,
  REQUEST_STATES,
  REQUEST_TRANSITIONS,
  requestTurn,
} from './field-place.ts';
import {
  checkPlace,
  EXAMINATION_PLACES,
  PLACE_NEEDS,
  type PlaceFacts,
  type PlaceRefusal,
  serviceMinutes,
} from './places.ts';
import {
  checkSessionDay,
  decideSession,
  SESSION_EVENTS,
  SESSION_STATES,
  SESSION_TRANSITIONS,
  type SessionFacts,
} from './session.ts';

const today = plainDate('2026-11-26');
const tomorrow = plainDate('2026-11-27');
const yesterday = plainDate('2026-11-25');

describe('places', () => {
  const nothing: PlaceFacts = {
    place: 'department',
    conclusion: null,
    consented: false,
    institution: ' ',
    address: '',
    ground: null,
  };
  const conclusion = { number: '12', day: today, copy: false };

  test.each<[PlaceFacts['place'], PlaceRefusal[]]>([
    ['department', []],
    ['methodology-department', []],
    ['medical-institution', ['institution-missing']],
    ['specialised-institution', ['institution-missing']],
    ['penal-institution', ['institution-missing']],
    ['home', ['conclusion-missing', 'consent-missing', 'address-missing']],
    ['hospital', ['conclusion-missing', 'consent-missing', 'institution-missing']],
    ['in-absentia', ['conclusion-missing', 'consent-missing', 'ground-missing']],
  ])('FF-03: %s lacks %j when nothing is known', (place, lacks) => {
    expect(checkPlace({ ...nothing, place }, today)).toEqual(lacks);
  });

  test('FF-03: every place lacks nothing when everything is there', () => {
    for (const place of EXAMINATION_PLACES)
      expect(
        checkPlace(
          {
            place,
            conclusion,
            consented: true,
            institution: 'x',
            address: 'y',
            ground: 'not-transportable',
          },
          today,
        ),
      ).toEqual([]);
  });

  test.each([
    ['number and day', { number: '12', day: today, copy: false }, []],
    ['a copy alone', { number: '', day: null, copy: true }, []],
    ['a number without a day', { number: '12', day: null, copy: false }, ['conclusion-missing']],
    ['a day without a number', { number: ' ', day: today, copy: false }, ['conclusion-missing']],
    ['a day to come', { number: '12', day: tomorrow, copy: true }, ['conclusion-in-future']],
  ])('FF-03: of the commission’s conclusion, %s', (_, given, lacks) => {
    expect(
      checkPlace({ ...nothing, place: 'home', conclusion: given, consented: true, address: 'y' }, today),
    ).toEqual(lacks);
  });

  test('FF-04, FF-03: registration binds the department and the clinic of the registration only', () => {
    expect(EXAMINATION_PLACES.filter((place) => PLACE_NEEDS[place].registration)).toEqual([
      'department',
      'medical-institution',
    ]);
  });

  test('FF-01: minutes are those of the policy, and a place it forgot is a defect', () => {
    expect(serviceMinutes({ department: 60, home: 240 }, 'home')).toBe(240);
    expect(() => serviceMinutes({ department: 60 }, 'hospital')).toThrow('hospital');
  });
});

describe('sessions', () => {
  const session: SessionFacts = { state: 'planned', day: today, waiting: 1, members: 1 };

  test('FF-03: every state with every event is in the table or refused', () => {
    for (const state of SESSION_STATES)
      for (const event of SESSION_EVENTS) {
        const next = SESSION_TRANSITIONS[state][event];
        const facts = { ...session, state, waiting: event === 'close' ? 0 : 1 };
        expect(decideSession(facts, event, today)).toEqual(
          next ? { ok: true, value: next } : { ok: false, refusal: 'not-possible-now' },
        );
      }
  });

  test.each([
    ['announced without people', { waiting: 0 }, 'announce', 'nobody-on-it'],
    ['announced without experts', { members: 0 }, 'announce', 'no-members'],
    ['announced when its day is over', { day: yesterday }, 'announce', 'day-passed'],
    ['filled when its day is over', { day: yesterday }, 'put', 'day-passed'],
    ['held on another day', { state: 'announced', day: tomorrow }, 'hold', 'not-its-day'],
    ['held the day after', { state: 'announced', day: yesterday }, 'hold', 'not-its-day'],
    ['closed while somebody waits', { state: 'held' }, 'close', 'people-waiting'],
  ] as const)('FF-03: a session is not %s', (_, changes, event, refusal) => {
    expect(decideSession({ ...session, ...changes }, event, today)).toEqual({ ok: false, refusal });
  });

  test('FF-03: no road leads out of a session that ended, and none back', () => {
    const rank = { planned: 0, announced: 1, held: 2, closed: 3, cancelled: 3 };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SESSION_EVENTS), { maxLength: 30 }), (events) => {
        let state: SessionFacts['state'] = 'planned';
        for (const event of events) {
          const step = decideSession(
            { state, day: today, waiting: event === 'close' ? 0 : 1, members: 1 },
            event,
            today,
          );
          if (!step.ok) continue;
          expect(rank[step.value]).toBeGreaterThanOrEqual(rank[state]);
          expect(['closed', 'cancelled']).not.toContain(state);
          state = step.value;
        }
      }),
    );
  });

  test.each([
    [yesterday, true, [], 'day-passed'],
    [today, true, [today], null],
    [tomorrow, true, [tomorrow, today], 'form-ends-before'],
    [tomorrow, false, [], 'not-a-working-day'],
  ])(
    'FF-02, EQ-08: on %s (working: %s, forms until %j): %s',
    (day, isWorkingDay, formsValidUntil, refusal) => {
      expect(checkSessionDay(day, { today, isWorkingDay, formsValidUntil })).toBe(refusal);
    },
  );
});

describe('places outside the queue', () => {
  const facts: PutFacts = {
    place: 'home',
    formAccepted: true,
    formServed: false,
    formValidUntil: tomorrow,
    holdingBooking: null,
    waits: false,
    elsewhere: false,
    registeredHere: true,
    granted: true,
    lacks: [],
  };
  const session = { day: tomorrow, capacity: 2, taken: 1 };

  test.each<[Partial<PutFacts>, PutRefusal | null]>([
    [{}, null],
    [{ formAccepted: false }, 'not-in-person'],
    [{ formServed: true }, 'already-served'],
    [{ holdingBooking: 'served' }, 'already-served'],
    [{ formValidUntil: today }, 'form-expired'],
    [{ holdingBooking: 'booked' }, 'has-booking'],
    [{ holdingBooking: 'arrived' }, 'has-booking'],
    [{ waits: true }, 'in-live-queue'],
    [{ elsewhere: true }, 'on-another-session'],
    [{ granted: false }, 'request-missing'],
    [{ lacks: ['address-missing'] }, 'place-lacks'],
    [{ registeredHere: false }, null],
    [{ place: 'medical-institution', registeredHere: false }, 'other-territory'],
    [{ place: 'medical-institution', registeredHere: null }, 'registry-silent'],
    [{ place: 'medical-institution', granted: false }, null],
    [{ place: 'penal-institution', registeredHere: false, granted: false }, null],
  ])('FF-03, EQ-13: with %j the answer is %s', (changes, refusal) => {
    const answer = decidePut({ ...facts, ...changes }, session, today);
    expect(answer.ok ? null : answer.refusal).toBe(refusal);
  });

  test('FF-03: a session takes as many as it has places for, absentia has no such bound', () => {
    expect(decidePut(facts, { ...session, taken: 2 }, today)).toEqual({ ok: false, refusal: 'session-full' });
    expect(decidePut({ ...facts, place: 'in-absentia' }, null, today).ok).toBe(true);
  });

  test('FF-03: every refusal of a place can be met', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(
        fc.record({
          place: fc.constantFrom('home' as const, 'medical-institution' as const),
          formAccepted: fc.boolean(),
          formServed: fc.boolean(),
          formValidUntil: fc.constantFrom(today, tomorrow),
          holdingBooking: fc.constantFrom(null, 'booked' as const, 'served' as const),
          waits: fc.boolean(),
          elsewhere: fc.boolean(),
          registeredHere: fc.constantFrom(true, false, null),
          granted: fc.boolean(),
          lacks: fc.constantFrom([] as const, ['consent-missing'] as const),
        }),
        fc.constantFrom(1, 2),
        (given, taken) => {
          const answer = decidePut(given, { ...session, taken }, today);
          if (!answer.ok) met.add(answer.refusal);
          // Nobody ever gets a second live place.
          else expect(given.holdingBooking === null && !given.waits && !given.elsewhere).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
    expect([...met].sort()).toEqual([...PUT_REFUSALS].sort());
  });
});

describe('requests', () => {
  test('FF-03: every state with every event is in the table or refused', () => {
    for (const state of REQUEST_STATES)
      for (const event of REQUEST_EVENTS) {
        const next = REQUEST_TRANSITIONS[state][event];
        expect(decideRequest(state, event)).toEqual(
          next ? { ok: true, value: next } : { ok: false, refusal: 'not-possible-now' },
        );
      }
  });

  test.each([
    ['asked', 'home', false, 'department-answers'],
    ['granted', 'home', false, 'department-plans'],
    ['granted', 'hospital', true, 'department-comes'],
    ['granted', 'in-absentia', false, 'department-concludes'],
    ['refused', 'home', false, 'you'],
    ['withdrawn', 'home', false, 'you'],
    ['done', 'home', false, 'nobody'],
  ] as const)(
    'FF-03: a request that is %s (%s, on a session: %s) is the move of %s',
    (state, place, on, turn) => {
      expect(requestTurn(state, place, on)).toBe(turn);
    },
  );
});
