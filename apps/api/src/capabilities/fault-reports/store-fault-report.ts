import type { Executor } from '@mse/db';
import { faultReports } from '@mse/db/schema';
import type { Language } from '@mse/domain/shared';
import { toBusinessDate } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';

/** Letters and digits that are not taken for each other when read out on the telephone. */
const ALPHABET = '23456789ABCDEFGHKMNPRSTUVWXYZ';

/** A number for a report, without asking anything: the day and six letters by chance, `261123-7KMPTX`. */
export function faultReportNumber(deps: Pick<Deps, 'random'>, at: Date): string {
  const letters = Array.from({ length: 6 }, () => ALPHABET[deps.random.below(ALPHABET.length)]).join('');
  return `${toBusinessDate(at).replaceAll('-', '').slice(2)}-${letters}`;
}

/** What somebody reports; `subject` names what it is about, `audit:<id>` for a disputed look at data. */
export interface NewFaultReport {
  personId: string | null;
  kind: 'fault' | 'access-dispute' | 'annulment-appeal';
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
  const number = faultReportNumber(deps, at);
  await executor
    .insert(faultReports)
    .values({ id: deps.random.id(at), number, ...report, reportedAt: at, storedAt: at, stateAt: at });
  return number;
}
