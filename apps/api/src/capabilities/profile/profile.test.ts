import { auditEvents, faultReports, messages, persons } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { openCode } from '../identity/sealed-code.ts';
import { relayDueMessages } from '../notifications/relay-messages.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ horizonDays: 20 });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set('2026-11-23T10:00'));

let phones = 0;
const freshPhone = () => `+7702${String(2_000_000 + ++phones)}`;

async function someone(changes: Parameters<World['person']>[0] = {}) {
  const person = await world.person(changes);
  const { client } = await world.signIn(person.id, { trust: 'signature' });
  return { person, client };
}

const stored = async (personId: string) =>
  present((await world.db.select().from(persons).where(eq(persons.id, personId)))[0]);

/** The codes of a change, as they go to the SMS centre. */
async function codesOf(changeId: string): Promise<Record<string, { code: string; phone: string | null }>> {
  const sent = await world.db
    .select()
    .from(messages)
    .where(like(messages.onceKey, `code:phone-change:${changeId}:%`));
  return Object.fromEntries(
    sent.map((message) => [
      message.onceKey.split(':').at(-1) ?? '',
      {
        code: present(openCode(world.deps.settings.SECRET_KEY, message.params.sealed ?? '')),
        phone: message.phone,
      },
    ]),
  );
}

