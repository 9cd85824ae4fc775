import type { SigningOutput } from '@mse/contracts/signing';
import type { SigningRefusal } from '@mse/domain/signing';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import type { RequestEvent } from '@sveltejs/kit';
import QRCode from 'qrcode';
import type { z } from 'zod';
import { NCALAYER_URL, SERVICE_MODE, SIMULATORS_URL } from '$app/env/private';
import { callApi } from './api.ts';

type Signing = z.output<typeof SigningOutput>;

/** What `sign-document.svelte` shows. */
export interface SigningPage extends Omit<Signing, 'phone'> {
  phone: (NonNullable<Signing['phone']> & { qr: string }) | null;
  ncalayer: string;
  /** Demo mode: where one chooses who signs. */
  simulator: string | null;
}

/**
 * The text that waits for the caller's signature, for a page that collects it. Lets the page reach the signing program on the own
 * computer: call it in `load`, which runs after a refused action, too.
 */
export async function signingPage(event: RequestEvent, signingId: string): Promise<SigningPage> {
  event.locals.signs = true;
  const signing = await callApi(event, (api) => api.signing.get.query({ signingId }));
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
    simulator: SERVICE_MODE === 'demo' ? `${SIMULATORS_URL}/ncalayer` : null,
  };
}

/** Begins signing on a phone; answers why it could not, or null. */
export async function startPhone(
  event: RequestEvent,
  signingId: string,
): Promise<'unavailable' | 'signing-used' | 'signing-expired' | null> {
  const answer = await callApi(event, (api) => api.signing.startPhone.mutate({ signingId }));
  return answer.ok ? null : answer.refusal;
}

/** Why a signature does not count, as the error summary of the page says it; nothing when there is no refusal. */
export function signingErrors(
  language: Language,
  refusal: SigningRefusal | 'unavailable' | null | undefined,
): { field: string | null; text: string }[] {
  return refusal ? [{ field: null, text: translator(language)(`signing:refusal.${refusal}`) }] : [];
}
