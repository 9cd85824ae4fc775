import { PORTAL_URL } from '$app/env/private';
import QRCode from 'qrcode';
import { ask } from '#lib/server/ask.ts';
import { turnOf } from '#lib/server/turn.ts';
import type { PageServerLoad } from './$types';

/** C14. The QR holds an address with an opaque code and nothing about the person. */
export const load: PageServerLoad = async (event) => {
  const { code } = event.params;
  const ticket = await ask(event, event.locals.api.queue.ticket.query({ code }));
  const turn = await turnOf(event, code);
  const qr = await QRCode.toString(`${PORTAL_URL}/t/${code}`, {
    type: 'svg',
    errorCorrectionLevel: 'Q',
    margin: 4,
  });
  return { ticket, turn, qr: `data:image/svg+xml,${encodeURIComponent(qr)}`, code };
};
