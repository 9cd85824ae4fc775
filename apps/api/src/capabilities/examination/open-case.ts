import type { Executor } from '@mse/db';
import { caseEvents, cases } from '@mse/db/schema';
import { type CaseTrack } from '@mse/domain/examination';
import type { ExaminationPurpose } from '@mse/domain/intake';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { tellStage } from './tell-stage.ts';

/** What a case is opened with, once its form was accepted. */
export interface CaseOpening {
  formId: string;
  personId: string;
  representativeId: string | null;
  /** PX-11: region of the permanent registration. */
  regionCode: string;
  /** PX-34: department of the permanent registration; null when none is mapped. */
  departmentId: string | null;
  /** SN-05: which way the form goes; GV-05 was judged with the form. */
  track: CaseTrack;
  nosologyGroup: string;
  purpose: ExaminationPurpose;
}

/**
 * PX-02: opens the case of an accepted remote form in the transaction that accepts it, with its first event, its stage for the
 * monitoring system and the job that makes the draft act. A form has one case, however often it is asked for. Answers its id.
 */
export async function openCase(deps: Deps, tx: Executor, opening: CaseOpening, at: Date): Promise<string> {
  const [row] = await tx
    .insert(cases)
    .values({ id: deps.random.id(at), ...opening, state: 'accepted', stateAt: at, acceptedAt: at })
    .onConflictDoNothing({ target: cases.formId })
    .returning({ id: cases.id });
  if (!row) {
    const [known] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.formId, opening.formId));
    if (!known) throw new Error('A form has a case that cannot be read');
    return known.id;
  }
  // These depend on the case alone and go out at once, in this order.
  await Promise.all([
    tx.insert(caseEvents).values({
      caseId: row.id,
      event: 'accepted',
      from: null,
      to: 'accepted',
      at,
      actor: 'system:intake',
      detail: { track: opening.track },
    }),
    recordAudit(tx, {
      at,
      actor: 'system:intake',
      actorRole: 'system',
      action: 'examination.open',
      outcome: 'done',
      personId: opening.personId,
      subject: `case:${row.id}`,
      requestId: null,
      detail: { form: opening.formId },
    }),
    tellStage(
      deps,
      tx,
      [{ caseId: row.id, formId: opening.formId, personId: opening.personId, stage: 'registered' }],
      at,
    ),
    deps.jobs.enqueue(tx, 'examination.prepare', { caseId: row.id }),
  ]);
  return row.id;
}
