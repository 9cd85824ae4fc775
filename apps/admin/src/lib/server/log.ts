import { LOG_LEVEL } from '$app/env/private';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
type Level = Exclude<(typeof LEVELS)[number], 'silent'>;

/**
 * Writes one line of JSON. Fields are chosen by the caller and never hold personal data: no address with its values,
 * no form, no header; a route's name, a status, a duration, a request number.
 */
export function log(
  level: Level,
  message: string,
  fields: Record<string, string | number | boolean | null> = {},
): void {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(LOG_LEVEL)) return;
  const time = performance.timeOrigin + performance.now();
  process.stdout.write(
    `${JSON.stringify({ level, time: Math.round(time), app: 'admin', msg: message, ...fields })}\n`,
  );
}
