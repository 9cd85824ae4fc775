import { bookings, messages, places } from '@mse/db/schema';
import { ticketNumber } from '@mse/domain/queue';
import { plainDate, plainTime } from '@mse/domain/shared';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, local, startWorld, UNIT_ELSEWHERE, type World } from '../../../test/harness.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set('2026-11-23T08:40'));

let free = plainDate('2026-11-24');
/** A day no other test of this file uses. */
function nextDay() {
  const used = free;
  do free = plainDate(new Date(Date.parse(`${free}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
  while (!world.reference.calendar().isWorkingDay(free));
  return used;
}
const key = () => world.random.id(world.clock.now());
const nine = plainTime('09:00');
const ten = plainTime('10:00');

/** A person with consent, an accepted form and an open session. */
async function ready(changes: Parameters<World['person']>[0] = {}) {
  const person = await world.person(changes);
  const form = await world.form(person.id);
  await world.consent(person.id);
  const { client, token } = await world.signIn(person.id);
  return { person, form, client, token };
}

describe('booking a place', () => {
  it('EQ-10: a booking gives a ticket, takes the place, sends SMS-2 now and three days before, and leaves an audit row', async () => {
    const { person, form, client } = await ready();
    const day = plainDate('2026-12-10');
    const booked = await client.queue.bookPlace({
      formId: form.id,
      day,
      startsAt: plainTime('14:30'),
      accessNeeds: ['wheelchair', 'escort'],
      requestKey: key(),
    });
    if (!booked.ok) throw new Error(booked.refusal);
    expect(booked.ticketNo).toBe('A-005');
    expect(booked.ticketCode).toMatch(/^[\w-]{22}$/);
    const [row] = await world.db.select().from(bookings).where(eq(bookings.id, booked.bookingId));
    expect(row).toMatchObject({
      state: 'booked',
      personId: person.id,
      accessNeeds: ['wheelchair', 'escort'],
      startsInstant: local('2026-12-10T14:30'),
    });
    const [place] = await world.db.select().from(places).where(eq(places.bookingId, booked.bookingId));
    expect(place).toMatchObject({ departmentId: DEPARTMENT_1, day, issued: 1 });
    const sent = await world.db
      .select()
      .from(messages)
      .where(eq(messages.bookingId, booked.bookingId))
      .orderBy(messages.dueAt);
    expect(sent.map(({ template, dueAt, phone }) => ({ template, dueAt, phone }))).toEqual([
      { template: 'sms-2', dueAt: world.clock.now(), phone: person.phone },
      { template: 'sms-2', dueAt: local('2026-12-07T10:00'), phone: person.phone },
    ]);
    const audit = await world.db.execute(
      sql`select action, outcome, actor, person_id from audit_event where subject = ${`booking:${booked.bookingId}`}`,
    );
    expect(audit).toEqual([
      { action: 'queue.bookPlace', outcome: 'done', actor: person.id, person_id: person.id },
    ]);
  });

  it('EQ-11: a booking made less than three days ahead has no reminder', async () => {
    const { form, client } = await ready();
    const booked = await client.queue.bookPlace({
      formId: form.id,
      day: nextDay(),
      startsAt: plainTime('12:00'),
      requestKey: key(),
    });
    if (!booked.ok) throw new Error(booked.refusal);
    expect(
      await world.db.select().from(messages).where(eq(messages.bookingId, booked.bookingId)),
    ).toHaveLength(1);
  });

  it('EQ-10: two at once for the last place make one booking, and the other is told the three nearest free times', async () => {
    const day = plainDate('2026-12-08');
    const people = await Promise.all([ready(), ready()]);
    const answers = await Promise.all(
      people.map(({ client, form }) =>
        client.queue.bookPlace({ formId: form.id, day, startsAt: ten, requestKey: key() }),
      ),
    );
    const lost = answers.filter((answer) => !answer.ok);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(lost).toEqual([
      {
        ok: false,
        refusal: 'time-taken',
        nearest: [
          { day, startsAt: '09:00' },
          { day, startsAt: '11:00' },
          { day, startsAt: '12:00' },
        ],
      },
    ]);
  });

  it('EQ-10: the same page saved fifty times at once makes one booking and fifty equal answers', async () => {
    const { form, client } = await ready();
    const wish = { formId: form.id, day: nextDay(), startsAt: nine, requestKey: key() };
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.queue.bookPlace(wish)));
    expect(answers[0]?.ok).toBe(true);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await world.db.select().from(bookings).where(eq(bookings.formId, form.id))).toHaveLength(1);
  });

  it('EQ-10: a save repeated later is answered as before, even after the form has expired', async () => {
    const { form, client, person } = await ready();
    const wish = { formId: form.id, day: nextDay(), startsAt: nine, requestKey: key() };
    const first = await client.queue.bookPlace(wish);
    world.clock.set('2027-01-11T09:00');
    const later = await world.signIn(person.id);
    expect(await later.client.queue.bookPlace(wish)).toEqual(first);
  });

  it('EQ-10: a key used again for another time is refused', async () => {
    const { form, client } = await ready();
    const day = nextDay();
    const requestKey = key();
    await client.queue.bookPlace({ formId: form.id, day, startsAt: nine, requestKey });
    expect(await client.queue.bookPlace({ formId: form.id, day, startsAt: ten, requestKey })).toMatchObject({
      ok: false,
      refusal: 'request-key-reused',
    });
  });

  it('EQ-10: the key of another person reveals nothing and hinders nobody', async () => {
    const [left, right] = [await ready(), await ready()];
    const day = nextDay();
    const requestKey = key();
    const first = await left.client.queue.bookPlace({
      formId: left.form.id,
      day,
      startsAt: nine,
      requestKey,
    });
    const second = await right.client.queue.bookPlace({
      formId: right.form.id,
      day,
      startsAt: ten,
      requestKey,
    });
    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(second).not.toMatchObject({ bookingId: first.ok && first.bookingId });
  });

  it('EQ-13: a form with a live booking cannot be booked again', async () => {
    const { form, client } = await ready();
    const day = nextDay();
    await client.queue.bookPlace({ formId: form.id, day, startsAt: nine, requestKey: key() });
    expect(await client.queue.bookPlace({ formId: form.id, day, startsAt: ten, requestKey: key() })).toEqual({
      ok: false,
      refusal: 'already-booked',
      nearest: [],
    });
  });

  it('EQ-13: one form saved from twenty pages at once has one booking', async () => {
    const { form, client } = await ready();
    const day = nextDay();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.queue.bookPlace({ formId: form.id, day, startsAt: index % 2 ? nine : ten, requestKey: key() }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(new Set(answers.map((answer) => (answer.ok ? 'ok' : answer.refusal)))).toEqual(
      new Set(['ok', 'already-booked']),
    );
  });

  it('EQ-08, EQ-09, EQ-16: each missing condition is refused by its own name', async () => {
    const day = nextDay();
    const elsewhere = await ready({ unitCode: UNIT_ELSEWHERE });
    const homeless = await ready({ unitCode: null, address: null });
    const fine = await ready();
    const silentPerson = await world.person();
    const silent = {
      form: await world.form(silentPerson.id),
      client: (await world.signIn(silentPerson.id)).client,
    };
    const remote = await world.form(fine.person.id, { track: 'remote-proactive' });
    const book = async (
      client: typeof fine.client,
      formId: string,
      wish: { day?: string; startsAt?: string } = {},
    ) => {
      const answer = await client.queue.bookPlace({
        formId,
        day: wish.day ?? day,
        startsAt: wish.startsAt ?? '12:00',
        requestKey: key(),
      });
      return answer.ok ? 'booked' : answer.refusal;
    };
    expect(await book(silent.client, silent.form.id)).toBe('consent-missing');
    expect(await book(elsewhere.client, elsewhere.form.id)).toBe('region-without-queue');
    expect(await book(homeless.client, homeless.form.id)).toBe('no-permanent-registration');
    expect(await book(fine.client, remote.id)).toBe('form-not-accepted');
    expect(await book(fine.client, fine.form.id, { day: '2026-12-24' })).toBe('after-form-validity');
    expect(await book(fine.client, fine.form.id, { day: '2026-11-20' })).toBe('time-passed');
    expect(await book(fine.client, fine.form.id, { startsAt: '13:00' })).toBe('time-taken');
    expect(await book(fine.client, fine.form.id)).toBe('booked');
    world.clock.set('2026-12-24T09:00');
    const later = await world.signIn(silentPerson.id);
    await world.consent(silentPerson.id);
    expect(await book(later.client, silent.form.id, { day: '2026-12-25' })).toBe('form-expired');
  });

  it('EQ-08: "no registration" from long ago is not believed while the registry is silent, and mends when it answers', async () => {
    const { form, person, client } = await ready({
      unitCode: null,
      address: null,
      personsAsOf: local('2026-10-01T09:00'),
    });
    world.registries.silence('persons');
    const wish = { formId: form.id, day: nextDay(), startsAt: nine, requestKey: key() };
    expect(await client.queue.bookPlace(wish)).toMatchObject({ refusal: 'registry-silent' });
    const { checks } = await client.queue.eligibility({ formId: form.id });
    expect(checks[1]).toEqual({
      check: 'permanent-registration',
      state: 'unknown',
      reason: 'registry-silent',
    });
    world.registries.answerAgain();
    world.registries.put({
      ...person,
      hasPermanentRegistration: true,
      permanentRegistration: { unitCode: '111010000', kk: 'Көкшетау', ru: 'Кокшетау' },
      asOf: world.clock.now(),
    });
    expect(await client.queue.bookPlace(wish)).toMatchObject({ ok: true });
  });

  it('EQ-07: a guardian books for a ward, and the ward without a phone is reached through the guardian', async () => {
    const guardian = await ready();
    const ward = await world.person({ phone: null });
    const form = await world.form(ward.id);
    await world.guardian(guardian.person, ward);
    const booked = await guardian.client.queue.bookPlace({
      formId: form.id,
      day: nextDay(),
      startsAt: nine,
      requestKey: key(),
    });
    if (!booked.ok) throw new Error(booked.refusal);
    const { booking } = await guardian.client.queue.myBooking({ bookingId: booked.bookingId });
    expect(booking).toMatchObject({ personId: ward.id, self: false, canCancel: true, canMove: true });
    const [message] = await world.db.select().from(messages).where(eq(messages.bookingId, booked.bookingId));
    expect(message).toMatchObject({ personId: ward.id, phone: guardian.person.phone });
    const wardsOwn = await world.signIn(ward.id);
    expect((await wardsOwn.client.queue.myBooking({ bookingId: booked.bookingId })).booking.self).toBe(true);
  });

  it('EQ-07: a guardianship that has ended opens nothing', async () => {
    const guardian = await ready();
    const ward = await world.person();
    const form = await world.form(ward.id);
    await world.guardian(guardian.person, ward, plainDate('2026-11-22'));
    await expect(guardian.client.queue.eligibility({ formId: form.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it("T02: another person's form, booking and ticket read as not found, like ones that do not exist", async () => {
    const [owner, stranger] = [await ready(), await ready()];
    const day = nextDay();
    const booked = await owner.client.queue.bookPlace({
      formId: owner.form.id,
      day,
      startsAt: nine,
      requestKey: key(),
    });
    if (!booked.ok) throw new Error(booked.refusal);
    const { queue } = stranger.client;
    const attempts = [
      queue.eligibility({ formId: owner.form.id }),
      queue.freeTimes({ formId: owner.form.id }),
      queue.reviewBooking({ formId: owner.form.id, day, startsAt: ten }),
      queue.bookPlace({ formId: owner.form.id, day, startsAt: ten, requestKey: key() }),
      queue.myBooking({ bookingId: booked.bookingId }),
      queue.moveBooking({ bookingId: booked.bookingId, day, startsAt: ten, requestKey: key() }),
      queue.cancelBooking({ bookingId: booked.bookingId }),
      queue.ticket({ code: booked.ticketCode }),
      queue.eligibility({ formId: key() }),
      queue.myBooking({ bookingId: key() }),
      queue.ticket({ code: 'A'.repeat(22) }),
    ];
    for (const { status, ...rest } of await Promise.allSettled<unknown>(attempts)) {
      expect({ status, ...rest }).toMatchObject({
        status: 'rejected',
        reason: { code: 'NOT_FOUND', message: 'not-found' },
      });
    }
    expect((await owner.client.queue.myBooking({ bookingId: booked.bookingId })).booking.state).toBe(
      'booked',
    );
  });

  it('C35: a stranger learns of a ticket only whether it is valid and for when', async () => {
    const { client, form } = await ready();
    const day = nextDay();
    const booked = await client.queue.bookPlace({ formId: form.id, day, startsAt: nine, requestKey: key() });
    if (!booked.ok) throw new Error(booked.refusal);
    const anonymous = world.client(null);
    const valid = { state: 'valid', ticketNo: booked.ticketNo, day, startsAt: '09:00' };
    const voided = { state: 'void', ticketNo: null, day: null, startsAt: null };
    expect(await anonymous.queue.checkTicket({ code: booked.ticketCode })).toEqual(valid);
    expect(await anonymous.queue.checkTicket({ code: 'B'.repeat(22) })).toEqual(voided);
    await client.queue.cancelBooking({ bookingId: booked.bookingId });
    expect(await anonymous.queue.checkTicket({ code: booked.ticketCode })).toEqual(voided);
  });

  it('C12: the review says what saving would say', async () => {
    const { client, form, person } = await ready();
    const day = nextDay();
    const review = await client.queue.reviewBooking({ formId: form.id, day, startsAt: nine });
    expect(review).toMatchObject({
      refusal: null,
      nearest: [],
      self: true,
      phoneMasked: expect.stringMatching(/••/) as string,
    });
    expect(JSON.stringify(review)).not.toContain(person.iin);
    expect(await client.queue.reviewBooking({ formId: form.id, day, startsAt: '13:00' })).toMatchObject({
      refusal: 'time-taken',
      nearest: { length: 3 },
    });
  });
});

describe('ticket numbers', () => {
  it('EQ-10: the database numbers tickets exactly as the domain does', async () => {
    const issues = [
      0,
      1,
      22,
      23,
      24,
      45,
      528,
      529,
      551,
      552,
      553,
      12_000,
      ...Array.from({ length: 3000 }, (_, index) => index * 7),
    ];
    const days = [1, 2, 9, 10, 99, 100, 999, 1000, 12_345];
    const pairs = issues.map((issue, index) => [days[index % days.length] ?? 1, issue] as const);
    const rows = await world.db.execute<{ no: string }>(
      sql`select ticket_number(d, i) as no from unnest(${`{${pairs.map(([day]) => day).join(',')}}`}::int[], ${`{${pairs.map(([, issue]) => issue).join(',')}}`}::int[]) with ordinality as t (d, i, n) order by n`,
    );
    expect(rows.map((row) => row.no)).toEqual(pairs.map(([day, issue]) => ticketNumber(day, issue)));
  });

  it('EQ-10: a place given again has another letter, so no number of a day repeats', async () => {
    const { client, form } = await ready();
    const day = nextDay();
    const numbers = [];
    for (let round = 0; round < 3; round += 1) {
      const booked = await client.queue.bookPlace({
        formId: form.id,
        day,
        startsAt: nine,
        requestKey: key(),
      });
      if (!booked.ok) throw new Error(booked.refusal);
      numbers.push(booked.ticketNo);
      await client.queue.cancelBooking({ bookingId: booked.bookingId });
    }
    expect(numbers).toEqual(['A-001', 'B-001', 'C-001']);
  });
});
