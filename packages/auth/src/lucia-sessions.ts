/**
 * The only file that knows lucia. lucia 3 is frozen by its author; if it ever has to go, this file goes with it and the
 * table stays as it is, because what is stored is our own format.
 */
import type { Executor } from '@mse/db';
import { Lucia, type Adapter, type DatabaseSession } from 'lucia';
import {
  deleteSessions,
  liveSessionFinder,
  insertSession,
  liveSessionsOf,
  newSession,
  noteUse,
} from './session-adapter.ts';
import type { Session, SessionService } from './session-service.ts';

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaAt>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: Record<never, never>;
  }
}

/** lucia names the id, the user and the end itself; ours travel beside them. */
interface SessionAttributes {
  session: Session;
}

/**
 * lucia judges a session's end by the machine's clock. Ours may be another one (a demonstration, a test), so the life of
 * a session is judged by the adapter with the instant of the call, and lucia is told an end it never reaches.
 */
const NEVER = new Date(8_640_000_000_000_000);

/** Bytes of chance in a token: 256 bits. */
const TOKEN_BYTES = 32;

type FindLive = ReturnType<typeof liveSessionFinder>;

/** A lucia over our table, as the world is at `at`. It holds nothing, so one for every call costs next to nothing. */
function luciaAt(executor: Executor, find: FindLive, at: Date) {
  return new Lucia(adapterAt(executor, find, at), {
    getSessionAttributes: (attributes: SessionAttributes) => attributes,
    getUserAttributes: () => ({}),
  });
}

/** Sessions by lucia. `random` is the source of tokens. */
export function createSessionService(
  executor: Executor,
  random: { bytes(count: number): Buffer },
): SessionService {
  const find = liveSessionFinder(executor);
  return {
    async create(input) {
      const token = random.bytes(TOKEN_BYTES).toString('base64url');
      const session = newSession(token, input);
      await luciaAt(executor, find, input.at).createSession(
        session.personId,
        { session },
        { sessionId: token },
      );
      return { token, session };
    },
    async validate(token, at) {
      const { session } = await luciaAt(executor, find, at).validateSession(token);
      return session ? noteUse(executor, session.session, at) : null;
    },
    async list(personId, at) {
      return (await luciaAt(executor, find, at).getUserSessions(personId)).map(({ session }) => session);
    },
    async end(personId, sessionId) {
      return (await deleteSessions(executor, personId, { only: sessionId })) > 0;
    },
    endAll: (personId, exceptSessionId) => deleteSessions(executor, personId, { except: exceptSessionId }),
    within: (transaction) => createSessionService(transaction, random),
  };
}

function toLucia(session: Session, id: string): DatabaseSession {
  return { id, userId: session.personId, expiresAt: NEVER, attributes: { session } };
}

function adapterAt(executor: Executor, find: FindLive, at: Date): Adapter {
  return {
    async getSessionAndUser(token) {
      const session = await find(token, at);
      // A session's person always exists (foreign key), so no second table is read.
      return session ? [toLucia(session, token), { id: session.personId, attributes: {} }] : [null, null];
    },
    async getUserSessions(personId) {
      return (await liveSessionsOf(executor, personId, at)).map((session) => toLucia(session, session.id));
    },
    setSession: ({ attributes }) => insertSession(executor, attributes.session),
    // Never called: the end lucia knows does not come, and sessions are ended by their hash and their person.
    updateSessionExpiration: () => refuseCall('updateSessionExpiration'),
    deleteSession: () => refuseCall('deleteSession'),
    deleteUserSessions: () => refuseCall('deleteUserSessions'),
    deleteExpiredSessions: () => refuseCall('deleteExpiredSessions'),
  };
}

function refuseCall(name: string): Promise<never> {
  return Promise.reject(new Error(`lucia reached for ${name}, which the session service does itself`));
}
