import { assessments, auditEvents, experts, policies, staffRoles, workActs } from '@mse/db/schema';
import type { ConclusionContent, DisabilityOutcome } from '@mse/domain/examination';
import { hundredths } from '@mse/domain/experts';
import { addMonths, plainDate, toBusinessDate } from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { addCase, addExpert, conclusion, decide, partsOf } from '../../../test/panel.ts';
import { present } from '../../../test/present.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { dealWaiting } from '../examination/index.ts';
import { excludeExpert } from '../expert-register/exclude-expert.ts';
import { assessMonth, assessYears } from './assess-month.ts';
import { countMonth } from './count-month.ts';
import { assessWhenDue } from './start-pay-timers.ts';

const BY = { actor: 'system:test', actorRole: 'system', requestId: null };
const ACCOUNT = { bank: 'Халық банкі', bic: 'HSBKKZKX', iban: 'KZ86 125K ZT50 0410 0100' };

let world: World;
let simulators: Simulators;
let now: string;
beforeAll(async () => {
  simulators = await startSimulators();
  // The authority of the tests lives in the present: what was done was done last month.
  now = machineNow();
  world = await startWorld({
    now,
    signatures: simulatedVerifier(simulators, { ocspCacheMs: 0 }),
  });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});

const lastMonth = () => addMonths(plainDate(`${toBusinessDate(new Date()).slice(0, 7)}-01`), -1);
const tenth = () => `${lastMonth().slice(0, 8)}10T10:00`;

/** A panel of its own and an independent expert with the given decisions, one case each, last month. */
async function worked(cases: { own: DisabilityOutcome; others: DisabilityOutcome; late?: boolean }[]) {
  world.clock.set(tenth());
  // Nobody of earlier tests is dealt what belongs to this one.
  await world.db
    .update(experts)
    .set({ excludedOn: toBusinessDate(world.clock.now()), exclusionGround: 'own-application' });
  const head = await addExpert(world, 'department-head', '35');
  await addExpert(world, 'chief-specialist', '39');
  const independent = await addExpert(world, 'independent', '75', { dailyCap: 100 });
  for (const { own, others, late } of cases) {
    const { caseId } = await addCase(world);
    await dealWaiting(world.deps, world.clock.now());
    const parts = await partsOf(world, caseId);
    for (const part of parts) {
      const mine = part.expertId === independent.id;
      if (mine && late) world.clock.forward(14 * 24 * 60);
      await decide(world, part.id, { kind: 'conclusion', conclusion: conclusion(mine ? own : others) });
    }
    world.clock.set(tenth());
  }
  world.clock.set(now);
  await world.db.insert(staffRoles).values({
    id: world.random.id(world.clock.now()),
    personId: independent.personId,
    role: 'expert',
    departmentId: null,
    validFrom: plainDate('2025-01-01'),
  });
  return { head, independent };
}

const countsOf = async (expertId: string) =>
  (await countMonth(world.db, lastMonth())).find((row) => row.expertId === expertId);

async function expertClient(personId: string) {
  return (await world.signIn(personId, { audience: 'staff' })).client;
}
async function committee() {
  const person = await world.staff('registry-administrator');
  return { person, client: (await world.signIn(person.id, { audience: 'staff' })).client };
}
type Client = Awaited<ReturnType<typeof expertClient>>;

async function cmsOf(client: Client, signingId: string, personId: string) {
  const { text } = await client.signing.get({ signingId });
  const person = present(
    await world.db.query.persons.findFirst({ where: (table, { eq: is }) => is(table.id, personId) }),
  );
  const { iin, surname, name, patronymic } = person;
  const cms = await simulators.sign({ iin, surname, name, patronymic }, Buffer.from(text), {
    purpose: 'sign',
  });
  return { text, signingId, cms: cms.toString('base64') };
}

async function setTariff(tenge: string) {
  await world.db
    .insert(policies)
    .values({
      key: 'payment.tariff',
      validFrom: lastMonth(),
      value: { tenge },
      basis: 'test',
      assumed: false,
    })
    .onConflictDoNothing();
  await world.reference.reload();
}

async function signedBy(client: Client, personId: string, actId: string) {
  const started = await client.expertPay.startAct({ actId });
  if (!started.ok) throw new Error(started.refusal);
  const { text: _, ...signature } = await cmsOf(client, started.signingId, personId);
  expect(await client.expertPay.signAct({ actId, ...signature })).toEqual({ ok: true });
  expect((await client.expertPay.signAct({ actId, ...signature })).ok).toBe(false);
}

