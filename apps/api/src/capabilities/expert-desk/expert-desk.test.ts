import type { SignatureVerifier } from '@mse/auth/signature';
import {
  assignments,
  auditEvents,
  commonPhrases,
  conclusions,
  decisionDrafts,
  decisions,
  dossierPages,
  expertPhrases,
  experts,
  identityIncidents,
  persons,
  recusals,
} from '@mse/db/schema';
import { asExpert } from '@mse/db';
import { plainDate, toBusinessTime } from '@mse/domain/shared';
import type { DecisionTyped } from '@mse/domain/examination';
import { startSimulators, type Simulators } from '@mse/simulators';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addPapers, dealtCase, deskExpert, deskPanel } from '../../../test/expert-desk.ts';
import { local, type World, startWorld } from '../../../test/harness.ts';
import { addCase, decide, partsOf, readCase } from '../../../test/panel.ts';
import { present } from '../../../test/present.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { dealWaiting, moveOpenCases } from '../examination/index.ts';
import { WORK_PAGE } from './list-work.ts';

let world: World;
let simulators: Simulators;
let verifier: SignatureVerifier;
let panel: Awaited<ReturnType<typeof deskPanel>>;
beforeAll(async () => {
  simulators = await startSimulators();
  verifier = simulatedVerifier(simulators);
});
afterAll(() => simulators.close());
beforeEach(async () => {
  // The authority of the tests lives in the present, so this world does too.
  world = await startWorld({ now: machineNow(), signatures: verifier });
  panel = await deskPanel(world);
});
afterEach(() => world.close());

type Expert = { id: string; personId: string };
const WHOLE: DecisionTyped = {
  kind: 'conclusion',
  'disability.outcome': 'group-2',
  'disability.cause': 'general-disease',
  'disability.term': 'months-12',
  diagnosis: 'Сүт безінің қатерлі ісігі, II саты',
  reasons: 'Тұрақты айқын бұзылыстар',
};
const NONCONFORMING: DecisionTyped = {
  kind: 'nonconformity',
  kinds: 'evidence',
  reasons: 'Деректер жеткіліксіз',
};

const desk = async (expert: Expert) =>
  (await world.signIn(expert.personId, { audience: 'staff' })).client.expertDesk;

/** The expert's CMS over a text, in base64. */
async function cmsOf(expert: Expert, text: string) {
  const [person] = await world.db.select().from(persons).where(eq(persons.id, expert.personId));
  const { iin, surname, name, patronymic } = present(person);
  return (await simulators.sign({ iin, surname, name, patronymic }, Buffer.from(text))).toString('base64');
}

/** Types a decision, opens its signing and gives what is needed to sign it. */
async function readyToSign(expert: Expert, assignmentId: string, typed: DecisionTyped = WHOLE) {
  const { client } = await world.signIn(expert.personId, { audience: 'staff' });
  const form = await client.expertDesk.form({ assignmentId });
  const saved = await client.expertDesk.saveDraft({
    assignmentId,
    version: form.draft?.version ?? 0,
    typed,
  });
  if (!saved.ok) throw new Error(saved.refusal);
  const started = await client.expertDesk.startSigning({ assignmentId });
  if (!started.ok) throw new Error(started.refusal);
  const { text } = await client.signing.get({ signingId: started.signingId });
  const input = { assignmentId, signingId: started.signingId, cms: await cmsOf(expert, text) };
  return { client: client.expertDesk, input, text, version: saved.version };
}

async function signed(expert: Expert, assignmentId: string, typed?: DecisionTyped) {
  const { client, input } = await readyToSign(expert, assignmentId, typed);
  return client.sign(input);
}

const decisionsOf = (assignmentId: string) =>
  world.db.select().from(decisions).where(eq(decisions.assignmentId, assignmentId));
const auditOf = (action: string, assignmentId: string) =>
  world.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.action, action), eq(auditEvents.subject, `assignment:${assignmentId}`)));

