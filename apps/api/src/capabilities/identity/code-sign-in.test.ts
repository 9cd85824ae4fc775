import { auditEvents, messages, sessions, signInChallenges } from '@mse/db/schema';
import { CODE_POLICY } from '@mse/domain/identity';
import { plainDate } from '@mse/domain/shared';
import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { answersSettled } from './after-answer.ts';
import { hashCode, openCode } from './sealed-code.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.registries.answerAgain();
  world.clock.forward(2);
});

const anonymous = () => world.client(null, 'ru').identity;
let phones = 0;
/** A phone nobody has; each request under its own number, so that the limit of a number stays out of the way. */
const strangePhone = () => `+7702${String(1_000_000 + (phones += 1))}`;

async function request(iin: string, phone: string) {
  const answer = await anonymous().requestCode({ iin, phone, language: 'ru' });
  await answersSettled(world.deps);
  return answer;
}

/** Asks for a code that must be granted; gives the challenge. */
async function granted(iin: string, phone: string): Promise<string> {
  const answer = await request(iin, phone);
  if (!answer.ok) throw new Error('no code was granted');
  return answer.challengeId;
}

const messageOf = async (challengeId: string) =>
  (
    await world.db
      .select()
      .from(messages)
      .where(eq(messages.onceKey, `code:challenge:${challengeId}`))
  )[0];

/** The code as the SMS will say it. */
async function codeOf(challengeId: string): Promise<string> {
  const message = await messageOf(challengeId);
  return openCode(world.deps.settings.SECRET_KEY, message?.params.sealed ?? '') ?? '';
}

const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const verify = (challengeId: string, code: string) =>
  anonymous().verifyCode({ challengeId, code, device: 'phone' });

describe('Sign-in by the code of an SMS', () => {
  test('the right code opens a session of trust sms for the person, and the audit tells both steps', async () => {
    const person = await world.person();
    const challengeId = await granted(person.iin, present(person.phone));
    const message = await messageOf(challengeId);
    expect(message).toMatchObject({
      personId: person.id,
      template: 'code',
      phone: person.phone,
      language: 'ru',
      text: null,
      state: 'queued',
    });
    expect(message?.expiresAt).toEqual(new Date(world.clock.now().getTime() + 5 * 60_000));
    const code = await codeOf(challengeId);
    expect(code).toMatch(/^\d{6}$/);
    const [stored] = await world.db
      .select()
      .from(signInChallenges)
      .where(eq(signInChallenges.id, challengeId));
    expect(JSON.stringify([message, stored])).not.toContain(code);

    const signedIn = await verify(challengeId, code);
    if (!signedIn.ok) throw new Error(signedIn.refusal);
    expect(await world.client(signedIn.token).identity.whoAmI()).toMatchObject({
      personId: person.id,
      trust: 'sms',
      roles: ['citizen'],
    });
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `challenge:${challengeId}`))
      .orderBy(auditEvents.id);
    expect(audit.map((row) => [row.action, row.outcome, row.personId])).toEqual([
      ['identity.requestCode', 'done', person.id],
      ['identity.verifyCode', 'done', person.id],
    ]);
    expect(JSON.stringify(audit)).not.toContain(person.iin);
  });

  test('EQ-07: a person we do not know is looked up in the registries and can sign in', async () => {
    const iin = '900101999001';
    world.registries.put(
      {
        iin,
        surname: 'Жаңа',
        name: 'Адам',
        patronymic: null,
        birthDate: plainDate('1980-05-05'),
        sex: 'female',
        status: 'alive',
        legalCapacity: 'capable',
        hasPermanentRegistration: false,
        permanentRegistration: null,
        asOf: world.clock.now(),
      },
      '+77017654321',
    );
    const challengeId = await granted(iin, '+77017654321');
    const signedIn = await verify(challengeId, await codeOf(challengeId));
    expect(signedIn.ok).toBe(true);
  });

  test('the number of the base of mobile citizens counts, not the one we remember', async () => {
    const person = await world.person();
    world.registries.put({ ...registered(person), asOf: world.clock.now() }, '+77015550001');
    const old = await granted(person.iin, present(person.phone));
    expect(await messageOf(old)).toBeUndefined();
    world.clock.forward(2);
    const changed = await granted(person.iin, '+77015550001');
    expect((await messageOf(changed))?.phone).toBe('+77015550001');
  });

  test('while the registries are silent a known person signs in with the number we know', async () => {
    const person = await world.person();
    world.registries.silence('persons', 'mobile-citizens');
    const challengeId = await granted(person.iin, present(person.phone));
    expect(await messageOf(challengeId)).toBeDefined();
  });

  test('T09: the session the person came with ends, a new token every time', async () => {
    const person = await world.person();
    const before = await world.signIn(person.id);
    const challengeId = await granted(person.iin, present(person.phone));
    const code = await codeOf(challengeId);
    const after = await before.client.identity.verifyCode({ challengeId, code, device: '' });
    if (!after.ok) throw new Error(after.refusal);
    expect(after.token).not.toBe(before.token);
    await expect(before.client.identity.whoAmI()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(await world.db.select().from(sessions).where(eq(sessions.personId, person.id))).toHaveLength(1);
  });
});

