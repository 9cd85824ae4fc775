import { describe, expect, test } from 'vitest';
import { CASE_STATES, type CaseState } from '../examination/index.ts';
import { CASE_HEADLINES, CASE_STAGES, type CaseFacts, caseView } from './case-stages.ts';

const moment = (hour: number) => new Date(Date.UTC(2026, 10, 25, hour));
const facts = (changes: Partial<CaseFacts> = {}): CaseFacts => ({
  form: 'accepted',
  state: 'deciding',
  documentsReady: false,
  at: {
    received: moment(1),
    checked: moment(2),
    stripped: moment(3),
    compared: moment(5),
    concluded: moment(6),
    documents: moment(7),
  },
  dueAt: moment(10),
  closeAt: moment(11),
  ...changes,
});

/** The seven stages as one letter each: done, now, ahead. */
const shape = (changes: Partial<CaseFacts>) =>
  caseView(facts(changes))
    .stages.map(({ state }) => state[0])
    .join('');

describe('A case as the person follows it', () => {
  test.each<[string, Partial<CaseFacts>, string, string, string, Date | null]>([
    ['a form whose checks wait', { form: 'checking', state: null }, 'dnaaaaa', 'checking', 'service', null],
    ['a form that went back', { form: 'returned', state: null }, 'dnaaaaa', 'returned', 'clinic', null],
    ['a form that was accepted', { state: null }, 'ddnaaaa', 'preparing', 'service', null],
    ['papers being stripped', { state: 'accepted' }, 'ddnaaaa', 'preparing', 'service', null],
    ['papers that a person looks at', { state: 'held' }, 'ddnaaaa', 'preparing', 'service', null],
    ['a case on the waiting list', { state: 'waiting', dueAt: null }, 'dddnaaa', 'waiting', 'service', null],
    ['a case with the experts', { state: 'deciding' }, 'dddnaaa', 'deciding', 'experts', moment(10)],
    ['a consultation', { state: 'consultation' }, 'ddddnaa', 'consultation', 'service', moment(10)],
    ['an invitation', { state: 'invited' }, 'dddddna', 'invited', 'you', moment(11)],
    ['a second invitation', { state: 'invited-again' }, 'dddddna', 'invited-again', 'you', moment(11)],
    ['nobody came', { state: 'closed-no-show' }, 'dddddna', 'closed-no-show', 'you', null],
    ['a refusal to come', { state: 'closed-refused' }, 'dddddna', 'closed-refused', 'you', null],
    [
      'a conclusion whose papers are being made',
      { state: 'concluded' },
      'ddddddn',
      'issuing',
      'service',
      null,
    ],
    [
      'a conclusion with its papers',
      { state: 'concluded-in-person', documentsReady: true },
      'ddddddd',
      'done',
      'nobody',
      null,
    ],
  ])('PX-39: %s', (_sentence, changes, stages, headline, turn, until) => {
    const view = caseView(facts(changes));
    expect({ headline: view.headline, turn: view.turn, until: view.until }).toEqual({
      headline,
      turn,
      until,
    });
    expect(shape(changes)).toBe(stages);
  });

  test('PX-39: only stages that are done carry their moment', () => {
    expect(caseView(facts()).stages.map(({ at }) => at)).toEqual([
      moment(1),
      moment(2),
      moment(3),
      null,
      null,
      null,
      null,
    ]);
  });

  test('PX-39: every inner state has a view, every headline is reached, and the stages are always the seven', () => {
    const reached = new Set<string>();
    for (const form of ['checking', 'returned', 'accepted'] as const)
      for (const state of [null, ...CASE_STATES] as (CaseState | null)[])
        for (const documentsReady of [true, false]) {
          const view = caseView(facts({ form, state, documentsReady }));
          reached.add(view.headline);
          expect(view.stages.map(({ stage }) => stage)).toEqual([...CASE_STAGES]);
          expect(view.stages.filter((each) => each.state === 'now').length).toBeLessThanOrEqual(1);
        }
    expect([...reached].sort()).toEqual([...CASE_HEADLINES].sort());
  });

  test('PX-04: nothing of the view says who decides or how many they are', () => {
    expect(JSON.stringify(caseView(facts({ state: 'deciding' })))).not.toMatch(
      /seat|panel|count|three|\d expert/i,
    );
  });
});
