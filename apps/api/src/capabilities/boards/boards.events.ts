import { BoardToken } from '@mse/contracts/boards';
import { boards } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Deps } from '../../deps.ts';
import { findBoardView } from './find-board-view.ts';

const PING_MS = 15_000;
const TICK_MS = 1000;

/**
 * `GET /board`: the living line of a waiting-room screen, as server-sent events, for the bearer of a board's token.
 * `calls` (data: BoardView) at the beginning and after every change of the department's day or of the board, `ping` every 15 seconds
 * with the service's time, `stale` while the data cannot be reached, `end` when the board was closed or its token renewed.
 * Each ping notes that the screen lives (K11).
 */
export function boardEvents(deps: Deps, pingMs = PING_MS): Hono {
  const app = new Hono();
  app.get('/board', async (context) => {
    const authorization = context.req.header('authorization') ?? '';
    const token = BoardToken.safeParse(authorization.replace(/^Bearer /, ''));
    const found = token.success ? await findBoardView(deps, token.data, deps.clock.now()) : null;
    if (!token.success || !found) return context.json({ error: 'no-board' }, 401);
    const { id, departmentId } = found;

    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (stream) => {
      let wake: () => void = () => undefined;
      let changed = true;
      const end = deps.live.onDeskChange(departmentId, () => {
        changed = true;
        wake();
      });
      stream.onAbort(() => wake());
      try {
        let stale = false;
        let pinged = Number.NEGATIVE_INFINITY;
        while (!stream.aborted) {
          const reached = await attempt(async () => {
            if (performance.now() - pinged >= pingMs) {
              pinged = performance.now();
              const at = deps.clock.now();
              await deps.db.update(boards).set({ lastSeenAt: at }).where(eq(boards.id, id));
              await stream.writeSSE({ event: 'ping', data: at.toISOString() });
              changed ||= stale;
            }
            if (!changed || !deps.live.connected()) return;
            changed = false;
            const now = await findBoardView(deps, token.data, deps.clock.now());
            await stream.writeSSE(
              now ? { event: 'calls', data: JSON.stringify(now.view) } : { event: 'end', data: '' },
            );
            if (now) stale = false;
            else await stream.close();
          });
          if (!reached) changed = true;
          if ((!reached || !deps.live.connected()) && !stale) {
            stale = true;
            await stream.writeSSE({ event: 'stale', data: '' });
          }
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, Math.min(TICK_MS, pingMs));
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
            if ((changed && reached && deps.live.connected()) || stream.aborted || stream.closed) wake();
          });
          if (stream.closed) return;
        }
      } finally {
        end();
      }
    });
  });
  return app;
}

/** False when the database did not answer; a screen then says so and goes on. */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}
