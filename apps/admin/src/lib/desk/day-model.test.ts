import { VISIT_EVENTS, VISIT_STATES, VISIT_TRANSITIONS } from '@mse/domain/queue';
import { describe, expect, test } from 'vitest';
import {
  countdown,
  currentVisit,
  isCarriedOut,
  lateness,
  possibleEvents,
  projectDay,
  stateAfter,
} from './day-model.ts';
import { aChange, aDay, aRow } from './test-rows.ts';

const at = (time: string) => Date.parse(`2026-11-23T${time}+05:00`);

describe('K01: what a clerk sees after a press that is still on its way', () => {
  test('a called person stands under "now" with the room of the call', () => {
    const day = aDay({
      waiting: [aRow({ visitId: 'v1', state: 'waiting' }), aRow({ visitId: 'v2', state: 'waiting' })],
    });
    const shown = projectDay(day, [aChange({ visitId: 'v1', event: 'call', room: '14' })]);
    expect(shown.waiting.map((row) => row.visitId)).toEqual(['v2']);
    expect(shown.now).toMatchObject([{ visitId: 'v1', state: 'called', room: '14', calls: 1 }]);
    expect(day.waiting, 'the rows of the service stay as they came').toHaveLength(2);
  });

  test('several presses on one person follow each other: called, received, finished', () => {
    const day = aDay({ waiting: [aRow({ visitId: 'v1', state: 'waiting' })] });
    const presses = (['call', 'start', 'finish'] as const).map((event) =>
      aChange({ visitId: 'v1', event, room: event === 'call' ? '14' : null }),
    );
    expect(projectDay(day, presses)).toMatchObject({
      now: [],
      waiting: [],
      finished: [{ state: 'done', room: '14' }],
    });
  });

  test('a press that the table of visits does not allow changes nothing on the page', () => {
    const day = aDay({ now: [aRow({ visitId: 'v1', state: 'in-service' })] });
    expect(projectDay(day, [aChange({ visitId: 'v1', event: 'call', room: '14' })]).now).toEqual(day.now);
  });

  test('a press about somebody who is not on this day changes nothing', () => {
    const day = aDay({ waiting: [aRow({ visitId: 'v1', state: 'waiting' })] });
    expect(projectDay(day, [aChange({ visitId: 'other', event: 'call', room: '14' })])).toMatchObject({
      waiting: day.waiting,
      now: [],
    });
  });
});

describe('K01: the buttons of a row', () => {
  test('are exactly the steps the table of visits allows, for every state', () => {
    for (const state of VISIT_STATES) {
      const allowed = VISIT_EVENTS.filter((event) => VISIT_TRANSITIONS[state][event] !== undefined);
      expect(possibleEvents(aRow({ visitId: 'v1', state })), state).toEqual(allowed);
    }
  });

  test('there are none for somebody who has not arrived', () => {
    expect(possibleEvents(aRow({ visitId: null, state: 'booked' }))).toEqual([]);
  });
});

describe('EQ-14: lateness on the day queue', () => {
  const expected = aRow({ visitId: null, state: 'booked', lateAt: '2026-11-23T09:15:00+05:00' });

  test('before the appointed time nobody is late', () => {
    expect(lateness(expected, at('08:59:59'))).toEqual({ kind: 'none' });
  });

  test('after the appointed time the minutes count and the fifteen minutes run down', () => {
    expect(lateness(expected, at('09:00:00'))).toEqual({ kind: 'running', minutes: 0, secondsLeft: 900 });
    expect(lateness(expected, at('09:07:30'))).toEqual({ kind: 'running', minutes: 7, secondsLeft: 450 });
  });

  test('at +15:00 it is the last second, at +15:01 it is over', () => {
    expect(lateness(expected, at('09:15:00'))).toEqual({ kind: 'running', minutes: 15, secondsLeft: 0 });
    expect(lateness(expected, at('09:15:01'))).toEqual({ kind: 'over', minutes: 15 });
  });

  test('whoever arrived late keeps the minutes of the arrival, whoever came in time has none', () => {
    const arrived = (time: string) =>
      aRow({
        visitId: 'v1',
        state: 'waiting',
        lateAt: expected.lateAt,
        arrivedAt: `2026-11-23T${time}+05:00`,
      });
    expect(lateness(arrived('09:04:40'), at('11:00:00'))).toEqual({ kind: 'late', minutes: 4 });
    expect(lateness(arrived('08:50:00'), at('11:00:00'))).toEqual({ kind: 'none' });
  });

  test('EQ-15: the live queue has no appointed time and is never late', () => {
    expect(
      lateness(aRow({ visitId: 'v1', state: 'waiting', startsAt: null, lateAt: null }), at('11:00:00')),
    ).toEqual({ kind: 'none' });
  });

  test('the countdown reads as minutes and two digits of seconds', () => {
    expect([900, 61, 9, 0].map(countdown)).toEqual(['15:00', '1:01', '0:09', '0:00']);
  });
});

describe('K01: a press whose answer was lost', () => {
  test('counts as carried out when the day already shows its result', () => {
    const day = aDay({ now: [aRow({ visitId: 'v1', state: 'called' })] });
    expect(isCarriedOut(day, aChange({ visitId: 'v1', event: 'call' }))).toBe(true);
    expect(isCarriedOut(day, aChange({ visitId: 'v1', event: 'start' }))).toBe(false);
    expect(isCarriedOut(day, aChange({ visitId: 'v2', event: 'call' }))).toBe(false);
  });

  test('every step leads to one state only, so that its trace can be told', () => {
    for (const event of VISIT_EVENTS) {
      const results = new Set(
        VISIT_STATES.map((state) => VISIT_TRANSITIONS[state][event]).filter((state) => state !== undefined),
      );
      expect([...results], event).toEqual([stateAfter(event)]);
    }
  });
});

describe('K01: the person a key acts on', () => {
  const first = aRow({ visitId: 'v1', state: 'called', room: '14', calledAt: '2026-11-23T09:00:00+05:00' });
  const second = aRow({ visitId: 'v2', state: 'called', room: '14', calledAt: '2026-11-23T09:20:00+05:00' });
  const elsewhere = aRow({
    visitId: 'v3',
    state: 'called',
    room: '15',
    calledAt: '2026-11-23T09:30:00+05:00',
  });

  test('is the one called last to the clerk’s own room', () => {
    expect(currentVisit([first, elsewhere, second], '14')?.visitId).toBe('v2');
  });

  test('is the only one there is, whatever the room', () => {
    expect(currentVisit([elsewhere], '14')?.visitId).toBe('v3');
  });

  test('is nobody when several are in other rooms', () => {
    expect(currentVisit([first, elsewhere], null)).toBeNull();
    expect(currentVisit([], '14')).toBeNull();
  });
});
