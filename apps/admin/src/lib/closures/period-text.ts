import { formatDate } from '@mse/i18n/format';

/** `08.12.2026`, or `08.12.2026 – 10.12.2026` when a period has several days. */
export function periodText({ from, until }: { from: string; until: string }): string {
  return from === until ? formatDate(from) : `${formatDate(from)} – ${formatDate(until)}`;
}
