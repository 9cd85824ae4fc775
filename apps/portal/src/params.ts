import { defineParams } from '@sveltejs/kit/params';
import { isLanguage } from '@mse/domain/shared';

export const params = defineParams({
  /** `kk`, `ru` or `en`. */
  language: (text: string) => (isLanguage(text) ? text : undefined),
  /** The opaque code of a ticket's QR. */
  ticket: (text: string) => (/^[A-Za-z0-9_-]{22}$/.test(text) ? text : undefined),
  /** The number of a line of the access log. */
  number: (text: string) => (/^[1-9]\d{0,14}$/.test(text) ? text : undefined),
  /** `kk.pdf`, `ru.pdf` and the signatures beside them. */
  documentFile: (text: string) => (/^(kk|ru)\.(pdf|p7s)$/.test(text) ? text : undefined),
  id: (text: string) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined),
});
