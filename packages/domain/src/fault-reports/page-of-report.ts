import { FAULT_LENGTHS } from './number.ts';

/**
 * C31: the page a report is about, from its path: without the values behind it, and without the code of a ticket, which is
 * a key in itself. Empty when it is no path.
 */
export function pageOfReport(path: string): string {
  const bare = path.split(/[?#]/)[0] ?? '';
  if (!/^\/[\w./-]*$/.test(bare)) return '';
  return bare.replaceAll(/(?<=\/)[\w-]{22}(?=\/|$)/g, 'code').slice(0, FAULT_LENGTHS.page);
}
