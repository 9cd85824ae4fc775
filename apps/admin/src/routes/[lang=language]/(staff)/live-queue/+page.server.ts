import { FindForArrivalInput, JoinLiveQueueInput } from '@mse/contracts/desk';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** K05, EQ-15: the live queue with its waits, and the way in for somebody without a booking. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    queue: await callApi(event, (api) => api.desk.liveQueue.query()),
    said: said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

const word = (form: FormData, name: string) => String(form.get(name) ?? '');

export const actions: Actions = {
  /** Finds by ИИН or ticket; sent as a form body, because an ИИН never stands in an address. */
  find: async (event) => {
    const t = translator(event.locals.language);
    const input = FindForArrivalInput.safeParse({ query: word(await event.request.formData(), 'query') });
    if (!input.success)
      return fail(400, {
        fieldError: t(
          `desk:arrival.${input.error.issues[0]?.message === 'too-long' ? 'too-long' : 'required'}`,
        ),
      });
    const found = await callApi(event, (api) => api.desk.findForArrival.query(input.data));
    const due = found.matches.find((match) => match.refusal === null);
    return { found: { walkIn: found.walkIn, dueTicketNo: due?.ticketNo ?? null } };
  },

  join: async (event) => {
    const t = translator(event.locals.language);
    const input = JoinLiveQueueInput.safeParse({ formId: word(await event.request.formData(), 'formId') });
    if (!input.success) return fail(400, { problem: t('desk:liveRefusal.not-found') });
    const answer = await callApi(event, (api) => api.desk.joinLiveQueue.mutate(input.data));
    if (!answer.ok) return fail(409, { problem: t(`desk:liveRefusal.${answer.refusal}`) });
    say(event.cookies, { tone: 'done', key: 'desk:done.live', params: { ticket: answer.ticketNo } });
    return redirect(303, event.url.pathname);
  },
};
