import { auditEvents, technicalFailures, technicalFailureSignatures } from '@mse/db/schema';
import { FAILURE_OFFICES, type FailureOffice } from '@mse/domain/intake';
import { addDays, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { smallPdf } from '../../../test/remote-forms.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';

let simulators: Simulators;
let world: World;
let today: PlainDate;
let first: Awaited<ReturnType<World['signIn']>>;
let second: Awaited<ReturnType<World['signIn']>>;

const HOLDERS: Record<FailureOffice, { iin: string; surname: string; name: string; patronymic: null }> = {
  health: { iin: '600101300001', surname: 'Денсаулықов', name: 'Асан', patronymic: null },
  labour: { iin: '600101300002', surname: 'Еңбеков', name: 'Болат', patronymic: null },
  digital: { iin: '600101300003', surname: 'Цифров', name: 'Виктор', patronymic: null },
  'medical-system': { iin: '600101300004', surname: 'Дамуов', name: 'Ғали', patronymic: null },
};

beforeAll(async () => {
  simulators = await startSimulators();
  world = await startWorld({
    now: machineNow(),
    signatures: simulatedVerifier(simulators, { timeoutMs: 500, ocspCacheMs: 60_000 }),
  });
  today = toBusinessDate(world.clock.now());
  first = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
  second = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});

const api = () => first.client.technicalFailures;

async function act(
  changes: Partial<Parameters<ReturnType<typeof api>['propose']>[0]> = {},
  signers: Partial<
    Record<FailureOffice, { iin: string; surname: string; name: string; patronymic: null }>
  > = {},
  file = smallPdf(`act ${Math.trunc(performance.now())}`),
) {
  const signatures = {} as Record<FailureOffice, string>;
  for (const office of FAILURE_OFFICES)
    signatures[office] = (await simulators.sign(signers[office] ?? HOLDERS[office], file)).toString('base64');
  return {
    systemCode: 'damu',
    fromDay: addDays(today, -3),
    fromTime: '09:00',
    untilDay: addDays(today, 2),
    untilTime: '18:00',
    actNumber: '12-А',
    actDay: today,
    act: file.toString('base64'),
    signatures,
    ...changes,
  };
}

describe('the act of technical failure', () => {
  it('PX-42: without holders of the offices no act is taken', async () => {
    expect(await api().propose(await act())).toEqual({
      ok: false,
      refusal: 'signatory-missing',
      office: 'health',
    });
  });

  it('PX-42: holders of an office are dated and never two on one day', async () => {
    for (const office of FAILURE_OFFICES) {
      const holder = {
        office,
        systemCode: office === 'medical-system' ? 'damu' : null,
        ...HOLDERS[office],
        validFrom: addDays(today, -400),
        validUntil: null,
      };
      expect(await api().addSignatory(holder)).toMatchObject({ ok: true });
      expect(await api().addSignatory(holder)).toEqual({ ok: false, refusal: 'overlaps' });
    }
    expect(
      await api().addSignatory({
        office: 'medical-system',
        systemCode: null,
        ...HOLDERS.health,
        validFrom: today,
        validUntil: null,
      }),
    ).toEqual({ ok: false, refusal: 'system-missing' });
    expect((await api().list()).signatories).toHaveLength(4);
  });

  it('PX-42: each of the four signatures must be over this file and by the holder of its office', async () => {
    const stranger = { iin: '600101300009', surname: 'Бөтен', name: 'Адам', patronymic: null };
    for (const office of FAILURE_OFFICES)
      expect(await api().propose(await act({}, { [office]: stranger }))).toEqual({
        ok: false,
        refusal: 'signer-not-holder',
        office,
      });
    const right = await act();
    const other = await act({}, {}, smallPdf('another act'));
    expect(
      await api().propose({
        ...right,
        signatures: { ...right.signatures, digital: other.signatures.digital },
      }),
    ).toEqual({ ok: false, refusal: 'signature-wrong', office: 'digital' });
    // The holders' order matters: a signature of one office does not stand for another.
    expect(
      await api().propose({ ...right, signatures: { ...right.signatures, labour: right.signatures.health } }),
    ).toMatchObject({ refusal: 'signer-not-holder', office: 'labour' });
    expect(await world.db.$count(technicalFailures)).toBe(0);
  });

  it.each([
    ['period-order', () => ({ untilDay: addDays(today, -4) })],
    ['period-too-long', () => ({ untilDay: addDays(today, 200) })],
    ['act-before-failure', () => ({ actDay: addDays(today, -5) })],
    ['act-ahead', () => ({ actDay: addDays(today, 1) })],
    ['unknown-system', () => ({ systemCode: 'nobody' })],
    ['act-not-taken', () => ({ act: Buffer.from('PK no pdf').toString('base64') })],
  ] as const)('PX-42: refused as %s', async (refusal, changes) => {
    expect(await api().propose({ ...(await act()), ...changes() })).toMatchObject({ ok: false, refusal });
  });

  it('PX-42: a silent revocation service proves nothing, so the act is to be sent again', async () => {
    const fresh = { iin: '600101300077', surname: 'Жаңа', name: 'Адам', patronymic: null };
    simulators.revocation.faults.ocsp = 'silent';
    const answer = await api().propose(await act({}, { health: fresh }));
    simulators.revocation.faults.ocsp = 'none';
    expect(answer).toEqual({ ok: false, refusal: 'revocation-unknown', office: 'health' });
  });

  it('PX-42: one administrator enters the act, another opens it; the file is shown to both, and every step is in the audit', async () => {
    const file = smallPdf('the act');
    const proposed = await api().propose(await act({}, {}, file));
    if (!proposed.ok) throw new Error(proposed.refusal);
    const { id } = proposed;
    expect(await api().open({ id })).toEqual({ ok: false, refusal: 'same-person' });
    expect((await api().list()).failures[0]).toMatchObject({
      id,
      state: 'proposed',
      counts: false,
      cases: 0,
    });
    expect(await second.client.technicalFailures.act({ id })).toEqual({
      ok: true,
      actNumber: '12-А',
      content: file.toString('base64'),
    });
    expect(await second.client.technicalFailures.open({ id })).toEqual({ ok: true });
    expect(await second.client.technicalFailures.open({ id })).toEqual({ ok: false, refusal: 'settled' });
    expect(await api().withdraw({ id })).toEqual({ ok: false, refusal: 'settled' });
    const [listed] = (await api().list()).failures;
    expect(listed).toMatchObject({ state: 'open', counts: true });
    expect(listed?.signers.map(({ office }) => office)).toEqual([...FAILURE_OFFICES]);
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `technical-failure:${id}`));
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'technicalFailures.propose',
        'technicalFailures.act',
        'technicalFailures.open',
      ]),
    );
  });

  it('PX-42: a second act of the same system on the same days is refused until the first is withdrawn', async () => {
    expect(await api().propose(await act())).toMatchObject({ ok: false, refusal: 'overlaps' });
    const later = { fromDay: addDays(today, 3), untilDay: addDays(today, 4), actDay: today };
    expect(await api().propose(await act(later))).toMatchObject({ refusal: 'act-before-failure' });
  });

  it('PX-42: the database itself keeps four eyes and written signatures', async () => {
    const [row] = await world.db.select().from(technicalFailures);
    await expect(
      world.owner
        .update(technicalFailures)
        .set({ decidedBy: row?.proposedBy })
        .where(eq(technicalFailures.id, row?.id ?? '')),
    ).rejects.toMatchObject({ cause: { code: '23514' } });
    await expect(world.owner.delete(technicalFailureSignatures)).rejects.toThrow();
    await expect(world.db.update(technicalFailures).set({ actNumber: 'x' })).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });
});
