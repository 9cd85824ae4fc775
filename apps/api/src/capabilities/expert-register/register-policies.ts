import type { CheckPolicy, RefusalReason } from '@mse/domain/experts';
import { policyOn } from '@mse/domain/policies';
import type { PlainDate } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';

/** The numbers of the law that the register uses on a day. */
export function registerPolicies(deps: Deps, day: PlainDate) {
  const rows = deps.reference.policies();
  const check: CheckPolicy = {
    training: policyOn(rows, 'register.training', day),
    experienceYears: policyOn(rows, 'register.experience', day).years,
    disqualifying: policyOn(rows, 'register.disqualifying', day),
  };
  return {
    announcementDays: policyOn(rows, 'register.announcement-days', day),
    checkDays: policyOn(rows, 'register.check-days', day),
    check,
    test: policyOn(rows, 'register.test', day),
    contract: policyOn(rows, 'register.contract', day),
    indicator: policyOn(rows, 'register.indicator', day),
    dailyCap: policyOn(rows, 'dealing.daily-cap', day),
  };
}

/** Reasons as the database and the law order them. */
export const REASON_ORDER: readonly RefusalReason[] = [
  'incomplete-or-expired',
  'disqualifying',
  'no-proof',
  'test-negative',
  'proctoring-negative',
  'test-not-taken',
  'contract-not-signed',
];
