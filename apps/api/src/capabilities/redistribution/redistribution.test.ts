import { auditEvents, cases, expertAbsences } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { addCase, addExpert, partsOf, readCase } from '../../../test/panel.ts';
import { sweepExamination } from '../examination/index.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ now: '2026-11-23T10:00' });
});
afterEach(() => world.close());

async function scene() {
  const head = await addExpert(world, 'department-head', '35');
  await addExpert(world, 'chief-specialist', '39');
  await addExpert(world, 'independent', '75');
  const opened = [await addCase(world), await addCase(world)];
  await sweepExamination(world.deps, world.clock.now());
  const administrator = await world.staff('registry-administrator');
  /** Signed in anew: time moves on, and sessions of the staff end soon. */
  const signIn = async () => (await world.signIn(administrator.id, { audience: 'staff' })).client;
  const codeOf = async (id: string) =>
    (await world.db.query.experts.findFirst({ where: (row, { eq: same }) => same(row.id, id) }))?.code ?? '';
  return {
    head,
    headCode: await codeOf(head.id),
    codeOf,
    caseIds: opened.map(({ caseId }) => caseId),
    signIn,
    people: opened,
  };
}

describe('the Committee and the dealing', () => {
  it('PX-25, R07: sees overdue parts without anybody’s name and gives them to another expert', async () => {
    const { signIn, caseIds, people } = await scene();
    world.clock.set('2026-11-25T18:01');
    await sweepExamination(world.deps, world.clock.now());
    const client = await signIn();
    const before = await client.redistribution.overview();
    expect(before.overdue).toHaveLength(6);
    expect(before.lateCases).toBe(2);
    const words = JSON.stringify(before);
    for (const { person } of people)
      for (const word of [person.iin, person.surname]) expect(words).not.toContain(word);

    const stand = await addExpert(world, 'department-head', '55');
    const late = before.overdue.filter(({ seat }) => seat === 1).map(({ assignmentId }) => assignmentId);
    expect(await client.redistribution.moveOverdue({ assignmentIds: late })).toEqual({ moved: 2, left: 0 });
    expect(await client.redistribution.moveOverdue({ assignmentIds: late })).toEqual({ moved: 0, left: 0 });
    const [caseId = ''] = caseIds;
    expect((await partsOf(world, caseId)).find(({ expertId }) => expertId === stand.id)).toMatchObject({
      cause: 'overdue',
      state: 'open',
    });
    const after = await client.redistribution.overview();
    expect([after.overdue.length, after.moved.length, after.lateCases]).toEqual([4, 2, 0]);
  });

  it('PX-17, R07: a simulation shows what an absence would move and changes nothing; confirmed, it happens', async () => {
    const { signIn, headCode, head, caseIds } = await scene();
    const client = await signIn();
    const nobody = await client.redistribution.simulateAbsence({ expertCode: headCode });
    expect(nobody).toMatchObject({ ok: true, parts: [{ to: null }, { to: null }] });
    const stand = await addExpert(world, 'department-head', '55', { dailyCap: 1 });
    const shown = await client.redistribution.simulateAbsence({ expertCode: headCode });
    if (!shown.ok) throw new Error(shown.refusal);
    expect(shown.parts.map(({ to }) => to !== null).sort()).toEqual([false, true]);
    const states = async () =>
      (await Promise.all(caseIds.map((id) => readCase(world, id)))).map(({ state }) => state).sort();
    expect(await states()).toEqual(['deciding', 'deciding']);
    expect(await world.db.$count(expertAbsences)).toBe(0);

    const confirm = (shownParts: number) =>
      client.redistribution.startAbsence({
        expertCode: headCode,
        kind: 'sick-leave',
        until: null,
        shownParts,
      });
    expect(await confirm(1)).toEqual({ ok: false, refusal: 'changed' });
    expect(await confirm(2)).toEqual({ ok: true, moved: 1, left: 1 });
    const held = (await Promise.all(caseIds.map((id) => partsOf(world, id)))).flat();
    expect(held.filter(({ expertId }) => expertId === stand.id)).toHaveLength(1);
    expect(await states()).toEqual(['deciding', 'waiting']);
    const { waiting } = await client.redistribution.overview();
    // The stand-in fits, but has the day's cap behind.
    expect(waiting).toMatchObject([{ seats: [{ seat: 1, eligible: 1 }] }]);
    expect(
      await world.db.$count(
        auditEvents,
        and(eq(auditEvents.action, 'redistribution.startAbsence'), eq(auditEvents.personId, head.personId)),
      ),
    ).toBe(1);
    expect(
      await client.redistribution.startAbsence({
        expertCode: 'E-NONE',
        kind: 'leave',
        until: null,
        shownParts: 0,
      }),
    ).toEqual({
      ok: false,
      refusal: 'unknown-expert',
    });
  });

  it('PX-15, R07: explains why an expert got a part, with those who came next, and confirms the dealing', async () => {
    const { signIn, caseIds, headCode } = await scene();
    const other = await addExpert(world, 'department-head', '55');
    world.clock.forward(60);
    const { caseId } = await addCase(world);
    await sweepExamination(world.deps, world.clock.now());
    const client = await signIn();
    const part = (await partsOf(world, caseId)).find(({ seat }) => seat === 1);
    expect(part?.expertId).toBe(other.id);
    const why = await client.redistribution.explainPart({ assignmentId: part?.id ?? '' });
    expect(why).toMatchObject({
      seat: 1,
      present: 4,
      eligible: 2,
      confirmed: true,
      chosen: { open: 0, lastAt: null },
      next: [{ expert: { code: headCode }, open: 2 }],
    });
    for (const id of caseIds)
      for (const each of await partsOf(world, id))
        expect((await client.redistribution.explainPart({ assignmentId: each.id })).confirmed).toBe(true);
    expect(await world.db.$count(cases, eq(cases.state, 'deciding'))).toBe(3);
  });
});
