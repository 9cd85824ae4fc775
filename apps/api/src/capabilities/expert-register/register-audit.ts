import type { Executor } from '@mse/db';
import type { Action } from '@mse/domain/access';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** The audit row of a step a person took, in the transaction of the step. */
export async function auditStep(
  call: CallContext,
  tx: Executor,
  row: {
    action: Action;
    personId: string | null;
    subject: string;
    outcome?: 'done' | 'refused';
    detail?: Record<string, unknown>;
  },
): Promise<void> {
  const caller = signedIn(call);
  await recordAudit(tx, {
    at: call.at,
    actor: caller.personId,
    actorRole: actingRole(row.action, caller),
    action: row.action,
    outcome: row.outcome ?? 'done',
    personId: row.personId,
    subject: row.subject,
    requestId: call.requestId,
    ...(row.detail ? { detail: row.detail } : {}),
  });
}
