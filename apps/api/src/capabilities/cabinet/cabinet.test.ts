import { auditEvents, messages } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { answersSettled } from '../identity/after-answer.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.registries.answerAgain());

const cabinetOf = async (personId: string) => (await world.signIn(personId)).client.cabinet;

describe('EQ-07: the cabinet', () => {
  test('EQ-07: without anything the person waits for the clinic’s form', async () => {
    const person = await world.person();
    const overview = await (await cabinetOf(person.id)).overview();
    expect(overview).toMatchObject({
      wardsKnown: true,
      consentGiven: false,
      people: [{ personId: person.id, self: true, form: null, booking: null, nextStep: 'wait-for-form' }],
    });
  });

  test('EQ-07: a guardian sees the ward with form and next step, a stranger does not', async () => {
    const guardian = await world.person();
    const ward = await world.person();
    const former = await world.person();
    await world.guardian(guardian, ward, plainDate('2027-01-01'));
    await world.guardian(guardian, former, plainDate('2026-01-01'));
    const form = await world.form(ward.id);
    await world.form(former.id);
    await world.form((await world.person()).id);
    await world.consent(guardian.id);
    const { people } = await (await cabinetOf(guardian.id)).overview();
    expect(
      people.map((each) => [
        each.personId,
        each.nextStep,
        each.basis,
        each.basisUntil,
        each.form?.id ?? null,
      ]),
    ).toEqual([
      [guardian.id, 'wait-for-form', null, null, null],
      [ward.id, 'book', 'parent', '2027-01-01', form.id],
    ]);
    const seen = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.actor, guardian.id), eq(auditEvents.action, 'cabinet.overview')));
    expect(seen.map((row) => row.personId).sort()).toEqual([guardian.id, ward.id].sort());
  });

  test('C08: from consent to booking to the visit the next step follows, and the newest form counts', async () => {
    const person = await world.person();
    await world.form(person.id, {
      signedAt: new Date('2026-08-01T05:00:00Z'),
      acceptedAt: new Date('2026-08-01T06:00:00Z'),
    });
    const { client } = await world.signIn(person.id);
    const step = async () => present((await client.cabinet.overview()).people[0]);
    expect((await step()).nextStep).toBe('form-expired');
    const form = await world.form(person.id);
    expect((await step()).nextStep).toBe('give-consent');
    await client.consent.give({ version: (await client.consent.current()).version, language: 'kk' });
    expect(await step()).toMatchObject({ nextStep: 'book', form: { id: form.id } });
    const { nearest } = await client.queue.freeTimes({ formId: form.id });
    const booked = await client.queue.bookPlace({
      formId: form.id,
      ...present(nearest),
      requestKey: '018f0000-0000-4000-8000-000000000003',
    });
    if (!booked.ok) throw new Error(booked.refusal);
    expect(await step()).toMatchObject({
      nextStep: 'come',
      booking: { id: booked.bookingId, ticketNo: booked.ticketNo },
    });
    await client.queue.cancelBooking({ bookingId: booked.bookingId });
    expect((await step()).nextStep).toBe('book-again');
  });

  test('EQ-07: wards that were never asked for are waited for, later changes come with the next visit', async () => {
    const guardian = await world.person({ wardsAsOf: null });
    const ward = await world.person();
    world.registries.guard(guardian.iin, ward.iin, 'guardian', plainDate('2020-01-01'), null);
    const cabinet = await cabinetOf(guardian.id);
    world.registries.silence('guardianship');
    expect(await cabinet.overview()).toMatchObject({ wardsKnown: false, people: [{}] });
    await answersSettled(world.deps);
    world.registries.answerAgain();
    expect((await cabinet.overview()).people).toHaveLength(2);
    await answersSettled(world.deps);
    const second = await world.person();
    world.registries.guard(guardian.iin, second.iin, 'guardian', plainDate('2020-01-01'), null);
    expect((await cabinet.overview()).people).toHaveLength(2);
    world.clock.forward(25 * 60);
    const again = await cabinetOf(guardian.id);
    expect((await again.overview()).people).toHaveLength(2);
    await answersSettled(world.deps);
    expect((await again.overview()).people).toHaveLength(3);
  });

  test('C09: wards are listed with their basis, ended ones too', async () => {
    const guardian = await world.person();
    const ward = await world.person({ surname: 'Аа' });
    const former = await world.person({ surname: 'Яя' });
    await world.guardian(guardian, ward);
    await world.guardian(guardian, former, plainDate('2026-01-01'));
    expect(await (await cabinetOf(guardian.id)).wards()).toMatchObject({
      registryAnswered: true,
      wards: [
        { personId: ward.id, basis: 'parent', validUntil: null, valid: true },
        { personId: former.id, validUntil: '2026-01-01', valid: false },
      ],
    });
  });
});

