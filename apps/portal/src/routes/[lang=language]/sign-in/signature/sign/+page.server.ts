import { NCALAYER_URL } from '$app/env/private';
import { FinishSignatureInput } from '@mse/contracts/identity';
import { fail, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { backAddress } from '#lib/server/back-address.ts';
import { keepSession, rememberWay } from '#lib/server/cookies.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const Sent = FinishSignatureInput.pick({ challengeId: true, cms: true });
const DEVICE_LENGTH = 300;

/** C04. Every opening of the page gets a fresh text: it lives three minutes and serves once. */
export const load: PageServerLoad = async (event) => {
  const { language, api } = event.locals;
  const challenge = await ask(
    event,
    api.identity.startSignature.mutate({ audience: 'citizen', host: event.url.host, language }),
  );
  event.setHeaders({ 'cache-control': 'no-store' });
  return { challenge, ncalayer: NCALAYER_URL };
};

export const actions: Actions = {
  finish: async (event) => {
    const read = readForm(Sent, await event.request.formData());
    if (!read.ok) return fail(400, { refusal: 'malformed' as const });
    const device = (event.request.headers.get('user-agent') ?? '').slice(0, DEVICE_LENGTH);
    const answer = await ask(
      event,
      event.locals.api.identity.finishSignature.mutate({ ...read.data, device }),
    );
    if (!answer.ok) return fail(409, { refusal: answer.refusal });
    keepSession(event.cookies, answer.token);
    rememberWay(event.cookies, 'signature');
    redirect(303, backAddress(event.url.searchParams.get('next'), event.locals.language));
  },
};
