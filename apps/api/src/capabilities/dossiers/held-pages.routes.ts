import { mayCall } from '@mse/domain/access';
import { TRPCError } from '@trpc/server';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { actingRole, type CallContext } from '../../trpc.ts';
import { findCaller } from '../identity/find-caller.ts';
import { getHeldPicture } from './get-held-item.ts';
import { PAGE_MEDIA_TYPE } from './pages/messages.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `GET /held/<item>/<side>`: a page that waits for a person, as it came or as it was re-made; each look leaves its audit row. */
export function heldPageRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.get('/held/:id/:side', async (context) => {
    const at = deps.clock.now();
    const authorization = context.req.header('authorization') ?? '';
    const token = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
    const caller = token ? await findCaller(deps, token, at) : null;
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const { id, side } = context.req.param();
    if (!mayCall('dossiers.item', caller) || !ID.test(id) || (side !== 'original' && side !== 'remade'))
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
    const picture = await getHeldPicture(call, { id, side }).catch((error: unknown) => {
      if (error instanceof TRPCError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
    if (!picture) return context.json({ error: 'not-found' }, 404);
    await recordAudit(
      deps.db,
      ...seen.map((row) => ({
        at,
        actor: caller.personId,
        actorRole: actingRole('dossiers.item', caller),
        action: 'dossiers.item',
        outcome: 'seen' as const,
        requestId,
        ...row,
      })),
    );
    context.header('cache-control', 'private, no-store');
    context.header('content-disposition', 'inline');
    context.header('content-type', PAGE_MEDIA_TYPE);
    return context.body(new Uint8Array(picture));
  });
  return app;
}
