import { startSimulators, type Simulators } from '@mse/simulators';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { secureRandom } from '../random.ts';
import {
  partOfReference,
  partReference,
  type SmsGateway,
  type SmsPart,
  type SmsReceipt,
  spellingsOfCentreId,
} from './sms-gateway.ts';
import { readReceipt, type SmppOptions, startSmppSession } from './smpp-session.ts';
import type { Pdu } from './smpp.d.ts';

let simulators: Simulators;
let gateway: SmsGateway | undefined;
const receipts: SmsReceipt[] = [];

beforeAll(async () => {
  simulators = await startSimulators();
});
afterAll(() => simulators.close());
beforeEach(async () => {
  receipts.length = 0;
  simulators.smsc.clear();
  await simulators.smsc.configure({
    listening: true,
    bind: 'accept',
    submit: 'accept',
    responseDelayMs: 0,
    receipts: 'deliver',
    receiptDelayMs: 10,
    enquireLink: 'answer',
  });
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

function start(options: Partial<SmppOptions> = {}): SmsGateway {
  gateway = startSmppSession(
    {
      url: simulators.smppUrl,
      sender: 'ALEUMET',
      window: 10,
      perSecond: 1000,
      answerMs: 300,
      bindMs: 300,
      reconnectFirstMs: 30,
      reconnectLastMs: 100,
      ...options,
    },
    secureRandom(),
    createLog('test', 'silent'),
    (receipt) => {
      receipts.push(receipt);
      return Promise.resolve();
    },
  );
  return gateway;
}

async function until(holds: () => boolean, ms = 5000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error('It did not come to pass');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const part = (changes: Partial<SmsPart> = {}): SmsPart => ({
  to: '+77011234567',
  text: 'Әлия',
  alphabet: 'ucs-2',
  number: 1,
  total: 1,
  reference: 7,
  validForSeconds: 60,
  ...changes,
});
const silence = () => undefined;

describe('the SMPP session', () => {
  it('T22: says "not sent" while it is not connected, and connects when the centre appears', async () => {
    await simulators.smsc.configure({ listening: false });
    const session = start();
    expect(await session.submit(part(), silence)).toEqual({ kind: 'not-sent' });
    await simulators.smsc.configure({ listening: true });
    await until(() => session.connectedSince() !== null);
    expect(await session.submit(part(), silence)).toMatchObject({ kind: 'accepted' });
    await until(() => receipts.length === 1);
    expect(receipts[0]).toMatchObject({
      phone: '+77011234567',
      reference: 7,
      outcome: 'delivered',
      words: 'DELIVRD err:000',
    });
  });

  for (const bind of ['refuse', 'silent'] as const) {
    it(`T22: a centre whose bind is ${bind} is asked again until it takes us`, async () => {
      await simulators.smsc.configure({ bind });
      const session = start();
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(session.connectedSince()).toBe(null);
      await simulators.smsc.configure({ bind: 'accept' });
      await until(() => session.connectedSince() !== null);
    });
  }

  it('T22: a line that no longer answers is dropped and made anew', async () => {
    const session = start({ enquireEveryMs: 100 });
    await until(() => session.connectedSince() !== null);
    const first = session.connectedSince();
    await simulators.smsc.configure({ enquireLink: 'silent' });
    await until(() => session.connectedSince() === null);
    await simulators.smsc.configure({ enquireLink: 'answer' });
    await until(() => session.connectedSince() !== null);
    expect(session.connectedSince()).not.toBe(first);
  });

  it('T22: keeps to its rate and its window', async () => {
    await simulators.smsc.configure({ responseDelayMs: 50 });
    const session = start({ perSecond: 40, window: 3 });
    await until(() => session.connectedSince() !== null);
    const started = performance.now();
    await Promise.all(
      Array.from({ length: 21 }, (_, number) => session.submit(part({ reference: number }), silence)),
    );
    expect(performance.now() - started).toBeGreaterThan(450);
  });

  it('T22: a centre that is silent leaves the outcome unknown; one that speaks late is still heard', async () => {
    await simulators.smsc.configure({ responseDelayMs: 500 });
    const session = start();
    await until(() => session.connectedSince() !== null);
    const late: unknown[] = [];
    expect(await session.submit(part(), (outcome) => late.push(outcome))).toEqual({ kind: 'unknown' });
    await until(() => late.length === 1);
    expect(late[0]).toMatchObject({ kind: 'accepted' });
  });

  it('plain Latin text travels in the short alphabet', async () => {
    const session = start();
    await until(() => session.connectedSince() !== null);
    await session.submit(part({ text: 'Code 493027.', alphabet: 'gsm-7' }), silence);
    expect(simulators.smsc.messages()[0]).toMatchObject({ text: 'Code 493027.', dataCoding: 0 });
  });
});

describe('receipts', () => {
  const pdu = (fields: Partial<Pdu>) => ({ esm_class: 4, source_addr: '77011234567', ...fields }) as Pdu;

  it('EQ-06: are read from their text where the centre gives no fields', () => {
    const text =
      'id:00A1 sub:001 dlvrd:000 submit date:2611220930 done date:2611220931 stat:UNDELIV err:006 text:';
    expect(readReceipt(pdu({ short_message: { message: text } }))).toEqual({
      phone: '+77011234567',
      centreId: '00A1',
      reference: null,
      outcome: 'undelivered',
      words: 'UNDELIV err:006',
    });
  });

  it('EQ-06: are read from their fields, from bytes, and on the way', () => {
    expect(
      readReceipt(pdu({ receipted_message_id: 'x7', message_state: 2, user_message_reference: 9 })),
    ).toMatchObject({ centreId: 'x7', reference: 9, outcome: 'delivered' });
    expect(
      readReceipt(pdu({ short_message: { message: Buffer.from('id:5 stat:ENROUTE err:000') } })),
    ).toMatchObject({ centreId: '5', outcome: 'under-way' });
    expect(readReceipt(pdu({}))).toMatchObject({ outcome: 'under-way', words: 'UNKNOWN' });
  });

  it('a message somebody wrote is no receipt', () => {
    expect(readReceipt(pdu({ esm_class: 0, short_message: { message: 'id:1 stat:DELIVRD' } }))).toBe(null);
  });

  it('EQ-06: one id is known in hexadecimal and in decimal, with zeros and without', () => {
    expect(spellingsOfCentreId('161')).toContain('000000a1');
    expect(spellingsOfCentreId('000000A1')).toEqual(expect.arrayContaining(['161', 'a1', '000000a1']));
    expect(spellingsOfCentreId('a-b')).toEqual(['a-b', 'A-B']);
  });

  it('the references of parts run on and wrap round', () => {
    expect([1, 2, 3].map((number) => partReference(65_534, number))).toEqual([65_534, 65_535, 0]);
    expect([65_534, 0, 1, 65_533].map((echoed) => partOfReference(65_534, 3, echoed))).toEqual([
      1,
      3,
      null,
      null,
    ]);
  });
});
