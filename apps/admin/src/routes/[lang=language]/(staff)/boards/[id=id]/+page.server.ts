import { ChangeBoardInput, SetEmergencyInput } from '@mse/contracts/boards';
import { LANGUAGES } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { boardLink } from '#lib/server/board-link.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** K11: one board: what it shows, how loud it is, a test, an emergency text, a new link, its end. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  const [list, day] = await callApi(event, (api) =>
    Promise.all([api.boards.list.query(), api.desk.day.query({})]),
  );
  const board = list.boards.find((each) => each.id === event.params.id);
  if (!board) error(404, 'not found');
  const shown = [...day.now, ...day.finished]
    .filter(
      ({ room, calledAt }) =>
        calledAt !== null && room !== null && (board.rooms.length === 0 || board.rooms.includes(room)),
    )
    .sort((left, right) => (right.calledAt ?? '').localeCompare(left.calledAt ?? ''))
    .slice(0, 5)
    .map(({ ticketNo, room, calledAt }) => ({ ticketNo, room, calledAt }));
  return {
    board,
    rooms: list.rooms,
    shown,
    said: said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

const word = (form: FormData, name: string) => String(form.get(name) ?? '');

function done(
  event: RequestEvent,
  key: string,
  path = event.url.pathname,
  params: Record<string, string> = {},
): never {
  say(event.cookies, { tone: 'done', key, params });
  redirect(303, path);
}

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const t = translator(event.locals.language);
    const wish = {
      name: word(form, 'name'),
      rooms: form.getAll('rooms').map(String),
      volume: word(form, 'volume'),
    };
    const input = ChangeBoardInput.safeParse({
      boardId: event.params.id,
      ...wish,
      volume: wish.volume.trim() === '' ? undefined : wish.volume,
    });
    if (!input.success) {
      const errors = Object.fromEntries(
        input.error.issues.map((issue) => [String(issue.path[0]), t(`boards:error.${issue.message}`)]),
      );
      return fail(400, { ...wish, errors });
    }
    const answer = await callApi(event, (api) => api.boards.change.mutate(input.data));
    if (!answer.ok) {
      const field = answer.refusal === 'name-taken' ? 'name' : 'rooms';
      return fail(409, { ...wish, errors: { [field]: t(`boards:refusal.${answer.refusal}`) } });
    }
    return done(event, 'boards:done.saved');
  },

  test: async (event) => {
    await callApi(event, (api) => api.boards.testCall.mutate({ boardId: event.params.id }));
    return done(event, 'boards:test.done');
  },

  emergency: async (event) => {
    const form = await event.request.formData();
    const text = Object.fromEntries(
      LANGUAGES.map((language) => [language, word(form, `emergency-${language}`)]),
    );
    const input = SetEmergencyInput.safeParse({ boardId: event.params.id, text });
    if (!input.success) {
      const t = translator(event.locals.language);
      const errors = Object.fromEntries(
        input.error.issues.map((issue) => [
          `emergency-${String(issue.path[1])}`,
          t(`boards:error.${issue.message}`),
        ]),
      );
      return fail(400, { emergency: text, errors });
    }
    await callApi(event, (api) => api.boards.setEmergency.mutate(input.data));
    return done(event, 'boards:emergency.done');
  },

  calm: async (event) => {
    await callApi(event, (api) => api.boards.setEmergency.mutate({ boardId: event.params.id, text: null }));
    return done(event, 'boards:emergency.removed');
  },

  renew: async (event) => {
    const answer = await callApi(event, (api) => api.boards.renewToken.mutate({ boardId: event.params.id }));
    if (!answer.ok) error(409, answer.refusal);
    return { made: { name: answer.name, ...(await boardLink(event, answer.token)) } };
  },

  close: async (event) => {
    const name = word(await event.request.formData(), 'name').slice(0, 60);
    await callApi(event, (api) => api.boards.close.mutate({ boardId: event.params.id }));
    return done(event, 'boards:close.done', `/${event.locals.language}/boards`, { name });
  },
};
