import { mayCall } from '@mse/domain/access';
import { TRPCError } from '@trpc/server';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { actingRole, type CallContext } from '../../trpc.ts';
import { findCaller } from '../identity/find-caller.ts';
import { getPagePicture } from './get-page.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * X03: `GET /pages/<part>/<page>`: the picture of a page for the session of the expert whose part it is. Anything else is 404. It is shown
 * and never kept: no cache, no name to save it under.
 */
export function pageRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.get('/pages/:part/:page', async (context) => {
    const at = deps.clock.now();
    const authorization = context.req.header('authorization') ?? '';
    const token = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
    const caller = token ? await findCaller(deps, token, at) : null;
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const { part: assignmentId, page: pageId } = context.req.param();
    if (!mayCall('expertDesk.page', caller) || !ID.test(assignmentId) || !ID.test(pageId))
      return context.json({ error: 'not-found' }, 404);

    const requestId = context.req.header('x-request-id')?.slice(0, 64) ?? freshKey();
    const seen: { personId: string | null; subject: string | null }[] = [];
    const call: CallContext = {
      requestId,
      language: 'kk',
      network: '',
      token,
      deps,
      caller,
      at,
      seen: (personId, subject) => seen.push({ personId, subject: subject ?? null }),
    };
    const picture = await getPagePicture(call, { assignmentId, pageId }).catch((error: unknown) => {
      if (error instanceof TRPCError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
    if (!picture) return context.json({ error: 'not-found' }, 404);
    await recordAudit(
      deps.db,
      ...seen.map((row) => ({
        at,
        actor: caller.personId,
        actorRole: actingRole('expertDesk.page', caller),
        action: 'expertDesk.page',
        outcome: 'seen' as const,
        requestId,
        detail: { page: pageId },
        ...row,
      })),
    );
    context.header('cache-control', 'private, no-store');
    context.header('content-disposition', 'inline');
    context.header('content-type', picture.mediaType);
    return context.body(new Uint8Array(picture.content));
  });
  return app;
}
