import { ProcessFailure } from './processes.ts';

/** Milliseconds as a person reads them: `0.4 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Prints that a step is done, with its time. */
export function stepDone(step: string, milliseconds: number): void {
  console.log(`✓ ${step}  ${duration(milliseconds)}`);
}

/** Rows set in columns two blanks apart. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) => (indent + row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')).trimEnd())
    .join('\n');
}

/** What a person can do about a failure, by what it says. */
const advice: [RegExp, string][] = [
  [/ENOSPC|No space left on device/, 'The disk is full. Make room and run the command again.'],
  [
    /EACCES|Permission denied/,
    'A file of the project belongs to another user. Make it yours: sudo chown -R $(id -un) .',
  ],
  [/made by PostgreSQL|could not make its data folder/, 'npm run reset begins with an empty data folder.'],
  [
    /ECONNREFUSED|ENOTFOUND|password authentication failed/,
    'If DATABASE_URL is set: check that this PostgreSQL runs and lets you in.',
  ],
  [
    /relation .* (already exists|does not exist)|PostgresError/,
    'If the data are of an older state, npm run reset begins anew.',
  ],
];

/** A failure in plain words, with what to do where we know it. */
export function plainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const help = advice.find(([pattern]) => pattern.test(error.message))?.[1];
  const fallback =
    error instanceof ProcessFailure
      ? 'Run the command again; if it fails in the same place, npm run reset clears the data it made.'
      : undefined;
  return [error.message, help ?? fallback].filter((line) => line !== undefined).join('\n\n');
}
