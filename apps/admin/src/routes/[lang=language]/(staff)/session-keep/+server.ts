import { apiFailure } from '@mse/api-client';
import type { RequestHandler } from './$types';

/** A sign of life of the person at the desk: any call prolongs the session by the idle policy. */
export const POST: RequestHandler = async ({ locals }) => {
  if (!locals.token) return new Response(null, { status: 401 });
  try {
    await locals.api.identity.whoAmI.query();
    return new Response(null, { status: 204 });
  } catch (thrown) {
    return new Response(null, { status: apiFailure(thrown).kind === 'sign-in' ? 401 : 503 });
  }
};
