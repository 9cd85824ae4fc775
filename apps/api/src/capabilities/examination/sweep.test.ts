import {
  assignments,
  caseEvents,
  cases,
  expertAbsences,
  expertNotices,
  forms,
  messages,
  outboundMessages,
  persons,
} from '@mse/db/schema';
import type { DecisionContent, DisabilityOutcome } from '@mse/domain/examination';
import { plainDate, toBusinessTime } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { deskPanel } from '../../../test/expert-desk.ts';
import { addCase, addExpert, conclusion, decide, partsOf, readCase } from '../../../test/panel.ts';
import { closeInvitations, dealWaiting, startExaminationTimers, sweepExamination } from './index.ts';

let world: World;
beforeEach(async () => {
  // Monday.
  world = await startWorld({ now: '2026-11-23T10:00' });
});
afterEach(() => world.close());

const sweep = () => sweepExamination(world.deps, world.clock.now());
const shown = (instant: Date | null) => {
  if (!instant) return null;
  const { date, time } = toBusinessTime(instant);
  return `${date} ${time}`;
};
const concluded = (outcome: DisabilityOutcome): DecisionContent => ({
  kind: 'conclusion',
  conclusion: conclusion(outcome),
});

async function panel() {
  return [
    await addExpert(world, 'department-head', '35'),
    await addExpert(world, 'chief-specialist', '35'),
    await addExpert(world, 'independent', '35'),
  ] as const;
}

/** A case whose panel did not agree. */
async function invited() {
  await panel();
  const opened = await addCase(world, { departmentId: DEPARTMENT_1 });
  await dealWaiting(world.deps, world.clock.now());
  const words: DisabilityOutcome[] = ['group-1', 'group-2', 'group-3'];
  for (const [index, part] of (await partsOf(world, opened.caseId)).entries())
    await decide(world, part.id, concluded(words[index] ?? 'group-1'));
  return opened;
}
const messagesOf = async (formId: string) =>
  (await world.db.select().from(messages).where(eq(messages.formId, formId)).orderBy(messages.createdAt)).map(
    ({ template, createdAt, dueAt }) => [template, shown(createdAt), shown(dueAt)],
  );
const noticesOf = async (personId: string) =>
  (await world.db.select().from(outboundMessages).where(eq(outboundMessages.personId, personId)))
    .filter(({ destination }) => destination === 'health-ministry')
    .map(({ kind, payload }) => [kind, payload.codes]);

describe('terms', () => {
  it('PX-25: an expert is warned a working day and two hours before, then the part and the case are overdue, each once', async () => {
    await panel();
    const { caseId } = await addCase(world);
    await sweep();
    const marks = async () =>
      (await partsOf(world, caseId)).map(({ warnedAt, warnedAgainAt, overdueAt }) =>
        [warnedAt, warnedAgainAt, overdueAt].map(shown),
      )[0];
    // Due on Wednesday 18:00.
    world.clock.set('2026-11-24T17:59');
    await sweep();
    expect(await marks()).toEqual([null, null, null]);
    world.clock.set('2026-11-24T18:00');
    expect(await sweep()).toMatchObject({ warned: 3 });
    world.clock.set('2026-11-25T16:00');
    expect(await sweep()).toMatchObject({ warned: 3, overdueParts: 0 });
    world.clock.set('2026-11-25T18:00');
    expect(await sweep()).toMatchObject({ overdueParts: 0, overdueCases: 0 });
    world.clock.set('2026-11-25T18:01');
    expect(await sweep()).toMatchObject({ overdueParts: 3, overdueCases: 1 });
    world.clock.set('2026-11-25T18:02');
    expect(await sweep()).toMatchObject({ warned: 0, overdueParts: 0, overdueCases: 0 });
    expect(await marks()).toEqual(['2026-11-24 18:00', '2026-11-25 16:00', '2026-11-25 18:01']);
    expect((await readCase(world, caseId)).overdueAt).not.toBeNull();
    expect(
      await world.db.$count(caseEvents, and(eq(caseEvents.caseId, caseId), eq(caseEvents.event, 'overdue'))),
    ).toBe(2);
  });

  it('PX-16, PX-25: a case that waits in vain has a term too, and becomes overdue in sight of the Committee', async () => {
    const { caseId } = await addCase(world);
    expect(shown((await readCase(world, caseId)).dueAt)).toBe('2026-11-25 18:00');
    world.clock.set('2026-11-26T09:00');
    expect(await sweep()).toMatchObject({ dealt: 0, overdueCases: 1 });
    expect((await readCase(world, caseId)).state).toBe('waiting');
  });
});

