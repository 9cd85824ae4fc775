import { FindForArrivalInput, JoinLiveQueueInput, MarkArrivalInput } from '@mse/contracts/desk';
import { translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, cookies }) => {
  const said = heard(cookies);
  return {
    said: said ? { tone: said.tone, text: translator(locals.language)(said.key, said.params) } : null,
  };
};

const word = (form: FormData, name: string) => String(form.get(name) ?? '');

/** Back to the empty scan field, ready for the next person. */
function nextPerson(event: RequestEvent): never {
  redirect(303, `/${event.locals.language}/arrival`);
}

export const actions: Actions = {
  /** Finds by ticket number, QR or ИИН. Sent as a form body: an ИИН never stands in an address. */
  find: async (event) => {
    const query = word(await event.request.formData(), 'query');
    const input = FindForArrivalInput.safeParse({ query });
    if (!input.success) {
      const key = input.error.issues[0]?.message === 'too-long' ? 'too-long' : 'required';
      return fail(400, {
        fieldError: translator(event.locals.language)(`desk:arrival.${key}`),
        query: key === 'too-long' ? '' : query,
      });
    }
    const found = await callApi(event, (api) => api.desk.findForArrival.query(input.data));
    return { found, query: isTicket(query) ? query : '' };
  },

  /** The arrival mark (EQ-14). */
  arrive: async (event) => {
    const input = MarkArrivalInput.safeParse({
      bookingId: word(await event.request.formData(), 'bookingId'),
    });
    if (!input.success)
      return fail(400, { problem: translator(event.locals.language)('desk:arrivalRefusal.not-found') });
    const answer = await callApi(event, (api) => api.desk.markArrival.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        problem: translator(event.locals.language)(`desk:arrivalRefusal.${answer.refusal}`),
      });
    say(event.cookies, { tone: 'done', key: 'desk:done.arrive', params: { ticket: answer.ticketNo } });
    return nextPerson(event);
  },

  /** EQ-15: the live queue of today, after everybody with a booking. */
  live: async (event) => {
    const input = JoinLiveQueueInput.safeParse({ formId: word(await event.request.formData(), 'formId') });
    if (!input.success)
      return fail(400, { problem: translator(event.locals.language)('desk:liveRefusal.not-found') });
    const answer = await callApi(event, (api) => api.desk.joinLiveQueue.mutate(input.data));
    if (!answer.ok)
      return fail(409, { problem: translator(event.locals.language)(`desk:liveRefusal.${answer.refusal}`) });
    say(event.cookies, { tone: 'done', key: 'desk:done.live', params: { ticket: answer.ticketNo } });
    return nextPerson(event);
  },
};

/** Whether a scanned text is a ticket number and may be shown again in the field. */
function isTicket(query: string): boolean {
  return /^\s*\p{L}{1,2}-?\d{1,4}\s*$/u.test(query);
}
