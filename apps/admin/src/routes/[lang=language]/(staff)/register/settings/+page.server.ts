import { PolicyStepInput, ProposePolicyInput } from '@mse/contracts/expert-register';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { sayStep, wrongForm } from '#lib/server/register-said.ts';
import type { Actions, PageServerLoad } from './$types';

/** The register's settings: numbers of the law, dated. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  settings: await callApi(event, (api) => api.expertRegister.settings.query()),
});

/**
 * A value of a policy from its fields, in the shape of the value that counts now: a number, yes or no, or several of them by name. An empty
 * field is "not set" where the law sets nothing. Money stays text, with a point before the tiyn.
 */
function valueOf(now: unknown, said: Record<string, string>): unknown {
  if (said.key === 'payment.tariff')
    return { tenge: said.tenge?.replace(/\s/g, '').replace(',', '.') || null };
  const read = (before: unknown, text: string | undefined) =>
    typeof before === 'boolean'
      ? text === 'yes'
      : text === undefined || text.trim() === ''
        ? null
        : Number(text);
  if (typeof now !== 'object' || now === null) return read(now, said.value);
  return Object.fromEntries(Object.entries(now).map(([name, before]) => [name, read(before, said[name])]));
}

export const actions: Actions = {
  propose: async (event) => {
    const said = typed(await event.request.formData());
    const { policies } = await callApi(event, (api) => api.expertRegister.settings.query());
    const now = policies.find(({ key }) => key === said.key)?.value;
    const input = ProposePolicyInput.safeParse({
      key: said.key,
      value: valueOf(now, said),
      validFrom: said.validFrom,
      basis: said.basis,
      assumed: said.assumed === 'yes',
    });
    if (!input.success) return wrongForm(formErrors(event.locals.language, input.error), said);
    return sayStep(event, await callApi(event, (api) => api.expertRegister.proposePolicy.mutate(input.data)));
  },
  approve: async (event) => {
    const input = PolicyStepInput.safeParse(typed(await event.request.formData()));
    if (!input.success) return sayStep(event, { ok: false, refusal: 'not-found' });
    return sayStep(event, await callApi(event, (api) => api.expertRegister.approvePolicy.mutate(input.data)));
  },
  turnDown: async (event) => {
    const input = PolicyStepInput.safeParse(typed(await event.request.formData()));
    if (!input.success) return sayStep(event, { ok: false, refusal: 'not-found' });
    return sayStep(
      event,
      await callApi(event, (api) => api.expertRegister.turnDownPolicy.mutate(input.data)),
    );
  },
};