describe('assessment', () => {
  test('AS-02, AS-04: a decision meets its criterion when it says what the conclusion says, in time', async () => {
    const { independent } = await worked([
      { own: 'group-2', others: 'group-2' },
      { own: 'group-2', others: 'group-2' },
      { own: 'group-3', others: 'group-2' },
      { own: 'group-2', others: 'group-2', late: true },
    ]);
    expect(await countsOf(independent.id)).toMatchObject({
      services: 4,
      counts: { services: { counted: 4, met: 2 } },
    });
  });

  test('AS-04, PY-05: a service without a final conclusion is paid and enters no share', async () => {
    const { independent } = await worked([
      { own: 'group-2', others: 'group-2' },
      // Of three different decisions none has a conclusion before the person comes.
      { own: 'group-1', others: 'group-2' },
    ]);
    const before = await countsOf(independent.id);
    expect(before).toMatchObject({ services: 2, counts: { services: { counted: 2, met: 1 } } });
  });

  test('AS-03: who signed nothing is not assessed; heads and specialists never are', async () => {
    const { independent, head } = await worked([]);
    expect(await countsOf(independent.id)).toBeUndefined();
    expect(await countsOf(head.id)).toBeUndefined();
    await assessMonth(world.deps, lastMonth(), BY, world.clock.now());
    expect(await world.db.$count(assessments, eq(assessments.expertId, independent.id))).toBe(0);
  });

  test('AS-02: programmes and degrees of loss are parts of their own', async () => {
    const { independent } = await worked([]);
    world.clock.set(tenth());
    const { caseId } = await addCase(world);
    await dealWaiting(world.deps, world.clock.now());
    const programme: Partial<ConclusionContent> = {
      programme: { social: ['Кресло-арба'], vocational: [], term: { kind: 'indefinite' } },
    };
    for (const part of await partsOf(world, caseId))
      await decide(world, part.id, {
        kind: 'conclusion',
        conclusion: conclusion('group-1', part.expertId === independent.id ? {} : programme),
      });
    world.clock.set(now);
    expect((await countsOf(independent.id))?.counts).toMatchObject({
      services: { counted: 1, met: 1 },
      programmes: { counted: 1, met: 0 },
      repeatedLoss: { counted: 0, met: 0 },
    });
  });

  test('AS-01: made by the timer on its day, once, however many workers look', async () => {
    const { independent } = await worked([{ own: 'group-2', others: 'group-2' }]);
    await world.owner.delete(assessments);
    const next = addMonths(lastMonth(), 1);
    world.clock.set(`${next.slice(0, 8)}04T23:59`);
    await assessWhenDue(world.deps, world.clock.now());
    const own = eq(assessments.expertId, independent.id);
    expect(await world.db.$count(assessments, own)).toBe(0);
    world.clock.set(`${next.slice(0, 8)}05T00:00`);
    await Promise.all([1, 2, 3].map(() => assessWhenDue(world.deps, world.clock.now())));
    expect(await world.db.select().from(assessments).where(own)).toMatchObject([
      { percent: '100.00', services: 1, signedAt: null },
    ]);
    world.clock.set(now);
  });

  test('AS-06: signed with a remark, shown line by line, and never made anew; the unsigned are', async () => {
    const { independent } = await worked([
      { own: 'group-2', others: 'group-2' },
      { own: 'group-3', others: 'group-2' },
    ]);
    await assessMonth(world.deps, lastMonth(), BY, world.clock.now());
    const client = await expertClient(independent.personId);
    const [month] = (await client.expertPay.myMonths()).months;
    expect(month).toMatchObject({ percent: '50.00', signedAt: null, payRefusal: 'no-signed-assessment' });
    expect(month?.lines[0]).toEqual({ part: 'services', counted: 2, met: 1, sharePercent: '50.00' });
    const { assessmentId } = present(month);
    const started = await client.expertPay.startAssessment({ assessmentId, remark: 'Екінші іс күрделі' });
    if (!started.ok) throw new Error(started.refusal);
    const signed = await cmsOf(client, started.signingId, independent.personId);
    expect(signed.text).toContain('50.00 %');
    expect(signed.text).toContain('Екінші іс күрделі');
    const { text: _, ...signature } = signed;
    // Another remark makes another text: the signature of the first does not fit.
    const again = await client.expertPay.startAssessment({ assessmentId, remark: 'Басқа' });
    if (!again.ok) throw new Error(again.refusal);
    expect(await client.expertPay.signAssessment({ assessmentId, ...signature })).toEqual({
      ok: false,
      refusal: 'other-document',
    });
    const { text: __, ...fresh } = await cmsOf(client, again.signingId, independent.personId);
    expect(await client.expertPay.signAssessment({ assessmentId, ...fresh })).toEqual({ ok: true });
    expect(await assessMonth(world.deps, lastMonth(), BY, world.clock.now())).toMatchObject({ signed: 1 });
    expect((await client.expertPay.myMonths()).months[0]).toMatchObject({
      remark: 'Басқа',
      percent: '50.00',
    });
    await expect(
      world.owner.update(assessments).set({ percent: '99.00' }).where(eq(assessments.id, assessmentId)),
    ).rejects.toThrow();
  });

  test('AS-07: the year is the mean of the signed months alone', async () => {
    const { independent } = await worked([]);
    const year = plainDate('2025-01-01');
    const rows = [
      ['2025-03-01', '80.00', true],
      ['2025-04-01', '91.00', true],
      ['2025-05-01', '10.00', false],
    ] as const;
    for (const [from, percent, signed] of rows)
      await world.db.insert(assessments).values({
        id: world.random.id(world.clock.now()),
        expertId: independent.id,
        period: 'month',
        from: plainDate(from),
        method: 'mean-of-shares-1',
        services: 2,
        counts: null,
        lines: [],
        percent,
        computedAt: world.clock.now(),
        ...(signed ? { signature: Buffer.from('s'), signedAt: world.clock.now(), text: 't' } : {}),
      });
    await assessYears(world.deps, year, BY, world.clock.now());
    const [found] = await world.db
      .select()
      .from(assessments)
      .where(and(eq(assessments.expertId, independent.id), eq(assessments.period, 'year')));
    expect(found).toMatchObject({ percent: '85.50', services: 4 });
  });
});

