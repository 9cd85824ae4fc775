import { ChangeVisitInput } from '@mse/contracts/desk';
import { isPlainDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { deskWords } from '#lib/server/desk-words.ts';
import { heard, say } from '#lib/server/flash.ts';
import {
  keepKeys,
  keepRefresh,
  keepRoom,
  readKeys,
  readRefresh,
  readRoomChoice,
} from '#lib/server/preferences.ts';
import type { Actions, PageServerLoad } from './$types';

// The queue lives: server-sent events, a countdown, an outbox for presses without a line.
export const csr = true;

export const load: PageServerLoad = ({ locals, url, cookies }) => {
  const wanted = url.searchParams.get('day');
  const t = translator(locals.language);
  const said = heard(cookies);
  return {
    words: deskWords(locals.language),
    wanted: wanted !== null && isPlainDate(wanted) ? wanted : null,
    wrongDay: wanted !== null && !isPlainDate(wanted) ? t('desk:day.invalidDay') : null,
    roomChoice: readRoomChoice(cookies),
    keys: readKeys(cookies),
    refresh: readRefresh(cookies),
    said: said ? { tone: said.tone, text: t(said.key, said.params) } : null,
  };
};

/** A form sent by the living page wants an answer; one sent by the browser itself wants to be led back to the list. */
function isAsked(event: RequestEvent): boolean {
  return event.request.headers.get('accept') === 'application/json';
}

function backToDay(event: RequestEvent): never {
  const day = event.url.searchParams.get('day');
  redirect(303, `${event.url.pathname}${day !== null && isPlainDate(day) ? `?day=${day}` : ''}`);
}

const word = (form: FormData, name: string) => String(form.get(name) ?? '');

export const actions: Actions = {
  /** Call, repeat, start, finish, did not come, put back. Safe to repeat: a second time answers `not-possible-now`. */
  change: async (event) => {
    const form = await event.request.formData();
    const ticket = word(form, 'ticketNo').slice(0, 20);
    const room = word(form, 'room');
    const input = ChangeVisitInput.safeParse({
      visitId: word(form, 'visitId'),
      event: word(form, 'event'),
      ...(room ? { room } : {}),
    });
    if (!input.success) return fail(400, { refusal: 'not-possible-now' });
    const answer = await callApi(event, (api) => api.desk.changeVisit.mutate(input.data));
    if (isAsked(event)) return answer.ok ? { carriedOut: true } : fail(409, { refusal: answer.refusal });
    say(
      event.cookies,
      answer.ok
        ? {
            tone: 'done',
            key: `desk:done.${input.data.event}`,
            params: { ticket: answer.row.ticketNo, room: answer.row.room ?? '' },
          }
        : { tone: 'problem', key: `desk:changeRefusal.${answer.refusal}`, params: { ticket } },
    );
    return backToDay(event);
  },

  /** Remembers the room people are called to. */
  room: async (event) => {
    const form = await event.request.formData();
    const room = word(form, 'room');
    const [me, day] = await callApi(event, (api) =>
      Promise.all([api.identity.whoAmI.query(), api.desk.day.query({})]),
    );
    const known = day.rooms.includes(room);
    if (known) keepRoom(event.cookies, me.personId, room);
    if (isAsked(event)) return known ? { room } : fail(409, { refusal: 'room-unknown' });
    say(
      event.cookies,
      known
        ? { tone: 'done', key: 'desk:room.saved', params: { room } }
        : { tone: 'problem', key: 'desk:changeRefusal.room-unknown', params: {} },
    );
    return backToDay(event);
  },

  /** Switches the single keys on or off (WCAG 2.1.4). */
  keys: async (event) => {
    const on = (await event.request.formData()).get('keys') === 'on';
    keepKeys(event.cookies, on);
    if (isAsked(event)) return { keys: on };
    say(event.cookies, { tone: 'done', key: on ? 'desk:keys.on' : 'desk:keys.off', params: {} });
    return backToDay(event);
  },

  /** Starts or stops the reload of a page without JavaScript (WCAG 2.2.4). */
  refresh: async (event) => {
    keepRefresh(event.cookies, (await event.request.formData()).get('refresh') === 'on');
    return backToDay(event);
  },
};
