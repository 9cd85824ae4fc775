import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { add, countsInWords, countVitest } from '../src/test-results.ts';

const folder = mkdtempSync(join(tmpdir(), 'saraptama-results-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A report as vitest writes it. */
function report(files: { status: string; tests: string[] }[]): string {
  const all = files.flatMap((file) => file.tests);
  const count = (status: string) => all.filter((one) => one === status).length;
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(
    file,
    JSON.stringify({
      numPassedTests: count('passed'),
      numFailedTests: count('failed'),
      numPendingTests: count('pending'),
      numTodoTests: count('todo'),
      success: count('failed') === 0,
      testResults: files.map(({ status, tests }) => ({
        status,
        assertionResults: tests.map((one) => ({ status: one })),
      })),
    }),
  );
  return file;
}

describe('the last line of the tests', () => {
  it('names passed and failed, and skipped only when there are some', () => {
    expect(countsInWords({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(countsInWords({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });

  it('sums up all stages', () => {
    expect(add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
  });
});

describe('a report of vitest', () => {
  it('is counted', () => {
    const file = report([{ status: 'failed', tests: ['passed', 'passed', 'failed', 'pending', 'todo'] }]);
    expect(countVitest(file, false)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be run as a failure', () => {
    const file = report([
      { status: 'passed', tests: ['passed'] },
      { status: 'failed', tests: [] },
    ]);
    expect(countVitest(file, false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a failure outside of all tests', () => {
    const file = report([{ status: 'passed', tests: ['passed'] }]);
    expect(countVitest(file, false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('that is missing is a failure, unless there was nothing to test', () => {
    expect(countVitest(join(folder, 'missing.json'), false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countVitest(join(folder, 'missing.json'), true)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
