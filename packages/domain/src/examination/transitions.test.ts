import { describe, expect, test } from 'vitest';
import { CASE_STATES, type CaseState, FINAL_CASE_STATES } from './states.ts';
import {
  CASE_EVENTS,
  type CaseEvent,
  formMark,
  isFinalCaseState,
  ownerOfCase,
  serviceStage,
  statesBefore,
  stepCase,
} from './transitions.ts';

/** Every line of the table once more, as a list: what is not here must be refused. */
const ALLOWED: Record<string, CaseState> = {
  'accepted held': 'held',
  'accepted prepared': 'waiting',
  'accepted overdue': 'accepted',
  'held prepared': 'waiting',
  'held overdue': 'held',
  'waiting dealt': 'deciding',
  'waiting overdue': 'waiting',
  'deciding agreed': 'concluded',
  'deciding mismatched': 'invited',
  'deciding nonconforming': 'invited',
  'deciding seat-lost': 'waiting',
  'deciding redistributed': 'deciding',
  'deciding consultation-asked': 'consultation',
  'deciding overdue': 'deciding',
  'invited invited-again': 'invited-again',
  'invited concluded-in-person': 'concluded-in-person',
  'invited consultation-asked': 'consultation',
  'invited no-show': 'closed-no-show',
  'invited refused': 'closed-refused',
  'invited overdue': 'invited',
  'invited-again concluded-in-person': 'concluded-in-person',
  'invited-again consultation-asked': 'consultation',
  'invited-again no-show': 'closed-no-show',
  'invited-again refused': 'closed-refused',
  'invited-again overdue': 'invited-again',
  'consultation consultation-answered': 'invited',
  'consultation concluded-in-person': 'concluded-in-person',
  'consultation refused': 'closed-refused',
  'consultation overdue': 'consultation',
};

describe('life of a remote case', () => {
  const every = CASE_STATES.flatMap((state) =>
    CASE_EVENTS.map((event): [CaseState, CaseEvent] => [state, event]),
  );

  test.each(every)('PX-39: %s, %s', (state, event) => {
    const expected = ALLOWED[`${state} ${event}`];
    expect(stepCase(state, event)).toEqual(
      expected === undefined ? { ok: false, refusal: 'impossible-now' } : { ok: true, value: expected },
    );
    expect(statesBefore(event).includes(state)).toBe(expected !== undefined);
  });

  test('PX-39: nothing leaves a final state, and every other state leads to one', () => {
    for (const state of FINAL_CASE_STATES)
      for (const event of CASE_EVENTS) expect(stepCase(state, event).ok).toBe(false);
    for (const start of CASE_STATES) {
      const reached = new Set<CaseState>([start]);
      for (const state of reached)
        for (const event of CASE_EVENTS) {
          const next = stepCase(state, event);
          if (next.ok) reached.add(next.value);
        }
      expect({ start, ends: [...reached].some(isFinalCaseState) }).toEqual({ start, ends: true });
    }
  });

  test('PX-39: every state but the first is reached from the first', () => {
    const reached = new Set<CaseState>(['accepted']);
    for (const state of reached)
      for (const event of CASE_EVENTS) {
        const next = stepCase(state, event);
        if (next.ok) reached.add(next.value);
      }
    expect([...reached].sort()).toEqual([...CASE_STATES].sort());
  });

  test('PX-39: somebody must move in every state that is not final, and nobody in one that is', () => {
    for (const state of CASE_STATES) expect(ownerOfCase(state) === 'none').toBe(isFinalCaseState(state));
  });

  test('PX-37: a form is marked poorly completed by the two ends without an examination alone', () => {
    expect(CASE_STATES.filter((state) => formMark(state) !== null)).toEqual([
      'closed-no-show',
      'closed-refused',
    ]);
  });

  test('PX-51: a case ends at one of the two last stages of the service, and nowhere else', () => {
    for (const state of CASE_STATES)
      expect(['rendered', 'not-rendered'].includes(serviceStage(state))).toBe(isFinalCaseState(state));
  });
});
