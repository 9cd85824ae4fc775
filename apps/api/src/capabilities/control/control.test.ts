import { auditEvents, conclusions, messages } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEPARTMENT_1, startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { conclusion } from '../../../test/panel.ts';

let world: World;
beforeAll(async () => {
  // Monday.
  world = await startWorld({ now: '2026-11-23T10:00' });
});
afterAll(() => world.close());

const ADDRESS = {
  addressKk: 'Астана, Мәңгілік Ел 8',
  addressRu: 'Астана, Мангилик Ел 8',
  addressEn: 'Astana',
};

async function methodologist() {
  return (await world.signIn((await world.staff('methodologist')).id, { audience: 'staff' })).client;
}

/** Somebody with a conclusion, and the number of its act. */
async function concluded(phone: string | null) {
  const person = await world.person({ unitCode: UNIT_1, phone });
  const form = await world.form(person.id, { state: 'served' });
  const id = world.random.id(world.clock.now());
  await world.db.insert(conclusions).values({
    id,
    actNo: `T-${id.slice(-6)}`,
    formId: form.id,
    personId: person.id,
    departmentId: DEPARTMENT_1,
    basis: 'in-person',
    examinedOn: plainDate('2026-11-20'),
    content: conclusion('group-2'),
    text: 'text',
    signature: Buffer.from('s'),
    signedBy: person.id,
    concludedAt: world.clock.now(),
  });
  return { person, actNo: `T-${id.slice(-6)}` };
}

describe('control re-examination', () => {
  test('PX-41: somebody with a number is called by SMS and comes within three working days; a call is made once', async () => {
    const { person, actNo } = await concluded('+77010001122');
    const client = await methodologist();
    const answers = await Promise.all([1, 2, 3].map(() => client.control.callPerson({ actNo, ...ADDRESS })));
    expect(answers.filter((answer) => answer.ok)).toEqual([
      { ok: true, channel: 'sms', dueOn: '2026-11-26' },
    ]);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe('called-already');
    const sent = await world.db.select().from(messages).where(eq(messages.personId, person.id));
    expect(sent.map((message) => message.template)).toEqual(['m-04']);
    const [seen] = await world.db.select().from(auditEvents).where(eq(auditEvents.personId, person.id));
    expect(seen?.action).toBe('examination.callForControl');
  });

  test('PX-41: without a number the term runs from the receipt of the postal call', async () => {
    const { actNo } = await concluded(null);
    const client = await methodologist();
    expect(await client.control.callPerson({ actNo, ...ADDRESS })).toEqual({
      ok: true,
      channel: 'post',
      dueOn: null,
    });
    const call = (await client.control.list()).calls.find((each) => each.actNo === actNo);
    const callId = call?.callId ?? '';
    expect(await client.control.received({ callId, receivedOn: plainDate('2026-11-24') })).toEqual({
      ok: false,
      refusal: 'in-the-future',
    });
    expect(await client.control.received({ callId, receivedOn: plainDate('2026-11-20') })).toEqual({
      ok: false,
      refusal: 'not-open',
    });
    expect(await client.control.received({ callId, receivedOn: plainDate('2026-11-23') })).toEqual({
      ok: true,
      dueOn: '2026-11-26',
    });
    expect((await client.control.list()).calls.find((each) => each.callId === callId)?.overdue).toBe(false);
  });

  test('PX-41: an act nobody has made calls nobody', async () => {
    const client = await methodologist();
    expect(await client.control.callPerson({ actNo: 'none', ...ADDRESS })).toEqual({
      ok: false,
      refusal: 'act-unknown',
    });
  });
});
