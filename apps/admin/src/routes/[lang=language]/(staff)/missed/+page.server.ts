import { JoinLiveQueueInput, RestoreInput } from '@mse/contracts/desk';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** K04: today's annulled bookings and unheard calls; a mistake is undone here, with its reason. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    missed: await callApi(event, (api) => api.desk.missed.query()),
    said: said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

const word = (form: FormData, name: string) => String(form.get(name) ?? '');

export const actions: Actions = {
  restore: async (event) => {
    const form = await event.request.formData();
    const t = translator(event.locals.language);
    const wish = {
      of: word(form, 'bookingId') || word(form, 'visitId'),
      reason: word(form, 'reason'),
      note: word(form, 'note'),
    };
    const input = RestoreInput.safeParse({
      ...(word(form, 'bookingId')
        ? { bookingId: word(form, 'bookingId') }
        : { visitId: word(form, 'visitId') }),
      reason: wish.reason,
      note: wish.note,
    });
    if (!input.success) {
      const [issue] = input.error.issues;
      const field = issue?.path[0] === 'note' ? ('note' as const) : ('reason' as const);
      const text =
        field === 'reason' ? 'reasonRequired' : issue?.message === 'too-long' ? 'noteLong' : 'noteRequired';
      return fail(400, { problem: t(`desk:missed.${text}`), wrong: { ...wish, field } });
    }
    const answer = await callApi(event, (api) => api.desk.restore.mutate(input.data));
    if (!answer.ok) return fail(409, { problem: t(`desk:missed.refusal.${answer.refusal}`) });
    say(event.cookies, {
      tone: 'done',
      key: `desk:missed.done.${answer.told}`,
      params: { ticket: answer.ticketNo },
    });
    return redirect(303, event.url.pathname);
  },

  /** EQ-15: or the person waits in today's live queue. */
  live: async (event) => {
    const t = translator(event.locals.language);
    const input = JoinLiveQueueInput.safeParse({ formId: word(await event.request.formData(), 'formId') });
    if (!input.success) return fail(400, { problem: t('desk:liveRefusal.not-found') });
    const answer = await callApi(event, (api) => api.desk.joinLiveQueue.mutate(input.data));
    if (!answer.ok) return fail(409, { problem: t(`desk:liveRefusal.${answer.refusal}`) });
    say(event.cookies, { tone: 'done', key: 'desk:done.live', params: { ticket: answer.ticketNo } });
    return redirect(303, event.url.pathname);
  },
};
