import { messageEvents, messages } from '@mse/db/schema';
import type { MessageTemplate } from '@mse/domain/notifications';
import { startSimulators, type Simulators } from '@mse/simulators';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { sealCode } from '../identity/sealed-code.ts';
import { type NotificationOptions, startNotifications } from './start-notifications.ts';

const GRACE_MS = 1200;

let simulators: Simulators;
let world: World;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  simulators = await startSimulators();
});
afterAll(() => simulators.close());

beforeEach(async () => {
  await simulators.smsc.configure({
    listening: true,
    bind: 'accept',
    submit: 'accept',
    submitRate: 1,
    responseDelayMs: 0,
    receipts: 'deliver',
    receiptDelayMs: 20,
    receiptOddity: 'none',
    enquireLink: 'answer',
  });
  simulators.smsc.clear();
  world = await startWorld({
    settings: { SMPP_URL: simulators.smppUrl, PORTAL_URL: 'https://aleumet.egov.kz', SMPP_PER_SECOND: 500 },
  });
});
afterEach(async () => {
  for (const part of running.splice(0)) await part.stop();
  await world.close();
});

async function start(options: NotificationOptions = {}) {
  const part = await startNotifications(world.deps, {
    graceMs: GRACE_MS,
    relayEveryMs: 50,
    sweepEveryMs: 200,
    ...options,
    smpp: { reconnectFirstMs: 50, reconnectLastMs: 200, answerMs: 400, ...options.smpp },
  });
  running.push(part);
  return part;
}

async function addMessage(
  changes: Partial<typeof messages.$inferInsert> & { template: MessageTemplate; personId: string },
) {
  const at = world.clock.now();
  const id = world.random.id(at);
  const [row] = await world.db
    .insert(messages)
    .values({
      id,
      language: 'ru',
      phone: '+77011234567',
      onceKey: `test:${id}`,
      createdAt: at,
      dueAt: at,
      stateAt: at,
      ...changes,
    })
    .returning();
  if (!row) throw new Error('message not stored');
  return row;
}

async function read(id: string) {
  const [row] = await world.db.select().from(messages).where(eq(messages.id, id));
  if (!row) throw new Error('no message');
  return row;
}

const steps = (id: string) =>
  world.db
    .select({ state: messageEvents.state, detail: messageEvents.detail })
    .from(messageEvents)
    .where(eq(messageEvents.messageId, id))
    .orderBy(asc(messageEvents.id));