describe('X01: the work list', () => {
  test('X01, PX-20: what is due first comes first, the overdue on top; others’ parts are not in it', async () => {
    const first = await dealtCase(world);
    world.clock.forward(1);
    const second = await dealtCase(world);
    const late = second.partOf(panel.independent);
    await world.owner
      .update(assignments)
      .set({ dueAt: new Date(world.clock.now().getTime() - 60_000) })
      .where(eq(assignments.id, late.id));
    const client = await desk(panel.independent);
    const list = await client.list({});
    expect(list.parts.map(({ caseCode, overdue }) => [caseCode, overdue])).toEqual([
      [late.caseCode, true],
      [first.partOf(panel.independent).caseCode, false],
    ]);
    expect(list.counts).toEqual({ open: 2, overdue: 1 });
    expect(list.next).toBeNull();
    expect(list.parts[1]).toMatchObject({
      dueAt: first.partOf(panel.independent).dueAt.toISOString(),
      opened: false,
      begun: false,
      purpose: 'disability-first',
    });
    expect(list.parts[1]?.nosology?.kk).toBeTruthy();
    await client.case({ assignmentId: late.id });
    await client.saveDraft({ assignmentId: late.id, version: 0, typed: { reasons: 'r' } });
    expect((await client.list({})).parts[0]).toMatchObject({ opened: true, begun: true });
    expect((await signed(panel.independent, late.id)).ok).toBe(true);
    expect((await client.list({})).counts).toEqual({ open: 1, overdue: 0 });
  });

  test('X01: pages follow each other without a gap or a repeat, even when deadlines are the same', async () => {
    const at = world.clock.now();
    const many = await Promise.all(Array.from({ length: WORK_PAGE + 20 }, () => addCase(world)));
    await world.db.insert(assignments).values(
      many.map(({ caseId: id }, index) => ({
        id: world.random.id(at),
        caseId: id,
        seat: 1,
        expertId: panel.head.id,
        caseCode: `P-${index}`,
        state: 'open' as const,
        stateAt: at,
        cause: 'dealt' as const,
        arrivedAt: at,
        dueAt: new Date(at.getTime() + 3_600_000 * (index % 3)),
      })),
    );
    const client = await desk(panel.head);
    const page1 = await client.list({});
    expect(page1.parts).toHaveLength(WORK_PAGE);
    const page2 = await client.list({ after: present(page1.next) });
    expect(page2.next).toBeNull();
    const all = [...page1.parts, ...page2.parts];
    expect(new Set(all.map(({ assignmentId }) => assignmentId)).size).toBe(WORK_PAGE + 20);
    expect(all.map(({ dueAt }) => dueAt)).toEqual(all.map(({ dueAt }) => dueAt).toSorted());
  });

  test('P6: the page is cut from the index, in order, without a sort of all parts', async () => {
    await dealtCase(world);
    await world.owner.execute(sql`analyze assignment`);
    const plan = await world.db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      await tx.execute(
        sql`select set_config('saraptama.expert', ${panel.head.id}, true), set_config('role', 'saraptama_expert', true)`,
      );
      return tx.execute<{ 'QUERY PLAN': string }>(sql`
        explain select id, case_id, case_code, cause, arrived_at, due_at, opened_at from assignment
         where expert_id = ${panel.head.id} and state = 'open' and (due_at, id) > (now(), ${panel.head.id})
         order by due_at, id limit 51`);
    });
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Only Scan using assignment_desk/);
    expect(text).toMatch(/Index Cond: .*expert_id.*due_at/);
    expect(text).not.toMatch(/Sort/);
  });
});

describe('X02, X03: a case and its papers', () => {
  test('X02: an expert sees the allow-list, the checklist with what is missing, and the pages; the first opening is stamped once', async () => {
    const dealt = await dealtCase(world);
    const part = dealt.partOf(panel.head);
    const client = await desk(panel.head);
    const opened = await client.case({ assignmentId: part.id });
    expect(Object.keys(opened).toSorted()).toEqual([
      'ageYears',
      'arrivedAt',
      'assignmentId',
      'caseCode',
      'cause',
      'decision',
      'draft',
      'dueAt',
      'examinations',
      'examinedOn',
      'expertCode',
      'icd10',
      'nosology',
      'now',
      'overdue',
      'pages',
      'purpose',
      'sections',
      'sex',
      'state',
    ]);
    expect(opened).toMatchObject({ sex: 'female', ageYears: 45, icd10: 'C50.4', state: 'open' });
    expect(
      opened.examinations.map(({ code, present: there, pageIds }) => [code, there, pageIds.length]),
    ).toEqual([
      ['inpatient-extract', true, 2],
      ['limb-x-ray', false, 0],
    ]);
    expect(opened.pages.map(({ fileNo, pageNo }) => [fileNo, pageNo])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ]);
    const stampedAt = world.clock.now();
    world.clock.forward(10);
    await client.case({ assignmentId: part.id });
    const [row] = await world.db.select().from(assignments).where(eq(assignments.id, part.id));
    expect(row?.openedAt).toEqual(stampedAt);
    const trail = await auditOf('expertDesk.case', part.id);
    expect(trail.map(({ outcome, personId }) => [outcome, personId])).toEqual([
      ['done', dealt.person.id],
      ['seen', dealt.person.id],
      ['seen', dealt.person.id],
    ]);
  });

  test('X03: a page gives its text and its place; its picture comes whole, is never kept, and leaves a row', async () => {
    const dealt = await dealtCase(world);
    const part = dealt.partOf(panel.head);
    const { client, token } = await world.signIn(panel.head.personId, { audience: 'staff' });
    const [first] = dealt.pages;
    const pageId = present(first).id;
    expect(await client.expertDesk.page({ assignmentId: part.id, pageId })).toMatchObject({
      text: 'Эпикриз',
      fileNo: 1,
      pageNo: 1,
      caseCode: part.caseCode,
    });
    const picture = (bearer: string | null, page = pageId) =>
      world.http.request(`/files/pages/${part.id}/${page}`, {
        headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
      });
    const answer = await picture(token);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('content-disposition')).toBe('inline');
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(await auditOf('expertDesk.page', part.id)).toHaveLength(2);

    expect((await picture(null)).status).toBe(401);
    const outsider = await deskExpert(world, 'independent', '75');
    expect((await picture((await world.signIn(outsider.personId, { audience: 'staff' })).token)).status).toBe(
      404,
    );
    const citizen = await world.signIn(dealt.person.id, { trust: 'signature' });
    expect((await picture(citizen.token)).status).toBe(404);
    const other = await dealtCase(world);
    expect((await picture(token, present(other.pages[0]).id)).status).toBe(404);
    expect((await picture(token, 'x')).status).toBe(404);
  });

  test('X03: "I can see who this is" hides the page from every expert at once and leaves an incident', async () => {
    const dealt = await dealtCase(world);
    const mine = await desk(panel.head);
    const theirs = await desk(panel.chief);
    const { id: assignmentId } = dealt.partOf(panel.head);
    const pageId = present(dealt.pages[2]).id;
    expect(await mine.reportIdentity({ assignmentId, seen: { pageId } })).toEqual({ ok: true });
    expect(await mine.reportIdentity({ assignmentId, seen: { section: 'complaints' } })).toEqual({
      ok: true,
    });
    for (const [client, expert] of [
      [mine, panel.head],
      [theirs, panel.chief],
    ] as const) {
      const seen = await client.case({ assignmentId: dealt.partOf(expert).id });
      expect(seen.pages.map((page) => page.pageId)).not.toContain(pageId);
      expect(seen.sections.map(({ name }) => name)).toEqual(['diagnosis']);
      await expect(client.page({ assignmentId: dealt.partOf(expert).id, pageId })).rejects.toThrow(
        'not-found',
      );
    }
    expect(await world.db.select().from(dossierPages).where(eq(dossierPages.id, pageId))).toEqual([]);
    const incidents = await world.db.select().from(identityIncidents);
    expect(incidents.map((row) => row.assignmentId)).toEqual([assignmentId, assignmentId]);
    expect(await auditOf('expertDesk.reportIdentity', assignmentId)).toHaveLength(2);
    // Reported twice it is hidden once.
    expect(await mine.reportIdentity({ assignmentId, seen: { pageId } })).toEqual({ ok: true });
    await expect(mine.reportIdentity({ assignmentId, seen: { section: 'iin' } })).rejects.toThrow(
      'not-found',
    );
    expect(await world.db.select().from(identityIncidents)).toHaveLength(2);
  });
});

