import { type Executor, insertMany } from '@mse/db';
import { outboundMessages } from '@mse/db/schema';
import type { ServiceStage } from '@mse/domain/examination';
import type { Deps } from '../../deps.ts';

/** A case that came to a stage of the service. */
export interface StageReached {
  caseId: string;
  formId: string;
  personId: string;
  stage: ServiceStage;
}

/**
 * PX-51: tells the monitoring of state services which stage cases have come to, once for each stage of a case. Written in the
 * transaction of the step, many at once; the worker's sweep of outbound messages finds and delivers them.
 */
export async function tellStage(
  deps: Deps,
  tx: Executor,
  reached: readonly StageReached[],
  at: Date,
): Promise<void> {
  await insertMany(
    tx,
    outboundMessages,
    reached.map(({ caseId, formId, personId, stage }) => ({
      id: deps.random.id(at),
      destination: 'service-monitoring',
      kind: 'service.stage',
      payload: { case: caseId, form: formId, stage, at: at.toISOString() },
      onceKey: `stage:${caseId}:${stage}`,
      personId,
      createdAt: at,
      dueAt: at,
    })),
    { unless: outboundMessages.onceKey },
  );
}
