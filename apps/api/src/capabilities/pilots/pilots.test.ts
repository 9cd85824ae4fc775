import { queuePilots } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { startReferenceData } from '../reference/reference-data.ts';

let world: World;
/** Friday 20 November 2026: the pilot of Akmola runs until Saturday, and nothing prolongs it yet. */
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-20T08:40' });
  await world.owner.execute(`delete from queue_pilot where valid_from = '2026-11-22'`);
  await world.reference.reload();
});
afterAll(() => world.close());

const administrator = async () =>
  (await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' })).client;
const act = { kk: 'бұйрық', ru: 'приказ', en: 'order' };
const PROLONGED = {
  regionCode: '11',
  validFrom: '2026-11-22',
  validUntil: '2027-11-21',
  legalAct: act,
} as const;

async function ready() {
  const person = await world.person();
  const form = await world.form(person.id);
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  const book = (day: string) =>
    client.queue.bookPlace({
      formId: form.id,
      day,
      startsAt: '10:00',
      requestKey: world.random.id(world.clock.now()),
    });
  const registration = async () =>
    (await client.queue.eligibility({ formId: form.id })).checks.find(
      ({ check }) => check === 'permanent-registration',
    );
  return { client, form, book, registration };
}

describe('Pilots of the electronic queue', () => {
  it('GV-04: on 21 November 2026 the queue is there, on the 22nd the person hears that there is no booking', async () => {
    world.clock.set('2026-11-21T23:59');
    expect(await (await ready()).registration()).toMatchObject({ state: 'passed' });
    world.clock.set('2026-11-22T00:00');
    expect(await (await ready()).registration()).toMatchObject({
      state: 'failed',
      reason: 'region-without-queue',
    });
    world.clock.set('2026-11-20T08:41');
  });

  it('GV-04: a day after the end is neither offered nor given, until the pilot is prolonged by one more row', async () => {
    const { client, form, book } = await ready();
    expect((await client.queue.freeTimes({ formId: form.id })).days.map(({ day }) => day)).toEqual([
      '2026-11-20',
    ]);
    expect(await book('2026-11-23')).toMatchObject({ ok: false, refusal: 'region-without-queue' });

    const keeper = await administrator();
    expect(await keeper.pilots.add({ ...PROLONGED, validFrom: '2026-11-21' })).toEqual({
      ok: false,
      refusal: 'overlaps',
    });
    expect(await keeper.pilots.add(PROLONGED)).toMatchObject({ ok: true });
    expect(await book('2026-11-23')).toMatchObject({ ok: true });
    const { regions } = await world.client(null).pilots.reception();
    const akmola = regions.find(({ regionCode }) => regionCode === '11');
    expect(akmola).toMatchObject({ bookingUntil: '2027-11-21' });
    expect(akmola?.departments.map(({ number }) => number)).toEqual([1, 2]);
    expect(regions.filter(({ bookingUntil }) => bookingUntil !== null)).toHaveLength(1);
  });

  it('GV-04: the table itself refuses periods of a region that share a day', async () => {
    const at = world.clock.now();
    const write = world.db.insert(queuePilots).values({
      id: world.random.id(at),
      regionCode: '11',
      validFrom: plainDate('2027-11-21'),
      validUntil: plainDate('2028-11-20'),
      legalAct: act,
    });
    await expect(write).rejects.toMatchObject({ cause: { constraint_name: 'queue_pilot_alone' } });
  });

  it('GV-04: a period that lies ahead can be taken back, one that runs cannot', async () => {
    const keeper = await administrator();
    const added = await keeper.pilots.add({
      ...PROLONGED,
      regionCode: '59',
      validFrom: '2027-01-01',
      validUntil: '2027-12-31',
    });
    if (!added.ok) throw new Error(added.refusal);
    expect(await keeper.pilots.takeBack({ id: added.id })).toEqual({ ok: true });
    const { pilots } = await keeper.pilots.list();
    expect(pilots.map(({ state }) => state)).toEqual(['ahead', 'in-force']);
    const running = pilots.find(({ state }) => state === 'in-force');
    expect(await keeper.pilots.takeBack({ id: running?.id ?? '' })).toEqual({
      ok: false,
      refusal: 'already-begun',
    });
  });

  it('GV-04: another process knows a new pilot within ten seconds', async () => {
    const other = await startReferenceData(world.db);
    try {
      const knows = () => other.pilots().some(({ regionCode }) => regionCode === '75');
      expect(knows()).toBe(false);
      const keeper = await administrator();
      await keeper.pilots.add({ ...PROLONGED, regionCode: '75' });
      const end = performance.now() + 11_000;
      while (!knows() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(knows()).toBe(true);
    } finally {
      other.stop();
    }
  }, 20_000);
});
