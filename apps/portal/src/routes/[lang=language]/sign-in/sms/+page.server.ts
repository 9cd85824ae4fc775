import { RequestCodeInput } from '@mse/contracts/identity';
import { fail, redirect } from '@sveltejs/kit';
import { NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { backAddress } from '#lib/server/back-address.ts';
import { readForm } from '#lib/server/forms.ts';
import { codeRequest } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

const Typed = RequestCodeInput.pick({ iin: true, phone: true });

/** C06, first page: ИИН and phone. Coming back from the code page finds them filled in. */
export const load: PageServerLoad = ({ cookies }) => {
  const kept = codeRequest.read(cookies);
  return { iin: kept?.iin ?? '', phone: kept?.phone ?? '' };
};

export const actions: Actions = {
  default: async (event) => {
    const read = readForm(Typed, await event.request.formData());
    if (!read.ok) {
      return fail(400, {
        errors: read.errors,
        iin: read.typed.iin ?? '',
        phone: read.typed.phone ?? '',
        waitMinutes: null,
      });
    }
    const { iin, phone } = read.data;
    const answer = await ask(
      event,
      event.locals.api.identity.requestCode.mutate({ iin, phone, language: event.locals.language }),
    );
    if (!answer.ok) {
      return fail(429, {
        errors: NO_FIELD_ERRORS,
        iin,
        phone,
        waitMinutes: Math.max(1, Math.ceil(answer.retryAfterSeconds / 60)),
      });
    }
    codeRequest.keep(event.cookies, { challengeId: answer.challengeId, iin, phone });
    const next = event.url.searchParams.get('next');
    const query = next ? `?next=${encodeURIComponent(backAddress(next, event.locals.language))}` : '';
    redirect(303, `/${event.locals.language}/sign-in/sms/code${query}`);
  },
};