describe('what experts are told', () => {
  const digests = async (personId: string) =>
    (
      await world.db
        .select()
        .from(messages)
        .where(and(eq(messages.personId, personId), eq(messages.template, 'expert-digest')))
        .orderBy(messages.createdAt)
    ).map(({ createdAt, params, state }) => [
      shown(createdAt),
      params.dealt,
      params.soon,
      params.overdue,
      params.due,
      state,
    ]);

  it('PX-25: one message for all that is new, with a pause between those about new cases; terms are told at once, nobody at night', async () => {
    const [head, chief] = await panel();
    await world.owner
      .update(persons)
      .set({ phone: null, contactPhone: null })
      .where(eq(persons.id, chief.personId));
    for (let index = 0; index < 3; index += 1) await addCase(world);
    expect(await sweep()).toMatchObject({ dealt: 3, told: 3 });
    expect(await sweep()).toMatchObject({ told: 0 });
    world.clock.set('2026-11-23T10:30');
    await addCase(world);
    await addCase(world);
    expect(await sweep()).toMatchObject({ dealt: 2, told: 0 });
    world.clock.set('2026-11-23T11:00');
    expect(await sweep()).toMatchObject({ told: 3 });
    // In the evening a case comes whose term is told in the morning together with it.
    world.clock.set('2026-11-23T21:30');
    await addCase(world);
    expect(await sweep()).toMatchObject({ dealt: 1, told: 0 });
    world.clock.set('2026-11-24T08:00');
    expect(await sweep()).toMatchObject({ told: 3 });
    // The first five are due on Wednesday 18:00, the sixth on Thursday.
    world.clock.set('2026-11-24T18:00');
    expect(await sweep()).toMatchObject({ warned: 15, told: 3 });
    world.clock.set('2026-11-25T16:00');
    expect(await sweep()).toMatchObject({ told: 3 });
    world.clock.set('2026-11-25T18:01');
    expect(await sweep()).toMatchObject({ overdueParts: 15, told: 3 });
    const said = (state: string) => [
      ['2026-11-23 10:00', '3', '0', '0', '25.11.2026, 18:00', state],
      ['2026-11-23 11:00', '2', '0', '0', '25.11.2026, 18:00', state],
      ['2026-11-24 08:00', '1', '0', '0', '26.11.2026, 18:00', state],
      ['2026-11-24 18:00', '0', '5', '0', '25.11.2026, 18:00', state],
      ['2026-11-25 16:00', '0', '5', '0', '25.11.2026, 18:00', state],
      // The sixth is warned of in the same message.
      ['2026-11-25 18:01', '0', '1', '5', '25.11.2026, 18:00', state],
    ];
    expect(await digests(head.personId)).toEqual(said('queued'));
    // Without a number it stays as evidence, and on the desk.
    expect(await digests(chief.personId)).toEqual(said('dead'));
    // PX-04: nothing of a case in it.
    const codes = (await world.db.select({ code: assignments.caseCode }).from(assignments)).map(
      ({ code }) => code,
    );
    const whole = JSON.stringify(
      await world.db.select().from(messages).where(eq(messages.template, 'expert-digest')),
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => whole.includes(code))).toEqual([]);
  });

  it('X01, PX-25: the desk shows the notices until they were seen; those that came since stay, and others’ are not touched', async () => {
    const { head, chief } = await deskPanel(world);
    await addCase(world);
    await sweep();
    const deskOf = async (personId: string) =>
      (await world.signIn(personId, { audience: 'staff' })).client.expertDesk;
    const desk = await deskOf(head.personId);
    const [first] = (await desk.list({})).notices;
    expect(first).toMatchObject({ dealt: 1, soon: 0, overdue: 0, firstDueAt: '2026-11-25T13:00:00.000Z' });
    world.clock.set('2026-11-24T18:00');
    await sweep();
    expect(await (await deskOf(head.personId)).markNoticesSeen({ until: first?.at ?? '' })).toEqual({
      seen: 1,
    });
    expect(
      (await (await deskOf(head.personId)).list({})).notices.map(({ dealt, soon }) => [dealt, soon]),
    ).toEqual([[0, 1]]);
    expect((await (await deskOf(chief.personId)).list({})).notices).toHaveLength(2);
  });

  it('T31, PX-25: ten rounds at once tell everybody once', async () => {
    await panel();
    for (let index = 0; index < 5; index += 1) await addCase(world);
    await Promise.all(Array.from({ length: 10 }, sweep));
    await sweep();
    world.clock.set('2026-11-23T11:00');
    await sweep();
    const rows = await world.db.select().from(expertNotices);
    const byExpert = Map.groupBy(rows, ({ expertId }) => expertId);
    expect([...byExpert.values()].map((own) => own.reduce((sum, { dealt }) => sum + dealt, 0))).toEqual([
      5, 5, 5,
    ]);
    expect(await world.db.$count(assignments, eq(assignments.told, 1))).toBe(15);
  });
});

