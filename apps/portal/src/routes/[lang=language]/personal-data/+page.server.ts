import { NEWEST_CONSENT_VERSION } from '#lib/consent-version.ts';
import { termsOfConsent } from '#lib/server/terms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  terms: await termsOfConsent(event, NEWEST_CONSENT_VERSION),
});