describe('Own parts only', () => {
  test('T02, PX-11: somebody else’s part, one that was taken away and one that never was are one answer', async () => {
    const dealt = await dealtCase(world);
    const part = dealt.partOf(panel.head);
    const pageId = present(dealt.pages[0]).id;
    const cms = 'AAAA';
    const signingId = world.random.id(world.clock.now());
    const calls = (client: Awaited<ReturnType<typeof desk>>, assignmentId: string) => [
      () => client.case({ assignmentId }),
      () => client.page({ assignmentId, pageId }),
      () => client.form({ assignmentId }),
      () => client.saveDraft({ assignmentId, version: 0, typed: WHOLE }),
      () => client.startSigning({ assignmentId }),
      () => client.sign({ assignmentId, signingId, cms }),
      () => client.decision({ assignmentId }),
      () => client.sheet({ assignmentId }),
      () => client.reportIdentity({ assignmentId, seen: { pageId } }),
      () => client.recuse({ assignmentId, reason: 'treated' }),
    ];
    const stranger = await desk(panel.chief);
    for (const call of calls(stranger, part.id)) await expect(call()).rejects.toThrow('not-found');
    for (const call of calls(stranger, world.random.id(world.clock.now())))
      await expect(call()).rejects.toThrow('not-found');

    // A role without a row of the register, and one who has been excluded, have no desk.
    const noExpert = await world.signIn((await world.staff('expert')).id, { audience: 'staff' });
    expect(await noExpert.client.expertDesk.list({})).toMatchObject({ expertCode: null, parts: [] });
    for (const call of calls(noExpert.client.expertDesk, part.id))
      await expect(call()).rejects.toThrow('not-found');
    const own = await desk(panel.head);
    await deskExpert(world, 'department-head', '63');
    await world.db.transaction((tx) =>
      moveOpenCases(world.deps, tx, { expertId: panel.head.id, cause: 'absence' }, world.clock.now()),
    );
    for (const call of calls(own, part.id).filter((_, index) => index !== 3))
      await expect(call()).rejects.toThrow('not-found');
    expect(await own.saveDraft({ assignmentId: part.id, version: 0, typed: WHOLE })).toEqual({
      ok: false,
      refusal: 'not-open',
    });
    await world.db
      .update(experts)
      .set({ excludedOn: plainDate('2026-11-20'), exclusionGround: 'own-application' })
      .where(eq(experts.id, panel.head.id));
    expect(await own.list({})).toMatchObject({ expertCode: null, parts: [] });
  });

  test('PX-32: experts learn nothing of each other’s decisions before the comparison, and after it a sheet without names', async () => {
    const dealt = await dealtCase(world);
    const [a, b, c] = [panel.head, panel.chief, panel.independent].map((expert) => ({
      expert,
      id: dealt.partOf(expert).id,
    })) as [{ expert: Expert; id: string }, { expert: Expert; id: string }, { expert: Expert; id: string }];
    expect((await signed(a.expert, a.id)).ok).toBe(true);
    world.clock.forward(1);
    expect((await signed(b.expert, b.id, { ...WHOLE, 'disability.outcome': 'group-1' })).ok).toBe(true);
    world.clock.forward(1);
    expect((await (await desk(a.expert)).sheet({ assignmentId: a.id })).sheet).toBeNull();
    await expect((await desk(c.expert)).sheet({ assignmentId: c.id })).rejects.toThrow('not-found');
    expect((await signed(c.expert, c.id)).ok).toBe(true);
    const { sheet } = await (await desk(b.expert)).sheet({ assignmentId: b.id });
    expect(sheet?.outcome).toBe('agreed');
    expect(sheet?.decisions.map(({ own, outcome }) => [own, outcome])).toEqual([
      [false, 'group-2'],
      [true, 'group-1'],
      [false, 'group-2'],
    ]);
    const said = JSON.stringify(sheet);
    const rows = await world.db.select().from(experts);
    for (const { code, id, personId } of rows)
      for (const mark of [code, id, personId]) expect(said).not.toContain(mark);
  });
});

