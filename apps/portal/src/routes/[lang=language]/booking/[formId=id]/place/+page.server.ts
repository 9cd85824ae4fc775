import { AskPlaceInput, RequestInput } from '@mse/contracts/field-sessions';
import { hasKey, translator } from '@mse/i18n';
import { error, fail, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { uploadConclusion } from '#lib/server/conclusion-files.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['sent', 'withdrawn'] as const;

/** FF-03: where somebody is examined who cannot come: what can be asked, what was asked, and whose move it is. */
export const load: PageServerLoad = async (event) => {
  const wanted = event.url.searchParams.get('said');
  return {
    place: await ask(event, event.locals.api.placeRequests.form.query({ formId: event.params.formId })),
    again: event.url.searchParams.has('again'),
    said: SAID.find((each) => each === wanted) ?? null,
  };
};

/** The field a refusal belongs to. */
const FIELD_OF: Record<string, string> = {
  'conclusion-missing': 'conclusionNumber',
  'conclusion-in-future': 'conclusionDay',
  'consent-missing': 'consented',
  'institution-missing': 'institution',
  'address-missing': 'address',
  'ground-missing': 'ground',
  'unknown-file': 'file',
};

export const actions: Actions = {
  ask: async (event) => {
    const { api, language } = event.locals;
    const { formId } = event.params;
    const t = translator(language);
    const form = await event.request.formData();
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const typed = Object.fromEntries(
      ['place', 'ground', 'address', 'institution', 'conclusionNumber', 'conclusionDay', 'consented'].map(
        (name) => [name, text(name)],
      ),
    );
    const failed = (status: 400 | 409, errors: Record<string, string>) => fail(status, { typed, errors });

    const errors: Record<string, string> = {};
    const fileIds = form.getAll('fileIds').map(String);
    const file = form.get('file');
    if (file instanceof File && file.size > 0) {
      const uploaded = await uploadConclusion(event, formId, file);
      if (uploaded.ok) fileIds.push(uploaded.id);
      else errors.file = t(`field-sessions:file.${uploaded.refusal}`);
    }
    const input = AskPlaceInput.safeParse({
      ...typed,
      formId,
      ground: typed.place === 'in-absentia' && typed.ground ? typed.ground : null,
      conclusionDay: typed.conclusionDay ? typed.conclusionDay : null,
      consented: form.has('consented'),
      fileIds,
    });
    if (!input.success)
      for (const issue of input.error.issues) {
        const key = `errors:${issue.message}`;
        errors[String(issue.path[0])] ??= t(hasKey(language, key) ? key : 'errors:invalid');
      }
    if (!input.success || errors.file) return failed(400, errors);
    const answer = await ask(event, api.placeRequests.ask.mutate(input.data));
    if (!answer.ok)
      return failed(409, {
        [FIELD_OF[answer.refusal] ?? 'place']: t(`field-sessions:refusal.${answer.refusal}`),
      });
    redirect(303, `/${language}/booking/${formId}/place?said=sent`);
  },

  withdraw: async (event) => {
    const { api, language } = event.locals;
    const read = RequestInput.safeParse({ requestId: (await event.request.formData()).get('requestId') });
    if (!read.success) error(400, 'bad-request');
    const answer = await ask(event, api.placeRequests.withdraw.mutate(read.data));
    if (!answer.ok)
      return fail(409, {
        typed: {} as Record<string, string>,
        errors: { request: translator(language)(`field-sessions:refusal.${answer.refusal}`) } as Record<
          string,
          string
        >,
      });
    redirect(303, `/${language}/booking/${event.params.formId}/place?said=withdrawn`);
  },
};
