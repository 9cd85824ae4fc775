import type { Executor } from '@mse/db';
import { faultReports } from '@mse/db/schema';
import { type FaultKind, faultReportNumber } from '@mse/domain/fault-reports';
import type { Language } from '@mse/domain/shared';
import { toBusinessDate } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';

/** What somebody reports; `subject` names what it is about, `audit:<id>` for a disputed look at data. */
export interface NewFaultReport {
  personId: string | null;
  kind: FaultKind;
  /** Path of the page, without anything personal. */
  page: string;
  language: Language;
  text: string;
  contact: string | null;
  subject: string | null;
}

/** Stores a report with a number of its own, in the transaction of whatever else happens with it. Answers the number. */
export async function storeFaultReport(
  deps: Pick<Deps, 'random'>,
  executor: Executor,
  report: NewFaultReport,
  at: Date,
): Promise<string> {
  const number = faultReportNumber(toBusinessDate(at), (limit) => deps.random.below(limit));
  await executor
    .insert(faultReports)
    .values({ id: deps.random.id(at), number, ...report, reportedAt: at, storedAt: at, stateAt: at });
  return number;
}
