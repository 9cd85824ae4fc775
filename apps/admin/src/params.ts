import { isLanguage } from '@mse/domain/shared';
import { defineParams } from '@sveltejs/kit/params';

export const params = defineParams({
  /** `kk`, `ru` or `en`. */
  language: (text: string) => (isLanguage(text) ? text : undefined),
  /** A row of the day is opened by its booking, or by its visit when it came through the live queue. */
  opened: (text: string) => (text === 'booking' || text === 'visit' ? text : undefined),
  id: (text: string) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined),
});
