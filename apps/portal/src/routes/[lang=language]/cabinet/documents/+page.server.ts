import { ChooseBenefitInput } from '@mse/contracts/results';
import { fail, redirect } from '@sveltejs/kit';
import { ask, signInAddress } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** C19, PX-52: whoever signed in by a code sees that there are documents; what they are needs a signature. */
export const load: PageServerLoad = async (event) => {
  const me = await event.locals.me();
  if (!me) redirect(303, signInAddress(event));
  const { results } = event.locals.api;
  if (me.trust !== 'signature')
    return { overview: await ask(event, results.documentsOverview.query()), list: null, said: false };
  return {
    overview: null,
    list: await ask(event, results.documents.query()),
    said: event.url.searchParams.get('said') === 'applied',
  };
};

export const actions: Actions = {
  apply: async (event) => {
    const read = readForm(ChooseBenefitInput, await event.request.formData());
    if (!read.ok) return fail(400, { refusal: 'not-offered' as const });
    const answer = await ask(event, event.locals.api.results.chooseBenefit.mutate(read.data));
    if (!answer.ok) return fail(409, { refusal: answer.refusal });
    redirect(303, `/${event.locals.language}/cabinet/documents?said=applied`);
  },
};
