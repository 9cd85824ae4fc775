import {
  assignments,
  auditEvents,
  caseEvents,
  comparisons,
  conclusions,
  decisions,
  documents,
  messages,
  outboundMessages,
  protocolRows,
} from '@mse/db/schema';
import type { DecisionContent, DisabilityOutcome } from '@mse/domain/examination';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, type World } from '../../../test/harness.ts';
import { addCase, addExpert, conclusion, partsOf, readCase } from '../../../test/panel.ts';
import { present } from '../../../test/present.ts';
import { recordConclusion, recordConclusions } from '../results/index.ts';
import type { ConclusionDraft } from '../results/record-conclusion.ts';
import { dealWaiting, moveOpenCases, moveParts, settleCases, settleDecisions } from './index.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-23T10:00' });
  for (const kind of ['department-head', 'chief-specialist', 'independent'] as const)
    for (const region of ['35', '39', '75']) await addExpert(world, kind, region);
});
afterAll(() => world.close());

const said = (outcome: DisabilityOutcome): DecisionContent => ({
  kind: 'conclusion',
  conclusion: conclusion(outcome),
});
const nonconformity: DecisionContent = { kind: 'nonconformity', kinds: ['evidence'], reasons: 'why' };
/** Decisions of panels that agree, differ, find the papers insufficient, and of one that is not complete. */
const PANELS: DecisionContent[][] = [
  [said('group-2'), said('group-2'), said('group-3')],
  [said('group-1'), said('group-2'), said('group-3')],
  [nonconformity, nonconformity, said('group-3')],
  [said('not-established'), said('not-established'), said('not-established')],
  [said('group-2'), said('group-2')],
];

type Opened = Awaited<ReturnType<typeof addCase>>;

/** Cases whose decisions are signed and not yet compared. */
async function signedCases(): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (const [index] of PANELS.entries())
    opened.push(await addCase(world, { departmentId: index % 2 === 0 ? DEPARTMENT_1 : DEPARTMENT_2 }));
  await dealWaiting(world.deps, world.clock.now());
  const at = world.clock.now();
  for (const [index, panel] of PANELS.entries()) {
    const { caseId } = present(opened[index]);
    for (const [seat, part] of (await partsOf(world, caseId)).entries()) {
      const content = panel[seat];
      if (!content) continue;
      await world.db
        .update(assignments)
        .set({ state: 'signed', stateAt: at })
        .where(eq(assignments.id, part.id));
      await world.db.insert(decisions).values({
        id: world.random.id(at),
        assignmentId: part.id,
        caseId,
        expertId: part.expertId,
        content,
        text: 'text',
        signature: Buffer.from('signature'),
        signerSerial: '01',
        signedAt: at,
        inTime: true,
      });
    }
  }
  return opened;
}

/** Everything that stands of a case, without ids and numbers that differ from case to case. */
async function tracesOf({ caseId, formId, person }: Opened) {
  const { db } = world;
  const row = await readCase(world, caseId);
  const events = await db
    .select()
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(asc(caseEvents.id));
  const compared = await db.select().from(comparisons).where(eq(comparisons.caseId, caseId));
  const [concluded] = await db.select().from(conclusions).where(eq(conclusions.caseId, caseId));
  const issued = await db
    .select()
    .from(documents)
    .where(eq(documents.personId, person.id))
    .orderBy(documents.kind);
  const rows = await db.select().from(protocolRows).where(eq(protocolRows.personId, person.id));
  const sms = await db.select().from(messages).where(eq(messages.formId, formId)).orderBy(messages.template);
  const told = await db
    .select()
    .from(outboundMessages)
    .where(eq(outboundMessages.personId, person.id))
    .orderBy(outboundMessages.onceKey);
  const audit = await db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.personId, person.id), eq(auditEvents.outcome, 'done')))
    .orderBy(auditEvents.id);
  const { state, stateAt, dueAt, departmentId, invitedAt, repeatAt, closeAt, endedAt } = row;
  const job = concluded
    ? (await world.deps.jobs.fates(db, 'results.issue', [concluded.id])).get(concluded.id)
    : null;
  return {
    row: { state, stateAt, dueAt, departmentId, invitedAt, repeatAt, closeAt, endedAt },
    events: events.map(({ event, from, to, actor, at, detail }) => ({
      event,
      from,
      to,
      actor,
      at,
      detail: event === 'dealt' ? {} : detail,
    })),
    compared: compared.map(({ outcome, detail, at }) => ({ outcome, detail, at })),
    concluded: concluded && {
      content: concluded.content,
      basis: concluded.basis,
      examinedOn: concluded.examinedOn,
      department: concluded.departmentId,
      act: concluded.actNo.slice(0, -6),
    },
    job,
    issued: issued.map(({ kind, validUntil, issuedOn, voidedAt }) => ({
      kind,
      validUntil,
      issuedOn,
      voidedAt,
    })),
    cells: rows.map(({ cells }) => ({ kk: cells.kk.slice(4, 13), ru: cells.ru.slice(4, 13) })),
    sms: sms.map(({ template, params, state: sent, dueAt: due, expiresAt }) => ({
      template,
      params,
      sent,
      due,
      expiresAt,
    })),
    told: told.map(({ destination, kind, payload }) => ({
      destination,
      kind,
      stage: payload.stage,
      codes: payload.codes,
      text: payload.text,
      fields: Object.keys(payload).toSorted(),
    })),
    audit: audit.map(({ action, actor, actorRole }) => ({ action, actor, actorRole })),
  };
}

