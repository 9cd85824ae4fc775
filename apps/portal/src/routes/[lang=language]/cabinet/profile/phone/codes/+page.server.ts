import { FinishPhoneChangeInput } from '@mse/contracts/profile';
import { fail, redirect } from '@sveltejs/kit';
import { NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import { phoneChange } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

const Both = FinishPhoneChangeInput.pick({ oldCode: true, newCode: true }).required();
const One = FinishPhoneChangeInput.pick({ newCode: true });

/** C27: the codes of the old and of the new number. Without a change under way there is nothing to enter. */
export const load: PageServerLoad = (event) => {
  const kept = phoneChange.read(event.cookies);
  if (!kept) redirect(303, `/${event.locals.language}/cabinet/profile/phone`);
  const { oldPhone, newPhone, minutes } = kept;
  return { oldPhone, newPhone, minutes };
};

export const actions: Actions = {
  default: async (event) => {
    const { api, language } = event.locals;
    const kept = phoneChange.read(event.cookies);
    if (!kept) redirect(303, `/${language}/cabinet/profile/phone`);
    const read = readForm(kept.oldPhone === null ? One : Both, await event.request.formData());
    if (!read.ok) {
      const { oldCode = '', newCode = '' } = read.typed;
      return fail(400, { errors: read.errors, refusal: null, triesLeft: 0, oldCode, newCode });
    }
    const answer = await ask(
      event,
      api.profile.finishPhoneChange.mutate({ changeId: kept.changeId, ...read.data }),
    );
    if (!answer.ok) {
      const { refusal, triesLeft } = answer;
      return fail(409, { errors: NO_FIELD_ERRORS, refusal, triesLeft, oldCode: '', newCode: '' });
    }
    phoneChange.drop(event.cookies);
    redirect(303, `/${language}/cabinet/profile?said=changed`);
  },
};
