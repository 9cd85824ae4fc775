import { formatDate, formatTime } from '@mse/i18n/format';

/** Calendar date of an instant (milliseconds of the service's clock) in Kazakhstan, `23.11.2026`. */
export function dayAt(milliseconds: number): string {
  return formatDate(new Date(milliseconds));
}

/** Time of day of an instant (milliseconds of the service's clock) in Kazakhstan, `09:05`. */
export function timeAt(milliseconds: number): string {
  return formatTime(new Date(milliseconds));
}
