import { apiFailure } from '@mse/api-client';
import { FinishSignatureInput } from '@mse/contracts/identity';
import { STAFF_ROLES } from '@mse/domain/access';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { NCALAYER_URL, SERVICE_MODE, SIMULATORS_URL } from '$app/env/private';
import { demoStaff } from '#lib/server/demo-staff.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { keepSession } from '#lib/server/session-cookie.ts';
import { signInWords } from '#lib/server/sign-in-words.ts';
import type { Actions, PageServerLoad } from './$types';

// Only a script can talk to NCALayer.
export const csr = true;

const STAFF = STAFF_ROLES as readonly string[];

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safePath(url.searchParams.get('next'));
  if (locals.token && (await stillSignedIn(locals.api))) redirect(303, next ?? `/${locals.language}`);
  const t = translator(locals.language);
  const reason = url.searchParams.get('reason');
  return {
    words: signInWords(locals.language),
    said:
      reason === 'expired'
        ? t('staff:signIn.expired')
        : reason === 'signed-out'
          ? t('staff:signIn.signedOut')
          : null,
    next,
    ncalayer: NCALAYER_URL,
    demo:
      SERVICE_MODE === 'demo'
        ? { people: await demoStaff(locals, STAFF), simulator: `${SIMULATORS_URL}/ncalayer` }
        : null,
  };
};

async function stillSignedIn(api: App.Locals['api']): Promise<boolean> {
  try {
    await api.identity.whoAmI.query();
    return true;
  } catch (thrown) {
    apiFailure(thrown);
    return false;
  }
}

export const actions: Actions = {
  /** Fetches the one-time text. The person reads it before anything is signed. */
  start: async ({ locals, url, request }) => {
    const next = safePath(String((await request.formData()).get('next') ?? ''));
    try {
      const challenge = await locals.api.identity.startSignature.mutate({
        audience: 'staff',
        host: url.host,
        language: locals.language,
      });
      return { challenge, next };
    } catch (thrown) {
      return refused(locals, apiFailure(thrown).kind === 'too-many' ? 429 : 503, next);
    }
  },

  /** Takes the signature over that text and opens the session. */
  finish: async ({ locals, cookies, request }) => {
    const form = await request.formData();
    const next = safePath(String(form.get('next') ?? ''));
    const input = FinishSignatureInput.safeParse({
      challengeId: form.get('challengeId') ?? '',
      cms: form.get('cms') ?? '',
      device: (request.headers.get('user-agent') ?? '').slice(0, 300),
    });
    if (!input.success)
      return fail(400, {
        problem: translator(locals.language)('identity:signature-refusal.malformed'),
        next,
      });
    let answer;
    try {
      answer = await locals.api.identity.finishSignature.mutate(input.data);
    } catch (thrown) {
      return refused(locals, apiFailure(thrown).kind === 'too-many' ? 429 : 503, next);
    }
    if (!answer.ok) {
      const key =
        answer.refusal === 'not-staff'
          ? 'staff:signIn.notStaff'
          : `identity:signature-refusal.${answer.refusal}`;
      return fail(403, { problem: translator(locals.language)(key), next });
    }
    keepSession(cookies, answer.token);
    redirect(303, next ?? `/${locals.language}`);
  },
};

function refused(locals: App.Locals, status: 429 | 503, next: string | null) {
  const key = status === 429 ? 'staff:signIn.problem.too-many' : 'staff:signIn.problem.service';
  return fail(status, { problem: translator(locals.language)(key), next });
}
