import { AccessLineInput, DisputeAccessInput } from '@mse/contracts/profile';
import { error, fail } from '@sveltejs/kit';
import { type FieldErrors, NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

function idOf(line: string): number {
  const read = AccessLineInput.safeParse({ id: Number(line) });
  if (!read.success) error(404, 'not-found');
  return read.data.id;
}

/** C28: disputing one look. */
export const load: PageServerLoad = async (event) => ({
  line: await ask(event, event.locals.api.profile.accessLine.query({ id: idOf(event.params.line) })),
});

export const actions: Actions = {
  default: async (event) => {
    const id = idOf(event.params.line);
    const read = readForm(DisputeAccessInput.pick({ text: true }), await event.request.formData());
    if (!read.ok)
      return fail(400, { errors: read.errors, refusal: null, text: read.typed.text ?? '', number: null });
    const answer = await ask(
      event,
      event.locals.api.profile.disputeAccess.mutate({ id, text: read.data.text }),
    );
    const nothing = { errors: NO_FIELD_ERRORS as FieldErrors, text: '' };
    if (!answer.ok) return fail(409, { ...nothing, refusal: answer.refusal, number: null });
    return { ...nothing, refusal: null, number: answer.number };
  },
};
