import { staffRoles } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { Caller } from '../../caller.ts';
import type { Deps } from '../../deps.ts';

/** The caller behind a session token, with the roles valid today; null when the session is over. */
export async function findCaller(deps: Deps, token: string, at: Date): Promise<Caller | null> {
  const session = await deps.sessions.validate(token, at);
  if (!session) return null;
  const base = { personId: session.personId, sessionId: session.id, audience: session.audience, trust: session.trust };
  if (session.audience === 'citizen') return { ...base, roles: ['citizen'], departmentId: null };
  const today = toBusinessDate(at);
  const roles = await deps.db
    .select({ role: staffRoles.role, departmentId: staffRoles.departmentId })
    .from(staffRoles)
    .where(and(eq(staffRoles.personId, session.personId), lte(staffRoles.validFrom, today), or(isNull(staffRoles.validUntil), gte(staffRoles.validUntil, today))));
  return { ...base, roles: roles.map((row) => row.role), departmentId: roles.find((row) => row.departmentId)?.departmentId ?? null };
}
