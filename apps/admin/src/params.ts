import { SHEET_FORMATS } from '@mse/contracts/reporting';
import { MESSAGE_TEMPLATES } from '@mse/domain/notifications';
import { isLanguage } from '@mse/domain/shared';
import { defineParams } from '@sveltejs/kit/params';

export const params = defineParams({
  /** `kk`, `ru` or `en`. */
  language: (text: string) => (isLanguage(text) ? text : undefined),
  /** A row of the day is opened by its booking, or by its visit when it came through the live queue. */
  opened: (text: string) => (text === 'booking' || text === 'visit' ? text : undefined),
  /** A kind of message, such as `sms-2`. */
  template: (text: string) => MESSAGE_TEMPLATES.find((template) => template === text),
  /** A page that waits for a person: as it came, or as it was re-made. */
  side: (text: string) => (text === 'original' || text === 'remade' ? text : undefined),
  /** A kind of file for spreadsheets. */
  sheet: (text: string) => SHEET_FORMATS.find((format) => format === text),
  id: (text: string) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined),
});
