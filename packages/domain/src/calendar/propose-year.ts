import { addDays, isPlainDate, type PlainDate, weekday } from '../shared/index.ts';

/** A day off that law orders every year, in force from `validFrom` to `validUntil`, both included. */
export interface StatutoryDay {
  key: string;
  validFrom: PlainDate;
  validUntil: PlainDate | null;
  /** Null together with `day`: the date is announced each year. */
  month: number | null;
  day: number | null;
  kind: 'holiday' | 'day-off';
  /** Falling on a weekend, it frees the next working day. */
  moves: boolean;
}

/** One day that the law wants in the calendar of a year. */
export interface ProposedDay<Law extends StatutoryDay = StatutoryDay> {
  law: Law;
  /** Null: announced each year, so somebody has to confirm it. */
  date: PlainDate | null;
  kind: 'holiday' | 'day-off';
  /** The holiday on a weekend whose day off this is. */
  movedFrom: PlainDate | null;
}

/**
 * EQ-02: the holidays and days off of a year by the law in force on each. Where a holiday falls on a weekend, the next working day
 * after it is free (Labour Code, article 84); two such holidays free two days. A day off that is no holiday (7 January, Kurban-ait)
 * frees no other. In the order of dates; what is announced comes last.
 */
export function proposeYear<Law extends StatutoryDay>(
  laws: readonly Law[],
  year: number,
): ProposedDay<Law>[] {
  const inForce = (law: Law, date: string) =>
    law.validFrom <= date && (law.validUntil === null || date <= law.validUntil);
  const fixed: (ProposedDay<Law> & { date: PlainDate })[] = [];
  const announced: ProposedDay<Law>[] = [];
  for (const law of laws) {
    if (law.month === null || law.day === null) {
      if (inForce(law, `${year}-12-31`)) announced.push({ law, date: null, kind: law.kind, movedFrom: null });
      continue;
    }
    const date = `${year}-${String(law.month).padStart(2, '0')}-${String(law.day).padStart(2, '0')}`;
    if (isPlainDate(date) && inForce(law, date)) fixed.push({ law, date, kind: law.kind, movedFrom: null });
  }
  fixed.sort(byDate);

  const taken = new Set(fixed.map(({ date }) => date));
  const moved = fixed
    .filter(({ law, date }) => law.moves && weekday(date) > 5)
    .map(({ law, date: movedFrom }) => {
      let date = addDays(movedFrom, 1);
      while (weekday(date) > 5 || taken.has(date)) date = addDays(date, 1);
      taken.add(date);
      return { law, date, kind: 'day-off' as const, movedFrom };
    })
    // A holiday at the end of December would free a day of the year after, whose own proposal knows more.
    .filter(({ date }) => date.startsWith(`${year}-`));
  return [...[...fixed, ...moved].sort(byDate), ...announced];
}

function byDate(one: { date: PlainDate }, other: { date: PlainDate }): number {
  return one.date < other.date ? -1 : 1;
}
