import { GiveConsentInput } from '@mse/contracts/consent';
import { fail, redirect } from '@sveltejs/kit';
import { type FieldErrors, NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { termsOfConsent } from '#lib/server/terms.ts';
import { backAddress } from '#lib/server/back-address.ts';
import type { Actions, PageServerLoad } from './$types';

/** C07. */
export const load: PageServerLoad = async (event) => {
  const consent = await ask(event, event.locals.api.consent.current.query());
  return {
    consent,
    terms: await termsOfConsent(event, consent.version),
    onTheWay: event.url.searchParams.has('next'),
  };
};

export const actions: Actions = {
  give: async (event) => {
    const form = await event.request.formData();
    if (form.get('agree') !== 'yes')
      return fail(400, { errors: { agree: 'required' } as FieldErrors, refusal: null });
    const read = GiveConsentInput.safeParse({
      version: form.get('version'),
      language: event.locals.language,
    });
    if (!read.success) return fail(400, { errors: NO_FIELD_ERRORS, refusal: 'version-outdated' as const });
    const answer = await ask(event, event.locals.api.consent.give.mutate(read.data));
    if (!answer.ok) return fail(409, { errors: NO_FIELD_ERRORS, refusal: answer.refusal });
    redirect(303, backAddress(event.url.searchParams.get('next'), event.locals.language));
  },

  withdraw: async (event) => {
    await ask(event, event.locals.api.consent.withdraw.mutate());
    redirect(303, `/${event.locals.language}/cabinet/consent`);
  },
};
