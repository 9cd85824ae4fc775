import { type Executor, gathered } from '@mse/db';
import { sessions } from '@mse/db/schema';
import { sessionEnd } from '@mse/domain/identity';
import { and, desc, eq, gt, lt, ne, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { NewSession, Session } from './session-service.ts';

/** How long the stored time of last use may lag behind, milliseconds: reading pages does not write on every click. */
const USE_IS_NOTED_EVERY_MS = 60_000;

/** What the table holds instead of a token: SHA-256, hexadecimal. Tokens have 256 random bits, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A session as it begins at `input.at`, with the life its audience has. */
export function newSession(token: string, { at, ...input }: NewSession): Session {
  return {
    ...input,
    id: hashToken(token),
    startedAt: at,
    lastUsedAt: at,
    expiresAt: sessionEnd(input.audience, at, at),
  };
}

/** Stores a session; its token is not part of it. */
export async function insertSession(executor: Executor, session: Session): Promise<void> {
  await executor.insert(sessions).values(session);
}

/**
 * Finds the session of a token that is alive at `at`, by primary key. Every call asks it, so the query is prepared once and
 * callers of the same moment share it.
 */
export function liveSessionFinder(executor: Executor): (token: string, at: Date) => Promise<Session | null> {
  const query = executor
    .select()
    .from(sessions)
    .where(sql`${sessions.id} = any(${sql.placeholder('ids')}::text[])`)
    .prepare('live_sessions');
  const find = gathered(async (ids: readonly string[]) => {
    const found = await query.execute({ ids: `{${ids.join(',')}}` });
    const byId = new Map(found.map((session) => [session.id, session]));
    return ids.map((id) => byId.get(id) ?? null);
  });
  return async (token, at) => {
    const session = await find(hashToken(token));
    return session && session.expiresAt > at ? session : null;
  };
}

/**
 * Notes that a session is in use and prolongs it by the idle policy, at most once a minute. So an idle end may come up
 * to a minute early, never late. Answers the session as it now is; one that was ended meanwhile stays ended.
 */
export async function noteUse(executor: Executor, session: Session, at: Date): Promise<Session> {
  if (at.getTime() - session.lastUsedAt.getTime() < USE_IS_NOTED_EVERY_MS) return session;
  const used = { lastUsedAt: at, expiresAt: sessionEnd(session.audience, session.startedAt, at) };
  await executor
    .update(sessions)
    .set(used)
    .where(and(eq(sessions.id, session.id), lt(sessions.lastUsedAt, at)));
  return { ...session, ...used };
}

/** Sessions of a person that are alive at `at`, newest first. */
export async function liveSessionsOf(executor: Executor, personId: string, at: Date): Promise<Session[]> {
  return executor
    .select()
    .from(sessions)
    .where(and(eq(sessions.personId, personId), gt(sessions.expiresAt, at)))
    .orderBy(desc(sessions.startedAt), sessions.id);
}

/** Deletes sessions of a person: one, or all, or all but one. Answers how many there were. */
export async function deleteSessions(
  executor: Executor,
  personId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const deleted = await executor
    .delete(sessions)
    .where(
      and(
        eq(sessions.personId, personId),
        which.only === undefined ? undefined : eq(sessions.id, which.only),
        which.except === undefined ? undefined : ne(sessions.id, which.except),
      ),
    )
    .returning({ id: sessions.id });
  return deleted.length;
}
