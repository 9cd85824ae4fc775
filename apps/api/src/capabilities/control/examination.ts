import type {
  ConcludeControlInput,
  ConcludeControlOutput,
  ControlCallInput,
  ControlExaminationOutput,
} from '@mse/contracts/control';
import type { Executor } from '@mse/db';
import {
  cases,
  conclusions,
  controlCalls,
  controlResults,
  forms,
  persons,
  protocolRows,
} from '@mse/db/schema';
import { fullName, maskIin } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { appendProtocolRow } from '../journals/append-row.ts';
import { findings, methodologyCells } from '../journals/protocol-cells.ts';
import { ageOn } from '../results/age.ts';
import { formExtras } from '../results/form-extras.ts';

/** A call with the person and the act that is looked at again. */
async function loadCall(executor: Executor, callId: string) {
  const [found] = await executor
    .select({ call: controlCalls, person: persons, act: conclusions, purpose: forms.purpose })
    .from(controlCalls)
    .innerJoin(persons, eq(persons.id, controlCalls.personId))
    .innerJoin(conclusions, eq(conclusions.formId, controlCalls.formId))
    .innerJoin(forms, eq(forms.id, controlCalls.formId))
    .where(eq(controlCalls.id, callId));
  if (!found) throw notFound();
  return found;
}

/** PX-41: the person, the act and, once there is one, the result of a control re-examination. */
export async function getExamination(
  call: CallContext,
  { callId }: z.output<typeof ControlCallInput>,
): Promise<z.input<typeof ControlExaminationOutput>> {
  const { deps } = call;
  const { call: made, person, act } = await loadCall(deps.db, callId);
  const [result] = await deps.db
    .select({ result: controlResults, examiner: persons, protocolId: protocolRows.protocolId })
    .from(controlResults)
    .innerJoin(persons, eq(persons.id, controlResults.examinedBy))
    .innerJoin(protocolRows, eq(protocolRows.id, controlResults.protocolRowId))
    .where(eq(controlResults.callId, callId));
  call.seen(person.id, `control-call:${callId}`);
  return {
    callId,
    personName: fullName(person),
    iinMasked: maskIin(person.iin),
    calledAt: made.calledAt.toISOString(),
    dueOn: made.dueOn,
    act: {
      actNo: act.actNo,
      departmentNumber: departmentNumber(deps, act.departmentId),
      examinedOn: act.examinedOn,
      findings: { kk: findings(act.content, 'kk'), ru: findings(act.content, 'ru') },
      diagnosis: act.content.diagnosis,
    },
    result: result
      ? {
          outcome: result.result.outcome,
          diagnosis: result.result.diagnosis,
          conclusion: result.result.conclusion,
          recommendations: result.result.recommendations,
          examinedAt: result.result.examinedAt.toISOString(),
          examiner: fullName(result.examiner),
          protocolId: result.protocolId,
        }
      : null,
  };
}

/**
 * PX-41, JR-01: keeps what a control re-examination found and writes its row into the journal of the methodology and control department
 * (annex 18) of the region of the act, with the audit row, in one transaction; once for a call.
 */
export async function concludeControl(
  call: CallContext,
  input: z.output<typeof ConcludeControlInput>,
): Promise<z.input<typeof ConcludeControlOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [locked] = await tx
      .select({ id: controlCalls.id })
      .from(controlCalls)
      .where(eq(controlCalls.id, input.callId))
      .for('update');
    if (!locked) throw notFound();
    if ((await tx.$count(controlResults, eq(controlResults.callId, locked.id))) > 0)
      return { ok: false as const, refusal: 'done-already' as const };
    const { person, act, purpose } = await loadCall(tx, locked.id);
    const pair = (kk: string, ru: string) => (kk === '' ? null : { kk, ru });
    const conclusion = input.outcome === 'confirmed' ? null : pair(input.conclusionKk, input.conclusionRu);
    const recommendations = pair(input.recommendationsKk, input.recommendationsRu);
    const extrasOf = await formExtras(tx, [act.formId]);
    const { protocolId, rowId } = await appendProtocolRow(
      deps,
      tx,
      { journal: 'methodology', departmentId: null, regionCode: await regionOf(deps, tx, act) },
      {
        personId: person.id,
        conclusionId: null,
        cells: (place) =>
          methodologyCells(
            {
              actNo: act.actNo,
              registrationNo: place,
              person,
              ageYears: ageOn(person.birthDate, act.examinedOn),
              purpose,
              extras: extrasOf(act.formId),
              content: act.content,
              previous: act.content,
              documents: [],
            },
            {
              reason: 'control',
              departmentNumber: departmentNumber(deps, act.departmentId),
              examinedOn: act.examinedOn,
              diagnosis: input.diagnosis,
              conclusion,
              recommendations,
            },
            place,
          ),
      },
      at,
    );
    await tx.insert(controlResults).values({
      callId: locked.id,
      outcome: input.outcome,
      diagnosis: input.diagnosis,
      conclusion,
      recommendations,
      protocolRowId: rowId,
      examinedBy: caller.personId,
      examinedAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('control.conclude', caller),
      action: 'control.conclude',
      outcome: 'done',
      personId: person.id,
      subject: `control-call:${locked.id}`,
      requestId: call.requestId,
      detail: { outcome: input.outcome, act: act.actNo },
    });
    return { ok: true as const, protocolId };
  });
}

const departmentNumber = (deps: Deps, departmentId: string | null) =>
  departmentId === null ? null : (deps.reference.department(departmentId)?.number ?? null);

/** The region whose journal the row belongs to: that of the act's department, else of its case. */
async function regionOf(
  deps: Deps,
  tx: Executor,
  act: Pick<typeof conclusions.$inferSelect, 'departmentId' | 'caseId'>,
): Promise<string> {
  const department = act.departmentId === null ? undefined : deps.reference.department(act.departmentId);
  if (department) return department.regionCode;
  const [row] =
    act.caseId === null
      ? []
      : await tx.select({ regionCode: cases.regionCode }).from(cases).where(eq(cases.id, act.caseId));
  if (!row) throw new Error('An act without a department has no case either');
  return row.regionCode;
}
