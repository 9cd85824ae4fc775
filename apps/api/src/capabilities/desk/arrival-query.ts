import { parseIin } from '@mse/domain/shared';

/** What a clerk typed or scanned at the check-in. */
export type ArrivalQuery =
  | { kind: 'code'; code: string }
  | { kind: 'iin'; iin: string }
  | { kind: 'ticket'; ticketNo: string }
  | { kind: 'unknown' };

/** Letters that look alike on a Kazakh or Russian keyboard. */
const LOOK_ALIKES: Record<string, string> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Ғ: 'F',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  Ү: 'Y',
  У: 'Y',
};

/**
 * K02: tells a ticket's address or bare code, an ИИН and a ticket number apart. Numbers are forgiven letter case, Cyrillic
 * look-alikes, any dash or none, and missing zeros: `а 3` is `A-003`.
 */
export function readArrivalQuery(typed: string): ArrivalQuery {
  const text = typed.normalize('NFKC').trim();
  const address = /\/t\/([A-Za-z0-9_-]{22})(?:[/?#]|$)/.exec(text)?.[1];
  if (address) return { kind: 'code', code: address };
  if (/^[A-Za-z0-9_-]{22}$/.test(text)) return { kind: 'code', code: text };
  const iin = parseIin(text);
  if (iin) return { kind: 'iin', iin };
  const latin = [...text.toUpperCase()].map((letter) => LOOK_ALIKES[letter] ?? letter).join('');
  const number = /^([A-Z]{1,4})[\s\p{Pd}]*(\d{1,5})$/u.exec(latin);
  if (number)
    return { kind: 'ticket', ticketNo: `${number[1]}-${String(Number(number[2])).padStart(3, '0')}` };
  return { kind: 'unknown' };
}
