import { StartCorrectionInput } from '@mse/contracts/journals';
import { isCorrectable } from '@mse/domain/journals';
import { translator } from '@mse/i18n';
import { error, fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** JR-03: a correction of one cell, before it is signed. */
export const load: PageServerLoad = async (event) => {
  const protocol = await callApi(event, (api) =>
    api.journals.protocol.query({ protocolId: event.params.id }),
  );
  const row = protocol.rows.find(({ id }) => id === event.params.row);
  if (!row || !protocol.mayCorrect) error(404, 'not found');
  const columns = row.cells.kk
    .map((_, index) => index + 1)
    .filter((column) => isCorrectable(protocol.journal, column));
  return { protocolId: protocol.id, journal: protocol.journal, row, columns };
};

/** Which field of the form a refusal is about. */
const FIELD = {
  'fixed-column': 'column',
  empty: 'kk',
  'too-long': 'kk',
  'same-as-now': 'kk',
  'no-reason': 'reason',
} as const;

export const actions: Actions = {
  default: async (event) => {
    const { language } = event.locals;
    const said = typed(await event.request.formData());
    const input = StartCorrectionInput.safeParse({ ...said, rowId: event.params.row });
    if (!input.success) return fail(400, { said, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.journals.startCorrection.mutate(input.data));
    if (!answer.ok) {
      const text = translator(language)(`journals:refusal.${answer.refusal}`);
      const errors: Record<string, string> = { [FIELD[answer.refusal]]: text };
      return fail(409, { said, errors });
    }
    redirect(303, `/${language}/journals/signing/${answer.signingId}`);
  },
};