describe('X04: the draft', () => {
  test('X04: two tabs do not overwrite each other: the later one is shown what the other has saved', async () => {
    const { id: assignmentId } = (await dealtCase(world)).partOf(panel.head);
    const tab = await desk(panel.head);
    const save = (version: number, typed: DecisionTyped) => tab.saveDraft({ assignmentId, version, typed });
    expect(await save(0, { reasons: 'a' })).toMatchObject({ ok: true, version: 1 });
    expect(await save(1, { reasons: 'b' })).toMatchObject({ ok: true, version: 2 });
    expect(await save(1, { reasons: 'c', diagnosis: 'd' })).toMatchObject({
      ok: false,
      refusal: 'conflict',
      current: { version: 2, typed: { reasons: 'b' } },
      changed: ['diagnosis', 'reasons'],
    });
    // The answer to a save was lost and it is sent again: no conflict.
    expect(await save(1, { reasons: 'b' })).toMatchObject({ ok: true, version: 2 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => save(2, { reasons: `race ${index}` })),
    );
    expect(answers.filter((each) => each.ok)).toHaveLength(1);
    expect((await tab.form({ assignmentId })).draft?.version).toBe(3);
  });

  test('X04: after a pause the form names what differs from the own earlier draft', async () => {
    const { id: assignmentId } = (await dealtCase(world)).partOf(panel.head);
    const tab = await desk(panel.head);
    const startedAt = world.clock.now();
    await tab.saveDraft({ assignmentId, version: 0, typed: WHOLE });
    world.clock.forward(2);
    await tab.saveDraft({ assignmentId, version: 1, typed: { ...WHOLE, reasons: 'x' } });
    expect((await tab.form({ assignmentId })).earlier).toBeNull();
    world.clock.forward(9);
    await tab.saveDraft({ assignmentId, version: 2, typed: { ...WHOLE, reasons: 'y' } });
    expect((await tab.form({ assignmentId })).earlier).toBeNull();
    world.clock.forward(10);
    await tab.saveDraft({ assignmentId, version: 3, typed: { ...WHOLE, reasons: 'z', diagnosis: 'q' } });
    const { earlier } = await tab.form({ assignmentId });
    expect(earlier).toMatchObject({ changed: ['diagnosis', 'reasons'], typed: { reasons: 'y' } });
    expect(earlier?.at).toBe(new Date(startedAt.getTime() + 11 * 60_000).toISOString());
    // A row of the audit for every sitting, not for every save.
    expect(await auditOf('expertDesk.saveDraft', assignmentId)).toHaveLength(2);
  });

  test('X04: the form asks for what the purpose asks for, and offers a child no group', async () => {
    const adult = (await dealtCase(world)).partOf(panel.head);
    const child = (await dealtCase(world, { ageYears: 8 })).partOf(panel.head);
    const client = await desk(panel.head);
    const form = await client.form({ assignmentId: adult.id });
    expect(form.outcomes).toEqual(['group-1', 'group-2', 'group-3', 'not-established']);
    expect(form.asked).toMatchObject({ disability: 'must', generalLoss: 'may', professionalLoss: 'none' });
    expect(form.terms.disability).toEqual(['months-6', 'months-12', 'months-24', 'months-60', 'indefinite']);
    const ofChild = await client.form({ assignmentId: child.id });
    expect(ofChild.outcomes).toEqual(['child', 'not-established']);
    expect(ofChild.terms.disability).toContain('age-10');
    await expect(
      client.saveDraft({ assignmentId: adult.id, version: 0, typed: { iin: '1' } as DecisionTyped }),
    ).rejects.toThrow();
  });
});

