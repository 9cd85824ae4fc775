import { existsSync, readFileSync } from 'node:fs';

/** How many tests passed, failed, and were left out. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

export function add(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** The last line of `npm test`: `12 passed, 0 failed`, and `, 1 skipped` where there are some. */
export function countsInWords(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts the tests in a report of vitest's JSON reporter. A file that could not be run counts as one failure,
 * and so does a run that failed though no test did (an error outside of tests), or that left no report.
 * @param file the report
 * @param succeeded whether vitest itself ended with success
 */
export function countVitest(file: string, succeeded: boolean): Counts {
  if (!existsSync(file)) return { passed: 0, failed: succeeded ? 0 : 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const brokenFiles = report.testResults.filter(
    (result) =>
      result.status === 'failed' &&
      !result.assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !succeeded ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
