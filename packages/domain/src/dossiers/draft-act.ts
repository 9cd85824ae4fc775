import type { PlainDate } from '../shared/index.ts';

/**
 * PX-02, PX-03: number of a draft act: the day it was formed and its place in the year, `2026-1126-000042`. Digits and dashes only,
 * so that it reads the same in every language and in the name of a file.
 */
export function draftActNumber(formedOn: PlainDate, placeInYear: number): string {
  const [year, month, day] = formedOn.split('-') as [string, string, string];
  return `${year}-${month}${day}-${String(placeInYear).padStart(6, '0')}`;
}
