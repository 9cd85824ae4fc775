import { SetLanguageInput } from '@mse/contracts/identity';
import { MessagesInput } from '@mse/contracts/queue';
import { error, fail } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import type { Actions, PageServerLoad } from './$types';

/** C26. `before` is an instant: the next, older part of the list. */
export const load: PageServerLoad = async (event) => {
  const before = event.url.searchParams.get('before');
  const input = MessagesInput.safeParse(before ? { before } : {});
  if (!input.success) error(404, 'not-found');
  const [me, list] = await Promise.all([
    event.locals.me(),
    ask(event, event.locals.api.cabinet.messages.query(input.data)),
  ]);
  return { ...list, paged: before !== null, messageLanguage: me?.messageLanguage ?? event.locals.language };
};

export const actions: Actions = {
  language: async (event) => {
    const read = SetLanguageInput.safeParse({ language: (await event.request.formData()).get('language') });
    if (!read.success) return fail(400, { saved: false });
    await ask(event, event.locals.api.identity.setLanguage.mutate(read.data));
    return { saved: true };
  },
};
