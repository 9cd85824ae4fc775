import { BUSINESS_ZONE } from '@mse/domain/shared';

const clock = new Intl.DateTimeFormat('ru', {
  timeZone: BUSINESS_ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/**
 * T12: the exact text that is signed: what the capability wrote, then when it was given out and a number that never repeats, so
 * that a signature made once fits nothing else. In Kazakh and Russian, whatever the language of the page: what was signed is
 * evidence and must not depend on how the page was set. Line ends are `\n`, letters are composed (NFC).
 */
export function signedText(body: string, { at, nonce }: { at: Date; nonce: string }): string {
  return [
    body
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .replace(/[^\S\n]+$/gm, '')
      .trim(),
    '',
    `Мәтін берілген уақыт / Время выдачи текста: ${clock.format(at)} (UTC+05:00)`,
    `Бір реттік нөмірі / Одноразовый номер: ${nonce}`,
  ].join('\n');
}
