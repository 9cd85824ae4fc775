import { CreateBoardInput } from '@mse/contracts/boards';
import { translator } from '@mse/i18n';
import { fail } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { boardLink } from '#lib/server/board-link.ts';
import { heard } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** K11: the boards of the department; a silent one is said loudly. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    list: await callApi(event, (api) => api.boards.list.query()),
    said: said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

export const actions: Actions = {
  create: async (event) => {
    const form = await event.request.formData();
    const wish = { name: String(form.get('name') ?? ''), rooms: form.getAll('rooms').map(String) };
    const t = translator(event.locals.language);
    const input = CreateBoardInput.safeParse(wish);
    if (!input.success)
      return fail(400, { ...wish, problem: t(`boards:error.${wish.name.trim() ? 'too-long' : 'required'}`) });
    const answer = await callApi(event, (api) => api.boards.create.mutate(input.data));
    if (!answer.ok) return fail(409, { ...wish, problem: t(`boards:refusal.${answer.refusal}`) });
    return { made: { name: answer.name, ...(await boardLink(event, answer.token)) } };
  },
};
