import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import {
  correctedCells,
  decideCorrection,
  isCorrectable,
  isMonthOver,
  JOURNAL_COLUMNS,
  type JournalCells,
} from './journal.ts';

const cells: JournalCells = {
  kk: Array.from({ length: 14 }, (_, index) => `kk ${index + 1}`),
  ru: Array.from({ length: 14 }, (_, index) => `ru ${index + 1}`),
};
const typed = { column: 6, kk: 'жұмыс', ru: 'работа', reason: 'a slip' };

describe('Corrections of a protocol', () => {
  test('JR-03: a row stays as it was written; later corrections of a cell count', () => {
    const corrections = [
      { rowId: 'row', column: 6, kk: 'a', ru: 'b' },
      { rowId: 'other', column: 7, kk: 'x', ru: 'y' },
      { rowId: 'row', column: 6, kk: 'c', ru: 'd' },
    ];
    const now = correctedCells({ id: 'row', cells }, corrections);
    expect([now.cells.kk[5], now.cells.ru[5], now.corrected]).toEqual(['c', 'd', [6]]);
    expect(now.cells.kk[6]).toBe('kk 7');
    expect(cells.kk[5]).toBe('kk 6');
  });

  test('JR-03: a correction is taken with both languages and a reason, trimmed', () => {
    expect(decideCorrection('department', cells, { ...typed, kk: ' жұмыс ' })).toEqual({
      ok: true,
      value: typed,
    });
  });

  test.each([
    [{ column: 2 }, 'fixed-column'],
    [{ column: 14 }, 'fixed-column'],
    [{ column: 15 }, 'fixed-column'],
    [{ column: 0 }, 'fixed-column'],
    [{ column: 5.5 }, 'fixed-column'],
    [{ kk: ' ' }, 'empty'],
    [{ ru: '' }, 'empty'],
    [{ reason: ' ' }, 'no-reason'],
    [{ ru: 'x'.repeat(2001) }, 'too-long'],
    [{ reason: 'x'.repeat(501) }, 'too-long'],
    [{ kk: 'kk 6', ru: 'ru 6' }, 'same-as-now'],
  ])('JR-03: what is wrong is refused (%#)', (changes, refusal) => {
    expect(decideCorrection('department', cells, { ...typed, ...changes })).toEqual({ ok: false, refusal });
  });

  test('JR-01: annex 17 has 14 columns, annex 18 nine; numbers that other papers carry are fixed', () => {
    expect(JOURNAL_COLUMNS).toEqual({ department: 14, methodology: 9 });
    expect([1, 2, 3, 13, 14, 15].map((column) => isCorrectable('department', column))).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(isCorrectable('methodology', 2)).toBe(true);
  });

  test.each([
    ['2026-11', '2026-11-30', false],
    ['2026-11', '2026-12-01', true],
    ['2026-12', '2027-01-01', true],
  ])('JR-02: the journal of %s can be signed on %s: %s', (month, today, over) => {
    expect(isMonthOver(month, plainDate(today))).toBe(over);
  });
});
