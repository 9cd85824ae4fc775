import type { RecordFailureInput, RecordFailureOutput } from '@mse/contracts/expert-register';
import { decideTechnicalFailure } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from './register-audit.ts';
import { registerPolicies } from './register-policies.ts';
import { lockApplication, stepApplication } from './step-application.ts';
import { openTestTerm } from './test-term.ts';

/** RG-14: a technical failure of state systems, confirmed by an act: the test may be taken anew within a fresh term. */
export async function recordFailure(
  call: CallContext,
  { id, actNo, actOn }: z.output<typeof RecordFailureInput>,
): Promise<z.input<typeof RecordFailureOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof RecordFailureOutput>> => {
    const application = await lockApplication(tx, id);
    if (!application) return { ok: false, refusal: 'not-found' };
    const policy = registerPolicies(deps, toBusinessDate(at)).test;
    const decision = decideTechnicalFailure(application, policy);
    if (!decision.ok) return decision;
    const attempt = application.attempt + 1;
    const dueOn = await openTestTerm(deps, tx, application, { attempt, template: 'register-test' }, at);
    const stepped = await stepApplication(
      tx,
      application,
      {
        event: 'renew-test',
        actor: personId,
        detail: { actNo, actOn },
        set: { attempt, dueOn, usedRetakes: decision.value.usedRetakes },
      },
      at,
    );
    if (!stepped.ok) return stepped;
    await auditStep(call, tx, {
      action: 'expertRegister.recordFailure',
      personId: application.personId,
      subject: `expert-application:${id}`,
      detail: { actNo, actOn },
    });
    return { ok: true };
  });
}
