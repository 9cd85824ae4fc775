import { auditEvents, cases, formContents, nosologyCodes } from '@mse/db/schema';
import { nosologyOf } from '@mse/domain/intake';
import { addDays, plainDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';

let world: World;
let keeper: Awaited<ReturnType<World['signIn']>>;
beforeAll(async () => {
  world = await startWorld();
  keeper = await world.signIn((await world.staff('registry-administrator')).id, { audience: 'staff' });
});
afterAll(() => world.close());

const api = () => keeper.client.nosology;
const line = (changes: Record<string, unknown> = {}) => ({
  groupCode: 'oncology',
  icdPrefix: 'D05',
  exact: false,
  fromAge: null,
  untilAge: null,
  validFrom: world.today,
  validUntil: null,
  basis: 'Сынақ бұйрығы',
  ...changes,
});

describe('the list of nosological forms', () => {
  it('R09, PX-06: shows every form with its lines of today, and which of them are our own reading', async () => {
    const { groups } = await api().list();
    expect(groups).toHaveLength(11);
    expect(groups.find(({ code }) => code === 'limb-defects')).toMatchObject({
      special: true,
      lines: 19,
      assumed: 0,
      examinations: 4,
      experts: 0,
    });
    expect(groups.find(({ code }) => code === 'oncology')).toMatchObject({ lines: 1, assumed: 1 });
    expect(await api().group({ code: 'nothing' })).toEqual({ ok: false, refusal: 'not-found' });
  });

  it('R09: a preview says what a line would do and changes nothing', async () => {
    const person = await world.person();
    const form = await world.form(person.id, { track: 'remote-proactive' });
    await world.db.insert(formContents).values({ formId: form.id, document: { icd10: 'Q71.0' } });
    const at = world.clock.now();
    await world.db.insert(cases).values({
      id: world.random.id(at),
      formId: form.id,
      personId: person.id,
      regionCode: '11',
      track: 'ordinary',
      nosologyGroup: 'limb-defects',
      purpose: 'disability-first',
      state: 'waiting',
      stateAt: at,
      acceptedAt: at,
    });
    const before = await world.db.$count(nosologyCodes);
    const preview = await api().previewCode(
      line({ groupCode: 'paralysis', icdPrefix: 'q71.0', exact: true, fromAge: '18' }),
    );
    expect(preview).toMatchObject({
      ok: true,
      effect: {
        icdPrefix: 'Q71.0',
        forms: [{ count: 1, before: { en: expect.stringContaining('limbs') as string } }],
        openCases: 1,
        experts: 0,
        neighbours: [{ icdPrefix: 'Q71', narrower: false }],
      },
    });
    if (!preview.ok) throw new Error(preview.refusal);
    expect(preview.effect.forms[0]?.after?.en).toContain('paralysis');
    expect(await world.db.$count(nosologyCodes)).toBe(before);
  });

  it('R09, PX-06: a new line counts at once, is in the audit, and a taken back one is gone', async () => {
    const added = await api().addCode(line());
    if (!added.ok) throw new Error(added.refusal);
    expect(nosologyOf(world.reference.nosology().codes, 'D05.1', 40, world.today)).toBe('oncology');
    expect(await world.db.$count(auditEvents, eq(auditEvents.subject, `nosology-code:${added.id}`))).toBe(1);
    expect(await api().takeBackCode({ id: added.id })).toEqual({ ok: false, refusal: 'already-begun' });
    const ahead = await api().addCode(line({ icdPrefix: 'D06', validFrom: addDays(world.today, 5) }));
    if (!ahead.ok) throw new Error(ahead.refusal);
    expect(await api().takeBackCode({ id: ahead.id })).toEqual({ ok: true });
    expect(await api().takeBackCode({ id: ahead.id })).toEqual({ ok: false, refusal: 'not-found' });
  });

  it.each([
    ['overlaps', () => line({ icdPrefix: 'E76', fromAge: 10, untilAge: 30 })],
    ['overlaps', () => line({ icdPrefix: 'C' })],
    ['in-the-past', () => line({ icdPrefix: 'D07', validFrom: addDays(world.today, -1) })],
    ['age-order', () => line({ icdPrefix: 'D07', fromAge: 18, untilAge: 17 })],
    ['day-order', () => line({ icdPrefix: 'D07', validUntil: addDays(world.today, -1) })],
    ['exact-too-short', () => line({ icdPrefix: 'D', exact: true })],
    ['unknown-group', () => line({ icdPrefix: 'D07', groupCode: 'nothing' })],
  ] as const)('R09: a line that %s is refused', async (refusal, draft) => {
    expect(await api().addCode(draft())).toEqual({ ok: false, refusal });
    expect(await api().previewCode(draft())).toEqual({ ok: false, refusal });
  });

  it('R09, PX-06: another age and another time of the same code are no overlap', async () => {
    expect(await api().addCode(line({ icdPrefix: 'E76', fromAge: 18 }))).toMatchObject({ ok: true });
    const [oncology] = await world.db.select().from(nosologyCodes).where(eq(nosologyCodes.icdPrefix, 'C'));
    const id = oncology?.id ?? '';
    const lastDay = addDays(world.today, 30);
    expect(await api().endCode({ id, lastDay: addDays(world.today, -1) })).toEqual({
      ok: false,
      refusal: 'in-the-past',
    });
    expect(await api().endCode({ id, lastDay })).toEqual({ ok: true });
    expect(await api().endCode({ id, lastDay: addDays(lastDay, 1) })).toEqual({
      ok: false,
      refusal: 'ended-already',
    });
    expect(await api().addCode(line({ icdPrefix: 'C', validFrom: lastDay }))).toMatchObject({
      refusal: 'overlaps',
    });
    expect(await api().addCode(line({ icdPrefix: 'C', validFrom: addDays(lastDay, 1) }))).toMatchObject({
      ok: true,
    });
  });

  it('R09: ten administrators entering the same line at once enter it once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api().addCode(line({ icdPrefix: 'D48' }))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === 'overlaps')).toHaveLength(9);
  });

  it('R09, SN-01: an examination is asked for from a day on and ended by another; one form asks for it once a day', async () => {
    const draft = {
      groupCode: 'oncology',
      examinationCode: 'inpatient-extract',
      condition: 'always' as const,
      validFrom: addDays(world.today, 10),
      validUntil: null,
      basis: 'Сынақ бұйрығы',
    };
    const added = await api().addExamination(draft);
    if (!added.ok) throw new Error(added.refusal);
    expect(await api().addExamination(draft)).toEqual({ ok: false, refusal: 'overlaps' });
    expect(await api().addExamination({ ...draft, examinationCode: 'nothing' })).toEqual({
      ok: false,
      refusal: 'unknown-kind',
    });
    const group = await api().group({ code: 'oncology' });
    if (!group.ok) throw new Error(group.refusal);
    expect(group.examinations.map(({ code, state, everywhere }) => [code, state, everywhere])).toEqual([
      ['additional-examination', 'in-force', true],
      ['inpatient-extract', 'ahead', false],
    ]);
    expect(await api().endExamination({ id: added.id, lastDay: addDays(world.today, 9) })).toEqual({
      ok: false,
      refusal: 'before-its-start',
    });
    expect(await api().takeBackExamination({ id: added.id })).toEqual({ ok: true });
  });

  it('PX-06: a new form is ordinary and has a code of its own', async () => {
    const name = { kk: 'Эпилепсия', ru: 'Эпилепсия', en: 'Epilepsy' };
    expect(await api().addGroup({ code: 'epilepsy', name })).toEqual({ ok: true });
    expect(await api().addGroup({ code: 'epilepsy', name })).toEqual({ ok: false, refusal: 'known-already' });
    const added = await api().addCode(line({ groupCode: 'epilepsy', icdPrefix: 'G40' }));
    expect(added.ok).toBe(true);
    expect(nosologyOf(world.reference.nosology().codes, 'G40.2', 30, plainDate(world.today))).toBe(
      'epilepsy',
    );
  });
});

