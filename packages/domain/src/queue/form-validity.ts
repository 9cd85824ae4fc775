import { addMonths, type PlainDate, toBusinessDate } from '../shared/index.ts';

/** EQ-08, F004: form 031/у holds for one month from its signing; the same day of the next month is the last valid one. */
export function lastValidDay(signedAt: Date): PlainDate {
  return addMonths(toBusinessDate(signedAt), 1);
}
