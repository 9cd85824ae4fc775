import { auditEvents, faultReports } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../../../test/present.ts';
import { type World, startWorld } from '../../../test/harness.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-23T10:00' });
});
afterAll(() => world.close());

const report = (letters: string, more: object = {}) => ({
  id: world.random.id(world.clock.now()),
  number: `F-20261123-${letters}`,
  language: 'kk' as const,
  page: '/kk/booking?next=secret',
  text: 'Түйме басылмайды',
  ageSeconds: 90,
  ...more,
});
const rowOf = async (number: string) =>
  present((await world.db.select().from(faultReports).where(eq(faultReports.number, number)))[0]);
const contactCentre = async () =>
  (await world.signIn((await world.staff('contact-centre')).id, { audience: 'staff', trust: 'signature' }))
    .client;

describe('Reports of faults', () => {
  it('C31: a report of nobody in particular is stored under its number, at the time it was written', async () => {
    const told = report('222222', { contact: 'a@mail.kz', incident: 'abc-1' });
    expect(await world.client(null).faultReports.report(told)).toEqual({ ok: true });
    expect(await rowOf(told.number)).toMatchObject({
      personId: null,
      kind: 'fault',
      page: '/kk/booking',
      text: told.text,
      contact: 'a@mail.kz',
      subject: 'incident:abc-1',
      state: 'open',
      reportedAt: new Date(world.clock.now().getTime() - 90_000),
      storedAt: world.clock.now(),
    });
  });

  it('C31: the same report told four times at once is one row with one line in the audit', async () => {
    const told = report('333333');
    const person = await world.person();
    const { client } = await world.signIn(person.id);
    await Promise.all([1, 2, 3, 4].map(() => client.faultReports.report(told)));
    const row = await rowOf(told.number);
    expect(row.personId).toBe(person.id);
    const lines = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `fault:${row.id}`));
    expect(lines.map(({ action, actor }) => [action, actor])).toEqual([['faultReports.report', person.id]]);
  });

  it('C31: another report that drew the same number is not lost', async () => {
    await world.client(null).faultReports.report(report('444444', { text: 'first' }));
    await world.client(null).faultReports.report(report('444444', { text: 'second' }));
    expect((await rowOf('F-20261123-444444')).text).toBe('first');
    expect((await rowOf('F-20261123-444444-2')).text).toBe('second');
  });

  it('C31: an empty or endless text is refused and nothing is stored', async () => {
    for (const text of ['  ', 'a'.repeat(4001)])
      await expect(world.client(null).faultReports.report(report('555555', { text }))).rejects.toThrow();
    expect(
      await world.db.select().from(faultReports).where(eq(faultReports.number, 'F-20261123-555555')),
    ).toEqual([]);
  });

  it('PT-24, S01: the contact centre answers once; only the reporter reads the answer', async () => {
    const person = await world.person();
    const { client } = await world.signIn(person.id);
    const told = report('666666');
    await client.faultReports.report(told);
    const staff = await contactCentre();
    const open = await staff.faultReports.open();
    expect(open.reports.map(({ number }) => number)).toContain(told.number);
    expect(open.total).toBe(open.reports.length);
    const one = await staff.faultReports.get({ id: told.id });
    expect(one).toMatchObject({ signedIn: true, contact: null, incident: null, language: 'kk' });

    const answers = await Promise.all(
      ['Жөнделді', 'Жөнделді'].map((answer) => staff.faultReports.answer({ id: told.id, answer })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, refusal: 'answered-already' }]);
    expect((await client.faultReports.mine()).reports).toMatchObject([
      { number: told.number, state: 'answered', answer: 'Жөнделді' },
    ]);
    const stranger = await world.signIn((await world.person()).id);
    expect(await stranger.client.faultReports.mine()).toEqual({ reports: [] });
    const lines = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `fault:${told.id}`));
    expect(lines.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['faultReports.report', 'faultReports.get', 'faultReports.answer']),
    );
    expect((await staff.faultReports.open()).reports.map(({ number }) => number)).not.toContain(told.number);
  });

  it('T11: reports from one network have a limit', async () => {
    const client = world.client(null);
    const refused = [];
    for (let each = 0; each < 140; each++) {
      const answer = await client.faultReports.report(report('777777'));
      if (!answer.ok) refused.push(answer.refusal);
    }
    expect(new Set(refused)).toEqual(new Set(['too-many']));
  });
});
