/** The SMS centre over real SMPP. */
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulators, type Simulators } from '../simulators.ts';
import type { Pdu, Session, SmppLibrary } from '../smpp.d.ts';

const smpp = createRequire(import.meta.url)('smpp') as SmppLibrary;
const PHONE = '77011234567';
const LONG =
  'Құрметті Әлия Қуатқызы! Сіз 2026 жылғы 25 қарашада сағат 10:30-да медициналық-әлеуметтік сараптамаға жазылдыңыз. Мекенжай: Көкшетау қ., Абай көш., 52. 😀 Қайта жазылу: https://aleumet.egov.kz';

let simulators: Simulators;
let sessions: Session[];
let receipts: Pdu[];
beforeEach(async () => {
  simulators = await startSimulators();
  sessions = [];
  receipts = [];
});
afterEach(async () => {
  for (const each of sessions) each.destroy();
  await simulators.close();
});

async function control(path: string, body: object): Promise<unknown> {
  const response = await fetch(`${simulators.httpUrl}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`control answered ${response.status}`);
  return response.json();
}

function open(): Session {
  const { host } = new URL(simulators.smppUrl);
  const session = smpp.connect({ url: `smpp://${host}` });
  session.on('error', () => undefined);
  session.on('deliver_sm', (pdu) => {
    receipts.push(pdu);
    session.send(pdu.response());
  });
  sessions.push(session);
  return session;
}

const call = (send: (done: (pdu: Pdu) => void) => void): Promise<Pdu> =>
  new Promise((resolve) => send(resolve));

async function bound(): Promise<Session> {
  const session = open();
  const { username, password } = new URL(simulators.smppUrl);
  const response = await call((done) => session.bind_transceiver({ system_id: username, password }, done));
  expect(response.command_status).toBe(0);
  return session;
}

const base = {
  source_addr_ton: 5,
  source_addr: 'ALEUMET',
  dest_addr_ton: 1,
  dest_addr_npi: 1,
  destination_addr: PHONE,
  registered_delivery: 1,
  data_coding: 8,
};
const submit = (session: Session, fields: object): Promise<Pdu> =>
  call((done) => session.submit_sm({ ...base, ...fields }, done));

/** Parts of at most 67 code units that never cut a surrogate pair. */
function split(text: string): string[] {
  const parts = [''];
  for (const sign of text) {
    if ((parts.at(-1) ?? '').length + sign.length > 67) parts.push('');
    parts[parts.length - 1] += sign;
  }
  return parts;
}

describe('the SMS centre', () => {
  test('T22: a wrong password is refused with 0x0d and the connection closed', async () => {
    const session = open();
    const closed = new Promise<void>((resolve) => session.on('close', resolve));
    const response = await call((done) =>
      session.bind_transceiver({ system_id: 'saraptama', password: 'x' }, done),
    );
    expect(response.command_status).toBe(0x0d);
    await closed;
  });

  test('T22: nothing can be sent before binding', async () => {
    expect((await submit(open(), { short_message: 'x' })).command_status).toBe(0x04);
  });

  test('T22: a short Kazakh message arrives whole and is reported as delivered', async () => {
    const session = await bound();
    const response = await submit(session, {
      short_message: 'Код: 123456. Әлеумет',
      user_message_reference: 4242,
    });
    expect(response.command_status).toBe(0);
    await expect.poll(() => receipts.length).toBe(1);
    const [receipt] = receipts;
    expect(receipt).toMatchObject({
      receipted_message_id: response.message_id,
      message_state: 2,
      user_message_reference: 4242,
      source_addr: PHONE,
      destination_addr: 'ALEUMET',
    });
    expect((receipt?.esm_class ?? 0) & 0x3c).toBe(4);
    expect(String(receipt?.short_message?.message)).toMatch(
      new RegExp(
        `^id:${response.message_id} sub:001 dlvrd:001 submit date:\\d{10} done date:\\d{10} stat:DELIVRD err:000 text:`,
      ),
    );
    expect(simulators.smsc.messages()).toMatchObject([
      {
        text: 'Код: 123456. Әлеумет',
        to: `+${PHONE}`,
        from: 'ALEUMET',
        state: 'delivered',
        partsExpected: 1,
      },
    ]);
  });

  test.each(['udh', 'udh16', 'sar', 'payload'] as const)(
    'T22: a long message joined by %s is read as one',
    async (way) => {
      const session = await bound();
      const parts = split(LONG);
      expect(parts.length).toBeGreaterThan(2);
      if (way === 'payload') {
        await submit(session, { message_payload: LONG, short_message: '' });
      } else {
        // The last part first: order must not matter.
        for (const index of parts.map((_, each) => each).reverse()) {
          const message = parts[index] ?? '';
          const place = [parts.length, index + 1] as const;
          if (way === 'udh')
            await submit(session, {
              esm_class: 0x40,
              short_message: { udh: Buffer.from([5, 0, 3, 77, ...place]), message },
            });
          if (way === 'udh16')
            await submit(session, {
              esm_class: 0x40,
              short_message: { udh: Buffer.from([6, 8, 4, 1, 77, ...place]), message },
            });
          if (way === 'sar')
            await submit(session, {
              sar_msg_ref_num: 77,
              sar_total_segments: place[0],
              sar_segment_seqnum: place[1],
              short_message: message,
            });
        }
      }
      const [message, ...others] = simulators.smsc.messages();
      expect(others).toEqual([]);
      expect(message?.text).toBe(LONG);
      expect(message?.partsReceived).toBe(way === 'payload' ? 1 : parts.length);
      await expect.poll(() => receipts.length).toBe(way === 'payload' ? 1 : parts.length);
      expect(simulators.smsc.messages()[0]?.state).toBe('delivered');
    },
  );

  test('T22: a message with a missing part shows what came and is not called delivered', async () => {
    const session = await bound();
    await submit(session, {
      esm_class: 0x40,
      short_message: { udh: Buffer.from([5, 0, 3, 9, 2, 1]), message: 'бірінші ' },
    });
    await expect.poll(() => receipts.length).toBe(1);
    expect(simulators.smsc.messages()).toMatchObject([
      { text: 'бірінші …', partsReceived: 1, partsExpected: 2, state: 'accepted' },
    ]);
  });

  test.each([
    ['throttle', 0x58],
    ['queue-full', 0x14],
    ['invalid-address', 0x0b],
    ['system-error', 0x08],
  ] as const)('T22: when set to "%s" it answers %i and keeps nothing', async (behaviour, status) => {
    const session = await bound();
    await control('smsc', { submit: behaviour });
    expect((await submit(session, { short_message: 'x' })).command_status).toBe(status);
    expect(simulators.smsc.messages()).toEqual([]);
    await control('smsc', { submit: 'accept' });
    expect((await submit(session, { short_message: 'x' })).command_status).toBe(0);
  });

  test('T22: a destination that is no number is refused without any setting', async () => {
    const session = await bound();
    expect((await submit(session, { short_message: 'x', destination_addr: 'ALMATY' })).command_status).toBe(
      0x0b,
    );
  });

  test('T22: a silent centre takes the message, never confirms it, and reports it all the same', async () => {
    const session = await bound();
    await control('smsc', { submit: 'silent', receiptDelayMs: 20 });
    let answered = false;
    void submit(session, { short_message: 'x' }).then(() => (answered = true));
    await expect.poll(() => receipts.length).toBe(1);
    expect(answered).toBe(false);
    expect(simulators.smsc.messages()).toHaveLength(1);
  });

  test('T22: receipts wait while nobody is bound and come after binding again', async () => {
    const first = await bound();
    await control('smsc', { receiptDelayMs: 150 });
    const { message_id: id } = await submit(first, { short_message: 'x' });
    first.destroy();
    await expect.poll(() => simulators.smsc.state().waitingReceipts).toBe(1);
    expect(receipts).toEqual([]);
    await bound();
    await expect.poll(() => receipts.map((each) => each.receipted_message_id)).toEqual([id]);
    expect(simulators.smsc.state().waitingReceipts).toBe(0);
  });

  test('T22: a receipt that was sent and not confirmed is sent again to the next one', async () => {
    const { host, username, password } = new URL(simulators.smppUrl);
    const deaf = smpp.connect({ url: `smpp://${host}` });
    deaf.on('error', () => undefined);
    let heard = 0;
    deaf.on('deliver_sm', () => (heard += 1));
    await call((done) => deaf.bind_transceiver({ system_id: username, password }, done));
    await submit(deaf, { short_message: 'x' });
    await expect.poll(() => heard).toBe(1);
    deaf.destroy();
    await expect.poll(() => simulators.smsc.state().waitingReceipts).toBe(1);
    await bound();
    await expect.poll(() => receipts.length).toBe(1);
  });

  test.each([
    ['fail', 5, 'UNDELIV', 'undeliverable'],
    ['expire', 3, 'EXPIRED', 'expired'],
    ['reject', 8, 'REJECTD', 'rejected'],
  ] as const)('T22: with receipts set to "%s" the state is %i', async (behaviour, code, word, state) => {
    const session = await bound();
    await control('smsc', { receipts: behaviour, receiptDelayMs: 0 });
    await submit(session, { short_message: 'x' });
    await expect.poll(() => receipts.length).toBe(1);
    expect(receipts[0]?.message_state).toBe(code);
    expect(String(receipts[0]?.short_message?.message)).toContain(`stat:${word}`);
    expect(simulators.smsc.messages()[0]?.state).toBe(state);
  });

  test('T22: receipts may come twice, for unknown messages, or before the confirmation', async () => {
    const session = await bound();
    await control('smsc', { receiptOddity: 'twice', receiptDelayMs: 0 });
    const first = await submit(session, { short_message: 'x' });
    await expect
      .poll(() => receipts.map((each) => each.receipted_message_id))
      .toEqual([first.message_id, first.message_id]);
    await control('smsc', { receiptOddity: 'unknown-too' });
    await submit(session, { short_message: 'x' });
    await expect.poll(() => receipts.at(-1)?.receipted_message_id).toBe('ffffffff');
    await control('smsc', { receiptOddity: 'before-response', responseDelayMs: 100 });
    const before = receipts.length;
    let seenAtResponse = 0;
    await submit(session, { short_message: 'x' }).then(() => (seenAtResponse = receipts.length));
    expect(seenAtResponse).toBe(before + 1);
  });

  test('T22: no receipt is sent where none was asked for', async () => {
    const session = await bound();
    await control('smsc', { receiptDelayMs: 0 });
    await submit(session, { short_message: 'x', registered_delivery: 0 });
    await submit(session, { short_message: 'y' });
    await expect.poll(() => receipts.length).toBe(1);
    expect(receipts).toHaveLength(1);
  });

  test.each(['disconnect', 'half-pdu', 'huge-length', 'garbage'] as const)(
    'T22: "%s" breaks the connection and a new one works',
    async (how) => {
      const session = await bound();
      const broken = new Promise<void>((resolve) => {
        session.on('close', resolve);
        session.on('error', () => resolve());
        session.on('unknown', () => resolve());
      });
      await control('smsc', { break: how });
      if (how !== 'garbage') await broken;
      const next = await bound();
      expect((await submit(next, { short_message: 'x' })).command_status).toBe(0);
    },
  );

  test('T22: a centre that is down refuses connections and comes back on the same port', async () => {
    await bound();
    await control('smsc', { listening: false });
    const refused = open();
    await new Promise<void>((resolve) => refused.on('close', resolve));
    await control('smsc', { listening: true });
    const session = await bound();
    expect((await submit(session, { short_message: 'x' })).command_status).toBe(0);
  });

  test('T22: enquire_link can fall silent; half of the messages can be throttled', async () => {
    const session = await bound();
    expect((await call((done) => session.enquire_link({}, done))).command_status).toBe(0);
    await control('smsc', { enquireLink: 'silent', submit: 'throttle', submitRate: 0.5 });
    let answered = false;
    session.enquire_link({}, () => (answered = true));
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => submit(session, { short_message: 'x' })),
    );
    const throttled = answers.filter((each) => each.command_status === 0x58).length;
    expect(throttled).toBeGreaterThan(50);
    expect(throttled).toBeLessThan(150);
    expect(answered).toBe(false);
  });

  test('garbage from a client closes only its own connection', async () => {
    const session = await bound();
    const vandal = open();
    await new Promise<void>((resolve) => vandal.on('connect', resolve));
    vandal.socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 4]));
    await new Promise<void>((resolve) => vandal.on('close', resolve));
    expect((await submit(session, { short_message: 'x' })).command_status).toBe(0);
  });
});