describe('X05: signing a decision', () => {
  test('PX-30: decision, signature, end of the draft, part and audit are written together, and the text says what was decided', async () => {
    const dealt = await dealtCase(world);
    const part = dealt.partOf(panel.head);
    const { client, input, text } = await readyToSign(panel.head, part.id);
    for (const line of [
      'САРАПТАМАЛЫҚ ШЕШІМ',
      'ЭКСПЕРТНОЕ РЕШЕНИЕ',
      `Код дела: ${part.caseCode}`,
      'Инвалидность: установлена вторая группа',
    ])
      expect(text).toContain(line);
    const answer = await client.sign(input);
    expect(answer).toMatchObject({ ok: true, inTime: true });
    const [decision] = await decisionsOf(part.id);
    expect(decision).toMatchObject({ caseId: dealt.caseId, expertId: panel.head.id, text, inTime: true });
    expect(decision?.signature.toString('base64')).toBe(input.cms);
    expect(decision?.content).toMatchObject({
      kind: 'conclusion',
      conclusion: { disability: { outcome: 'group-2', cause: 'general-disease' } },
    });
    const [row] = await world.db.select().from(assignments).where(eq(assignments.id, part.id));
    expect(row?.state).toBe('signed');
    expect(
      await world.db.select().from(decisionDrafts).where(eq(decisionDrafts.assignmentId, part.id)),
    ).toEqual([]);
    expect(await auditOf('expertDesk.sign', part.id)).toMatchObject([
      { outcome: 'done', personId: dealt.person.id, detail: { kind: 'conclusion', inTime: true } },
    ]);
    const shown = await client.decision({ assignmentId: part.id });
    expect(shown).toMatchObject({ text, caseCode: part.caseCode, inTime: true });
    // Sent again because the answer was lost: the same answer, and no second decision.
    expect(await client.sign(input)).toEqual(answer);
    expect(await decisionsOf(part.id)).toHaveLength(1);
  });

  test('PX-33, PX-38: with the third signature the panel is compared and the conclusion made, in the same step', async () => {
    const dealt = await dealtCase(world);
    for (const expert of [panel.head, panel.chief, panel.independent]) {
      expect((await readCase(world, dealt.caseId)).state).toBe('deciding');
      expect((await signed(expert, dealt.partOf(expert).id)).ok).toBe(true);
    }
    expect((await readCase(world, dealt.caseId)).state).toBe('concluded');
    const [made] = await world.db.select().from(conclusions).where(eq(conclusions.caseId, dealt.caseId));
    expect(made?.content.disability).toMatchObject({ outcome: 'group-2', cause: 'general-disease' });
  });

  test('PX-31: a decision of nonconformity is signed with its kinds and reasons', async () => {
    const part = (await dealtCase(world)).partOf(panel.chief);
    expect((await signed(panel.chief, part.id, NONCONFORMING)).ok).toBe(true);
    const [decision] = await decisionsOf(part.id);
    expect(decision?.content).toEqual({
      kind: 'nonconformity',
      kinds: ['evidence'],
      reasons: 'Деректер жеткіліксіз',
    });
    expect(decision?.text).toContain('СӘЙКЕССІЗДІК ТУРАЛЫ САРАПТАМАЛЫҚ ШЕШІМ');
  });

  test('PX-30: what does not fit together is not signed, and every problem is named', async () => {
    const { id: assignmentId } = (await dealtCase(world)).partOf(panel.head);
    const client = await desk(panel.head);
    expect(await client.startSigning({ assignmentId })).toEqual({ ok: false, refusal: 'no-draft' });
    await client.saveDraft({
      assignmentId,
      version: 0,
      typed: { ...WHOLE, 'disability.outcome': 'child', 'disability.cause': '', reasons: '' },
    });
    expect(await client.startSigning({ assignmentId })).toEqual({
      ok: false,
      refusal: 'problems',
      problems: [
        { field: 'disability.outcome', problem: 'children-only' },
        { field: 'reasons', problem: 'required' },
      ],
    });
  });

  test('T12: another text, another person’s key, and a decision changed since are refused, each with its row, and nothing is decided', async () => {
    const part = (await dealtCase(world)).partOf(panel.head);
    const { client, input, text, version } = await readyToSign(panel.head, part.id);
    const refusalOf = async (changes: object) => {
      const answer = await client.sign({ ...input, ...changes });
      return answer.ok ? null : answer.refusal;
    };
    expect(await refusalOf({ cms: await cmsOf(panel.head, `${text} `) })).toBe('content-differs');
    expect(await refusalOf({ cms: await cmsOf(panel.chief, text) })).toBe('other-person');
    expect(await refusalOf({ signingId: world.random.id(world.clock.now()) })).toBe('signing-unknown');
    // A text opened for another part of the same expert.
    const other = await readyToSign(panel.head, (await dealtCase(world)).partOf(panel.head).id);
    expect(await refusalOf({ signingId: other.input.signingId, cms: other.input.cms })).toBe(
      'other-document',
    );
    await client.saveDraft({
      assignmentId: part.id,
      version,
      typed: { ...WHOLE, 'disability.outcome': 'group-1' },
    });
    expect(await refusalOf({})).toBe('other-document');
    expect(await decisionsOf(part.id)).toEqual([]);
    expect((await auditOf('expertDesk.sign', part.id)).map(({ detail }) => detail.refusal)).toEqual([
      'content-differs',
      'other-person',
      'signing-unknown',
      'other-document',
      'other-document',
    ]);
    const again = await readyToSign(panel.head, part.id);
    expect((await again.client.sign(again.input)).ok).toBe(true);
    // The signature of the first try serves nothing any more, and changes nothing.
    expect((await client.sign(input)).ok).toBe(true);
    expect(await decisionsOf(part.id)).toHaveLength(1);
    expect((await decisionsOf(part.id))[0]?.text).toBe(again.text);
  });

  test('T12: two tabs that sign at once make one decision, and both hear that it is made', async () => {
    const part = (await dealtCase(world)).partOf(panel.head);
    const first = await readyToSign(panel.head, part.id);
    const started = await first.client.startSigning({ assignmentId: part.id });
    if (!started.ok) throw new Error(started.refusal);
    const { client } = await world.signIn(panel.head.personId, { audience: 'staff' });
    const { text } = await client.signing.get({ signingId: started.signingId });
    const second = { ...first.input, signingId: started.signingId, cms: await cmsOf(panel.head, text) };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => first.client.sign(index % 2 ? first.input : second)),
    );
    expect(answers.every((each) => each.ok)).toBe(true);
    expect(await decisionsOf(part.id)).toHaveLength(1);
    expect(
      (await auditOf('expertDesk.sign', part.id)).filter(({ outcome }) => outcome === 'done'),
    ).toHaveLength(1);
  });

  test('T12: all three of a panel sign at once, many times over: every case ends with one conclusion', async () => {
    const rounds = await Promise.all(Array.from({ length: 6 }, () => dealtCase(world)));
    const inputs = [];
    for (const dealt of rounds)
      for (const expert of [panel.head, panel.chief, panel.independent])
        inputs.push(await readyToSign(expert, dealt.partOf(expert).id));
    const answers = await Promise.all(inputs.map(({ client, input }) => client.sign(input)));
    expect(answers.every((each) => each.ok)).toBe(true);
    for (const { caseId } of rounds) {
      expect((await readCase(world, caseId)).state).toBe('concluded');
      expect(await world.db.select().from(conclusions).where(eq(conclusions.caseId, caseId))).toHaveLength(1);
    }
  });

  test('T12: a step that fails halfway leaves nothing, and the same signature serves when the trouble is over', async () => {
    const part = (await dealtCase(world)).partOf(panel.head);
    const { client, input } = await readyToSign(panel.head, part.id);
    await world.owner.execute(sql`
      create function fail_halfway() returns trigger language plpgsql as $$ begin raise exception 'power is out'; end $$`);
    await world.owner.execute(
      sql`create trigger fail_halfway before update on assignment for each row when (new.state = 'signed') execute function fail_halfway()`,
    );
    await expect(client.sign(input)).rejects.toThrow();
    expect(await decisionsOf(part.id)).toEqual([]);
    expect(await auditOf('expertDesk.sign', part.id)).toEqual([]);
    expect((await client.form({ assignmentId: part.id })).draft?.typed.reasons).toBe(WHOLE.reasons);
    await world.owner.execute(sql`drop trigger fail_halfway on assignment`);
    expect((await client.sign(input)).ok).toBe(true);
    expect(await decisionsOf(part.id)).toHaveLength(1);
  });

  test('X05: while the revocation service is silent nothing is decided; the kept signature decides when it answers', async () => {
    const part = (await dealtCase(world)).partOf(panel.head);
    const { client, input } = await readyToSign(panel.head, part.id);
    world.deps.signatures = {
      async verify(asked) {
        const verdict = await verifier.verify(asked);
        return verdict.ok ? { ok: false, refusal: 'revocation-unknown' } : verdict;
      },
    };
    expect(await client.sign(input)).toEqual({ ok: false, refusal: 'to-be-checked' });
    expect(await decisionsOf(part.id)).toEqual([]);
    world.deps.signatures = verifier;
    expect((await client.sign({ ...input, cms: '' })).ok).toBe(true);
    expect(await decisionsOf(part.id)).toHaveLength(1);
  });

  test('PX-23: the desk is open at any hour: an expert signs on a Sunday night', async () => {
    const part = (await dealtCase(world)).partOf(panel.independent);
    // Past every working hour: the next Sunday, 23:40.
    let day = new Date(world.clock.now());
    while (toBusinessTime(day).date === toBusinessTime(world.clock.now()).date || day.getUTCDay() !== 0)
      day = new Date(day.getTime() + 86_400_000);
    world.clock.set(`${toBusinessTime(day).date}T23:40`);
    const answer = await signed(panel.independent, part.id);
    expect(answer).toMatchObject({ ok: true });
    expect(answer.ok && answer.inTime).toBe(part.dueAt >= local(`${toBusinessTime(day).date}T23:40`));
  });

  test('PX-21: the last instant of the term is in time, the next is not, and the decision says so', async () => {
    const dealt = await dealtCase(world);
    const [a, b] = [dealt.partOf(panel.head), dealt.partOf(panel.chief)];
    const { date, time } = toBusinessTime(a.dueAt);
    world.clock.set(machineNow());
    expect(await signed(panel.head, a.id)).toMatchObject({ ok: true, inTime: true });
    world.clock.set(`${date}T${time}:01`);
    expect(await signed(panel.chief, b.id)).toMatchObject({ ok: true, inTime: false });
  });
});

