import { ACCESS } from '@mse/domain/access';
import { toBusinessDate } from '@mse/domain/shared';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Caller } from '../../caller.ts';
import type { Deps } from '../../deps.ts';
import { findCaller } from '../identity/find-caller.ts';
import { staffRolesOn } from '../identity/staff-roles.ts';

const PING_MS = 15_000;
const TICK_MS = 1000;

const openStreams = { count: 0 };

/**
 * `GET /desk`: live updates of the caller's department as server-sent events, for a session of a desk role.
 * `desk` (data: the day that changed; also at the beginning and after the line to the database was down, because something may
 * have been missed), `ping` every 15 seconds, `stale` when that line is lost, `end` when the session has ended.
 * An open stream does not keep a session alive.
 */
export function deskEvents(deps: Deps, pingMs = PING_MS): Hono {
  const app = new Hono();
  app.get('/desk', async (context) => {
    const authorization = context.req.header('authorization') ?? '';
    const token = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
    const caller = token ? await findCaller(deps, token, deps.clock.now()) : null;
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const departmentId = deskDepartment(caller);
    if (!departmentId) return context.json({ error: 'not-found' }, 404);

    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (stream) => {
      const waiting = new Set<string>();
      let wake: () => void = () => undefined;
      const end = deps.live.onDeskChange(departmentId, (day) => {
        waiting.add(day ?? toBusinessDate(deps.clock.now()));
        wake();
      });
      stream.onAbort(() => wake());
      openStreams.count += 1;
      deps.metrics.streams(openStreams.count);
      try {
        waiting.add(toBusinessDate(deps.clock.now()));
        let stale = false;
        let pinged = performance.now();
        while (!stream.aborted) {
          if (deps.live.connected() === stale) {
            stale = !stale;
            if (stale) await stream.writeSSE({ event: 'stale', data: '' });
          }
          for (const day of waiting) {
            waiting.delete(day);
            await stream.writeSSE({ event: 'desk', data: day });
          }
          if (performance.now() - pinged >= pingMs) {
            pinged = performance.now();
            if (!(await stillOpen(deps, caller))) {
              await stream.writeSSE({ event: 'end', data: 'session' });
              return;
            }
            await stream.writeSSE({ event: 'ping', data: '' });
          }
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, Math.min(TICK_MS, pingMs));
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
            if (waiting.size > 0 || stream.aborted) wake();
          });
        }
      } finally {
        end();
        openStreams.count -= 1;
        deps.metrics.streams(openStreams.count);
      }
    });
  });
  return app;
}

/** The department whose day this caller may watch: desk roles signed in by signature only. */
function deskDepartment(caller: Caller): string | null {
  const rule = ACCESS['desk.day'];
  const allowed =
    caller.audience === 'staff' &&
    caller.trust === rule.trust &&
    rule.roles.some((role) => caller.roles.includes(role));
  return allowed ? caller.departmentId : null;
}

/** Whether session and role still hold. Looks without touching: a look that prolonged the session would keep an unattended desk signed in. A database that is away ends nothing. */
async function stillOpen(deps: Deps, caller: Caller): Promise<boolean> {
  try {
    const at = deps.clock.now();
    const [sessions, roles] = await Promise.all([
      deps.sessions.list(caller.personId, at),
      staffRolesOn(deps.db, caller.personId, toBusinessDate(at)),
    ]);
    const department = deskDepartment({ ...caller, roles: roles.map((row) => row.role) });
    return department !== null && sessions.some((session) => session.id === caller.sessionId);
  } catch {
    return true;
  }
}
