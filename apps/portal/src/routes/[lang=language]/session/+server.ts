import type { RequestHandler } from './$types';

/** Prolongs the session of a person who is still reading: any call does. Answers when it ends now, 401 when it is over. */
export const POST: RequestHandler = async ({ locals }) => {
  const me = await locals.me();
  return me ? Response.json({ endsAt: me.sessionEndsAt }) : Response.json({ endsAt: null }, { status: 401 });
};