describe('pay', () => {
  test('PY-01…PY-05: from the signed assessment to the accepted act, with a return between, to the tiyn', async () => {
    const { independent } = await worked([
      { own: 'group-2', others: 'group-2' },
      { own: 'group-2', others: 'group-2' },
      { own: 'group-3', others: 'group-2' },
    ]);
    await assessMonth(world.deps, lastMonth(), BY, world.clock.now());
    const client = await expertClient(independent.personId);
    const { assessmentId } = present((await client.expertPay.myMonths()).months[0]);
    expect(await client.expertPay.formAct({ assessmentId })).toEqual({
      ok: false,
      refusal: 'no-signed-assessment',
    });
    const started = await client.expertPay.startAssessment({ assessmentId, remark: '' });
    if (!started.ok) throw new Error(started.refusal);
    const { text: _, ...signature } = await cmsOf(client, started.signingId, independent.personId);
    expect(await client.expertPay.signAssessment({ assessmentId, ...signature })).toEqual({ ok: true });
    expect(await client.expertPay.formAct({ assessmentId })).toEqual({ ok: false, refusal: 'no-tariff' });
    await setTariff('1000');
    expect(await client.expertPay.formAct({ assessmentId })).toEqual({ ok: false, refusal: 'no-account' });
    await client.expertPay.saveAccount(ACCOUNT);
    expect(await client.expertPay.myMonths()).toMatchObject({
      account: { bic: 'HSBKKZKX', iban: 'KZ86125KZT5004100100' },
      months: [{ pay: { amount: '2000.10' } }],
    });

    const formed = await Promise.all([1, 2, 3].map(() => client.expertPay.formAct({ assessmentId })));
    const ids = new Set(formed.map((answer) => (answer.ok ? answer.actId : answer.refusal)));
    expect(ids.size).toBe(1);
    const [actId = ''] = ids;
    const act = await client.expertPay.act({ actId });
    expect(act).toMatchObject({
      state: 'formed',
      line: {
        tariff: '1000.00',
        assessmentPercent: '66.67',
        unitPrice: '666.70',
        services: 3,
        amount: '2000.10',
      },
      account: { iban: 'KZ86125KZT5004100100' },
    });

    const { person, client: office } = await committee();
    expect(await office.expertPay.startAcceptance({ actId })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
    await signedBy(client, independent.personId, actId);
    expect(await office.expertPay.returnAct({ actId, remarks: 'Шот қате' })).toEqual({ ok: true });
    const second = await client.expertPay.formAct({ assessmentId });
    if (!second.ok) throw new Error(second.refusal);
    expect(second.actId).not.toBe(actId);
    await signedBy(client, independent.personId, second.actId);
    const acceptance = await office.expertPay.startAcceptance({ actId: second.actId });
    if (!acceptance.ok) throw new Error(acceptance.refusal);
    const { text: __, ...accepted } = await cmsOf(office, acceptance.signingId, person.id);
    expect(await office.expertPay.acceptAct({ actId: second.actId, ...accepted })).toEqual({ ok: true });

    const month = await office.expertPay.month({ month: lastMonth() });
    const rows = month.rows.filter((row) => row.expertId === independent.id);
    expect(rows).toMatchObject([
      { percent: '66.67', services: 3, act: { state: 'accepted', amount: '2000.10' } },
    ]);
    const everything = await world.db
      .select({ line: workActs.line })
      .from(workActs)
      .where(and(eq(workActs.month, lastMonth()), eq(workActs.state, 'accepted')));
    expect(hundredths(month.acceptedSum)).toBe(
      everything.reduce((sum, { line }) => sum + hundredths(line.amount), 0n),
    );
    const csv = await office.expertPay.exportMonth({ month: lastMonth(), format: 'csv' });
    expect(Buffer.from(csv.file, 'base64').toString()).toContain('KZ86125KZT5004100100');
    const pdf = await client.expertPay.actPdf({ actId: second.actId });
    expect(Buffer.from(pdf.file, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const [seen] = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.subject, `work-act:${second.actId}`), eq(auditEvents.outcome, 'done')));
    expect(seen?.personId).toBe(independent.personId);
  });

  test('T03: another expert finds neither the act nor the assessment', async () => {
    const { independent } = await worked([{ own: 'group-2', others: 'group-2' }]);
    await assessMonth(world.deps, lastMonth(), BY, world.clock.now());
    const [row] = await world.db.select().from(assessments).where(eq(assessments.expertId, independent.id));
    const { independent: stranger } = await worked([]);
    const client = await expertClient(stranger.personId);
    const assessmentId = present(row).id;
    for (const attempt of [
      () => client.expertPay.startAssessment({ assessmentId, remark: '' }),
      () => client.expertPay.formAct({ assessmentId }),
      () => client.expertPay.act({ actId: world.random.id(world.clock.now()) }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await client.expertPay.myMonths()).months).toEqual([]);
  });

  test('PY-03: an account that is no account of Kazakhstan is refused at its field', async () => {
    const { independent } = await worked([]);
    const client = await expertClient(independent.personId);
    for (const changes of [
      { iban: 'KZ87125KZT5004100100' },
      { iban: 'DE89370400440532013000' },
      { bic: 'x' },
      { bank: ' ' },
    ])
      await expect(client.expertPay.saveAccount({ ...ACCOUNT, ...changes })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
  });
});

describe('after an exclusion', () => {
  test('RG-34, AS-06, PY-01: an excluded expert signs the months up to the exclusion, with a remark, and sees nothing else', async () => {
    const { independent } = await worked([{ own: 'group-2', others: 'group-2' }]);
    const at = world.clock.now();
    await world.db.transaction((tx) =>
      excludeExpert(
        world.deps,
        tx,
        {
          expertId: independent.id,
          ground: 'indicator',
          reason: 'r',
          actor: 'system:test',
          exclusionId: null,
        },
        at,
      ),
    );
    await assessMonth(world.deps, lastMonth(), BY, at);
    const client = await expertClient(independent.personId);
    expect((await client.identity.whoAmI()).roles).toEqual(['former-expert']);
    const mine = await client.expertPay.myMonths();
    expect(mine).toMatchObject({
      independent: true,
      excludedOn: toBusinessDate(at),
      months: [{ from: lastMonth(), percent: '100.00' }],
    });
    expect(mine.months).toHaveLength(1);
    const { assessmentId } = present(mine.months[0]);
    const started = await client.expertPay.startAssessment({ assessmentId, remark: 'Келіспеймін' });
    if (!started.ok) throw new Error(started.refusal);
    const { text, ...signature } = await cmsOf(client, started.signingId, independent.personId);
    expect(text).toContain('Келіспеймін');
    expect(await client.expertPay.signAssessment({ assessmentId, ...signature })).toEqual({ ok: true });
    expect((await client.expertPay.myMonths()).months[0]).toMatchObject({ remark: 'Келіспеймін' });
    await setTariff('1000');
    await client.expertPay.saveAccount(ACCOUNT);
    const formed = await client.expertPay.formAct({ assessmentId });
    if (!formed.ok) throw new Error(formed.refusal);
    await signedBy(client, independent.personId, formed.actId);
    // No desk, no case, no absence.
    for (const closed of [
      () => client.expertDesk.list({}),
      () => client.expertPresence.mine(),
      () => client.journals.month({}),
      () => client.expertPay.month({ month: lastMonth() }),
    ])
      await expect(closed()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each(['death', 'incapable'] as const)(
    'RG-31: who is excluded because of %s signs nothing',
    async (ground) => {
      const { independent } = await worked([]);
      await world.db.transaction((tx) =>
        excludeExpert(
          world.deps,
          tx,
          { expertId: independent.id, ground, reason: 'r', actor: 'system:test', exclusionId: null },
          world.clock.now(),
        ),
      );
      const client = await expertClient(independent.personId);
      await expect(client.expertPay.myMonths()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});
