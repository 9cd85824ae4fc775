import type { Role } from '@mse/domain/access';
import type { SessionAudience, TrustLevel } from '@mse/domain/identity';

/** Who is calling, after the session was checked. */
export interface Caller {
  personId: string;
  sessionId: string;
  audience: SessionAudience;
  trust: TrustLevel;
  /** `['citizen']` in the portal; the staff roles valid today in the admin app. */
  roles: Role[];
  /** Department of the desk roles. */
  departmentId: string | null;
}
