import { WithdrawAnnouncementInput } from '@mse/contracts/expert-register';
import { callApi } from '#lib/server/api.ts';
import { readAnnouncement } from '#lib/server/announcement-form.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { sayStep, wrongForm } from '#lib/server/register-said.ts';
import type { Actions, PageServerLoad } from './$types';

/** R10: one announcement: a draft to fill in and publish, or what was published. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  view: await callApi(event, (api) => api.expertRegister.announcement.query({ id: event.params.id })),
});

export const actions: Actions = {
  save: async (event) => {
    const said = typed(await event.request.formData());
    const input = readAnnouncement(said, event.params.id);
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    const answer = await callApi(event, (api) => api.expertRegister.saveAnnouncement.mutate(input.data));
    return sayStep(event, answer, { key: 'expert-register:announcement.saved' });
  },
  publish: async (event) =>
    sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.publishAnnouncement.mutate({ id: event.params.id })),
      { key: 'expert-register:announcement.published' },
    ),
  withdraw: async (event) => {
    const said = typed(await event.request.formData());
    const input = WithdrawAnnouncementInput.safeParse({ id: event.params.id, reason: said.reason });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.withdrawAnnouncement.mutate(input.data)),
      { key: 'expert-register:announcement.withdrawn' },
    );
  },
};