describe('what a person says of themselves', () => {
  it('C27: language, e-mail and needs are kept; what the registries say is shown as theirs', async () => {
    const { person, client } = await someone();
    await client.profile.save({
      messageLanguage: 'en',
      email: ' name@example.kz ',
      accessNeeds: ['wheelchair', 'wheelchair'],
    });
    expect(await client.profile.mine()).toMatchObject({
      registry: { birthDate: person.birthDate, phoneMasked: '+7 7•• •••-••-01' },
      messageLanguage: 'en',
      email: 'name@example.kz',
      accessNeeds: ['wheelchair'],
      contactPhoneMasked: null,
      trust: 'signature',
    });
    const [line] = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.personId, person.id), eq(auditEvents.action, 'profile.save')));
    expect(JSON.stringify(present(line).detail)).not.toContain('example');
    await client.profile.save({ messageLanguage: 'kk', email: '', accessNeeds: [] });
    expect(await client.profile.mine()).toMatchObject({ email: null, accessNeeds: [] });
  });

  it('C27: an e-mail that is none is refused in words of its field', async () => {
    const { client } = await someone();
    await expect(client.profile.save({ messageLanguage: 'kk', email: 'no mail' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('EQ-07: the needs of the profile are offered at a booking, of a ward to the parent', async () => {
    const parent = await someone();
    const child = await world.person({ accessNeeds: ['sign-interpreter'] });
    await world.guardian(parent.person, child);
    const form = await world.form(child.id);
    expect(await parent.client.profile.needs({ formId: form.id })).toEqual({
      accessNeeds: ['sign-interpreter'],
    });
  });

  it('EQ-07: a parent says what the child needs; it is offered at the child’s booking, and the audit row is the child’s', async () => {
    const parent = await someone();
    const child = await world.person();
    await world.guardian(parent.person, child);
    const form = await world.form(child.id);
    await parent.client.profile.saveWardNeeds({
      wardId: child.id,
      accessNeeds: ['wheelchair', 'wheelchair', 'escort'],
    });
    const wanted = ['wheelchair', 'escort'];
    expect((await parent.client.cabinet.wards()).wards).toMatchObject([
      { personId: child.id, accessNeeds: wanted },
    ]);
    expect(await parent.client.profile.needs({ formId: form.id })).toEqual({ accessNeeds: wanted });
    expect((await stored(parent.person.id)).accessNeeds).toEqual([]);
    const [line] = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.personId, child.id), eq(auditEvents.action, 'profile.saveWardNeeds')));
    expect(present(line)).toMatchObject({ actor: parent.person.id, outcome: 'done' });
  });

  it('EQ-07: neither a stranger nor a parent whose guardianship has ended says what somebody needs', async () => {
    const stranger = await someone();
    const child = await world.person();
    await expect(
      stranger.client.profile.saveWardNeeds({ wardId: child.id, accessNeeds: ['escort'] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      stranger.client.profile.saveWardNeeds({ wardId: stranger.person.id, accessNeeds: ['escort'] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await stored(child.id)).accessNeeds).toEqual([]);
  });
});

describe('a new contact number', () => {
  it('T13: both codes together change the number; the old number is told; the number of the state stays', async () => {
    const { person, client } = await someone();
    const phone = freshPhone();
    const begun = await client.profile.startPhoneChange({ phone });
    if (!begun.ok) throw new Error(begun.refusal);
    const codes = await codesOf(begun.changeId);
    expect(codes.old?.phone).toBe(person.phone);
    expect(codes.new?.phone).toBe(phone);
    const { changeId } = begun;
    for (const wrong of [
      { newCode: present(codes.new).code },
      { oldCode: present(codes.old).code, newCode: '000000' },
      { oldCode: '000000', newCode: present(codes.new).code },
    ])
      expect(await client.profile.finishPhoneChange({ changeId, ...wrong })).toMatchObject({
        ok: false,
        refusal: 'wrong',
      });
    expect((await stored(person.id)).contactPhone).toBeNull();

    const right = { changeId, oldCode: present(codes.old).code, newCode: present(codes.new).code };
    expect(await client.profile.finishPhoneChange(right)).toEqual({ ok: true });
    expect(await stored(person.id)).toMatchObject({ contactPhone: phone, phone: person.phone });
    const [notice] = await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, person.id), eq(messages.template, 'phone-changed')));
    expect(notice).toMatchObject({
      phone: person.phone,
      params: { newPhone: `+7 7•• •••-••-${phone.slice(-2)}` },
    });
    expect(await client.profile.finishPhoneChange(right)).toMatchObject({ ok: false, refusal: 'used' });
    const acts = await world.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.personId, person.id),
          like(auditEvents.action, 'profile.%Change'),
          eq(auditEvents.outcome, 'done'),
        ),
      );
    expect(acts.map(({ action }) => action)).toEqual([
      'profile.startPhoneChange',
      'profile.finishPhoneChange',
    ]);
  });

  it('T11: five wrong tries end a change, ten minutes too', async () => {
    const { client } = await someone();
    const begun = await client.profile.startPhoneChange({ phone: freshPhone() });
    if (!begun.ok) throw new Error(begun.refusal);
    const { changeId } = begun;
    const codes = await codesOf(changeId);
    const wrong = { changeId, oldCode: '000000', newCode: '000000' };
    const answers = [];
    for (let tries = 0; tries < 5; tries += 1) answers.push(await client.profile.finishPhoneChange(wrong));
    expect(answers.map((answer) => (answer.ok ? 0 : answer.triesLeft))).toEqual([4, 3, 2, 1, 0]);
    const right = { oldCode: present(codes.old).code, newCode: present(codes.new).code };
    expect(await client.profile.finishPhoneChange({ changeId, ...right })).toMatchObject({
      refusal: 'too-many-tries',
    });

    world.clock.forward(2);
    const again = await client.profile.startPhoneChange({ phone: freshPhone() });
    if (!again.ok) throw new Error(again.refusal);
    world.clock.forward(11);
    expect(
      await client.profile.finishPhoneChange({ changeId: again.changeId, newCode: '000000' }),
    ).toMatchObject({
      refusal: 'expired',
    });
  });

  it('T11: a second change waits a minute, and of twenty at once one begins', async () => {
    const { client } = await someone();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.profile.startPhoneChange({ phone: freshPhone() })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await client.profile.startPhoneChange({ phone: freshPhone() })).toEqual({
      ok: false,
      refusal: 'too-many',
      retryAfterSeconds: 60,
    });
  });

  it('C27: one’s own number is none to change to; without any number the new code suffices', async () => {
    const { person, client } = await someone();
    expect(await client.profile.startPhoneChange({ phone: person.phone ?? '' })).toMatchObject({
      refusal: 'same-phone',
    });
    const without = await someone({ phone: null });
    const begun = await without.client.profile.startPhoneChange({ phone: freshPhone() });
    if (!begun.ok) throw new Error(begun.refusal);
    expect(begun.oldPhoneMasked).toBeNull();
    const codes = await codesOf(begun.changeId);
    expect(Object.keys(codes)).toEqual(['new']);
    const newCode = present(codes.new).code;
    expect(await without.client.profile.finishPhoneChange({ changeId: begun.changeId, newCode })).toEqual({
      ok: true,
    });
  });

  it('EQ-10: what the order sends goes to the number of the state, with one copy to the contact number and none of a code', async () => {
    const contactPhone = freshPhone();
    const { person, client } = await someone({ contactPhone });
    const form = await world.form(person.id);
    await world.consent(person.id);
    const { nearest } = await client.queue.freeTimes({ formId: form.id });
    await client.queue.bookPlace({
      formId: form.id,
      ...present(nearest),
      requestKey: world.random.id(world.clock.now()),
    });
    await client.profile.startPhoneChange({ phone: freshPhone() });
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await relayDueMessages(world.deps);
      // As after a lost job: the first is handed over once more.
      if (rounds === 0)
        await world.db
          .update(messages)
          .set({ state: 'queued' })
          .where(and(eq(messages.personId, person.id), eq(messages.template, 'sms-2')));
    }
    const sent = await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, person.id), eq(messages.template, 'sms-2')));
    const due = sent.filter((message) => message.dueAt <= world.clock.now());
    expect(due.map((message) => message.phone).sort()).toEqual([person.phone, contactPhone].sort());
    expect(
      await world.db.$count(
        messages,
        and(eq(messages.personId, person.id), like(messages.onceKey, 'code:%:copy')),
      ),
    ).toBe(0);
  });

  it('EQ-06: without a number in the base of mobile citizens the confirmed one serves', async () => {
    const contactPhone = freshPhone();
    const { person, client } = await someone({ phone: null, contactPhone });
    const form = await world.form(person.id);
    await world.consent(person.id);
    const { nearest } = await client.queue.freeTimes({ formId: form.id });
    const answer = await client.queue.bookPlace({
      formId: form.id,
      ...present(nearest),
      requestKey: world.random.id(world.clock.now()),
    });
    if (!answer.ok) throw new Error(answer.refusal);
    await client.queue.cancelBooking({ bookingId: answer.bookingId });
    const sent = await world.db.select().from(messages).where(eq(messages.personId, person.id));
    expect(new Set(sent.map((message) => message.phone))).toEqual(new Set([contactPhone]));
  });

  it('C27: a contact number can be given up, and is told so', async () => {
    const contactPhone = freshPhone();
    const { person, client } = await someone({ contactPhone });
    await client.profile.removePhone();
    await client.profile.removePhone();
    expect((await stored(person.id)).contactPhone).toBeNull();
    const notices = await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, person.id), eq(messages.template, 'phone-changed')));
    expect(notices.map((message) => message.phone)).toEqual([contactPhone]);
  });
});

