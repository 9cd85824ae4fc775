import type { RequestEvent } from '@sveltejs/kit';
import QRCode from 'qrcode';

/** What the head of a department opens on the screen: the token stands in the fragment, which browsers send to no server. */
export async function boardLink(event: RequestEvent, token: string): Promise<{ link: string; qr: string }> {
  const link = `${event.url.origin}/board#${token}`;
  return { link, qr: await QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }) };
}
