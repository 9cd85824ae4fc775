import { auditEvents, messageTexts, messages } from '@mse/db/schema';
import { MESSAGE_TEMPLATES, variablesOf } from '@mse/domain/notifications';
import { LANGUAGES } from '@mse/domain/shared';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { renderMessage } from '../notifications/render-message.ts';
import { exampleValues, officialText } from './official-texts.ts';

const SHORT = 'Вы отменили запись на {{date}}, {{time}}, {{address}}.';
const SMS_3 = { template: 'sms-3', language: 'ru' } as const;

let world: World;
let authorId = '';
let approverId = '';
/** A fresh session each time: time passes between the acts, and sessions end. */
const signedIn = async (id: string) => (await world.signIn(id, { audience: 'staff' })).client.wordings;
const author = () => signedIn(authorId);
const approver = () => signedIn(approverId);
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-23T10:00', settings: { PORTAL_URL: 'https://aleumet.egov.kz' } });
  authorId = (await world.staff('portal-administrator')).id;
  approverId = (await world.staff('portal-administrator')).id;
});
afterAll(() => world.close());

/** A cancelled booking of today with its SMS-3 in Russian. */
async function cancelled() {
  const person = await world.person({ messageLanguage: 'ru' });
  const form = await world.form(person.id);
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  const { nearest } = await client.queue.freeTimes({ formId: form.id });
  const booking = await client.queue.bookPlace({
    formId: form.id,
    ...present(nearest),
    requestKey: world.random.id(world.clock.now()),
  });
  if (!booking.ok) throw new Error(booking.refusal);
  await client.queue.cancelBooking({ bookingId: booking.bookingId });
  const [message] = await world.db
    .select()
    .from(messages)
    .where(sql`${messages.bookingId} = ${booking.bookingId} and ${messages.template} = 'sms-3'`);
  return present(message);
}

const textOf = async (message: Awaited<ReturnType<typeof cancelled>>) => {
  const rendered = await renderMessage(world.deps, world.db, message);
  return rendered.ok ? rendered.text : rendered.refusal;
};

