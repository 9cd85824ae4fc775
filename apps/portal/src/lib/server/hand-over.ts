import { type ApiClient, apiFailure } from '@mse/api-client';
import type { Spool, SpooledReport } from './spool.ts';

/** What became of one report: it arrived, it must wait, the API is away, or the API will never take it. */
export type HandedOver = 'arrived' | 'later' | 'away' | 'refused';

const LONGEST_AGE_SECONDS = 366 * 24 * 60 * 60;

/** Hands one report to the API and forgets it when it has arrived. The API knows a report it was told before by its id. */
export async function handOver(
  spool: Spool,
  report: SpooledReport,
  clientFor: (report: SpooledReport) => ApiClient,
  now: number,
): Promise<HandedOver> {
  const { id, number, language, page, text, contact, incident, writtenAt } = report;
  const age = Math.round((now - writtenAt) / 1000);
  try {
    const answer = await clientFor(report).faultReports.report.mutate({
      id,
      number,
      language,
      page,
      text,
      contact,
      incident,
      ageSeconds: Math.min(Math.max(0, age), LONGEST_AGE_SECONDS),
    });
    if (!answer.ok) return 'away';
  } catch (thrown) {
    const failure = apiFailure(thrown);
    if (failure.kind === 'invalid') {
      await spool.layAside(id);
      return 'refused';
    }
    return failure.kind === 'broken' && failure.requestId !== null ? 'later' : 'away';
  }
  await spool.remove(id);
  return 'arrived';
}

/** C31: hands over everything that waits, one after the other; stops when the API is away or wants to be left in peace. */
export async function handOverAll(
  spool: Spool,
  clientFor: (report: SpooledReport) => ApiClient,
  now: () => number,
): Promise<Record<HandedOver, number>> {
  const counts = { arrived: 0, later: 0, away: 0, refused: 0 };
  for (const id of await spool.waiting()) {
    const report = await spool.read(id);
    const result = report ? await handOver(spool, report, clientFor, now()) : 'later';
    counts[result] += 1;
    if (result === 'away') break;
  }
  return counts;
}
