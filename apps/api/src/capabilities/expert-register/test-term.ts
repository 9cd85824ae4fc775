import type { Transaction } from '@mse/db';
import { testDueOn } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';
import type { Deps } from '../../deps.ts';
import { registerPolicies } from './register-policies.ts';
import type { Application } from './step-application.ts';
import { type RegisterTemplate, tellCandidate } from './tell-candidate.ts';

/**
 * RG-11, RG-14: a fresh term for a test from today on: the platform is told by a job and the candidate by SMS. Gives the last day;
 * call it in the transaction of the step that opens the term.
 */
export async function openTestTerm(
  deps: Deps,
  tx: Transaction,
  application: Application,
  next: { attempt: number; template: Extract<RegisterTemplate, 'register-test' | 'register-retake'> },
  at: Date,
) {
  const today = toBusinessDate(at);
  const dueOn = testDueOn(today, registerPolicies(deps, today).test);
  await deps.jobs.enqueue(tx, 'register.invite-test', { applicationId: application.id });
  await tellCandidate(
    deps,
    tx,
    {
      personId: application.personId,
      template: next.template,
      onceKey: `${next.template}:${application.id}:${next.attempt}:${at.toISOString()}`,
      params: { due: formatDate(dueOn) },
      phone: application.fields.phone ?? '',
    },
    at,
  );
  return dueOn;
}
