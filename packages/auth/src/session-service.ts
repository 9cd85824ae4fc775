import type { Executor } from '@mse/db';
import type { SessionAudience, TrustLevel } from '@mse/domain/identity';

/** A live session, as far as the product needs it. `id` is the hash of the token. */
export interface Session {
  id: string;
  personId: string;
  audience: SessionAudience;
  trust: TrustLevel;
  device: string;
  startedAt: Date;
  lastUsedAt: Date;
  /** When it ends if nothing more happens. */
  expiresAt: Date;
}

/** What a sign-in or step-up says about the session it opens. */
export interface NewSession {
  personId: string;
  audience: SessionAudience;
  trust: TrustLevel;
  /** What the browser says it is. */
  device: string;
  at: Date;
}

/** Our own door to sessions. What stands behind it can be replaced without a change elsewhere. */
export interface SessionService {
  /** Opens a session and gives its token once; only the hash is stored. */
  create(input: NewSession): Promise<{ token: string; session: Session }>;
  /** The session of a token, or null when there is none, it was ended or its time is over. Prolongs it by the idle policy. */
  validate(token: string, at: Date): Promise<Session | null>;
  /** Live sessions of a person, newest first. */
  list(personId: string, at: Date): Promise<Session[]>;
  /** Ends one session of this person; false when it is not theirs or not there. */
  end(personId: string, sessionId: string): Promise<boolean>;
  /** Ends all sessions of a person but, if given, one. Answers how many. */
  endAll(personId: string, exceptSessionId?: string): Promise<number>;
  /** The same door inside a transaction, for facts that must come true together with a session. */
  within(executor: Executor): SessionService;
}
