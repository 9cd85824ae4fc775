import { TerritoryFileInput } from '@mse/contracts/territory';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { fieldErrors, textOf } from '#lib/server/field-errors.ts';
import { say } from '#lib/server/flash.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  /** Tries the file out; nothing changes. */
  preview: async (event) => {
    const { language } = event.locals;
    const t = translator(language);
    const uploaded = (await event.request.formData()).get('file');
    const bytes = uploaded instanceof File ? Buffer.from(await uploaded.arrayBuffer()) : Buffer.alloc(0);
    const input = TerritoryFileInput.safeParse({ file: bytes.toString('base64') });
    if (!input.success) {
      const [error] = fieldErrors(language, t, input.error, 'territory:field.');
      const text = bytes.length > 0 ? t('territory:field.file-long') : t('territory:field.file');
      return fail(400, { errors: error ? [{ field: 'file', text }] : [], preview: null, file: '' });
    }
    const preview = await callApi(event, (api) => api.territory.previewImport.query(input.data));
    if (preview.ok) return { errors: [], preview, file: preview.wrong === 0 ? input.data.file : '' };
    return fail(409, {
      errors: [{ field: 'file', text: t(`territory:fileRefusal.${preview.refusal}`) }],
      preview: null,
      file: '',
    });
  },

  /** EQ-03: takes the file that was tried out, whole or not at all. */
  load: async (event) => {
    const { language } = event.locals;
    const t = translator(language);
    const input = TerritoryFileInput.safeParse({ file: textOf(await event.request.formData(), 'file') });
    if (!input.success)
      return fail(400, {
        errors: [{ field: 'file', text: t('territory:field.file') }],
        preview: null,
        file: '',
      });
    const answer = await callApi(event, (api) => api.territory.import.mutate(input.data));
    if (answer.ok) {
      say(event.cookies, { tone: 'done', key: 'territory:saved', params: { n: answer.changed } });
      return redirect(303, `/${language}/territory`);
    }
    if (answer.refusal !== 'wrong-rows')
      return fail(409, {
        errors: [{ field: 'file', text: t(`territory:fileRefusal.${answer.refusal}`) }],
        preview: null,
        file: '',
      });
    // Somebody changed the map since the file was tried out: the page shows what is wrong now.
    const preview = await callApi(event, (api) => api.territory.previewImport.query(input.data));
    return fail(409, {
      errors: [{ field: null, text: t('territory:wrongRows') }],
      preview: preview.ok ? preview : null,
      file: '',
    });
  },
};