describe('who looked at my data', () => {
  it('T34: a clerk’s look is shown with role, department, purpose and data, and without a name; one’s own looks are not', async () => {
    const { person, client } = await someone();
    const form = await world.form(person.id);
    await world.consent(person.id);
    const { nearest } = await client.queue.freeTimes({ formId: form.id });
    const booked = await client.queue.bookPlace({
      formId: form.id,
      ...present(nearest),
      requestKey: world.random.id(world.clock.now()),
    });
    if (!booked.ok) throw new Error(booked.refusal);
    world.clock.set(`${booked.day}T08:30`);
    const staff = await world.staff('clerk', DEPARTMENT_1);
    const clerk = await world.signIn(staff.id, { audience: 'staff' });
    const arrived = await clerk.client.desk.markArrival({ bookingId: booked.bookingId });
    if (!arrived.ok) throw new Error(arrived.refusal);
    await clerk.client.desk.visit({ visitId: arrived.visitId });

    const { client: back } = await world.signIn(person.id);
    const { lines, more } = await back.profile.accessLog({});
    expect(more).toBe(false);
    expect(lines.map(({ role, purpose, outcome }) => [role, purpose, outcome])).toEqual([
      ['clerk', 'visit', 'seen'],
      ['clerk', 'visit', 'done'],
    ]);
    expect(lines[0]?.department?.kk).toBe('№ 1 МӘС бөлімі');
    const said = JSON.stringify(lines);
    for (const secret of [staff.surname, staff.name, staff.iin, staff.id]) expect(said).not.toContain(secret);
  });

  it('T34: pages follow each other without a gap or a repetition, also within one instant', async () => {
    const { person, client } = await someone();
    await world.db.insert(auditEvents).values(
      Array.from({ length: 45 }, () => ({
        at: world.clock.now(),
        actor: 'client:x',
        actorRole: 'integration',
        action: 'intake.receiveForm',
        outcome: 'done' as const,
        personId: person.id,
      })),
    );
    const seen: number[] = [];
    let before: number | undefined;
    for (let pages = 0; pages < 5; pages += 1) {
      const page = await client.profile.accessLog(before === undefined ? {} : { before });
      seen.push(...page.lines.map((line) => line.id));
      before = page.lines.at(-1)?.id;
      if (!page.more) break;
    }
    expect(seen).toHaveLength(45);
    expect([...new Set(seen)].sort((one, other) => other - one)).toEqual(seen);
  });

  it('EQ-07: looks at a ward’s data are shown to the guardian with the ward’s name, and to nobody else', async () => {
    const parent = await someone();
    const child = await world.person();
    await world.guardian(parent.person, child);
    const [line] = await world.db
      .insert(auditEvents)
      .values({
        at: world.clock.now(),
        actor: 'system:worker',
        actorRole: 'system',
        action: 'queue.annulLate',
        outcome: 'done',
        personId: child.id,
      })
      .returning({ id: auditEvents.id });
    expect((await parent.client.profile.accessLog({})).lines).toMatchObject([
      {
        id: present(line).id,
        role: 'system',
        wardName: `${child.surname} ${child.name} ${child.patronymic}`,
      },
    ]);
    const stranger = await someone();
    await expect(stranger.client.profile.accessLine({ id: present(line).id })).rejects.toThrow('not-found');
  });

  it('C28: a look is disputed once, with a number', async () => {
    const { person, client } = await someone();
    const [line] = await world.db
      .insert(auditEvents)
      .values({
        at: world.clock.now(),
        actor: 'client:x',
        actorRole: 'integration',
        action: 'intake.receiveForm',
        outcome: 'done',
        personId: person.id,
      })
      .returning({ id: auditEvents.id });
    const { id } = present(line);
    const answers = await Promise.all(
      [1, 2, 3].map(() => client.profile.disputeAccess({ id, text: 'I was not there' })),
    );
    const accepted = answers.flatMap((answer) => (answer.ok ? [answer.number] : []));
    expect(accepted).toHaveLength(1);
    expect(accepted[0]).toMatch(/^F-20261123-[2-9A-Z]{6}$/);
    const reports = await world.db.select().from(faultReports).where(eq(faultReports.personId, person.id));
    expect(reports).toMatchObject([
      {
        kind: 'access-dispute',
        number: accepted[0],
        subject: `audit:${id}`,
        text: 'I was not there',
        state: 'open',
      },
    ]);
    expect((await client.profile.accessLog({})).lines[0]?.disputed).toBe(accepted[0]);
  });
});

