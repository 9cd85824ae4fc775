import { NCALAYER_URL } from '$app/env/private';
import type { SigningOutput } from '@mse/contracts/signing';
import type { SigningRefusal } from '@mse/domain/signing';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import type { RequestEvent } from '@sveltejs/kit';
import QRCode from 'qrcode';
import type { z } from 'zod';
import { ask } from './ask.ts';

type Signing = z.output<typeof SigningOutput>;

/** What `SignDocument` shows. */
export interface SigningPage extends Omit<Signing, 'phone'> {
  phone: (NonNullable<Signing['phone']> & { qr: string }) | null;
  ncalayer: string;
}

/**
 * The text that waits for the person's signature, for a page that collects it. Lets the page reach the signing program on the own
 * computer: call it in `load`, which runs after a refused action, too.
 */
export async function signingPage(event: RequestEvent, signingId: string): Promise<SigningPage> {
  event.locals.signs = true;
  const signing = await ask(event, event.locals.api.signing.get.query({ signingId }));
  const { phone } = signing;
  return {
    ...signing,
    phone: phone && {
      ...phone,
      qr: `data:image/svg+xml,${encodeURIComponent(
        await QRCode.toString(phone.link, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
      )}`,
    },
    ncalayer: NCALAYER_URL,
  };
}

/** Begins signing on a phone; answers why it could not, or null. */
export async function startPhone(
  event: RequestEvent,
  signingId: string,
): Promise<'unavailable' | 'signing-used' | 'signing-expired' | null> {
  const answer = await ask(event, event.locals.api.signing.startPhone.mutate({ signingId }));
  return answer.ok ? null : answer.refusal;
}

/** Why a signature does not count, as lines for `PageFrame`; none when there is no refusal. */
export function signingErrors(
  language: Language,
  refusal: SigningRefusal | 'unavailable' | null | undefined,
): { field: string | null; text: string }[] {
  return refusal ? [{ field: null, text: translator(language)(`signing:refusal.${refusal}`) }] : [];
}
