import { displayFrom } from '#lib/display.ts';
import { backAddress } from '#lib/server/back-address.ts';
import { dropDisplay, keepDisplay } from '#lib/server/display-cookie.ts';
import { pageBefore } from '#lib/server/page-before.ts';
import type { Actions, PageServerLoad } from './$types';

/** C33: the look of the pages; `back` is the page the person came from. */
export const load: PageServerLoad = ({ locals, request, url }) => ({
  display: locals.display,
  back: pageBefore(request, url),
});

/** A page of ours, or none. */
function pageOfForm(form: FormData, language: string): string | null {
  const back = form.get('back');
  return typeof back === 'string' && back !== '' ? backAddress(back, language) : null;
}

export const actions: Actions = {
  save: async ({ request, cookies, locals }) => {
    const form = await request.formData();
    // The answer is written in the new look already.
    locals.display = displayFrom((part) => form.get(part));
    keepDisplay(cookies, locals.display);
    return { done: 'saved', back: pageOfForm(form, locals.language) } as const;
  },
  reset: async ({ request, cookies, locals }) => {
    locals.display = displayFrom(() => undefined);
    dropDisplay(cookies);
    return { done: 'reset', back: pageOfForm(await request.formData(), locals.language) } as const;
  },
};
