import { addMinutes } from '../shared/index.ts';

/** How a person proved who they are; `signature` includes everything `sms` may do. */
export const TRUST_LEVELS = ['sms', 'signature'] as const;
export type TrustLevel = (typeof TRUST_LEVELS)[number];

/** Whether a session of trust `has` may do what needs `needs`. */
export function trustSuffices(has: TrustLevel, needs: TrustLevel): boolean {
  return TRUST_LEVELS.indexOf(has) >= TRUST_LEVELS.indexOf(needs);
}

/** Idle and absolute life of a session, in minutes. Citizens read slowly and are interrupted; staff sit at shared desks. */
export const SESSION_POLICY = {
  citizen: { idleMinutes: 30, totalMinutes: 12 * 60 },
  staff: { idleMinutes: 15, totalMinutes: 10 * 60 },
} as const;

export type SessionAudience = keyof typeof SESSION_POLICY;

/** When a session ends if nothing more happens: idle time after the last use, never past the total. */
export function sessionEnd(audience: SessionAudience, startedAt: Date, lastUsedAt: Date): Date {
  const policy = SESSION_POLICY[audience];
  const idle = addMinutes(lastUsedAt, policy.idleMinutes);
  const total = addMinutes(startedAt, policy.totalMinutes);
  return idle < total ? idle : total;
}

/** Life of the text that is signed at sign-in, in minutes. */
export const CHALLENGE_LIFE_MINUTES = 3;

/** C05: the same on a phone, where one walks to another program and back, in minutes. */
export const MOBILE_CHALLENGE_LIFE_MINUTES = 5;
