import { MarkArrivalInput } from '@mse/contracts/desk';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say, heard } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** K03: facts for the visit. Opening them leaves a row in the audit of the API. */
export const load: PageServerLoad = async (event) => {
  const { opened, id } = event.params;
  const said = heard(event.cookies);
  return {
    person: await callApi(event, (api) =>
      api.desk.visit.query(opened === 'booking' ? { bookingId: id } : { visitId: id }),
    ),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  arrive: async (event) => {
    const input = MarkArrivalInput.safeParse({ bookingId: event.params.id });
    if (!input.success)
      return fail(400, { problem: translator(event.locals.language)('desk:arrivalRefusal.not-found') });
    const answer = await callApi(event, (api) => api.desk.markArrival.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        problem: translator(event.locals.language)(`desk:arrivalRefusal.${answer.refusal}`),
      });
    say(event.cookies, { tone: 'done', key: 'desk:done.arrive', params: { ticket: answer.ticketNo } });
    return redirect(303, event.url.pathname);
  },

  /** FF-11: the application of somebody in service. */
  application: async (event) => {
    const { language } = event.locals;
    const visitId = String((await event.request.formData()).get('visitId') ?? '');
    const answer = await callApi(event, (api) => api.inPerson.open.mutate({ visitId }));
    if (!answer.ok)
      return fail(409, { problem: translator(language)(`in-person:problem.${answer.refusal}`) });
    return redirect(303, `/${language}/applications/${answer.applicationId}`);
  },
};