describe('absences', () => {
  it('PX-17, RG-34: open parts move when an absence entered ahead begins, and when an expert is excluded', async () => {
    const [head] = await panel();
    const { caseId } = await addCase(world);
    await sweep();
    await world.db.insert(expertAbsences).values({
      id: world.random.id(world.clock.now()),
      expertId: head.id,
      kind: 'leave',
      from: plainDate('2026-11-24'),
      until: plainDate('2026-11-30'),
      createdBy: 'test',
      createdAt: world.clock.now(),
    });
    const other = await addExpert(world, 'department-head', '39');
    world.clock.set('2026-11-23T23:59');
    expect(await sweep()).toMatchObject({ moved: 0 });
    world.clock.set('2026-11-24T00:00');
    expect(await sweep()).toMatchObject({ moved: 1, left: 0 });
    const parts = await partsOf(world, caseId);
    expect(
      parts.map(({ seat, expertId, state, cause }) => [seat, expertId, state, cause]).slice(0, 2),
    ).toEqual([
      [1, head.id, 'moved', 'dealt'],
      [1, other.id, 'open', 'absence'],
    ]);
    expect(parts.find(({ expertId }) => expertId === other.id)?.dueAt).toEqual(
      new Date('2026-11-25T13:00:00Z'),
    );
    // PX-22: ten working days from Monday.
    expect(shown((await readCase(world, caseId)).dueAt)).toBe('2026-12-04 18:00');
    expect(await sweep()).toMatchObject({ moved: 0, left: 0 });
    await world.db.execute(
      `update expert set excluded_on = '2026-11-24', exclusion_ground = 'death' where id = '${other.id}'`,
    );
    expect(await sweep()).toMatchObject({ moved: 0, left: 1 });
    expect((await readCase(world, caseId)).state).toBe('waiting');
  });
});

