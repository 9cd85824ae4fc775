import { RetryDeadLetterInput } from '@mse/contracts/operations';
import { translator } from '@mse/i18n';
import { redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** P06: work that failed for good and waits for a person. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  const { letters } = await callApi(event, (api) => api.operations.deadLetters.query());
  return {
    letters,
    said: said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

export const actions: Actions = {
  retry: async (event) => {
    const input = RetryDeadLetterInput.safeParse({
      id: String((await event.request.formData()).get('id') ?? ''),
    });
    const answer = input.success
      ? await callApi(event, (api) => api.operations.retryDeadLetter.mutate(input.data))
      : null;
    say(
      event.cookies,
      answer?.ok
        ? { tone: 'done', key: 'operations:letters.retried', params: {} }
        : { tone: 'problem', key: 'operations:letters.gone', params: {} },
    );
    return redirect(303, event.url.pathname);
  },
};
