import { auditEvents, consentEvents } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { hasConsent } from './has-consent.ts';
import { CONSENT_VERSIONS, consentVersionOn } from './versions.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const someone = async () => {
  const person = await world.person();
  return { person, consent: (await world.signIn(person.id)).client.consent };
};
const historyOf = (personId: string) =>
  world.db.select().from(consentEvents).where(eq(consentEvents.personId, personId)).orderBy(consentEvents.id);

describe('EQ-16: consent to the processing of personal data', () => {
  test('EQ-16: nobody has agreed before they agree', async () => {
    const { person, consent } = await someone();
    expect(await consent.current()).toEqual({ version: CONSENT_VERSIONS.at(-1)?.version, given: null });
    expect(await hasConsent(world.db, person.id)).toBe(false);
  });

  test('EQ-16: giving keeps who, which wording, in which language and when', async () => {
    const { person, consent } = await someone();
    const { version } = await consent.current();
    expect(await consent.give({ version, language: 'ru' })).toEqual({ ok: true });
    expect(await consent.current()).toEqual({
      version,
      given: { version, language: 'ru', at: world.clock.now().toISOString() },
    });
    expect(await hasConsent(world.db, person.id)).toBe(true);
    expect(await historyOf(person.id)).toMatchObject([
      {
        personId: person.id,
        givenBy: person.id,
        kind: 'given',
        version,
        language: 'ru',
        at: world.clock.now(),
      },
    ]);
  });

  test('EQ-16: a wording that is not in force is not agreed to', async () => {
    const { person, consent } = await someone();
    expect(await consent.give({ version: '2025-01-01', language: 'kk' })).toEqual({
      ok: false,
      refusal: 'version-outdated',
    });
    expect(await historyOf(person.id)).toEqual([]);
  });

  test('EQ-16: agreeing twenty times at once is one agreement', async () => {
    const { person, consent } = await someone();
    const { version } = await consent.current();
    await Promise.all(Array.from({ length: 20 }, () => consent.give({ version, language: 'kk' })));
    expect(await historyOf(person.id)).toHaveLength(1);
  });

  test('EQ-16: consent can be withdrawn and given again, and the history keeps every step', async () => {
    const { person, consent } = await someone();
    const { version } = await consent.current();
    await consent.withdraw();
    expect(await historyOf(person.id)).toEqual([]);
    await consent.give({ version, language: 'kk' });
    await consent.withdraw();
    await consent.withdraw();
    expect(await hasConsent(world.db, person.id)).toBe(false);
    expect((await consent.current()).given).toBeNull();
    await consent.give({ version, language: 'kk' });
    expect((await historyOf(person.id)).map((event) => event.kind)).toEqual(['given', 'withdrawn', 'given']);
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.personId, person.id),
          like(auditEvents.action, 'consent.%'),
          eq(auditEvents.outcome, 'done'),
        ),
      )
      .orderBy(auditEvents.id);
    expect(audit.map((row) => row.action)).toEqual(['consent.give', 'consent.withdraw', 'consent.give']);
  });

  test('EQ-16: withdrawing keeps the booking that was made and refuses a new one', async () => {
    const { person, consent } = await someone();
    const { version } = await consent.current();
    const form = await world.form(person.id);
    await consent.give({ version, language: 'kk' });
    const { client } = await world.signIn(person.id);
    const book = async (requestKey: string) => {
      const { nearest } = await client.queue.freeTimes({ formId: form.id });
      return client.queue.bookPlace({ formId: form.id, ...present(nearest), requestKey });
    };
    const booked = await book('018f0000-0000-4000-8000-000000000001');
    if (!booked.ok) throw new Error(booked.refusal);
    await consent.withdraw();
    expect((await client.queue.myBooking({ bookingId: booked.bookingId })).booking.state).toBe('booked');
    await client.queue.cancelBooking({ bookingId: booked.bookingId });
    expect(await book('018f0000-0000-4000-8000-000000000002')).toMatchObject({
      ok: false,
      refusal: 'consent-missing',
    });
  });

  test('EQ-16: the wording of a day is the newest that has begun', () => {
    const versions = [
      { version: 'one', validFrom: plainDate('2026-01-01') },
      { version: 'two', validFrom: plainDate('2026-06-01') },
    ];
    expect(consentVersionOn(plainDate('2026-05-31'), versions)).toBe('one');
    expect(consentVersionOn(plainDate('2026-06-01'), versions)).toBe('two');
  });
});
