import { ROLES, type Role } from '../access/index.ts';

/** Who somebody in the access log is; never by name. `representative` is the lawful one, `clinic` the sender of a form. */
export const ACCESS_ROLES = [
  'representative',
  'clinic',
  'system',
  'unknown',
  ...ROLES.filter((role) => role !== 'citizen'),
] as const;
export type AccessRole = 'representative' | 'clinic' | 'system' | 'unknown' | Exclude<Role, 'citizen'>;

/** What the data was needed for. */
export const ACCESS_PURPOSES = [
  'visit',
  'booking',
  'form',
  'examination',
  'sign-in',
  'closure',
  'message',
  'person',
  'other',
] as const;
export type AccessPurpose = (typeof ACCESS_PURPOSES)[number];

/** Which data was touched. */
export const ACCESS_DATA = ['form', 'booking', 'visit', 'sign-in', 'offer', 'message', 'general'] as const;
export type AccessData = (typeof ACCESS_DATA)[number];

const PURPOSE_OF: Record<string, AccessPurpose> = {
  desk: 'visit',
  boards: 'visit',
  queue: 'booking',
  waitList: 'booking',
  intake: 'form',
  identity: 'sign-in',
  closures: 'closure',
  massMove: 'closure',
  operations: 'message',
  notifications: 'message',
  faultReports: 'message',
  expertDesk: 'examination',
  inPerson: 'examination',
  placeRequests: 'examination',
  fieldSessions: 'examination',
  control: 'examination',
  examination: 'examination',
  dossiers: 'examination',
  // A text of the person's own that was signed or read before signing.
  signing: 'person',
  // Own documents, and what a person does as a candidate or an expert.
  results: 'person',
  expertApplication: 'person',
  expertPresence: 'person',
  expertPay: 'person',
  cabinet: 'person',
  profile: 'person',
  consent: 'person',
};

const DATA_OF: Record<string, AccessData> = {
  form: 'form',
  intake: 'form',
  booking: 'booking',
  'mass-move': 'booking',
  visit: 'visit',
  assignment: 'form',
  challenge: 'sign-in',
  session: 'sign-in',
  offer: 'offer',
  wait: 'offer',
  message: 'message',
};

/** C28: a line of the audit said without names: in which role, for what, which data. What is new and unknown reads as "other". */
export function describeAccess(line: { actorRole: string; action: string; subject: string | null }): {
  role: AccessRole;
  purpose: AccessPurpose;
  data: AccessData;
} {
  const [noun = ''] = line.action.split('.');
  const [kind = ''] = (line.subject ?? '').split(':');
  const known = ACCESS_ROLES.find((role) => role === line.actorRole);
  return {
    role:
      line.actorRole === 'citizen'
        ? 'representative'
        : line.actorRole === 'integration'
          ? 'clinic'
          : (known ?? 'unknown'),
    purpose: PURPOSE_OF[noun] ?? 'other',
    data: DATA_OF[kind] ?? 'general',
  };
}