describe('the inbox', () => {
  test('one phone’s messages are found by form and by control, and never by address', async () => {
    const session = await bound();
    await submit(session, { short_message: 'Біріншіге' });
    await submit(session, { short_message: 'Екіншіге', destination_addr: '77770000000' });
    const all = await (await fetch(`${simulators.httpUrl}/sms?lang=ru&phone=${PHONE}`)).text();
    expect(all.indexOf('Екіншіге')).toBeLessThan(all.indexOf('Біріншіге'));
    expect(all.indexOf('Екіншіге')).toBeGreaterThan(0);
    const page = await fetch(`${simulators.httpUrl}/sms?lang=kk`, {
      method: 'POST',
      body: new URLSearchParams({ phone: '+7 (701) 123-45-67' }),
    });
    const one = await page.text();
    expect(one).toContain('Біріншіге');
    expect(one).not.toContain('Екіншіге');
    expect(await control('sms/messages', { phone: '+77011234567' })).toMatchObject({
      messages: [{ text: 'Біріншіге' }],
    });
    expect(await control('sms/messages', {})).toMatchObject({ messages: [{}, {}] });
    await control('sms/clear', {});
    expect(await control('sms/messages', {})).toEqual({ messages: [] });
  });

  test('text of a message is shown and never run', async () => {
    const session = await bound();
    await submit(session, { short_message: '<script>alert(1)</script>' });
    const page = await (await fetch(`${simulators.httpUrl}/sms`)).text();
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  });
});