async function until<Value>(
  what: () => Promise<Value>,
  holds: (value: Value) => boolean,
  ms = 8000,
): Promise<Value> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await what();
    if (holds(value)) return value;
    if (performance.now() > end) throw new Error(`It did not come to pass: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
const reaches = (id: string, state: string, ms?: number) =>
  until(
    () => read(id),
    (row) => row.state === state,
    ms,
  );

async function booked() {
  const person = await world.person({ surname: 'Қуатова', name: 'Әлия', patronymic: 'Ерланқызы' });
  const form = await world.form(person.id);
  const code = 'q'.repeat(22);
  await world.db
    .execute(sql`select book_place(${world.random.id(world.clock.now())}, ${form.id}, ${person.id}, ${person.id}, ${world.random.id(world.clock.now())},
    ${DEPARTMENT_1}, '2026-11-30', '10:00', '2026-11-30T10:00:00+05:00', ${code}, '{}', ${world.clock.now().toISOString()}, 'ru', ${person.phone}, ${world.random.id(world.clock.now())},
    ${world.random.id(world.clock.now())}, '2026-11-27T10:00:00+05:00', null, 'citizen', 'test')`);
  const rows = await world.db
    .select()
    .from(messages)
    .where(eq(messages.formId, form.id))
    .orderBy(asc(messages.dueAt));
  const [now, reminder] = rows;
  if (!now?.bookingId || !reminder) throw new Error('the booking has no messages');
  return { person, form, now, reminder, bookingId: now.bookingId };
}

describe('SMS through the SMPP centre', () => {
  it('EQ-05, EQ-06: SMS-1 reaches the phone in the words of the order, and its steps stay as evidence', async () => {
    await start();
    const person = await world.person({ surname: 'Қуатова', name: 'Әлия', patronymic: 'Ерланқызы' });
    const message = await addMessage({
      template: 'sms-1',
      personId: person.id,
      formId: (await world.form(person.id)).id,
    });
    const row = await reaches(message.id, 'delivered');
    const text =
      'Уважаемый(ая) Қуатова Әлия Ерланқызы! Ваши медицинские документы прошли проверку, просим записаться на освидетельствование в отдел медико-социальной экспертизы по ссылке "https://aleumet.egov.kz".';
    expect(row.text).toBe(text);
    expect(simulators.smsc.messages('+77011234567').map((inbox) => inbox.text)).toEqual([text]);
    expect(simulators.smsc.messages()[0]).toMatchObject({
      from: 'ALEUMET',
      dataCoding: 8,
      joinedBy: 'udh',
      partsExpected: 3,
      partsReceived: 3,
    });
    expect(row).toMatchObject({ parts: 3, attempts: 1, failure: null });
    expect((await steps(message.id)).map((step) => step.state)).toEqual([
      'sending',
      'unknown',
      'accepted',
      'accepted',
      'accepted',
      'delivered',
    ]);
  });

  it('EQ-10, EQ-11: SMS-2 names department, date, time, address and ticket, at once and again three calendar days before', async () => {
    await start();
    const { now, reminder } = await booked();
    const text =
      'Уважаемый(ая) Қуатова Әлия Ерланқызы! Вы записаны на освидетельствование в отдел медико-социальной экспертизы № 1 дата 30.11.26, время 10:00 по адресу Көкшетау, Абай көшесі, 89, 14-каб., номер талона A-027. Вы можете отменить свою запись в "личном кабинете" "https://aleumet.egov.kz".';
    const first = await reaches(now.id, 'delivered');
    expect(first.text?.replace(/A-\d+/, 'A-027')).toBe(text);
    expect((await read(reminder.id)).state).toBe('queued');
    world.clock.set('2026-11-27T10:00');
    expect((await reaches(reminder.id, 'delivered')).text).toBe(first.text);
    expect(simulators.smsc.messages()).toHaveLength(2);
  });

  it('EQ-11: a reminder of a booking that was cancelled is not sent', async () => {
    await start();
    const { now, reminder, bookingId } = await booked();
    await reaches(now.id, 'delivered');
    await world.db.execute(sql`update booking set state = 'cancelled' where id = ${bookingId}`);
    world.clock.set('2026-11-27T10:00');
    expect(await reaches(reminder.id, 'expired')).toMatchObject({ failure: 'booking-changed', text: null });
    expect(simulators.smsc.messages()).toHaveLength(1);
  });

  it('EQ-12, EQ-14: SMS-3 and SMS-4 go out in the language of the person', async () => {
    await start();
    const { person, form, bookingId, now } = await booked();
    await reaches(now.id, 'delivered');
    const [three, four] = [
      await addMessage({
        template: 'sms-3',
        personId: person.id,
        formId: form.id,
        bookingId,
        language: 'kk',
      }),
      await addMessage({
        template: 'sms-4',
        personId: person.id,
        formId: form.id,
        bookingId,
        language: 'en',
      }),
    ];
    expect((await reaches(three.id, 'delivered')).text).toMatch(
      /^Құрметті Қуатова Әлия Ерланқызы! Сіз № 1 медициналық-әлеуметтік сараптама бөліміне куәландыруға жазылуыңызды болдырмадыңыз: күні 30\.11\.26, уақыты 10:00, мекенжайы /,
    );
    expect((await reaches(four.id, 'delivered')).text).toMatch(
      /^Dear Қуатова Әлия Ерланқызы! Your booking .* has been annulled/,
    );
  });

  it('T11: a one-time code is opened only for the centre; neither text nor seal is kept', async () => {
    await start();
    const person = await world.person();
    const sealed = sealCode(world.deps.settings.SECRET_KEY, '493027', world.random);
    const message = await addMessage({
      template: 'code',
      personId: person.id,
      params: { sealed },
      language: 'kk',
    });
    const row = await reaches(message.id, 'delivered');
    expect(row).toMatchObject({ text: null, params: {} });
    expect(simulators.smsc.messages()[0]?.text).toBe('Код 493027. Оны ешкімге айтпаңыз.');
    expect(JSON.stringify(await steps(message.id))).not.toContain('493027');
  });

  it('T22: a code that waited longer than its five minutes is not sent any more', async () => {
    await simulators.smsc.configure({ listening: false });
    await start();
    const person = await world.person();
    const message = await addMessage({
      template: 'code',
      personId: person.id,
      params: { sealed: sealCode(world.deps.settings.SECRET_KEY, '493027', world.random) },
      expiresAt: new Date(world.clock.now().getTime() + 300_000),
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await read(message.id)).state).toBe('queued');
    world.clock.forward(6);
    expect(await reaches(message.id, 'expired')).toMatchObject({ params: {} });
    await simulators.smsc.configure({ listening: true });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(simulators.smsc.messages()).toEqual([]);
  });

  it('EQ-06: a message without a number waits for a person and is not lost', async () => {
    await start();
    const person = await world.person({ phone: null });
    const message = await addMessage({ template: 'sms-1', personId: person.id, phone: null });
    expect(await reaches(message.id, 'dead')).toMatchObject({ failure: 'no-number' });
  });

  it('EQ-06: what the centre could not deliver is kept as undelivered with its reason', async () => {
    await simulators.smsc.configure({ receipts: 'fail' });
    await start();
    const person = await world.person();
    const message = await addMessage({ template: 'sms-1', personId: person.id });
    expect((await reaches(message.id, 'undelivered')).failure).toBe('UNDELIV err:001');
  });

  it('T22: a number the centre refuses is not tried again', async () => {
    await simulators.smsc.configure({ submit: 'invalid-address' });
    await start();
    const person = await world.person();
    const message = await addMessage({ template: 'sms-1', personId: person.id });
    expect(await reaches(message.id, 'undelivered')).toMatchObject({ failure: 'smpp-0x0b', attempts: 1 });
  });

  for (const [submit, status] of [
    ['throttle', '0x58'],
    ['queue-full', '0x14'],
    ['system-error', '0x08'],
  ] as const) {
    it(`T22: ${submit} puts the message off; it is accepted once when the centre recovers`, async () => {
      await simulators.smsc.configure({ submit });
      await start();
      const person = await world.person();
      const message = await addMessage({ template: 'sms-1', personId: person.id });
      const waiting = await until(
        () => read(message.id),
        (row) => row.failure !== null,
      );
      expect(waiting).toMatchObject({ state: 'queued', failure: `smpp-${status}` });
      await simulators.smsc.configure({ submit: 'accept' });
      world.clock.forward(10);
      await reaches(message.id, 'delivered');
      expect(simulators.smsc.messages()).toHaveLength(1);
    });
  }

  it('T22: a connection that breaks under a message does not lose it: it goes out again after the grace period', async () => {
    await simulators.smsc.configure({ submit: 'disconnect' });
    await start();
    const person = await world.person();
    const message = await addMessage({ template: 'sms-1', personId: person.id });
    await until(
      () => read(message.id),
      (row) => row.state === 'unknown',
    );
    await simulators.smsc.configure({ submit: 'accept' });
    const row = await reaches(message.id, 'queued');
    expect(row.failure).toBe('no-answer');
    world.clock.forward(10);
    await reaches(message.id, 'delivered');
    expect(simulators.smsc.messages()).toMatchObject([{ partsReceived: 3, state: 'delivered' }]);
  });

  it('T22: a message whose answer never comes is settled by its receipt and accepted once', async () => {
    await simulators.smsc.configure({ submit: 'silent', receiptDelayMs: 600 });
    const before = simulators.smsc.state().submitted;
    await start();
    const person = await world.person();
    const message = await addMessage({ template: 'sms-1', personId: person.id });
    await until(
      () => steps(message.id),
      (all) => all.some((step) => step.detail === 'no-answer'),
    );
    const row = await reaches(message.id, 'delivered');
    expect(row.attempts).toBe(1);
    expect(row.centreIds.every((id) => /^[0-9a-f]{8}$/.test(id))).toBe(true);
    expect(simulators.smsc.messages()).toHaveLength(1);
    expect(simulators.smsc.state().submitted - before).toBe(3);
  });

  it('T22: an answer that comes after its time still counts', async () => {
    await simulators.smsc.configure({ responseDelayMs: 700, receipts: 'none' });
    await start();
    const person = await world.person();
    const message = await addMessage({ template: 'sms-1', personId: person.id });
    await reaches(message.id, 'accepted');
    expect((await read(message.id)).attempts).toBe(1);
    expect(simulators.smsc.messages()).toHaveLength(1);
  });

  it('T22: a worker that dies between sending and hearing sends nothing twice; the next one hears the receipts', async () => {
    await simulators.smsc.configure({ submit: 'silent', receiptDelayMs: 300 });
    const first = await start({ smpp: { answerMs: 60_000 } });
    const person = await world.person();
    const message = await addMessage({ template: 'sms-1', personId: person.id });
    await until(
      () => Promise.resolve(simulators.smsc.messages()[0]?.partsReceived),
      (parts) => parts === 3,
    );
    running.splice(running.indexOf(first), 1);
    // The line goes with the process; what it would have written is never written.
    simulators.smsc.break('disconnect');
    await first.stop();
    expect((await read(message.id)).state).toBe('unknown');
    world.clock.forward(600);
    await start();
    await reaches(message.id, 'delivered');
    expect((await read(message.id)).attempts).toBe(1);
    expect(simulators.smsc.messages()).toHaveLength(1);
  });

  for (const oddity of ['twice', 'unknown-too', 'before-response'] as const) {
    it(`EQ-06: receipts that come ${oddity} leave one true state`, async () => {
      await simulators.smsc.configure({ receiptOddity: oddity });
      await start();
      const person = await world.person();
      const message = await addMessage({ template: 'sms-1', personId: person.id });
      const row = await reaches(message.id, 'delivered');
      expect(new Set(row.centreIds).size).toBe(3);
      const receipts = (await steps(message.id)).filter((step) => step.detail?.startsWith('part '));
      expect(receipts).toHaveLength(3);
    });
  }

  for (const breakage of ['disconnect', 'half-pdu', 'huge-length', 'garbage'] as const) {
    it(`T22: ${breakage} on the line is survived; the session binds again and messages go on`, async () => {
      await start();
      const person = await world.person();
      await reaches((await addMessage({ template: 'sms-1', personId: person.id })).id, 'delivered');
      simulators.smsc.break(breakage);
      const second = await addMessage({ template: 'sms-1', personId: person.id });
      await until(
        async () => {
          world.clock.forward(1);
          return read(second.id);
        },
        (row) => row.state === 'delivered',
      );
      expect(simulators.smsc.messages()).toHaveLength(2);
    });
  }

  it('T22: while the centre is dead nothing is tried and nothing lost; afterwards the backlog drains, each message once', async () => {
    await simulators.smsc.configure({ listening: false });
    await start();
    const person = await world.person();
    const sent = [];
    for (let number = 0; number < 40; number += 1)
      sent.push(
        await addMessage({
          template: 'sms-1',
          personId: person.id,
          phone: `+770112300${String(number).padStart(2, '0')}`,
        }),
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await read(sent[0]?.id ?? '')).attempts).toBe(0);
    await simulators.smsc.configure({ listening: true });
    await until(
      () => world.db.$count(messages, eq(messages.state, 'delivered')),
      (count) => count === 40,
    );
    expect(simulators.smsc.messages()).toHaveLength(40);
  });

  it('T22: two workers share the outbox and no message is accepted twice', async () => {
    await start();
    await start();
    const person = await world.person();
    for (let number = 0; number < 60; number += 1)
      await addMessage({
        template: 'sms-1',
        personId: person.id,
        phone: `+770112300${String(number).padStart(2, '0')}`,
      });
    await until(
      () => world.db.$count(messages, eq(messages.state, 'delivered')),
      (count) => count === 60,
      15_000,
    );
    expect(simulators.smsc.messages()).toHaveLength(60);
    expect(simulators.smsc.messages().every((inbox) => inbox.partsReceived === 3)).toBe(true);
  });

  it('T32: a message handed over whose job vanished is handed over again', async () => {
    const person = await world.person();
    const message = await addMessage({ template: 'sms-1', personId: person.id, state: 'sending' });
    await start();
    await reaches(message.id, 'delivered');
    expect((await steps(message.id))[0]).toEqual({ state: 'queued', detail: 'job-lost' });
  });
});
