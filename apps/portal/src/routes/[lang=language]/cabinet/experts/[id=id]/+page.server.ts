import {
  AskReviewInput,
  SaveApplicationInput,
  type UPLOAD_REFUSALS,
} from '@mse/contracts/expert-application';
import { UPLOADABLE_ITEMS } from '@mse/domain/experts';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { FieldErrors } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { uploadCopy } from '#lib/server/expert-files.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['saved', 'uploaded', 'sent', 'contract', 'review', 'withdrawn', 'asked'] as const;
const BOXES = ['consent', 'warned', 'computer', 'modem', 'tariffs', 'informed'] as const;

/** C38: the caller's own application, as a draft to fill in or as it stands with the Committee. */
export const load: PageServerLoad = async (event) => {
  const wanted = event.url.searchParams.get('said');
  return {
    view: await ask(event, event.locals.api.expertApplication.get.query({ id: event.params.id })),
    said: SAID.find((each) => each === wanted) ?? null,
  };
};

const addressOf = (event: RequestEvent, rest = '') =>
  `/${event.locals.language}/cabinet/experts/${event.params.id ?? ''}${rest}`;

interface Problem {
  refusal: string | null;
  errors: FieldErrors;
  file: (typeof UPLOAD_REFUSALS)[number] | null;
}
const problem = (changes: Partial<Problem>): Problem => ({
  refusal: null,
  errors: {},
  file: null,
  ...changes,
});

/** Keeps what the form says; the boxes that are not ticked are not sent by a browser. */
async function save(
  event: RequestEvent,
): Promise<{ ok: true } | { ok: false; status: 400 | 409; problem: Problem }> {
  const form = await event.request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const read = SaveApplicationInput.safeParse({
    id: event.params.id,
    groups: form.getAll('groups').filter((value) => typeof value === 'string'),
    address: text('address'),
    email: text('email'),
    phone: text('phone'),
    ...Object.fromEntries(BOXES.map((box) => [box, form.getAll('confirmed').includes(box)])),
  });
  if (!read.success) {
    const errors: FieldErrors = {};
    for (const issue of read.error.issues) {
      const field = String(issue.path[0] ?? '');
      errors[field] ??= /^[a-z-]+$/.test(issue.message) ? issue.message : 'invalid';
    }
    return { ok: false, status: 400, problem: problem({ errors }) };
  }
  const answer = await ask(event, event.locals.api.expertApplication.save.mutate(read.data));
  return answer.ok ? { ok: true } : { ok: false, status: 409, problem: problem({ refusal: answer.refusal }) };
}

export const actions: Actions = {
  ask: async (event) => {
    const answer = await ask(
      event,
      event.locals.api.expertApplication.askSystems.mutate({ id: event.params.id }),
    );
    if (!answer.ok) return fail(409, problem({ refusal: answer.refusal }));
    redirect(303, addressOf(event, '?said=asked#systems'));
  },

  save: async (event) => {
    const saved = await save(event);
    if (!saved.ok) return fail(saved.status, saved.problem);
    redirect(303, addressOf(event, '?said=saved'));
  },

  /** Keeps the form first, so that the text to sign says what stands on the page. */
  sign: async (event) => {
    const saved = await save(event);
    if (!saved.ok) return fail(saved.status, saved.problem);
    const opened = await ask(
      event,
      event.locals.api.expertApplication.openSubmit.mutate({ id: event.params.id }),
    );
    if (!opened.ok) return fail(409, problem({ refusal: opened.refusal }));
    redirect(303, addressOf(event, `/sign/${opened.signingId}`));
  },

  upload: async (event) => {
    const form = await event.request.formData();
    const item = UPLOADABLE_ITEMS.find((each) => each === form.get('item'));
    const file = form.get('file');
    if (!item || !(file instanceof File)) return fail(400, problem({ file: 'kind' }));
    const answer = await uploadCopy(event, event.params.id, item, file);
    if (!answer.ok) return fail(409, problem({ file: answer.refusal }));
    redirect(303, addressOf(event, '?said=uploaded#uploads'));
  },

  remove: async (event) => {
    const fileId = String((await event.request.formData()).get('fileId') ?? '');
    const answer = await ask(
      event,
      event.locals.api.expertApplication.removeFile.mutate({ id: event.params.id, fileId }),
    );
    if (!answer.ok) return fail(409, problem({ refusal: answer.refusal }));
    redirect(303, addressOf(event, '#uploads'));
  },

  contract: async (event) => {
    const opened = await ask(
      event,
      event.locals.api.expertApplication.openContract.mutate({ id: event.params.id }),
    );
    if (!opened.ok) return fail(409, problem({ refusal: opened.refusal }));
    redirect(303, addressOf(event, `/contract/${opened.signingId}`));
  },

  review: async (event) => {
    const form = await event.request.formData();
    form.set('id', event.params.id);
    const read = readForm(AskReviewInput, form);
    if (!read.ok) return fail(400, problem({ errors: read.errors }));
    const answer = await ask(event, event.locals.api.expertApplication.askReview.mutate(read.data));
    if (!answer.ok) return fail(409, problem({ refusal: answer.refusal }));
    redirect(303, addressOf(event, '?said=review'));
  },

  withdraw: async (event) => {
    const answer = await ask(
      event,
      event.locals.api.expertApplication.withdraw.mutate({ id: event.params.id }),
    );
    if (!answer.ok) return fail(409, problem({ refusal: answer.refusal }));
    redirect(303, addressOf(event, '?said=withdrawn'));
  },
};