/** What the registry says of a person of the tests. */
function registered(person: Awaited<ReturnType<World['person']>>) {
  const { iin, surname, name, patronymic, birthDate, sex, status, legalCapacity, unitCode } = person;
  const permanentRegistration = unitCode === null ? null : { unitCode, kk: '', ru: '' };
  return {
    iin,
    surname,
    name,
    patronymic,
    birthDate,
    sex,
    status,
    legalCapacity,
    hasPermanentRegistration: unitCode !== null,
    permanentRegistration,
  };
}

describe('T10: nothing tells whether a person exists', () => {
  test('T10: known, unknown, dead, phoneless and mistaken people get the same bytes, then the same refusals', async () => {
    const known = await world.person();
    const dead = await world.person({ status: 'dead' });
    const phoneless = await world.person({ phone: null });
    const other = await world.person();
    const typed: [string, string][] = [
      [known.iin, present(known.phone)],
      ['900101999900', strangePhone()],
      [dead.iin, present(dead.phone)],
      [phoneless.iin, strangePhone()],
      [other.iin, strangePhone()],
    ];
    const answers: string[] = [];
    for (const [iin, phone] of typed) {
      const first = await request(iin, phone);
      if (!first.ok) throw new Error('refused');
      const tries = [];
      const right = await codeOf(first.challengeId);
      for (let each = 0; each < 6; each += 1)
        tries.push(await verify(first.challengeId, wrongFor(right || '000000')));
      const again = await request(iin, phone);
      answers.push(JSON.stringify([{ ...first, challengeId: 'id' }, ...tries, again]));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"refusal":"too-many-tries"');
    expect(answers[0]).toContain('"refusal":"too-many"');
  });

  test('T10: silent registries give the same answer for an unknown person', async () => {
    world.registries.silence('persons', 'mobile-citizens');
    expect(await request('900101999901', strangePhone())).toEqual({
      ok: true,
      challengeId: expect.any(String),
      resendAfterSeconds: 60,
      lifeMinutes: 5,
    });
  });

  test('T10: the answer does not wait for anybody to be looked up', async () => {
    const person = await world.person();
    const { registries } = world.deps;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    world.deps.registries = {
      ...registries,
      person: (iin) => held.then(() => registries.person(iin)),
      phone: (iin) => held.then(() => registries.phone(iin)),
    };
    try {
      const [known, unknown] = await Promise.all([
        anonymous().requestCode({ iin: person.iin, phone: present(person.phone), language: 'kk' }),
        anonymous().requestCode({ iin: '900101999902', phone: strangePhone(), language: 'kk' }),
      ]);
      expect(known.ok && unknown.ok).toBe(true);
      if (known.ok) expect(await messageOf(known.challengeId)).toBeUndefined();
      release();
      await answersSettled(world.deps);
      if (known.ok) expect(await messageOf(known.challengeId)).toBeDefined();
      if (unknown.ok) expect(await messageOf(unknown.challengeId)).toBeUndefined();
    } finally {
      release();
      world.deps.registries = registries;
    }
  });

  test('T10: a challenge nobody stands behind refuses even its own right code', async () => {
    const iin = '900101999903';
    const challengeId = await granted(iin, strangePhone());
    const hash = hashCode(world.deps.settings.SECRET_KEY, challengeId, '123456');
    await world.db
      .update(signInChallenges)
      .set({ codeHash: hash })
      .where(eq(signInChallenges.id, challengeId));
    expect(await verify(challengeId, '123456')).toEqual({ ok: false, refusal: 'wrong', triesLeft: 4 });
  });

  test('a challenge that never was reads as expired', async () => {
    expect(await verify('018f0000-0000-7000-8000-00000000dead', '123456')).toEqual({
      ok: false,
      refusal: 'expired',
      triesLeft: 0,
    });
  });
});

describe('T11: guessing and flooding', () => {
  test('T11: one code tried a hundred times at once opens exactly one session', async () => {
    const person = await world.person();
    const challengeId = await granted(person.iin, present(person.phone));
    const code = await codeOf(challengeId);
    const answers = await Promise.all(Array.from({ length: 100 }, () => verify(challengeId, code)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === 'used')).toHaveLength(99);
    expect(await world.db.select().from(sessions).where(eq(sessions.personId, person.id))).toHaveLength(1);
  });

  test('T11: fifty guesses at once are five guesses', async () => {
    const person = await world.person();
    const challengeId = await granted(person.iin, present(person.phone));
    const right = await codeOf(challengeId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        verify(challengeId, String((Number(right) + 1 + index) % 1_000_000).padStart(6, '0')),
      ),
    );
    const refusals = answers.map((answer) => (answer.ok ? 'in' : answer.refusal)).sort();
    expect(refusals.filter((refusal) => refusal === 'wrong')).toHaveLength(CODE_POLICY.triesPerCode);
    expect(refusals.filter((refusal) => refusal === 'too-many-tries')).toHaveLength(45);
    expect(await verify(challengeId, right)).toMatchObject({ refusal: 'too-many-tries' });
  });

  test('T11: a code lives five minutes to the second', async () => {
    const person = await world.person();
    const first = await granted(person.iin, present(person.phone));
    const code = await codeOf(first);
    world.clock.forward(5 + 1 / 60);
    expect(await verify(first, code)).toMatchObject({ refusal: 'expired' });
    const second = await granted(person.iin, present(person.phone));
    world.clock.forward(5);
    expect((await verify(second, await codeOf(second))).ok).toBe(true);
  });

  test('T11: ten failures of a day close the door until tomorrow, new codes do not reset them', async () => {
    const person = await world.person();
    for (let round = 0; round < 2; round += 1) {
      const challengeId = await granted(person.iin, present(person.phone));
      const wrong = wrongFor(await codeOf(challengeId));
      for (let each = 0; each < 5; each += 1) await verify(challengeId, wrong);
      world.clock.forward(20);
    }
    const third = await granted(person.iin, present(person.phone));
    expect(await verify(third, await codeOf(third))).toEqual({
      ok: false,
      refusal: 'too-many-tries',
      triesLeft: 0,
    });
    world.clock.forward(24 * 60);
    const tomorrow = await granted(person.iin, present(person.phone));
    expect((await verify(tomorrow, await codeOf(tomorrow))).ok).toBe(true);
  });

  test('T11: a minute between codes, five an hour, ten a day, known or not', async () => {
    for (const iin of [(await world.person()).iin, '900101999904']) {
      const ask = async () => (await request(iin, strangePhone())).ok;
      const hour: boolean[] = [];
      for (let minute = 0; minute < 60; minute += 5) {
        hour.push(await ask());
        expect(await ask()).toBe(false);
        world.clock.forward(5);
      }
      expect(hour.filter(Boolean)).toHaveLength(CODE_POLICY.perHour);
      const day: boolean[] = [];
      for (let each = 1; each < 24; each += 1) {
        day.push(await ask());
        world.clock.forward(60);
      }
      expect(day.filter(Boolean)).toHaveLength(CODE_POLICY.perDay - CODE_POLICY.perHour);
      expect(await ask()).toBe(true);
    }
  });

  test('T11: two requests at the same instant send one code', async () => {
    const person = await world.person();
    const [one, other] = await Promise.all([
      request(person.iin, present(person.phone)),
      request(person.iin, present(person.phone)),
    ]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
    await answersSettled(world.deps);
    const sent = await world.db
      .select()
      .from(messages)
      .where(eq(messages.personId, person.id))
      .orderBy(desc(messages.createdAt));
    expect(sent).toHaveLength(1);
  });

  test('T11: one number gets five codes an hour, whoever asks for them', async () => {
    const phone = strangePhone();
    const answers = [];
    for (let each = 0; each < 6; each += 1) answers.push(await request(`90010199980${each}`, phone));
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true, true, true, false]);
    expect(answers[5]).toMatchObject({ refusal: 'too-many', retryAfterSeconds: expect.any(Number) });
  });
});