describe('C26: messages', () => {
  let count = 0;
  async function message(personId: string, changes: Partial<typeof messages.$inferInsert> = {}) {
    const at = world.clock.now();
    const [row] = await world.db
      .insert(messages)
      .values({
        id: world.random.id(at),
        personId,
        template: 'sms-1',
        language: 'kk',
        phone: '+77011234567',
        text: `Хабарлама ${count}`,
        onceKey: `test:${(count += 1)}`,
        state: 'delivered',
        createdAt: at,
        dueAt: at,
        stateAt: at,
        ...changes,
      })
      .returning();
    return present(row);
  }

  test('EQ-06: own and wards’ messages are shown with text, masked number and state; codes and strangers’ never', async () => {
    const guardian = await world.person();
    const ward = await world.person();
    const former = await world.person();
    await world.guardian(guardian, ward);
    await world.guardian(guardian, former, plainDate('2026-01-01'));
    const own = await message(guardian.id);
    world.clock.forward(1);
    const wards = await message(ward.id, { state: 'undelivered' });
    await message(guardian.id, { template: 'code', text: null, params: { sealed: 'x' } });
    await message(former.id);
    await message((await world.person()).id);
    await message(guardian.id, {
      dueAt: new Date(world.clock.now().getTime() + 60_000),
      state: 'queued',
      text: null,
    });
    const answer = await (await cabinetOf(guardian.id)).messages({});
    expect(answer.more).toBe(false);
    expect(answer.messages.map((each) => each.id)).toEqual([wards.id, own.id]);
    expect(answer.messages[1]).toMatchObject({
      text: own.text,
      phoneMasked: '+7 7•• •••-••-67',
      state: 'delivered',
      language: 'kk',
    });
    expect(JSON.stringify(answer)).not.toContain('+77011234567');
  });

  test('EQ-06: a message without a number is shown in the words it would have had', async () => {
    const person = await world.person({ phone: null });
    await message(person.id, { phone: null, text: null, state: 'dead', language: 'ru' });
    const { messages: shown } = await (await cabinetOf(person.id)).messages({});
    expect(shown).toMatchObject([{ state: 'dead', phoneMasked: null }]);
    expect(shown[0]?.text).toContain(person.surname);
  });

  test('C26: pages follow each other without a gap or a repetition, also when many messages have one instant', async () => {
    const person = await world.person();
    const written: string[] = [];
    for (let each = 0; each < 47; each += 1) {
      if (each % 5 === 0) world.clock.forward(1);
      written.push((await message(person.id)).id);
    }
    const cabinet = await cabinetOf(person.id);
    const read: string[] = [];
    let before: string | undefined;
    for (let more = true; more;) {
      const page = await cabinet.messages({ before });
      read.push(...page.messages.map((each) => each.id));
      before = page.messages.at(-1)?.createdAt;
      more = page.more;
    }
    expect(read).toHaveLength(47);
    expect(new Set(read)).toEqual(new Set(written));
  });
});
