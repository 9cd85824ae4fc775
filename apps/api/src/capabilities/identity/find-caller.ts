import { toBusinessDate } from '@mse/domain/shared';
import type { Caller } from '../../caller.ts';
import type { Deps } from '../../deps.ts';
import { staffRolesOn } from './staff-roles.ts';

/** The caller behind a session token, with the roles valid today; null when the session is over. */
export async function findCaller(deps: Deps, token: string, at: Date): Promise<Caller | null> {
  const session = await deps.sessions.validate(token, at);
  if (!session) return null;
  const { id: sessionId, personId, audience, trust } = session;
  const base = { personId, sessionId, audience, trust };
  if (audience === 'citizen') return { ...base, roles: ['citizen'], departmentId: null };
  const roles = await staffRolesOn(deps.db, personId, toBusinessDate(at));
  return {
    ...base,
    roles: roles.map((row) => row.role),
    departmentId: roles.find((row) => row.departmentId)?.departmentId ?? null,
  };
}
