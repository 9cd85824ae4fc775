import { redirect } from '@sveltejs/kit';
import { log } from '#lib/server/log.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { forgetSession } from '#lib/server/session-cookie.ts';
import type { RequestHandler } from './$types';

/**
 * Ends the session on the server and in the browser. The browser forgets the token even when the API is silent: the
 * session then ends by its idle time.
 */
export const POST: RequestHandler = async ({ request, cookies, locals, setHeaders }) => {
  const form = await request.formData();
  if (locals.token) {
    try {
      await locals.api.identity.signOut.mutate();
    } catch {
      log('warn', 'session was not ended on the server', { requestId: locals.requestId });
    }
  }
  forgetSession(cookies);
  // Nothing of the signed-in pages may come back with the back button. The clerk's unsent presses stay: they are in storage.
  setHeaders({ 'clear-site-data': '"cache"' });
  const next = safePath(String(form.get('next') ?? ''));
  const reason = form.get('reason') === 'expired' ? 'expired' : 'signed-out';
  redirect(
    303,
    `/${locals.language}/sign-in?reason=${reason}${next && reason === 'expired' ? `&next=${encodeURIComponent(next)}` : ''}`,
  );
};
