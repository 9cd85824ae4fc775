import {
  DecideReviewInput,
  EnterInput,
  OpenContractInput,
  ProposeRefusalInput,
  RecordFailureInput,
  TurnDownRefusalInput,
} from '@mse/contracts/expert-register';
import { redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { sayStep, wrongForm } from '#lib/server/register-said.ts';
import type { Actions, PageServerLoad } from './$types';

/** R02, R03, R04: one application and the next step with it. */
export const load: PageServerLoad = async (event) => ({
  view: await callApi(event, (api) => api.expertRegister.application.query({ id: event.params.id })),
  said: saidBefore(event),
});

export const actions: Actions = {
  ask: async (event) => {
    const answer = await callApi(event, (api) =>
      api.expertRegister.askSystems.mutate({ id: event.params.id }),
    );
    return sayStep(
      event,
      answer,
      answer.ok ? { key: 'expert-register:application.asked', params: { silent: answer.silent } } : undefined,
    );
  },
  invite: async (event) =>
    sayStep(event, await callApi(event, (api) => api.expertRegister.invite.mutate({ id: event.params.id }))),
  refuse: async (event) => {
    const form = await event.request.formData();
    const said = typed(form);
    const input = ProposeRefusalInput.safeParse({
      id: event.params.id,
      reasons: form.getAll('reasons'),
      note: said.note,
    });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.proposeRefusal.mutate(input.data)),
    );
  },
  confirm: async (event) =>
    sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.confirmRefusal.mutate({ id: event.params.id })),
    ),
  turnDown: async (event) => {
    const said = typed(await event.request.formData());
    const input = TurnDownRefusalInput.safeParse({ id: event.params.id, note: said.note });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.turnDownRefusal.mutate(input.data)),
    );
  },
  failure: async (event) => {
    const said = typed(await event.request.formData());
    const input = RecordFailureInput.safeParse({ id: event.params.id, actNo: said.actNo, actOn: said.actOn });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(event, await callApi(event, (api) => api.expertRegister.recordFailure.mutate(input.data)));
  },
  contract: async (event) => {
    const said = typed(await event.request.formData());
    const input = OpenContractInput.safeParse({ id: event.params.id, indicator: said.indicator });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    const opened = await callApi(event, (api) => api.expertRegister.openContract.mutate(input.data));
    if (!opened.ok) return sayStep(event, opened);
    redirect(303, `${event.url.pathname}/contract/${opened.signingId}?indicator=${input.data.indicator}`);
  },
  enter: async (event) => {
    const said = typed(await event.request.formData());
    const input = EnterInput.safeParse({ id: event.params.id, regionCode: said.regionCode });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    const answer = await callApi(event, (api) => api.expertRegister.enter.mutate(input.data));
    return sayStep(
      event,
      answer,
      answer.ok ? { key: 'expert-register:application.entered', params: { code: answer.code } } : undefined,
    );
  },
  review: async (event) => {
    const said = typed(await event.request.formData());
    const input = DecideReviewInput.safeParse({
      id: event.params.id,
      outcome: said.outcome,
      note: said.reviewNote,
    });
    if (!input.success) {
      const { note, ...rest } = formErrors(event.locals.language, input.error);
      return wrongForm({ ...rest, ...(note ? { reviewNote: note } : {}) }, said);
    }
    return sayStep(event, await callApi(event, (api) => api.expertRegister.decideReview.mutate(input.data)));
  },
};
