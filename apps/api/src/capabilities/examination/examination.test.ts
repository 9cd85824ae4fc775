import { caseEvents, comparisons, conclusions, messages, outboundMessages } from '@mse/db/schema';
import type { DecisionContent, DisabilityOutcome } from '@mse/domain/examination';
import { toBusinessTime } from '@mse/domain/shared';
import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { addCase, addExpert, conclusion, decide, partsOf, readCase } from '../../../test/panel.ts';
import { changeCase, dealWaiting } from './index.ts';

let world: World;
beforeEach(async () => {
  // Monday.
  world = await startWorld({ now: '2026-11-23T10:00' });
});
afterEach(() => world.close());

const shown = (instant: Date | null) => {
  if (!instant) return null;
  const { date, time } = toBusinessTime(instant);
  return `${date} ${time}`;
};
const concluded = (outcome: DisabilityOutcome): DecisionContent => ({
  kind: 'conclusion',
  conclusion: conclusion(outcome),
});
const nonconformity: DecisionContent = { kind: 'nonconformity', kinds: ['evidence'], reasons: 'no tests' };

async function panel() {
  return {
    head: await addExpert(world, 'department-head', '35'),
    chief: await addExpert(world, 'chief-specialist', '39'),
    independent: await addExpert(world, 'independent', '75'),
  };
}

/** Deals a new case and signs the given decisions, seat by seat; gives what the last one brought about. */
async function decided(contents: DecisionContent[], changes: Parameters<typeof addCase>[1] = {}) {
  const opened = await addCase(world, { departmentId: DEPARTMENT_1, ...changes });
  await dealWaiting(world.deps, world.clock.now());
  const results = [];
  for (const [index, part] of (await partsOf(world, opened.caseId)).entries())
    results.push(await decide(world, part.id, contents[index] as DecisionContent));
  return { ...opened, results };
}

describe('life of a remote case', () => {
  it('PX-02, PX-39: a form opens one case, however often it is asked for, and its steps stay as events', async () => {
    const { caseId } = await addCase(world, { prepared: false });
    expect(await readCase(world, caseId)).toMatchObject({ state: 'accepted', dealtAt: null, dueAt: null });
    const held = await world.db.transaction((tx) =>
      changeCase(world.deps, tx, { caseId, event: 'held', actor: 'system:test' }, world.clock.now()),
    );
    expect(held).toEqual({ ok: true, value: { from: 'accepted', to: 'held' } });
    const again = await world.db.transaction((tx) =>
      changeCase(world.deps, tx, { caseId, event: 'dealt', actor: 'system:test' }, world.clock.now()),
    );
    expect(again).toEqual({ ok: false, refusal: 'impossible-now' });
    const events = await world.db
      .select({ event: caseEvents.event, to: caseEvents.to })
      .from(caseEvents)
      .where(eq(caseEvents.caseId, caseId))
      .orderBy(asc(caseEvents.id));
    expect(events).toEqual([
      { event: 'accepted', to: 'accepted' },
      { event: 'held', to: 'held' },
    ]);
  });

  it('PX-12, PX-13, PX-20: an ordinary case goes to a head, a chief specialist and an independent expert, due in three working days', async () => {
    const { head, chief, independent } = await panel();
    const { caseId } = await addCase(world);
    expect(await dealWaiting(world.deps, world.clock.now())).toBe(1);
    const parts = await partsOf(world, caseId);
    expect(parts.map(({ seat, expertId }) => [seat, expertId])).toEqual([
      [1, head.id],
      [2, chief.id],
      [3, independent.id],
    ]);
    expect(parts.map(({ dueAt }) => shown(dueAt))).toEqual(Array(3).fill('2026-11-25 18:00'));
    expect(new Set(parts.map(({ caseCode }) => caseCode)).size).toBe(3);
    expect(parts[0]?.caseCode).toMatch(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/);
    const row = await readCase(world, caseId);
    expect(row.state).toBe('deciding');
    expect(shown(row.dueAt)).toBe('2026-11-25 18:00');
  });

  it('SN-05, SN-06, SN-07, SN-08: a special case goes to one head alone, due the same day, and one decision concludes it with an act', async () => {
    await panel();
    const { caseId, results } = await decided([concluded('child')], { track: 'special' });
    expect(results).toEqual(['agreed']);
    const parts = await partsOf(world, caseId);
    expect(parts.map(({ dueAt }) => shown(dueAt))).toEqual(['2026-11-23 18:00']);
    expect((await readCase(world, caseId)).state).toBe('concluded');
    const acts = await world.db.select().from(conclusions).where(eq(conclusions.caseId, caseId));
    expect(acts).toMatchObject([{ basis: 'remote', actNo: expect.stringMatching(/^\d{2}-.+-\d{6}$/) }]);
  });

  it('PX-33, PX-38: two of three groups suffice; the conclusion has its act and the person an SMS', async () => {
    await panel();
    const { caseId, formId, results } = await decided([
      concluded('group-2'),
      concluded('group-3'),
      concluded('group-2'),
    ]);
    expect(results).toEqual(['incomplete', 'incomplete', 'agreed']);
    const [made] = await world.db.select().from(conclusions).where(eq(conclusions.caseId, caseId));
    expect(made).toMatchObject({ formId, basis: 'remote', examinedOn: '2026-11-23' });
    expect(made?.content.disability.outcome).toBe('group-2');
    const [sheet] = await world.db.select().from(comparisons).where(eq(comparisons.caseId, caseId));
    expect(sheet).toMatchObject({ outcome: 'agreed', detail: { consensus: 'majority', nonconformity: 2 } });
    const sent = await world.db.select().from(messages).where(eq(messages.formId, formId));
    expect(sent.map(({ template }) => template)).toEqual(['m-03']);
    expect((await readCase(world, caseId)).endedAt).toEqual(world.clock.now());
  });

  it.each([
    ['mismatch', [concluded('group-1'), concluded('group-2'), concluded('not-established')], 'mismatched'],
    ['nonconformity', [nonconformity, nonconformity, concluded('group-2')], 'nonconforming'],
  ] as const)(
    'PX-34: %s sends the case to the department, tells the clinic and calls the person',
    async (outcome, contents, reason) => {
      await panel();
      const { caseId, formId, results } = await decided([...contents]);
      expect(results.at(-1)).toBe(outcome);
      const row = await readCase(world, caseId);
      expect(row).toMatchObject({ state: 'invited', departmentId: DEPARTMENT_1 });
      expect([shown(row.repeatAt), shown(row.closeAt), shown(row.dueAt)]).toEqual([
        '2026-11-26 00:00',
        '2026-11-27 18:00',
        // PX-22: ten working days from the day of dealing.
        '2026-12-04 18:00',
      ]);
      const [sms] = await world.db.select().from(messages).where(eq(messages.formId, formId));
      expect(sms).toMatchObject({ template: 'm-01', params: { department: '1' } });
      const told = await world.db
        .select()
        .from(outboundMessages)
        .where(eq(outboundMessages.personId, row.personId));
      const notice = told.find(({ destination }) => destination === 'health-ministry');
      expect(notice).toMatchObject({ kind: 'form-031.invite', payload: { kind: 'invite', codes: [reason] } });
      expect(
        told
          .filter(({ destination }) => destination === 'service-monitoring')
          .map(({ payload }) => payload.stage),
      ).toEqual(['registered', 'examined', 'invited']);
    },
  );
});
