import { StartPhoneChangeInput } from '@mse/contracts/profile';
import { fail, redirect } from '@sveltejs/kit';
import { type FieldErrors, NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask, takeTyped } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import { phoneChange } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

/** C27: a new contact number; needs a sign-in by electronic signature, and the page says so before anything is typed. */
export const load: PageServerLoad = async (event) => {
  const { trust } = await ask(event, event.locals.api.profile.mine.query());
  return { trust, typed: trust === 'signature' ? takeTyped(event) : {} };
};

const nothing = { waitMinutes: null, isKnown: false, errors: NO_FIELD_ERRORS as FieldErrors };

export const actions: Actions = {
  default: async (event) => {
    const { api, language } = event.locals;
    const read = readForm(StartPhoneChangeInput, await event.request.formData());
    if (!read.ok) return fail(400, { ...nothing, errors: read.errors, phone: read.typed.phone ?? '' });
    const answer = await ask(event, api.profile.startPhoneChange.mutate(read.data), read.data);
    if (!answer.ok) {
      const { refusal, retryAfterSeconds } = answer;
      return refusal === 'same-phone'
        ? fail(409, { ...nothing, isKnown: true, phone: read.data.phone })
        : fail(429, {
            ...nothing,
            waitMinutes: Math.max(1, Math.ceil(retryAfterSeconds / 60)),
            phone: read.data.phone,
          });
    }
    phoneChange.keep(event.cookies, {
      changeId: answer.changeId,
      oldPhone: answer.oldPhoneMasked,
      newPhone: answer.newPhoneMasked,
      minutes: answer.lifeMinutes,
    });
    redirect(303, `/${language}/cabinet/profile/phone/codes`);
  },
};
