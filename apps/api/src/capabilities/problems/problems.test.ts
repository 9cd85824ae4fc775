import { auditEvents, places, problemEvents, problems } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_2, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';

/** Thursday 26 November 2026; in the third week of December the 16th is a holiday. */
let world: World;
let administrator: Awaited<ReturnType<World['signIn']>>;
let other: Awaited<ReturnType<World['signIn']>>;
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-26T10:00' });
  const enter = async () =>
    world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
  administrator = await enter();
  other = await enter();
});
afterAll(() => world.close());

const register = async (changes: { detectedOn?: string; department?: number; text?: string } = {}) => {
  const answer = await administrator.client.problems.register({
    detectedOn: '2026-11-26',
    text: 'Таблода талон көрінбейді',
    ...changes,
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer;
};
const openOnes = async () => (await administrator.client.problems.list()).open;

describe('the register of problems', () => {
  it('EQ-17: a problem gets the next number and is due three working days after it was found', async () => {
    const first = await register({ department: 1 });
    const second = await register({ detectedOn: '2026-11-24' });
    expect([first.number, second.number]).toEqual([1, 2]);
    const open = await openOnes();
    // The most urgent first.
    expect(open.map(({ number, dueOn, clock }) => [number, dueOn, clock])).toEqual([
      [2, '2026-11-27', { kind: 'days-left', days: 1 }],
      [1, '2026-12-01', { kind: 'days-left', days: 3 }],
    ]);
    expect(open.map(({ department }) => department?.number ?? null)).toEqual([null, 1]);
    const holiday = await register({ detectedOn: '2026-11-20' });
    expect((await openOnes()).find(({ id }) => id === holiday.id)?.clock).toEqual({
      kind: 'overdue',
      days: 1,
    });
  });

  it('EQ-17: what cannot be is refused at its field and nothing is entered', async () => {
    const before = (await openOnes()).length;
    const { client } = administrator;
    const text = 'x';
    expect(await client.problems.register({ detectedOn: '2026-11-27', text })).toEqual({
      ok: false,
      refusal: 'detected-ahead',
    });
    expect(await client.problems.register({ detectedOn: '2025-11-20', text })).toEqual({
      ok: false,
      refusal: 'detected-long-ago',
    });
    expect(await client.problems.register({ detectedOn: '2026-11-26', text, department: 77 })).toEqual({
      ok: false,
      refusal: 'unknown-department',
    });
    await expect(client.problems.register({ detectedOn: '2026-11-26', text: '  ' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect((await openOnes()).length).toBe(before);
  });

  it('EQ-17: sending is marked once, by whom, when and with which words; the clock stops', async () => {
    const { id } = await register();
    const send = (client: typeof administrator.client, sentOn: string) =>
      client.problems.send({ id, sentOn, note: 'Хат № 12' });
    expect(await send(other.client, '2026-11-25')).toEqual({ ok: false, refusal: 'sent-before-detected' });
    expect(await send(other.client, '2026-11-27')).toEqual({ ok: false, refusal: 'sent-ahead' });
    expect(await send(other.client, '2026-11-26')).toEqual({ ok: true });
    expect(await send(administrator.client, '2026-11-26')).toEqual({ ok: false, refusal: 'already-sent' });
    const problem = await administrator.client.problems.get({ id });
    expect(problem).toMatchObject({ state: 'sent', sentOn: '2026-11-26', clock: { kind: 'sent-in-time' } });
    expect(problem.history.map(({ kind, note }) => [kind, note])).toEqual([
      ['registered', ''],
      ['sent', 'Хат № 12'],
    ]);
    const { sent, sentInAll } = await administrator.client.problems.list();
    expect(sent.map((each) => each.id)).toEqual([id]);
    expect(sentInAll).toBe(1);
    const [audit] = await world.db.select().from(auditEvents).where(eq(auditEvents.action, 'problems.send'));
    expect(audit).toMatchObject({ subject: `problem:${id}`, detail: { sentOn: '2026-11-26' } });
  });

  it('EQ-17: two who mark at once: one does it, the other hears of it', async () => {
    const { id } = await register();
    const answers = await Promise.all(
      [administrator, other].map(({ client }) => client.problems.send({ id, sentOn: '2026-11-26' })),
    );
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await administrator.client.problems.get({ id })).history).toHaveLength(2);
  });

  it('EQ-17: a mark set by mistake is taken back with a reason, and the clock runs from the detection again', async () => {
    const { id } = await register({ detectedOn: '2026-11-20' });
    expect(await administrator.client.problems.reopen({ id, reason: 'why' })).toEqual({
      ok: false,
      refusal: 'not-sent',
    });
    await administrator.client.problems.send({ id, sentOn: '2026-11-26' });
    expect((await administrator.client.problems.get({ id })).clock).toEqual({ kind: 'sent-late', days: 1 });
    expect(await other.client.problems.reopen({ id, reason: 'Басқа хат' })).toEqual({ ok: true });
    await other.client.problems.note({ id, note: 'Дерек нақтыланды' });
    const problem = await administrator.client.problems.get({ id });
    expect(problem).toMatchObject({ state: 'open', sentOn: null, clock: { kind: 'overdue', days: 1 } });
    expect(problem.history.map(({ kind }) => kind)).toEqual(['registered', 'sent', 'reopened', 'noted']);
  });

  it('EQ-17: the history is written once, and a sent problem without a day is impossible', async () => {
    await expect(world.db.update(problemEvents).set({ note: 'x' })).rejects.toThrow();
    await expect(world.db.delete(problemEvents)).rejects.toThrow();
    await expect(world.db.update(problems).set({ state: 'sent' })).rejects.toMatchObject({
      cause: { constraint_name: 'problem_sent' },
    });
  });

  it('T03: a problem that is not there is not found', async () => {
    const id = '018f0000-0000-7000-8000-00000000dead';
    await expect(administrator.client.problems.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(administrator.client.problems.note({ id, note: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('EQ-17: the register as a file has every problem, no formula and the headings of the reader', async () => {
    await register({ text: '=HYPERLINK("x")' });
    const ru = await world.signIn((await world.staff('portal-administrator')).id, {
      audience: 'staff',
      language: 'ru',
    });
    const csv = Buffer.from((await ru.client.problems.export({ format: 'csv' })).file, 'base64').toString();
    expect(csv).toContain('Номер;Выявлена;Отправить до;Отдел;');
    expect(csv).toContain('\'=HYPERLINK(""x"")');
    expect(csv.trim().split('\r\n')).toHaveLength(1 + (await world.db.select().from(problems)).length);
    expect(csv).toContain('Хат № 12');
    const xlsx = await ru.client.problems.export({ format: 'xlsx' });
    expect(xlsx.name).toBe('problems-2026-11-26.xlsx');
  });
});

describe('what the figures propose', () => {
  it('EQ-17: a department without a free place for a month is proposed, becomes a problem at one press, once', async () => {
    expect((await administrator.client.problems.list()).proposals).toEqual([]);
    // Everything of department 2 is taken but a day after the month of a form accepted today.
    const rows = await world.db.select().from(places).where(eq(places.departmentId, DEPARTMENT_2));
    for (const { id, day } of rows)
      if (day <= '2026-12-26')
        await world.db
          .update(places)
          .set({ bookingId: world.random.id(world.clock.now()) })
          .where(eq(places.id, id));
    const { proposals } = await administrator.client.problems.list();
    expect(proposals.map(({ kind, department }) => [kind, department.number])).toEqual([
      ['no-free-place', 2],
    ]);

    const take = (client: typeof administrator.client) =>
      client.problems.takeUp({ kind: 'no-free-place', department: 2 });
    const answers = await Promise.all([administrator, other].map(({ client }) => take(client)));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: 'not-proposed' });
    const problem = present((await openOnes()).find(({ cause }) => cause === 'no-free-place'));
    expect(problem).toMatchObject({ text: '', dueOn: '2026-12-01', department: { number: 2 } });

    // Sent today, the same is not proposed again tomorrow, but in four weeks it is.
    await administrator.client.problems.send({ id: problem.id, sentOn: '2026-11-26' });
    expect((await administrator.client.problems.list()).proposals).toEqual([]);
    expect(await take(administrator.client)).toEqual({ ok: false, refusal: 'not-proposed' });
  });

  it('EQ-04, EQ-17: from 25 December a missing schedule of the next year is proposed, and where nobody can book it is not', async () => {
    world.clock.set('2026-12-25T09:00');
    const again = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
    const { proposals } = await again.client.problems.list();
    const missing = proposals.filter(({ kind }) => kind === 'schedule-missing');
    expect(missing.map(({ department, figures }) => [department.number, figures])).toEqual([
      [1, { year: 2027 }],
      [2, { year: 2027 }],
    ]);
    await world.owner.execute(`delete from queue_pilot where valid_until >= '2026-12-25'`);
    await world.reference.reload();
    expect((await again.client.problems.list()).proposals).toEqual([]);
  });
});