describe('wards and consents', () => {
  it('EQ-07: asked anew, the registry’s word of now counts; its silence keeps what is known', async () => {
    const parent = await someone();
    const child = await world.person();
    world.clock.forward(5);
    world.registries.guard(
      parent.person.iin,
      child.iin,
      'parent',
      plainDate('2020-01-01'),
      plainDate('2027-01-01'),
    );
    expect((await parent.client.cabinet.wards()).wards).toEqual([]);
    expect(await parent.client.profile.askWardsAnew()).toEqual({ answered: true });
    expect((await parent.client.cabinet.wards()).wards).toMatchObject([
      { personId: child.id, valid: true, validUntil: '2027-01-01' },
    ]);
    world.clock.forward(5);
    world.registries.silence('guardianship');
    expect(await parent.client.profile.askWardsAnew()).toEqual({ answered: false });
    world.registries.answerAgain();
    expect((await parent.client.cabinet.wards()).wards).toHaveLength(1);
  });

  it('EQ-16: the history of consents shows every step, newest first', async () => {
    const { client } = await someone();
    expect(await client.profile.consents()).toEqual({ given: false, events: [] });
    const { version } = await client.consent.current();
    await client.consent.give({ version, language: 'ru' });
    world.clock.forward(1);
    await client.consent.withdraw();
    const history = await client.profile.consents();
    expect(history.given).toBe(false);
    expect(history.events.map(({ kind, language }) => [kind, language])).toEqual([
      ['withdrawn', 'kk'],
      ['given', 'ru'],
    ]);
  });
});