describe('many cases at once', () => {
  it('PX-32, PX-33, PX-34, PX-38, PX-39: settling many leaves exactly what settling one by one leaves', async () => {
    const together = await signedCases();
    const alone = await signedCases();
    const at = world.clock.now();
    const ids = together.map(({ caseId }) => caseId);
    const settled = await world.db.transaction((tx) => settleCases(world.deps, tx, ids, at));
    expect(ids.map((id) => settled.get(id))).toEqual([
      'agreed',
      'mismatch',
      'nonconformity',
      'agreed',
      'incomplete',
    ]);
    for (const [index, { caseId }] of alone.entries())
      expect(await world.db.transaction((tx) => settleDecisions(world.deps, tx, caseId, at))).toBe(
        settled.get(present(ids[index])),
      );
    for (const [index, each] of together.entries())
      expect(await tracesOf(each)).toEqual(await tracesOf(present(alone[index])));
    // Once more finds nothing to do.
    const again = await world.db.transaction((tx) => settleCases(world.deps, tx, ids, at));
    expect(new Set(again.values())).toEqual(new Set(['incomplete']));
  }, 60_000);

  it('PX-50, PX-53, JR-01: conclusions in one go are numbered in their order, and the later one of a person takes the force from the documents of the earlier', async () => {
    const [twice, once] = [await world.person(), await world.person()];
    const at = world.clock.now();
    const drafts: ConclusionDraft[] = [];
    for (const [person, departmentId, outcome] of [
      [twice, DEPARTMENT_1, 'group-3'],
      [once, DEPARTMENT_2, 'group-2'],
      [twice, DEPARTMENT_1, 'group-2'],
    ] as const)
      drafts.push({
        formId: (await world.form(person.id)).id,
        caseId: null,
        personId: person.id,
        departmentId,
        basis: 'remote' as const,
        examinedOn: toBusinessDate(at),
        content: conclusion(outcome),
        text: null,
        signature: null,
        signedBy: null,
      });
    const made = await world.db.transaction((tx) => recordConclusions(world.deps, tx, drafts, at));
    const numbers = made.map(({ actNo }) => Number(actNo.slice(-6)));
    expect(numbers[2]).toBe((numbers[0] ?? 0) + 1);
    const [first, , last] = made;
    const issued = await world.db
      .select()
      .from(documents)
      .where(
        inArray(
          documents.conclusionId,
          made.map(({ conclusionId }) => conclusionId),
        ),
      );
    const newer = issued.find(({ conclusionId }) => conclusionId === last?.conclusionId);
    expect(
      issued
        .map(({ conclusionId, voidedAt, replacedBy }) => [conclusionId, voidedAt !== null, replacedBy])
        .toSorted(),
    ).toEqual(
      made
        .map(({ conclusionId }) => [
          conclusionId,
          conclusionId === first?.conclusionId,
          conclusionId === first?.conclusionId ? newer?.id : null,
        ])
        .toSorted(),
    );
    const rows = await world.db
      .select()
      .from(protocolRows)
      .where(eq(protocolRows.personId, twice.id))
      .orderBy(protocolRows.place);
    expect(rows.map(({ conclusionId }) => conclusionId)).toEqual([first?.conclusionId, last?.conclusionId]);
    expect((rows[1]?.place ?? 0) - (rows[0]?.place ?? 0)).toBe(1);
    // The column of what was found before names the earlier one.
    expect(rows.map(({ cells }) => cells.ru[7]?.includes('третья'))).toEqual([false, true]);

    // Together with others at once and one that is rolled back, no number is lost or given twice.
    const more = await Promise.all(Array.from({ length: 9 }, () => world.person()));
    const draftFor = async (personId: string, departmentId: string) => ({
      ...present(drafts[0]),
      personId,
      departmentId,
      formId: (await world.form(personId)).id,
    });
    const wanted: ConclusionDraft[] = [];
    for (const [index, { id }] of more.entries())
      wanted.push(await draftFor(id, index % 2 === 0 ? DEPARTMENT_1 : DEPARTMENT_2));
    await Promise.allSettled([
      world.db.transaction((tx) => recordConclusions(world.deps, tx, wanted.slice(0, 4), at)),
      world.db.transaction((tx) => recordConclusions(world.deps, tx, wanted.slice(4, 6).toReversed(), at)),
      world.db.transaction((tx) => recordConclusion(world.deps, tx, present(wanted[6]), at)),
      world.db.transaction(async (tx) => {
        await recordConclusions(world.deps, tx, wanted.slice(7), at);
        throw new Error('lost on purpose');
      }),
    ]);
    for (const departmentId of [DEPARTMENT_1, DEPARTMENT_2]) {
      const acts = await world.db
        .select({ actNo: conclusions.actNo })
        .from(conclusions)
        .where(eq(conclusions.departmentId, departmentId))
        .orderBy(conclusions.actNo);
      expect(acts.map(({ actNo }) => Number(actNo.slice(-6)))).toEqual(acts.map((_, index) => index + 1));
    }
  }, 60_000);

  it('PX-17, RG-34: parts of several experts who are away are moved in one dealing, with an audit row for each of them', async () => {
    const group = 'type-1-diabetes-children';
    const heads = [];
    for (const region of ['35', '39', '55', '71'])
      heads.push(await addExpert(world, 'department-head', region, { groups: [group] }));
    const opened: Opened[] = [];
    for (let index = 0; index < 8; index += 1)
      opened.push(await addCase(world, { track: 'special', group, departmentId: DEPARTMENT_1 }));
    await dealWaiting(world.deps, world.clock.now());
    world.clock.forward(30);
    const [one, two, ...others] = heads;
    const leaving = [present(one).id, present(two).id];
    const stay = new Set(others.map(({ id }) => id));
    const requests = leaving.map((expertId) => ({ expertId, cause: 'overdue' as const }));
    const at = world.clock.now();
    const moved = await world.db.transaction((tx) => moveParts(world.deps, tx, requests, at));
    // Two each: all were dealt evenly.
    expect(moved).toEqual({ moved: 4, left: 0 });
    const all = await world.db
      .select()
      .from(assignments)
      .where(
        inArray(
          assignments.caseId,
          opened.map(({ caseId }) => caseId),
        ),
      );
    const given = all.filter(({ state, cause }) => state === 'open' && cause === 'overdue');
    expect(given).toHaveLength(4);
    expect(new Set(given.map(({ dealingId }) => dealingId)).size).toBe(1);
    expect(all.filter(({ state }) => state === 'open')).toHaveLength(8);
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'examination.moveParts'));
    expect(audit.map(({ subject, detail }) => [subject, detail]).toSorted()).toEqual(
      leaving.map((id) => [`expert:${id}`, { cause: 'overdue', moved: 2, left: 0 }]).toSorted(),
    );
    // Nothing is left to take from them but what they got from each other, and asking for nothing does nothing.
    const open = all.filter(({ state }) => state === 'open');
    const atLeavers = open.filter(({ expertId }) => !stay.has(expertId)).length;
    const again = await world.db.transaction((tx) => moveParts(world.deps, tx, requests, at));
    expect(again.moved + again.left).toBe(atLeavers);
    expect(
      await world.db.transaction((tx) =>
        moveOpenCases(
          world.deps,
          tx,
          { expertId: leaving[0] ?? '', cause: 'recusal', assignmentIds: [] },
          at,
        ),
      ),
    ).toEqual({ moved: 0, left: 0 });
  }, 60_000);
});
