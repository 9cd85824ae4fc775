import { addDays, addMonths, eachDay, type PlainDate, weekday } from '../shared/index.ts';

/** K10, P11: spans a report can be asked for. */
export const PERIOD_KINDS = ['day', 'week', 'month', 'quarter'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** Calendar days from `from` to `until`, both included. */
export interface DaySpan {
  from: PlainDate;
  until: PlainDate;
}

/** A whole day, week from Monday, month or quarter of the calendar. */
export interface Period extends DaySpan {
  kind: PeriodKind;
}

const firstOfMonth = (day: PlainDate) => `${day.slice(0, 7)}-01` as PlainDate;

/** The period of a kind that a day lies in. */
export function periodOf(kind: PeriodKind, on: PlainDate): Period {
  switch (kind) {
    case 'day':
      return { kind, from: on, until: on };
    case 'week': {
      const from = addDays(on, 1 - weekday(on));
      return { kind, from, until: addDays(from, 6) };
    }
    case 'month': {
      const from = firstOfMonth(on);
      return { kind, from, until: addDays(addMonths(from, 1), -1) };
    }
    case 'quarter': {
      const from = addMonths(firstOfMonth(on), -((Number(on.slice(5, 7)) - 1) % 3));
      return { kind, from, until: addDays(addMonths(from, 3), -1) };
    }
  }
}

/** The period of the same kind before or after. */
export function neighbourOf(period: Period, side: 'before' | 'after'): Period {
  return periodOf(period.kind, side === 'before' ? addDays(period.from, -1) : addDays(period.until, 1));
}

/**
 * The parts in which a report shows how a period went: days of a week, weeks of a month, months of a quarter; a day is one part.
 * Weeks that reach into another month are cut at its edge, so that the parts add up to the period.
 */
export function slicesOf(period: Period): DaySpan[] {
  const part = ({ from, until }: DaySpan): DaySpan => ({
    from: from < period.from ? period.from : from,
    until: until > period.until ? period.until : until,
  });
  const kind = ({ day: 'day', week: 'day', month: 'week', quarter: 'month' } as const)[period.kind];
  const slices: DaySpan[] = [];
  for (let next = period.from; next <= period.until;) {
    const slice = part(periodOf(kind, next));
    slices.push(slice);
    next = addDays(slice.until, 1);
  }
  return slices;
}

/** C36: the last `count` whole weeks before `today`, oldest first. */
export function lastWholeWeeks(today: PlainDate, count: number): Period[] {
  const thisWeek = periodOf('week', today);
  return Array.from({ length: count }, (_, index) =>
    periodOf('week', addDays(thisWeek.from, -7 * (count - index))),
  );
}

/** Days of a span; its length is never long. */
export function daysOf(span: DaySpan): PlainDate[] {
  return eachDay(span.from, span.until);
}
