import { MOBILE_SIGNATURE_REFUSALS } from '@mse/contracts/identity';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import QRCode from 'qrcode';
import { ask } from '#lib/server/ask.ts';
import { mobileSigning } from '#lib/server/kept-answers.ts';
import { settleMobileSigning } from '#lib/server/settle-mobile-signing.ts';
import { isPhone } from '#lib/ways-to-sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** The signing this browser is in the middle of, or a new one; null while eGov Mobile is silent (T21). */
async function signingOf(event: RequestEvent) {
  const { language, api } = event.locals;
  const kept = mobileSigning.read(event.cookies);
  if (kept?.language === language) return kept;
  const started = await ask(
    event,
    api.identity.startMobileSignature.mutate({ host: event.url.host, language }),
  );
  if (!started.ok) return null;
  const { signingKey, text, compareCode, link, endsAt } = started;
  const signing = { signingKey, text, compareCode, link, endsAt, language };
  mobileSigning.keep(event.cookies, signing);
  return signing;
}

/** C05. Opening the page again shows the same code while it lives. The key of the signing stays in the sealed cookie. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const refused = event.url.searchParams.get('refused');
  const refusal = MOBILE_SIGNATURE_REFUSALS.find((each) => each === refused) ?? null;
  const onPhone = isPhone(event.request.headers);
  const signing = await signingOf(event);
  if (!signing) return { refusal, onPhone, signing: null };
  const { text, compareCode, link, endsAt } = signing;
  const svg = await QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
  const qr = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  return { refusal, onPhone, signing: { text, compareCode, link, endsAt, qr } };
};

export const actions: Actions = {
  finish: async (event) => {
    const settled = await settleMobileSigning(event);
    if ('go' in settled) redirect(303, settled.go);
    return fail(409, { refusal: settled.wait });
  },
  /** A new code, for a person who wants one. */
  fresh: (event) => {
    mobileSigning.drop(event.cookies);
    const next = event.url.searchParams.get('next');
    redirect(
      303,
      `/${event.locals.language}/sign-in/mobile${next ? `?next=${encodeURIComponent(next)}` : ''}`,
    );
  },
};
