import { API_URL, SERVICE_MODE, SIMULATORS_URL } from '$app/env/private';
import type { LayoutServerLoad } from './$types';

/** Pages are written on the server and need no script; small ones are added by hand where they help. */
export const csr = false;

export const load: LayoutServerLoad = async ({ locals }) => {
  const me = await locals.me();
  return {
    language: locals.language,
    signedIn: me !== null,
    sessionEndsAt: me?.sessionEndsAt ?? null,
    demo:
      SERVICE_MODE === 'demo'
        ? {
            inbox: `${SIMULATORS_URL}/sms`,
            signer: `${SIMULATORS_URL}/ncalayer`,
            clock: `${API_URL}/demo/clock`,
          }
        : null,
  };
};
