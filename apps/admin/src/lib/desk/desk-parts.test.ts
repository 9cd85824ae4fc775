import { describe, expect, test } from 'vitest';
import { waitBeforeAttempt } from './backoff.ts';
import { roomOf } from './room.ts';
import { SHORTCUTS } from './shortcuts.ts';

describe('K01: reconnecting', () => {
  test('waits longer after every failure, never longer than half a minute', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 50].map(waitBeforeAttempt)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });
});

describe('K01: the room a clerk calls to', () => {
  test('is the one remembered by the same clerk, while the department has it', () => {
    expect(roomOf({ personId: 'me', room: '14' }, 'me', ['14', '15'])).toBe('14');
    expect(roomOf({ personId: 'me', room: '99' }, 'me', ['14', '15'])).toBeNull();
  });

  test('another clerk’s choice on the same computer does not count', () => {
    expect(roomOf({ personId: 'them', room: '14' }, 'me', ['14', '15'])).toBeNull();
  });

  test('needs no choosing where there is only one', () => {
    expect(roomOf(null, 'me', ['14'])).toBe('14');
    expect(roomOf(null, 'me', [])).toBeNull();
  });
});

describe('K01: single keys', () => {
  test('each key does one thing', () => {
    expect(new Set(SHORTCUTS.map((shortcut) => shortcut.code)).size).toBe(SHORTCUTS.length);
  });
});