describe('Wordings of messages', () => {
  it('EQ-06: every message in every language has an official text whose values all have examples', async () => {
    for (const template of MESSAGE_TEMPLATES)
      for (const language of LANGUAGES) {
        const known = Object.keys(exampleValues(world.deps, language));
        expect(known).toEqual(expect.arrayContaining(variablesOf(officialText(template, language).text)));
      }
    const { messages: list } = await (await author()).list();
    expect(list).toHaveLength(MESSAGE_TEMPLATES.length * LANGUAGES.length);
    expect(list.every((line) => line.official)).toBe(true);
    const ofOrder = list.find((line) => line.template === 'sms-2' && line.language === 'ru');
    expect(ofOrder?.sms).toMatchObject({ alphabet: 'ucs-2' });
    expect(ofOrder?.sms.example).toContain('Нурмагамбетова');
    expect(ofOrder?.sms.parts).toBe(Math.ceil(present(ofOrder).sms.characters / 67));
  });

  it('EQ-06: the short version of SMS-2 costs fewer parts than the text of the order', async () => {
    for (const language of LANGUAGES) {
      const { official, short } = await (await author()).message({ template: 'sms-2', language });
      expect(present(short).sms.parts).toBeLessThan(official.sms.parts);
    }
    const { short } = await (await author()).message({ template: 'code', language: 'ru' });
    expect(present(short).sms).toMatchObject({
      parts: 1,
      example: 'Код: 481973. Никому не сообщайте.\n@aleumet.egov.kz #481973',
    });
  });

  it('EQ-06, EQ-12: a wording counts from its day on, after a second person approved it, and no longer when withdrawn', async () => {
    const message = await cancelled();
    const official = await textOf(message);
    expect(official).toContain('Вы отменили запись на освидетельствование');

    const proposed = await (await author()).propose({ ...SMS_3, text: SHORT, validFrom: '2026-11-24' });
    if (!proposed.ok) throw new Error(proposed.refusal);
    const step = { id: proposed.id };
    expect(await (await author()).approve(step)).toEqual({ ok: false, refusal: 'own-wording' });
    expect(await textOf(message)).toBe(official);

    expect(await (await approver()).approve(step)).toEqual({ ok: true });
    expect(await (await approver()).approve(step)).toEqual({ ok: false, refusal: 'already-approved' });
    expect(await textOf(message)).toBe(official);
    world.clock.set('2026-11-23T23:59');
    expect(await textOf(message)).toBe(official);
    world.clock.set('2026-11-24T00:00');
    expect(await textOf(message)).toMatch(/^Вы отменили запись на \d\d\.11\.26, \d\d:\d\d, Көкшетау/);

    const shown = await (await author()).message(SMS_3);
    expect(shown.official.inForce).toBe(false);
    expect(shown.wordings).toMatchObject([{ state: 'in-force', own: true }]);

    expect(await (await author()).withdraw(step)).toEqual({ ok: true });
    expect(await textOf(message)).toBe(official);
    expect(await (await approver()).withdraw(step)).toEqual({ ok: false, refusal: 'already-withdrawn' });
    const actions = await world.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(eq(auditEvents.subject, `wording:${proposed.id}`));
    expect(actions.map(({ action }) => action)).toEqual([
      'wordings.propose',
      'wordings.approve',
      'wordings.withdraw',
    ]);
  });

  it('EQ-06: a wording without its values, with a diagnosis or of a day that passed is refused and leaves nothing', async () => {
    const before = await world.db.$count(messageTexts);
    const propose = async (text: string, validFrom = '2026-12-01') =>
      (await author()).propose({ ...SMS_3, text, validFrom });
    expect(await propose('Запись отменена {{date}} {{time}}')).toEqual({
      ok: false,
      refusal: 'missing-variable',
    });
    expect(await propose(`${SHORT} Диагноз в справке.`)).toEqual({ ok: false, refusal: 'names-diagnosis' });
    expect(await propose(SHORT, '2026-11-22')).toEqual({ ok: false, refusal: 'day-passed' });
    expect(await world.db.$count(messageTexts)).toBe(before);
  });

  it('EQ-06: not even a direct statement lets an author approve their own wording', async () => {
    const person = await world.staff('portal-administrator');
    const at = world.clock.now();
    const write = world.db.insert(messageTexts).values({
      id: world.random.id(at),
      ...SMS_3,
      text: SHORT,
      validFrom: at,
      createdBy: person.id,
      createdAt: at,
      approvedBy: person.id,
      approvedAt: at,
    });
    await expect(write).rejects.toMatchObject({ cause: { constraint_name: 'message_text_four_eyes' } });
  });

  it('EQ-06: a wording that lacks a value of an older message gives way to the official text', async () => {
    world.clock.set('2026-11-24T01:00');
    const message = await cancelled();
    const official = await textOf(message);
    expect(official).toContain('Вы отменили запись на освидетельствование');
    const at = world.clock.now();
    await world.db.insert(messageTexts).values({
      id: world.random.id(at),
      ...SMS_3,
      text: '{{date}} {{newcomer}}',
      validFrom: at,
      createdBy: (await world.staff('portal-administrator')).id,
      createdAt: at,
      approvedBy: (await world.staff('portal-administrator')).id,
      approvedAt: at,
    });
    await world.reference.reload();
    expect(await textOf(message)).toBe(official);
  });

  it('EQ-06: deliveries are counted by message, language and state for the days asked for', async () => {
    const { rows } = await (await author()).deliveries({ days: 7 });
    const cancellations = rows.find((row) => row.template === 'sms-3' && row.language === 'ru');
    expect(cancellations?.total).toBe(2);
    expect(cancellations?.states.find((state) => state.state === 'queued')?.count).toBe(2);
    world.clock.set('2026-12-05T10:00');
    expect((await (await author()).deliveries({ days: 1 })).rows).toEqual([]);
  });
});
