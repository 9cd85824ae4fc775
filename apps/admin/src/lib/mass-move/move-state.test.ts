import { describe, expect, it } from 'vitest';
import { moveState } from './move-state.ts';

const counts = {
  all: 9,
  pending: 0,
  moved: 9,
  noPlace: 0,
  endedMeanwhile: 0,
  failed: 0,
  toCall: 0,
  called: 0,
};

describe('how a mass move is spoken of', () => {
  it.each([
    ['nobody at work although work is left', { state: 'running', stopped: true, counts }, 'stopped'],
    ['a worker at it', { state: 'running', counts: { ...counts, pending: 3 } }, 'running'],
    [
      'bookings that could not be moved',
      { state: 'done', counts: { ...counts, failed: 1, toCall: 1 } },
      'failures',
    ],
    ['people still to be called', { state: 'done', counts: { ...counts, toCall: 2, called: 1 } }, 'calls'],
    ['everybody called', { state: 'done', counts: { ...counts, toCall: 2, called: 2 } }, 'done'],
  ] as const)('K08: %s', (_, move, word) => {
    expect(moveState(move).word).toBe(word);
  });
});
