import { callApi } from '#lib/server/api.ts';
import { readAnnouncement } from '#lib/server/announcement-form.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { sayStep, wrongForm } from '#lib/server/register-said.ts';
import type { Actions, PageServerLoad } from './$types';

/** R10: a new announcement, as a draft. */
export const load: PageServerLoad = async (event) => {
  const { workingDays, earliestIntake } = await callApi(event, (api) =>
    api.expertRegister.announcements.query(),
  );
  return { workingDays, earliestIntake };
};

export const actions: Actions = {
  default: async (event) => {
    const said = typed(await event.request.formData());
    const input = readAnnouncement(said, null);
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    const answer = await callApi(event, (api) => api.expertRegister.saveAnnouncement.mutate(input.data));
    return sayStep(
      event,
      answer,
      { key: 'expert-register:announcement.saved' },
      `/${event.locals.language}/register/announcements${answer.ok ? `/${answer.id}` : ''}`,
    );
  },
};
