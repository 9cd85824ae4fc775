import {
  AskConsultationInput,
  AskDigitalInput,
  MissedPeriodInput,
  ProposeRefusalInput,
  TakeDigitalInput,
} from '@mse/contracts/in-person';
import { hasKey, translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { inputOf, readApplication } from '#lib/server/application-form.ts';
import { heard, say } from '#lib/server/flash.ts';
import { typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** FF-11: one application at the counter. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    application: await callApi(event, (api) =>
      api.inPerson.application.query({ applicationId: event.params.id }),
    ),
    said: said ? { ...said, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

const wordsOf = (event: RequestEvent, refusal: string) =>
  translator(event.locals.language)(`in-person:problem.${refusal}`);

/** Back to the page with a word about what was done; a reload does nothing twice. */
function done(event: RequestEvent, key: string): never {
  say(event.cookies, { tone: 'done', key: `in-person:done.${key}`, params: {} });
  redirect(303, event.url.pathname);
}

/** Keeps what was typed; answers the new version, or what is wrong with it. */
async function save(event: RequestEvent, form: FormData) {
  const { language } = event.locals;
  const t = translator(language);
  const { fields, named } = readApplication(form);
  if (!fields.success) {
    const errors = fields.error.issues.map((issue) => {
      const field = inputOf(issue.path, named);
      const key = `errors:${issue.message}`;
      const document = named.find((each) => field.endsWith(`.${each}`));
      const text = t(hasKey(language, key) ? key : 'errors:invalid');
      return { field, text: document ? `${t(`in-person:document.${document}`)}: ${text}` : text };
    });
    return { ok: false as const, failed: fail(400, { typed: typed(form), errors }) };
  }
  const answer = await callApi(event, (api) =>
    api.inPerson.save.mutate({
      applicationId: event.params.id ?? '',
      version: String(form.get('version')),
      fields: fields.data,
    }),
  );
  return answer.ok
    ? { ok: true as const, version: answer.version }
    : {
        ok: false as const,
        failed: fail(409, { typed: typed(form), problem: wordsOf(event, answer.refusal) }),
      };
}

export const actions: Actions = {
  save: async (event) => {
    const saved = await save(event, await event.request.formData());
    return saved.ok ? done(event, 'saved') : saved.failed;
  },

  /** FF-10: what stands on the page is kept first, then judged. */
  accept: async (event) => {
    const saved = await save(event, await event.request.formData());
    if (!saved.ok) return saved.failed;
    const answer = await callApi(event, (api) =>
      api.inPerson.accept.mutate({ applicationId: event.params.id, version: saved.version }),
    );
    return answer.ok ? done(event, 'accepted') : fail(409, { problem: wordsOf(event, answer.refusal) });
  },

  propose: async (event) => {
    const form = await event.request.formData();
    const input = ProposeRefusalInput.safeParse({
      applicationId: event.params.id,
      version: form.get('version'),
      grounds: form.getAll('grounds'),
      note: form.get('note') ?? '',
    });
    if (!input.success) {
      const t = translator(event.locals.language);
      const errors = input.error.issues.flatMap(({ path, message }) =>
        path[0] === 'grounds'
          ? [{ field: 'grounds', text: t('in-person:problem.chooseGround') }]
          : path[0] === 'note'
            ? [{ field: 'note', text: t(`errors:${message}`) }]
            : [],
      );
      return fail(400, {
        errors,
        refusing: { grounds: form.getAll('grounds').map(String), note: String(form.get('note') ?? '') },
      });
    }
    const answer = await callApi(event, (api) => api.inPerson.proposeRefusal.mutate(input.data));
    return answer.ok ? done(event, 'proposed') : fail(409, { problem: wordsOf(event, answer.refusal) });
  },

  decide: async (event) => {
    const confirm = (await event.request.formData()).get('confirm') === 'yes';
    const answer = await callApi(event, (api) =>
      api.inPerson.decideRefusal.mutate({ applicationId: event.params.id, confirm }),
    );
    if (!answer.ok) return fail(409, { problem: wordsOf(event, answer.refusal) });
    return done(event, confirm ? 'refused' : 'reopened');
  },

  missed: async (event) => {
    const form = await event.request.formData();
    const t = translator(event.locals.language);
    const input = MissedPeriodInput.safeParse({
      applicationId: event.params.id,
      missedFrom: form.get('missedFrom') ?? '',
      missedTo: form.get('missedTo') ?? '',
      validReason: form.has('validReason'),
      creditedFrom: form.get('creditedFrom') || null,
    });
    if (!input.success)
      return fail(400, {
        typed: typed(form),
        errors: input.error.issues.map((issue) => ({
          field: String(issue.path[0]),
          text: t(`errors:${issue.message}`),
        })),
      });
    const answer = await callApi(event, (api) => api.inPerson.enterMissedPeriod.mutate(input.data));
    return answer.ok
      ? done(event, 'missed')
      : fail(409, { typed: typed(form), problem: wordsOf(event, answer.refusal) });
  },

  /** FF-06: asks the owner of the documents on the registered number. */
  askDigital: async (event) => {
    const form = await event.request.formData();
    const t = translator(event.locals.language);
    const input = AskDigitalInput.safeParse({
      applicationId: event.params.id,
      way: form.get('way') ?? '',
      documents: form.getAll('digitalDocuments'),
    });
    if (!input.success)
      return fail(400, {
        errors: input.error.issues.map(({ path, message }) => ({
          field: path[0] === 'way' ? 'way' : 'digitalDocuments',
          text: t(`errors:${message}`),
        })),
      });
    const answer = await callApi(event, (api) => api.inPerson.askDigital.mutate(input.data));
    return answer.ok
      ? done(event, 'digitalAsked')
      : fail(409, {
          errors: [{ field: 'digitalDocuments', text: t(`in-person:digital.refusal.${answer.refusal}`) }],
        });
  },

  /** The code is passed on and kept nowhere: a page that comes back never shows it. */
  takeDigital: async (event) => {
    const form = await event.request.formData();
    const t = translator(event.locals.language);
    const input = TakeDigitalInput.safeParse({
      applicationId: event.params.id,
      accessId: form.get('accessId') ?? '',
      code: form.get('code') ?? '',
    });
    const failed = (text: string) => fail(409, { errors: [{ field: 'code', text }] });
    if (!input.success) return failed(t('in-person:digital.refusal.invalid'));
    const answer = await callApi(event, (api) => api.inPerson.takeDigital.mutate(input.data));
    return answer.ok
      ? done(event, 'digitalTaken')
      : failed(t(`in-person:digital.refusal.${answer.refusal}`, { count: answer.triesLeft }));
  },

  withdraw: async (event) => {
    const answer = await callApi(event, (api) =>
      api.inPerson.withdraw.mutate({ applicationId: event.params.id }),
    );
    return answer.ok ? done(event, 'withdrawn') : fail(409, { problem: wordsOf(event, answer.refusal) });
  },

  ask: async (event) => {
    const form = await event.request.formData();
    const input = AskConsultationInput.safeParse({
      applicationId: event.params.id,
      question: form.get('question') ?? '',
    });
    if (!input.success) {
      const text = translator(event.locals.language)(`errors:${input.error.issues[0]?.message}`);
      return fail(400, {
        errors: [{ field: 'question', text }],
        question: String(form.get('question') ?? ''),
      });
    }
    const answer = await callApi(event, (api) => api.inPerson.askConsultation.mutate(input.data));
    return answer.ok ? done(event, 'asked') : fail(409, { problem: wordsOf(event, answer.refusal) });
  },
};