describe('X06: recusal', () => {
  test('X06, PX-15, PX-17: a case given back goes to another expert and never returns; the reason is kept', async () => {
    const spare = await deskExpert(world, 'department-head', '63');
    const dealt = await dealtCase(world);
    const holder = [panel.head, spare].find((expert) => {
      try {
        return dealt.partOf(expert);
      } catch {
        return false;
      }
    });
    const expert = present(holder);
    const { id: assignmentId } = dealt.partOf(expert);
    const client = await desk(expert);
    expect(await client.recuse({ assignmentId, reason: 'other', note: ' ' })).toEqual({
      ok: false,
      refusal: 'note-required',
    });
    expect(await client.recuse({ assignmentId, reason: 'acquainted' })).toEqual({ ok: true });
    const [kept] = await world.db.select().from(recusals).where(eq(recusals.assignmentId, assignmentId));
    expect(kept?.reason).toBe('acquainted');
    const parts = await partsOf(world, dealt.caseId);
    const seat = present(parts.find((part) => part.id === assignmentId)).seat;
    const next = parts.find((part) => part.seat === seat && part.state === 'open');
    expect([panel.head.id, spare.id].filter((id) => id !== expert.id)).toContain(next?.expertId);
    await expect(client.case({ assignmentId })).rejects.toThrow('not-found');
    expect((await client.list({})).counts.open).toBe(0);
    expect(await auditOf('expertDesk.recuse', assignmentId)).toMatchObject([
      { outcome: 'done', personId: dealt.person.id, detail: { reason: 'acquainted' } },
    ]);
    await expect(client.recuse({ assignmentId, reason: 'acquainted' })).rejects.toThrow('not-found');
    await dealWaiting(world.deps, world.clock.now());
    expect(
      (await partsOf(world, dealt.caseId)).filter(
        (part) => part.expertId === expert.id && part.state === 'open',
      ),
    ).toEqual([]);
  });

  test('X06: what is signed is not given back', async () => {
    const part = (await dealtCase(world)).partOf(panel.head);
    expect((await signed(panel.head, part.id)).ok).toBe(true);
    const client = await desk(panel.head);
    expect(await client.recuse({ assignmentId: part.id, reason: 'treated' })).toEqual({
      ok: false,
      refusal: 'not-open',
    });
    expect(await client.saveDraft({ assignmentId: part.id, version: 0, typed: WHOLE })).toEqual({
      ok: false,
      refusal: 'not-open',
    });
    await expect(client.form({ assignmentId: part.id })).rejects.toThrow('not-found');
  });
});

