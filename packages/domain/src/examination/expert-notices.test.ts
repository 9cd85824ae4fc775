import { describe, expect, test } from 'vitest';
import {
  digestOf,
  type ExpertDigest,
  isTimeToTell,
  NOTICE_LEVELS,
  noticeLevel,
  type PartNews,
} from './expert-notices.ts';

const noon = new Date('2026-11-25T07:00:00Z');
const due = new Date('2026-11-25T13:00:00Z');
const part = (changes: Partial<PartNews> = {}): PartNews => ({
  told: NOTICE_LEVELS.none,
  warnedAt: null,
  warnedAgainAt: null,
  overdueAt: null,
  dueAt: due,
  ...changes,
});

describe('what an expert is told', () => {
  test('PX-25: each mark is a level of its own, the latest one counts', () => {
    expect(noticeLevel(part())).toBe(NOTICE_LEVELS.dealt);
    expect(noticeLevel(part({ warnedAt: noon }))).toBe(NOTICE_LEVELS.warned);
    expect(noticeLevel(part({ warnedAt: noon, warnedAgainAt: noon }))).toBe(NOTICE_LEVELS.warnedAgain);
    // Found late: overdue without any warning before.
    expect(noticeLevel(part({ overdueAt: noon }))).toBe(NOTICE_LEVELS.overdue);
  });

  test.each<[string, PartNews[], ExpertDigest | null]>([
    ['nothing', [], null],
    ['told already', [part({ told: 1 }), part({ told: 4, overdueAt: noon })], null],
    ['two that came', [part(), part()], { dealt: 2, soon: 0, overdue: 0, firstDueAt: due }],
    [
      'one that came and is near already',
      [part({ warnedAt: noon })],
      { dealt: 1, soon: 1, overdue: 0, firstDueAt: due },
    ],
    [
      'one of each; what was told is not counted, nor is its term',
      [
        part({ dueAt: new Date('2026-11-24T13:00:00Z'), told: 4, overdueAt: noon }),
        part({ dueAt: new Date('2026-11-27T13:00:00Z') }),
        part({ told: 2, warnedAt: noon, warnedAgainAt: noon }),
        part({
          told: 3,
          warnedAt: noon,
          warnedAgainAt: noon,
          overdueAt: noon,
          dueAt: new Date('2026-11-25T06:00:00Z'),
        }),
      ],
      { dealt: 1, soon: 1, overdue: 1, firstDueAt: new Date('2026-11-25T06:00:00Z') },
    ],
  ])('PX-25: %s', (_sentence, parts, digest) => {
    expect(digestOf(parts)).toEqual(digest);
  });

  const only = (changes: Partial<ExpertDigest>): ExpertDigest => ({
    dealt: 0,
    soon: 0,
    overdue: 0,
    firstDueAt: due,
    ...changes,
  });
  const hourly = { pauseMinutes: 60 };
  test.each<[string, ExpertDigest, string | null, string, boolean]>([
    ['the first case is told at once', only({ dealt: 1 }), null, '10:00', true],
    ['another one waits for the pause', only({ dealt: 1 }), '09:30', '10:00', false],
    ['and is told when the hour is full', only({ dealt: 1 }), '09:00', '10:00', true],
    ['a term that nears does not wait', only({ dealt: 3, soon: 1 }), '09:59', '10:00', true],
    ['nor one that has passed', only({ overdue: 1 }), '09:59', '10:00', true],
    ['nobody is told at night', only({ overdue: 1 }), null, '21:00', false],
    ['nor before eight', only({ dealt: 1 }), null, '07:59', false],
    ['from eight on they are', only({ dealt: 1 }), null, '08:00', true],
  ])('PX-25: %s', (_sentence, digest, last, now, told) => {
    const at = (time: string) => new Date(`2026-11-25T${time}:00+05:00`);
    expect(isTimeToTell(digest, last === null ? null : at(last), hourly, at(now))).toBe(told);
  });
});
