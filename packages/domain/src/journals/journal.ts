import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';

/** JR-01: journals of protocols. `department`: annex 17. `methodology`: annex 18, of the methodology and control department. */
export const JOURNALS = ['department', 'methodology'] as const;
export type Journal = (typeof JOURNALS)[number];

/** Columns of each journal, by the annexes. */
export const JOURNAL_COLUMNS: Record<Journal, number> = { department: 14, methodology: 9 };

/** Languages a protocol is kept in; the annexes are bilingual. */
export type JournalLanguage = 'kk' | 'ru';

/** Cells of a row in both languages, one per column. */
export type JournalCells = Record<JournalLanguage, string[]>;

/** JR-03: a correction of one cell, linked to its row; later ones count. */
export interface JournalCorrection {
  rowId: string;
  /** From 1. */
  column: number;
  kk: string;
  ru: string;
}

/**
 * JR-03: the cells of a row as they read now, and which columns were corrected. The row itself stays as it was written.
 * `corrections` in the order they were made.
 */
export function correctedCells(
  row: { id: string; cells: JournalCells },
  corrections: readonly JournalCorrection[],
): { cells: JournalCells; corrected: number[] } {
  const cells = { kk: [...row.cells.kk], ru: [...row.cells.ru] };
  const corrected = new Set<number>();
  for (const correction of corrections) {
    if (correction.rowId !== row.id) continue;
    cells.kk[correction.column - 1] = correction.kk;
    cells.ru[correction.column - 1] = correction.ru;
    corrected.add(correction.column);
  }
  return { cells, corrected: [...corrected].sort((left, right) => left - right) };
}

/** Columns nobody corrects by hand: numbers that other papers carry. */
const FIXED_COLUMNS: Record<Journal, readonly number[]> = { department: [1, 2, 14], methodology: [1] };

/** Why a correction is not taken. */
export const CORRECTION_REFUSALS = ['fixed-column', 'empty', 'too-long', 'same-as-now', 'no-reason'] as const;
export type CorrectionRefusal = (typeof CORRECTION_REFUSALS)[number];

/** Longest text of a corrected cell and of its reason, in characters. */
export const CORRECTION_MAX_LENGTH = 2000;
export const CORRECTION_REASON_MAX_LENGTH = 500;

/** JR-03: judges a correction of a cell; gives the texts as they will be kept. */
export function decideCorrection(
  journal: Journal,
  now: JournalCells,
  typed: { column: number; kk: string; ru: string; reason: string },
): Result<{ column: number; kk: string; ru: string; reason: string }, CorrectionRefusal> {
  const { column } = typed;
  const known = Number.isInteger(column) && column >= 1 && column <= JOURNAL_COLUMNS[journal];
  if (!known || FIXED_COLUMNS[journal].includes(column)) return refuse('fixed-column');
  const [kk, ru, reason] = [typed.kk.trim(), typed.ru.trim(), typed.reason.trim()];
  if (kk === '' || ru === '') return refuse('empty');
  if (reason === '') return refuse('no-reason');
  if (
    kk.length > CORRECTION_MAX_LENGTH ||
    ru.length > CORRECTION_MAX_LENGTH ||
    reason.length > CORRECTION_REASON_MAX_LENGTH
  )
    return refuse('too-long');
  if (now.kk[column - 1] === kk && now.ru[column - 1] === ru) return refuse('same-as-now');
  return ok({ column, kk, ru, reason });
}

/** Whether a column may be corrected. */
export function isCorrectable(journal: Journal, column: number): boolean {
  return column >= 1 && column <= JOURNAL_COLUMNS[journal] && !FIXED_COLUMNS[journal].includes(column);
}

/** JR-02: a month is closed and can be signed when its last day is over. `month` is `YYYY-MM`. */
export function isMonthOver(month: string, today: PlainDate): boolean {
  return today.slice(0, 7) > month;
}