describe('dispensaries', () => {
  it('F009, SN-01: an organisation is entered for some days, on no day twice, counts at once and is ended by a last day', async () => {
    const entry = {
      bin: '100140099999',
      name: { kk: 'Диспансер', ru: 'Диспансер', en: 'Dispensary' },
      validFrom: world.today,
      validUntil: null,
      basis: 'Сынақ бұйрығы',
    };
    const answers = await Promise.all([1, 2, 3].map(() => api().addDispensary(entry)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe('overlaps');
    expect(world.reference.intake().dispensaries.map(({ bin }) => bin)).toContain(entry.bin);
    await expect(api().addDispensary({ ...entry, bin: '12' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { bin, validFrom } = entry;
    const yesterday = addDays(world.today, -1);
    expect(await api().endDispensary({ bin, validFrom, lastDay: yesterday })).toEqual({
      ok: false,
      refusal: 'in-the-past',
    });
    expect(await api().endDispensary({ bin, validFrom, lastDay: world.today })).toEqual({ ok: true });
    const { dispensaries } = await api().dispensaries();
    expect(dispensaries.find((row) => row.bin === bin)).toMatchObject({
      validUntil: world.today,
      state: 'in-force',
    });
    const audit = await world.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(eq(auditEvents.subject, `dispensary:${bin}`))
      .orderBy(auditEvents.id);
    expect(audit.map(({ action }) => action)).toEqual(['nosology.addDispensary', 'nosology.endDispensary']);
  });
});
