/** Door of sessions: the interface, and the service behind it. */
export type { NewSession, Session, SessionService } from './session-service.ts';
export { createSessionService } from './lucia-sessions.ts';
