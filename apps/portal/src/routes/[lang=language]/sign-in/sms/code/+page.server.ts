import { VerifyCodeInput } from '@mse/contracts/identity';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { backAddress } from '#lib/server/back-address.ts';
import { keepSession, rememberWay } from '#lib/server/cookies.ts';
import { readForm } from '#lib/server/forms.ts';
import { codeRequest } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

const Typed = VerifyCodeInput.pick({ code: true });
const DEVICE_LENGTH = 300;

function firstPage(event: RequestEvent): string {
  const next = event.url.searchParams.get('next');
  return `/${event.locals.language}/sign-in/sms${next ? `?next=${encodeURIComponent(next)}` : ''}`;
}

/** C06, second page: the code. Without a request for one there is nothing to enter. */
export const load: PageServerLoad = (event) => {
  if (!codeRequest.read(event.cookies)) redirect(303, firstPage(event));
  return {};
};

export const actions: Actions = {
  verify: async (event) => {
    const kept = codeRequest.read(event.cookies);
    if (!kept) redirect(303, firstPage(event));
    const read = readForm(Typed, await event.request.formData());
    if (!read.ok) {
      return fail(400, {
        errors: read.errors,
        code: read.typed.code ?? '',
        refusal: null,
        triesLeft: null,
        waitMinutes: null,
        resent: false,
      });
    }
    const device = (event.request.headers.get('user-agent') ?? '').slice(0, DEVICE_LENGTH);
    const answer = await ask(
      event,
      event.locals.api.identity.verifyCode.mutate({
        challengeId: kept.challengeId,
        code: read.data.code,
        device,
      }),
    );
    if (!answer.ok) {
      const { refusal, triesLeft } = answer;
      return fail(refusal === 'wrong' ? 400 : 409, {
        errors: NO_FIELD_ERRORS,
        code: '',
        refusal,
        triesLeft,
        waitMinutes: null,
        resent: false,
      });
    }
    codeRequest.drop(event.cookies);
    keepSession(event.cookies, answer.token);
    rememberWay(event.cookies, 'sms');
    redirect(303, backAddress(event.url.searchParams.get('next'), event.locals.language));
  },

  resend: async (event) => {
    const kept = codeRequest.read(event.cookies);
    if (!kept) redirect(303, firstPage(event));
    const { iin, phone } = kept;
    const answer = await ask(
      event,
      event.locals.api.identity.requestCode.mutate({ iin, phone, language: event.locals.language }),
    );
    if (!answer.ok) {
      const waitMinutes = Math.max(1, Math.ceil(answer.retryAfterSeconds / 60));
      return fail(429, {
        errors: NO_FIELD_ERRORS,
        code: '',
        refusal: null,
        triesLeft: null,
        waitMinutes,
        resent: false,
      });
    }
    codeRequest.keep(event.cookies, { challengeId: answer.challengeId, iin, phone });
    return {
      errors: NO_FIELD_ERRORS,
      code: '',
      refusal: null,
      triesLeft: null,
      waitMinutes: null,
      resent: true,
    };
  },
};
