import {
  ChangeExpertInput,
  ConfirmExclusionInput,
  IssueModemInput,
  ProposeExclusionInput,
  RecordTrainingInput,
  ReturnModemInput,
  TurnDownExclusionInput,
} from '@mse/contracts/expert-register';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { sayStep, wrongForm } from '#lib/server/register-said.ts';
import type { Actions, PageServerLoad } from './$types';

/** R05, R06, R07: one expert; what an exclusion would do to the open cases stands there before anybody confirms it. */
export const load: PageServerLoad = async (event) => {
  const { id } = event.params;
  const view = await callApi(event, (api) => api.expertRegister.expert.query({ id }));
  return {
    view,
    said: saidBefore(event),
    effect: view.expert.excludedOn
      ? null
      : await callApi(event, (api) => api.expertRegister.exclusionEffect.query({ expertId: id })),
  };
};

export const actions: Actions = {
  change: async (event) => {
    const form = await event.request.formData();
    const said = typed(form);
    const input = ChangeExpertInput.safeParse({
      id: event.params.id,
      groups: form.getAll('groups'),
      regionCode: said.regionCode,
      dailyCap: said.dailyCap?.trim() ? said.dailyCap : null,
    });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(event, await callApi(event, (api) => api.expertRegister.changeExpert.mutate(input.data)));
  },
  training: async (event) => {
    const said = typed(await event.request.formData());
    const input = RecordTrainingInput.safeParse({ id: event.params.id, trainedOn: said.trainedOn });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.recordTraining.mutate(input.data)),
    );
  },
  issue: async (event) => {
    const said = typed(await event.request.formData());
    const input = IssueModemInput.safeParse({
      id: event.params.id,
      number: said.number,
      issuedOn: said.issuedOn,
      act: said.act,
    });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(event, await callApi(event, (api) => api.expertRegister.issueModem.mutate(input.data)));
  },
  return: async (event) => {
    const said = typed(await event.request.formData());
    const input = ReturnModemInput.safeParse({
      id: event.params.id,
      returnedOn: said.returnedOn,
      act: said.act,
    });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(event, await callApi(event, (api) => api.expertRegister.returnModem.mutate(input.data)));
  },
  propose: async (event) => {
    const said = typed(await event.request.formData());
    const input = ProposeExclusionInput.safeParse({
      expertId: event.params.id,
      ground: said.ground,
      reason: said.reason,
    });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.proposeExclusion.mutate(input.data)),
    );
  },
  confirm: async (event) => {
    const said = typed(await event.request.formData());
    const input = ConfirmExclusionInput.safeParse({ id: said.exclusionId, shownParts: said.shownParts });
    if (!input.success) return wrongForm({}, said);
    const answer = await callApi(event, (api) => api.expertRegister.confirmExclusion.mutate(input.data));
    return sayStep(
      event,
      answer,
      answer.ok
        ? { key: 'expert-register:expert.confirmed', params: { moved: answer.moved, left: answer.left } }
        : undefined,
    );
  },
  turnDown: async (event) => {
    const said = typed(await event.request.formData());
    const input = TurnDownExclusionInput.safeParse({ id: said.exclusionId });
    if (!input.success) return wrongForm({}, said);
    return sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.turnDownExclusion.mutate(input.data)),
    );
  },
};
