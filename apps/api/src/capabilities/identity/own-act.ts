import type { Executor } from '@mse/db';
import type { Action } from '@mse/domain/access';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** Writes that the caller did something with their own account. */
export async function recordOwnAct(
  executor: Executor,
  call: CallContext,
  action: Action,
  about: { subject?: string; detail?: Record<string, unknown> } = {},
): Promise<void> {
  const caller = signedIn(call);
  await recordAudit(executor, {
    at: call.at,
    actor: caller.personId,
    actorRole: actingRole(action, caller),
    action,
    outcome: 'done',
    personId: caller.personId,
    subject: about.subject ?? null,
    requestId: call.requestId,
    detail: about.detail ?? {},
  });
}
