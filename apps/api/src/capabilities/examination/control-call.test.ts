import { messages } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { callForControl, enterMissedPeriod, receivePostalCall } from './control-call.ts';

let world: World;
beforeAll(async () => {
  // Friday evening.
  world = await startWorld({ now: '2026-11-27T19:00' });
});
afterAll(() => world.close());

const address = { kk: 'Көкшетау, Абай 1', ru: 'Кокшетау, Абая 1', en: 'Kokshetau, Abai 1' };

async function called(phone?: null) {
  const methodologist = await world.staff('methodologist');
  const person = await world.person(phone === null ? { phone } : {});
  const form = await world.form(person.id);
  const call = await world.db.transaction((tx) =>
    callForControl(
      world.deps,
      tx,
      { formId: form.id, calledBy: methodologist.id, actorRole: 'methodologist', address },
      world.clock.now(),
    ),
  );
  return { call, form, methodologist };
}

it('PX-41: an SMS to the number of the base calls the person, with three working days from it', async () => {
  const { call, form } = await called();
  expect(call).toMatchObject({ channel: 'sms', receivedOn: null, dueOn: '2026-12-02' });
  const [sms] = await world.db.select().from(messages).where(eq(messages.formId, form.id));
  expect(sms).toMatchObject({ template: 'm-04', state: 'queued', params: { address: address.kk } });
});

it('PX-41: without a number a postal call goes out, and the term begins with its receipt, once', async () => {
  const { call, form } = await called(null);
  expect(call).toMatchObject({ channel: 'post', dueOn: null });
  expect(await world.db.$count(messages, eq(messages.formId, form.id))).toBe(0);
  const receive = (day: string) =>
    world.db.transaction((tx) =>
      receivePostalCall(world.deps, tx, { callId: call.id, receivedOn: plainDate(day) }),
    );
  expect(await receive('2026-11-26')).toEqual({ ok: false, refusal: 'not-open' });
  expect(await receive('2026-12-14')).toMatchObject({ ok: true, value: { dueOn: '2026-12-18' } });
  expect(await receive('2026-12-15')).toEqual({ ok: false, refusal: 'not-open' });
});

it('PX-40: a missed period is kept as a person has judged it, once, and the database refuses what lies outside', async () => {
  const { form, methodologist } = await called();
  const enter = (creditedFrom: string | null) =>
    enterMissedPeriod(
      world.db,
      {
        formId: form.id,
        examinedOn: plainDate('2026-11-27'),
        enteredBy: methodologist.id,
        missedFrom: plainDate('2026-09-01'),
        missedTo: plainDate('2026-10-31'),
        validReason: true,
        creditedFrom: creditedFrom === null ? null : plainDate(creditedFrom),
      },
      world.clock.now(),
    );
  expect(await enter('2026-08-01')).toEqual({ ok: false, refusal: 'credited-outside' });
  expect(await enter('2026-09-10')).toEqual({ ok: true, value: 'entered' });
  expect(await enter(null)).toEqual({ ok: false, refusal: 'already-entered' });
  await expect(
    world.owner.execute(`update missed_period set credited_from = '2026-11-01'`),
  ).rejects.toThrow();
});
