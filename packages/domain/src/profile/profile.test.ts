import { describe, expect, test } from 'vitest';
import { ACCESS } from '../access/index.ts';
import { addMinutes } from '../shared/index.ts';
import { describeAccess } from './access-log.ts';
import { decidePhoneChange, PHONE_CHANGE_POLICY, secondsUntilNextChange } from './phone-change.ts';

const at = new Date('2026-11-23T05:00:00Z');
const change = { expiresAt: addMinutes(at, 10), tries: 0, doneAt: null };

describe('a new contact number', () => {
  test.each([
    ['both codes are right', {}, { old: true, new: true }, 'changed'],
    ['the old code is wrong', {}, { old: false, new: true }, 'wrong'],
    ['the new code is wrong', {}, { old: true, new: false }, 'wrong'],
    ['there was no number before and the new code is right', {}, { old: null, new: true }, 'changed'],
    ['there was no number before and the new code is wrong', {}, { old: null, new: false }, 'wrong'],
    ['the time is over', { expiresAt: addMinutes(at, -1) }, { old: true, new: true }, 'expired'],
    ['it was used', { doneAt: at }, { old: true, new: true }, 'used'],
    ['five tries are gone', { tries: 5 }, { old: true, new: true }, 'too-many-tries'],
  ] as const)('T13: when %s', (_, changes, matches, outcome) => {
    const decision = decidePhoneChange({ ...change, ...changes }, matches, at);
    expect(decision.ok ? decision.value : decision.refusal).toBe(outcome);
  });

  test('T11: another change waits a minute, and after five of a day until the first is a day old', () => {
    expect(secondsUntilNextChange([], at)).toBe(0);
    expect(secondsUntilNextChange([addMinutes(at, -0.5)], at)).toBe(30);
    expect(secondsUntilNextChange([addMinutes(at, -1)], at)).toBe(0);
    const many = Array.from({ length: PHONE_CHANGE_POLICY.perDay }, (_, index) =>
      addMinutes(at, -60 * (index + 1)),
    );
    expect(secondsUntilNextChange(many, at)).toBe((24 - PHONE_CHANGE_POLICY.perDay) * 3600);
  });
});

describe('who looked at somebody’s data', () => {
  test('T34: every act that leaves a row about people reads as a role, a purpose and a kind of data', () => {
    expect(describeAccess({ actorRole: 'clerk', action: 'desk.visit', subject: 'visit:1' })).toEqual({
      role: 'clerk',
      purpose: 'visit',
      data: 'visit',
    });
    expect(
      describeAccess({ actorRole: 'integration', action: 'intake.receiveForm', subject: 'form:1' }),
    ).toEqual({
      role: 'clinic',
      purpose: 'form',
      data: 'form',
    });
    expect(
      describeAccess({ actorRole: 'citizen', action: 'queue.bookPlace', subject: 'booking:1' }).role,
    ).toBe('representative');
    expect(describeAccess({ actorRole: 'newcomer', action: 'novelty.act', subject: null })).toEqual({
      role: 'unknown',
      purpose: 'other',
      data: 'general',
    });
  });

  test('T34: what citizens and the desk may do has a purpose of its own', () => {
    const unnamed = Object.entries(ACCESS)
      .filter(
        ([action, rule]) =>
          rule.audited &&
          rule.scope === 'own' &&
          describeAccess({ actorRole: 'citizen', action, subject: null }).purpose === 'other',
      )
      .map(([action]) => action);
    expect(unnamed).toEqual([]);
  });
});