describe('invitations', () => {
  it('PX-36, PX-37: called on Monday, again on Thursday, closed after Friday 18:00 with its notices, each once', async () => {
    const { caseId, formId, person } = await invited();
    for (const [time, state] of [
      ['2026-11-25T23:59', 'invited'],
      ['2026-11-26T00:00', 'invited-again'],
      ['2026-11-27T18:00', 'invited-again'],
      ['2026-11-27T18:01', 'closed-no-show'],
      ['2026-11-30T10:00', 'closed-no-show'],
    ] as const) {
      world.clock.set(time);
      await sweep();
      await sweep();
      expect({ time, state: (await readCase(world, caseId)).state }).toEqual({ time, state });
    }
    expect(await messagesOf(formId)).toEqual([
      ['m-01', '2026-11-23 10:00', '2026-11-23 10:00'],
      // Nobody is woken at midnight.
      ['m-01', '2026-11-26 00:00', '2026-11-26 08:00'],
      ['m-02', '2026-11-27 18:01', '2026-11-27 18:01'],
    ]);
    expect(await noticesOf(person.id)).toEqual([
      ['form-031.invite', ['mismatched']],
      ['form-031.poorlyCompleted', ['no-show']],
    ]);
    expect((await readCase(world, caseId)).endedAt).not.toBeNull();
  });

  it('PX-37: who refuses is not called again; the clinic and the person are told', async () => {
    const { caseId, formId, person } = await invited();
    const close = () =>
      world.db.transaction((tx) =>
        closeInvitations(world.deps, tx, [caseId], 'refused', person.id, world.clock.now()),
      );
    expect(await close()).toBe(1);
    expect(await close()).toBe(0);
    world.clock.set('2026-12-07T10:00');
    await sweep();
    expect((await readCase(world, caseId)).state).toBe('closed-refused');
    expect((await messagesOf(formId)).map(([template]) => template)).toEqual(['m-01', 'm-02']);
    expect(await noticesOf(person.id)).toEqual([
      ['form-031.invite', ['mismatched']],
      ['form-031.poorlyCompleted', ['refused']],
    ]);
  });

  it('PX-37, EQ-13: the form follows its closed case: the person sees it, nothing is booked on it, and other forms are not touched', async () => {
    const { caseId, formId, person } = await invited();
    const other = await world.form(person.id, {
      acceptedAt: new Date('2026-11-01T06:00:00Z'),
      signedAt: new Date('2026-11-01T05:00:00Z'),
    });
    const { client } = await world.signIn(person.id);
    await world.consent(person.id);
    const stateOf = async (id: string) =>
      (await world.db.select({ state: forms.state }).from(forms).where(eq(forms.id, id)))[0]?.state;
    expect(await stateOf(formId)).toBe('accepted');
    await world.db.transaction((tx) =>
      closeInvitations(world.deps, tx, [caseId], 'refused', person.id, world.clock.now()),
    );
    expect([await stateOf(formId), await stateOf(other.id)]).toEqual(['poorly-completed', 'accepted']);
    expect((await client.cabinet.overview()).people[0]).toMatchObject({
      nextStep: 'case-closed',
      form: { id: formId, state: 'poorly-completed' },
    });
    expect(await client.results.case({ id: formId })).toMatchObject({ headline: 'closed-refused' });
    expect((await client.queue.eligibility({ formId })).checks[0]).toMatchObject({
      state: 'failed',
      reason: 'form-not-accepted',
    });
    const { nearest } = await client.queue.freeTimes({ formId: other.id });
    if (!nearest) throw new Error('no free time');
    expect(
      await client.queue.bookPlace({
        formId,
        ...nearest,
        requestKey: '018f0000-0000-4000-8000-000000000037',
      }),
    ).toMatchObject({ ok: false, refusal: 'form-not-accepted' });
    // The database says so too: no other state is thinkable.
    await expect(
      world.owner
        .update(forms)
        .set({ state: 'closed' as 'served' })
        .where(eq(forms.id, formId)),
    ).rejects.toThrow();
  });

  it('PX-36, PX-37: after a standstill of the service the second call still leaves its days', async () => {
    const { caseId } = await invited();
    // Nothing ran from Monday to the next Wednesday.
    world.clock.set('2026-12-02T11:00');
    await sweep();
    const row = await readCase(world, caseId);
    expect([row.state, shown(row.closeAt)]).toEqual(['invited-again', '2026-12-03 18:00']);
    world.clock.set('2026-12-03T18:01');
    await sweep();
    expect((await readCase(world, caseId)).state).toBe('closed-no-show');
  });

  it('PX-34: without a department in the region nobody is called, and the case stays for the Committee', async () => {
    await panel();
    const { caseId, formId } = await addCase(world, { regionCode: '75' });
    await dealWaiting(world.deps, world.clock.now());
    const words: DisabilityOutcome[] = ['group-1', 'group-2', 'group-3'];
    for (const [index, part] of (await partsOf(world, caseId)).entries())
      await decide(world, part.id, concluded(words[index] ?? 'group-1'));
    expect(await readCase(world, caseId)).toMatchObject({ state: 'invited', repeatAt: null, closeAt: null });
    expect(await messagesOf(formId)).toEqual([]);
    world.clock.set('2026-12-20T11:00');
    await sweep();
    expect(await readCase(world, caseId)).toMatchObject({ state: 'invited', overdueAt: world.clock.now() });
  });
});

describe('several workers', () => {
  it('T31, PX-25, PX-36: ten rounds at once say and mark everything once', async () => {
    const { formId } = await invited();
    for (let index = 0; index < 19; index += 1) await addCase(world);
    await Promise.all(Array.from({ length: 10 }, sweep));
    expect(await world.db.$count(cases, eq(cases.state, 'deciding'))).toBe(19);
    expect(await world.db.$count(assignments, eq(assignments.state, 'open'))).toBe(57);
    world.clock.set('2026-11-27T19:00');
    const rounds = await Promise.all(Array.from({ length: 10 }, sweep));
    const sum = (pick: (one: (typeof rounds)[number]) => number) =>
      rounds.reduce((all, one) => all + pick(one), 0);
    expect([
      sum((one) => one.overdueParts),
      sum((one) => one.overdueCases),
      sum((one) => one.calledAgain),
    ]).toEqual([57, 19, 1]);
    expect((await messagesOf(formId)).map(([template]) => template)).toEqual(['m-01', 'm-01']);
  });

  it('PX-10: the timer deals by itself and stops when it is told to', async () => {
    await panel();
    const { caseId } = await addCase(world);
    const timers = startExaminationTimers(world.deps, { pauseMs: 20 });
    for (let tries = 0; tries < 200 && (await readCase(world, caseId)).state !== 'deciding'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    await timers.stop();
    expect((await readCase(world, caseId)).state).toBe('deciding');
    const later = await addCase(world);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await readCase(world, later.caseId)).state).toBe('waiting');
  });
});