describe('T16: nothing an expert is answered names a person', () => {
  test('PX-04, T16: every answer of the desk, page pictures included, is free of the planted marks of person, form and panel', async () => {
    const dealt = await dealtCase(world);
    const part = dealt.partOf(panel.head);
    const row = await readCase(world, dealt.caseId);
    const { person } = dealt;
    const { client, token } = await world.signIn(panel.head.personId, { audience: 'staff' });
    const deskClient = client.expertDesk;
    const pageId = present(dealt.pages[0]).id;
    const assignmentId = part.id;
    const answers: unknown[] = [
      await deskClient.list({}),
      await deskClient.case({ assignmentId }),
      await deskClient.page({ assignmentId, pageId }),
      await deskClient.form({ assignmentId }),
      await deskClient.saveDraft({ assignmentId, version: 0, typed: WHOLE }),
      await deskClient.saveDraft({ assignmentId, version: 7, typed: { reasons: 'other' } }),
    ];
    const ready = await readyToSign(panel.head, assignmentId);
    answers.push(
      await client.signing.get({ signingId: ready.input.signingId }),
      await deskClient.sign({ ...ready.input, cms: 'AAAA' }),
      await deskClient.sign(ready.input),
      await deskClient.decision({ assignmentId }),
      await deskClient.sheet({ assignmentId }),
    );
    await decide(world, dealt.partOf(panel.chief).id, present((await decisionsOf(assignmentId))[0]).content);
    await decide(
      world,
      dealt.partOf(panel.independent).id,
      present((await decisionsOf(assignmentId))[0]).content,
    );
    answers.push(
      await deskClient.sheet({ assignmentId }),
      await deskClient.case({ assignmentId }),
      await deskClient.reportIdentity({ assignmentId, seen: { section: 'complaints' } }),
    );
    for (const path of [`/files/pages/${assignmentId}/${pageId}`, `/files/pages/${assignmentId}/none`]) {
      const response = await world.http.request(path, { headers: { authorization: `Bearer ${token}` } });
      answers.push([...response.headers], Buffer.from(await response.arrayBuffer()).toString('latin1'));
    }
    await deskClient.form({ assignmentId }).catch((error: unknown) => answers.push(String(error)));
    const said = JSON.stringify(answers);
    const marks: Record<string, string | null> = {
      iin: person.iin,
      surname: person.surname,
      phone: present(person.phone).slice(2),
      address: 'Абай 1',
      birthDate: person.birthDate,
      personId: person.id,
      formId: dealt.formId,
      caseId: dealt.caseId,
      draftActNo: row.draftActNo,
      region: `"regionCode"`,
      otherExpert: panel.chief.id,
      otherPart: dealt.partOf(panel.chief).id,
      otherCode: dealt.partOf(panel.chief).caseCode,
      organization: 'Көкшетау',
    };
    for (const [what, mark] of Object.entries(marks)) expect(said, what).not.toContain(present(mark));
    // The detector sees what is there.
    expect(said).toContain(part.caseCode);
    expect(answers.length).toBeGreaterThan(18);
  });

  test('PX-04: a case whose papers were taken back cannot be looked at or signed', async () => {
    const { caseId } = await addCase(world);
    await dealWaiting(world.deps, world.clock.now());
    const part = present((await partsOf(world, caseId)).find((each) => each.expertId === panel.head.id));
    const client = await desk(panel.head);
    await expect(client.case({ assignmentId: part.id })).rejects.toThrow('not-found');
    await expect(client.startSigning({ assignmentId: part.id })).rejects.toThrow('not-found');
    await addPapers(world, caseId);
    expect((await client.case({ assignmentId: part.id })).caseCode).toBe(part.caseCode);
  });
});

