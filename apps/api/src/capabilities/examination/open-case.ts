import { type Executor, insertMany } from '@mse/db';
import { caseEvents, cases } from '@mse/db/schema';
import { type CaseTrack } from '@mse/domain/examination';
import type { ExaminationPurpose } from '@mse/domain/intake';
import { inArray } from 'drizzle-orm';
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

/** PX-02: opens the case of one accepted form; see `openCases`. Answers its id. */
export async function openCase(deps: Deps, tx: Executor, opening: CaseOpening, at: Date): Promise<string> {
  const [caseId] = await openCases(deps, tx, [opening], at);
  if (caseId === undefined) throw new Error('A case was not opened');
  return caseId;
}

/**
 * PX-02: opens the cases of accepted remote forms in the transaction that accepts them, each with its first event, its stage for the
 * monitoring system and the job that makes the draft act. A form has one case, however often it is asked for. Answers the ids in the
 * order of the openings.
 */
export async function openCases(
  deps: Deps,
  tx: Executor,
  openings: readonly CaseOpening[],
  at: Date,
): Promise<string[]> {
  if (openings.length === 0) return [];
  const planned = openings.map((opening) => ({
    id: deps.random.id(at),
    ...opening,
    state: 'accepted' as const,
    stateAt: at,
    acceptedAt: at,
  }));
  const inserted = new Set(
    await insertMany(tx, cases, planned, { unless: cases.formId, returning: cases.id }),
  );
  const rows = planned.filter(({ id }) => inserted.has(id));
  const opened = new Map(rows.map(({ formId, id }) => [formId, id]));
  const again = openings.filter(({ formId }) => !opened.has(formId)).map(({ formId }) => formId);
  if (again.length > 0)
    for (const { formId, id } of await tx
      .select({ formId: cases.formId, id: cases.id })
      .from(cases)
      .where(inArray(cases.formId, again)))
      opened.set(formId, id);
  const caseIds = openings.map(({ formId }) => {
    const id = opened.get(formId);
    if (id === undefined) throw new Error('A form has a case that cannot be read');
    return id;
  });
  if (rows.length === 0) return caseIds;
  // These depend on the cases alone and go out at once, in this order.
  await Promise.all([
    insertMany(
      tx,
      caseEvents,
      rows.map(({ id, track }) => ({
        caseId: id,
        event: 'accepted',
        from: null,
        to: 'accepted' as const,
        at,
        actor: 'system:intake',
        detail: { track },
      })),
    ),
    recordAudit(
      tx,
      ...rows.map(({ id, formId, personId }) => ({
        at,
        actor: 'system:intake',
        actorRole: 'system',
        action: 'examination.open',
        outcome: 'done' as const,
        personId,
        subject: `case:${id}`,
        requestId: null,
        detail: { form: formId },
      })),
    ),
    tellStage(
      deps,
      tx,
      rows.map(({ id, formId, personId }) => ({ caseId: id, formId, personId, stage: 'registered' })),
      at,
    ),
    deps.jobs.enqueueAll(
      tx,
      'examination.prepare',
      rows.map(({ id }) => ({ caseId: id })),
    ),
  ]);
  return caseIds;
}
