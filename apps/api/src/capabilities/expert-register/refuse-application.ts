import type { Transaction } from '@mse/db';
import type { ApplicationEvent, AutomaticReason } from '@mse/domain/experts';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { type Application, stepApplication } from './step-application.ts';
import { reasonsInWords, tellCandidate } from './tell-candidate.ts';

/**
 * RG-16: an automatic refusal: only the reasons that apply, by SMS in the words of the law and as a notice in the cabinet, where the
 * refused person can ask a human to look at it (GV-08). Answers whether it happened; a step that is not possible any more changes nothing.
 */
export async function refuseAutomatically(
  deps: Deps,
  tx: Transaction,
  application: Application,
  refusal: {
    event: Extract<ApplicationEvent, 'fail-again' | 'miss-test' | 'miss-contract'>;
    reasons: AutomaticReason[];
    actor: string;
    detail?: Record<string, unknown>;
  },
  at: Date,
): Promise<boolean> {
  const { event, reasons, actor, detail = {} } = refusal;
  const stepped = await stepApplication(
    tx,
    application,
    {
      event,
      actor,
      detail: { ...detail, reasons },
      set: { reasons, note: null, dueOn: null, refusedFrom: application.state },
    },
    at,
  );
  if (!stepped.ok) return false;
  await tellCandidate(
    deps,
    tx,
    {
      personId: application.personId,
      template: 'register-refused',
      onceKey: `register-refused:${application.id}:${at.toISOString()}`,
      params: (language) => ({ reasons: reasonsInWords(reasons, language) }),
      phone: application.fields.phone ?? '',
    },
    at,
  );
  await recordAudit(tx, {
    at,
    actor,
    actorRole: 'system',
    action: 'expertRegister.refuse',
    outcome: 'done',
    personId: application.personId,
    subject: `expert-application:${application.id}`,
    requestId: null,
    detail: { reasons },
  });
  return true;
}