describe('X04: template phrases', () => {
  test('X04: own phrases are added, changed and removed, each once, and nobody else has them', async () => {
    const client = await desk(panel.head);
    const added = await client.addPhrase({ field: 'reasons', text: '  Тұрақты айқын бұзылыстар ' });
    if (!added.ok) throw new Error(added.refusal);
    const again = { field: 'reasons', text: 'Тұрақты айқын бұзылыстар' } as const;
    expect(await client.addPhrase(again)).toEqual({ ok: false, refusal: 'known-already' });
    expect((await client.addPhrase({ ...again, field: 'diagnosis' })).ok).toBe(true);
    const other = await desk(panel.chief);
    expect(await other.phrases()).toEqual({ own: [], common: [] });
    for (const theirs of [
      () => other.changePhrase({ phraseId: added.phraseId, text: 'Басқа' }),
      () => other.removePhrase({ phraseId: added.phraseId }),
    ])
      await expect(theirs()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await client.changePhrase({ phraseId: added.phraseId, text: 'Стойкие нарушения' })).toEqual({
      ok: true,
    });
    expect((await client.phrases()).own.map(({ field, text }) => [field, text])).toEqual([
      ['diagnosis', 'Тұрақты айқын бұзылыстар'],
      ['reasons', 'Стойкие нарушения'],
    ]);
    expect(await client.removePhrase({ phraseId: added.phraseId })).toEqual({ ok: true });
    expect((await client.phrases()).own.map(({ field }) => field)).toEqual(['diagnosis']);
    const audit = await world.db
      .select({ action: auditEvents.action, actor: auditEvents.actor })
      .from(auditEvents)
      .where(eq(auditEvents.subject, `phrase:${added.phraseId}`))
      .orderBy(auditEvents.id);
    expect(audit.map(({ action }) => action)).toEqual([
      'expertDesk.addPhrase',
      'expertDesk.changePhrase',
      'expertDesk.removePhrase',
    ]);
    expect(new Set(audit.map(({ actor }) => actor))).toEqual(new Set([panel.head.personId]));
  });

  test('X04, PX-04: the database keeps phrases on the experts’ side: the product cannot read them, another expert sees none', async () => {
    const client = await desk(panel.head);
    await client.addPhrase({ field: 'reasons', text: 'Менікі' });
    await expect(world.db.select().from(expertPhrases)).rejects.toThrow();
    const seenBy = (expertId: string) =>
      asExpert(world.db, expertId, (tx) => tx.select({ text: expertPhrases.text }).from(expertPhrases));
    expect(await seenBy(panel.head.id)).toEqual([{ text: 'Менікі' }]);
    expect(await seenBy(panel.chief.id)).toEqual([]);
    const at = world.clock.now();
    await expect(
      asExpert(world.db, panel.chief.id, (tx) =>
        tx.insert(expertPhrases).values({
          id: world.random.id(at),
          expertId: panel.head.id,
          field: 'reasons',
          text: 'Бөтен',
          createdAt: at,
          changedAt: at,
        }),
      ),
    ).rejects.toThrow();
  });

  test('X04: phrases of the methodology department are offered to everybody until they are ended; nothing that says who somebody is', async () => {
    const { client: methodology } = await world.signIn((await world.staff('methodologist')).id, {
      audience: 'staff',
    });
    const offered = await methodology.expertDesk.offerPhrase({ field: 'reasons', text: 'Ортақ тіркес' });
    if (!offered.ok) throw new Error(offered.refusal);
    for (const expert of [panel.head, panel.independent])
      expect((await (await desk(expert)).phrases()).common).toEqual([
        { id: offered.phraseId, field: 'reasons', text: 'Ортақ тіркес' },
      ]);
    const refusal = { ok: false, refusal: 'says-who' };
    const identity = { field: 'reasons', text: 'ИИН 850101300123' } as const;
    expect(await methodology.expertDesk.offerPhrase(identity)).toEqual(refusal);
    expect(await (await desk(panel.head)).addPhrase(identity)).toEqual(refusal);
    await methodology.expertDesk.endPhrase({ phraseId: offered.phraseId });
    await expect(methodology.expertDesk.endPhrase({ phraseId: offered.phraseId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await (await desk(panel.head)).phrases()).common).toEqual([]);
    // Who offered it stays known, and its words cannot be changed.
    await expect(world.db.update(commonPhrases).set({ text: 'x' })).rejects.toThrow();
  });
});
