import { auditEvents, sessions, staffRoles } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { signCms, startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEPARTMENT_1, type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';

let world: World;
let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators();
  const signatures = simulatedVerifier(simulators);
  // The authority of the tests lives in the present, so this world does too.
  world = await startWorld({ now: machineNow(), signatures });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});
beforeEach(() => {
  world.registries.answerAgain();
});

type Person = Awaited<ReturnType<World['person']>>;
type Audience = 'citizen' | 'staff';

const start = (audience: Audience = 'citizen', host = 'aleumet.example') =>
  world.client(null).identity.startSignature({ audience, host, language: 'kk' });
/** Hands a CMS in, as bytes or as the text a browser sends. */
const finish = (challengeId: string, cms: Buffer | string) =>
  world.client(null).identity.finishSignature({
    challengeId,
    cms: Buffer.isBuffer(cms) ? cms.toString('base64') : cms,
    device: 'Chrome',
  });
const subjectOf = ({
  iin,
  surname,
  name,
  patronymic,
}: Pick<Person, 'iin' | 'surname' | 'name' | 'patronymic'>) => ({ iin, surname, name, patronymic });
const sign = (
  person: Pick<Person, 'iin' | 'surname' | 'name' | 'patronymic'>,
  text: string,
  purpose: 'auth' | 'sign' = 'auth',
) => simulators.sign(subjectOf(person), Buffer.from(text), { purpose });

/** Starts, signs and finishes as this person. */
async function signInAs(person: Person, audience: Audience = 'citizen', purpose: 'auth' | 'sign' = 'auth') {
  const { challengeId, text } = await start(audience);
  return finish(challengeId, await sign(person, text, purpose));
}

describe('Sign-in by electronic signature', () => {
  test.each(['auth', 'sign'] as const)(
    'a person signs in with the %s key and gets trust signature',
    async (purpose) => {
      const person = await world.person();
      const signedIn = await signInAs(person, 'citizen', purpose);
      if (!signedIn.ok) throw new Error(signedIn.refusal);
      expect(await world.client(signedIn.token).identity.whoAmI()).toMatchObject({
        personId: person.id,
        trust: 'signature',
        audience: 'citizen',
      });
    },
  );

  test('the text says in the person’s language what it is for, where, when, and a number that never repeats', async () => {
    const texts = new Set<string>();
    for (const language of ['kk', 'ru', 'en'] as const) {
      const { text } = await world
        .client(null)
        .identity.startSignature({ audience: 'citizen', host: 'aleumet.example', language });
      const lines = text.split('\n');
      expect(lines).toHaveLength(5);
      expect(lines[2]).toContain('aleumet.example');
      expect(lines[3]).toMatch(/\d\d\.\d\d\.\d{4}, \d\d:\d\d:\d\d \(UTC\+05:00\)$/);
      const nonce = lines[4]?.split(': ')[1] ?? '';
      expect(Buffer.from(nonce, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
      texts.add(present(lines[0])).add(nonce);
    }
    expect(texts.size).toBe(6);
  });

  test('a host name with a line break or a space is refused, so that no line of the text is forged', async () => {
    for (const host of ['a\nb', 'a b', '', 'a\u2028b', '<a>'])
      await expect(start('citizen', host)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('staff sign in with a role of today, and the audit names it and the certificate', async () => {
    const clerk = await world.staff('clerk', DEPARTMENT_1);
    const signedIn = await signInAs(clerk, 'staff');
    if (!signedIn.ok) throw new Error(signedIn.refusal);
    expect(await world.client(signedIn.token).identity.whoAmI()).toMatchObject({
      roles: ['clerk'],
      departmentId: DEPARTMENT_1,
      audience: 'staff',
    });
    const [row] = await world.db.select().from(auditEvents).where(eq(auditEvents.personId, clerk.id));
    expect(row).toMatchObject({
      action: 'identity.finishSignature',
      actorRole: 'clerk',
      detail: { certificate: expect.any(String), trust: 'signature' },
    });
  });

  test('T13: a step-up gives a new token of trust signature and ends the session of the SMS', async () => {
    const person = await world.person();
    const bySms = await world.signIn(person.id);
    const { challengeId, text } = await start();
    const stepped = await bySms.client.identity.finishSignature({
      challengeId,
      cms: (await sign(person, text)).toString('base64'),
      device: '',
    });
    if (!stepped.ok) throw new Error(stepped.refusal);
    await expect(bySms.client.identity.whoAmI()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect((await world.client(stepped.token).identity.whoAmI()).trust).toBe('signature');
    const rows = await world.db.select().from(auditEvents).where(eq(auditEvents.personId, person.id));
    expect(rows.map((row) => row.detail)).toContainEqual(expect.objectContaining({ stepUp: true }));
  });

  test('EQ-07: a citizen we do not know comes from the registry of persons', async () => {
    const person = { iin: '900101888001', surname: 'Жаңа', name: 'Адам', patronymic: null };
    const { challengeId, text } = await start();
    const cms = await sign(person, text);
    expect(await finish(challengeId, cms)).toEqual({ ok: false, refusal: 'person-unknown' });
    world.registries.silence('persons');
    expect(await finish(challengeId, cms)).toEqual({ ok: false, refusal: 'registry-silent' });
    world.registries.answerAgain();
    world.registries.put({
      ...person,
      birthDate: plainDate('1980-05-05'),
      sex: 'female',
      status: 'alive',
      legalCapacity: 'capable',
      hasPermanentRegistration: false,
      permanentRegistration: null,
      asOf: world.clock.now(),
    });
    // The same signature serves: a refused try does not use the text up.
    expect((await finish(challengeId, cms)).ok).toBe(true);
  });
});

describe('T12: signatures that must not open', () => {
  test('T12: the same signature a second time, and twenty times at once', async () => {
    const person = await world.person();
    const { challengeId, text } = await start();
    const cms = await sign(person, text);
    const answers = await Promise.all(Array.from({ length: 20 }, () => finish(challengeId, cms)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === 'challenge-used')).toHaveLength(19);
    expect(await finish(challengeId, cms)).toEqual({ ok: false, refusal: 'challenge-used' });
    expect(await world.db.select().from(sessions).where(eq(sessions.personId, person.id))).toHaveLength(1);
  });

  test('T12: a signature under the text of another sign-in, host, or audience', async () => {
    const clerk = await world.staff('clerk', DEPARTMENT_1);
    const mine = await start('citizen');
    const elsewhere = mine.text.replace('aleumet.example', 'aleumet.example.evil');
    expect(elsewhere).not.toBe(mine.text);
    expect(await finish(mine.challengeId, await sign(clerk, elsewhere))).toEqual({
      ok: false,
      refusal: 'content-differs',
    });
    const attached = await simulators.sign(subjectOf(clerk), Buffer.from(elsewhere), {
      purpose: 'auth',
      attached: true,
    });
    expect(await finish(mine.challengeId, attached)).toEqual({ ok: false, refusal: 'content-differs' });
    const staff = await start('staff');
    expect((await finish(staff.challengeId, await sign(clerk, mine.text))).ok).toBe(false);
    expect((await finish(mine.challengeId, await sign(clerk, staff.text))).ok).toBe(false);
  });

  test('T12: a text older than three minutes', async () => {
    const person = await world.person();
    const late = await start();
    const lateCms = await sign(person, late.text);
    world.clock.forward(3 + 1 / 60);
    expect(await finish(late.challengeId, lateCms)).toEqual({ ok: false, refusal: 'challenge-expired' });
    const inTime = await start();
    world.clock.forward(3);
    expect((await finish(inTime.challengeId, await sign(person, inTime.text))).ok).toBe(true);
  });

  test('T12: a challenge that never was, or one of a code', async () => {
    const person = await world.person();
    const { text } = await start();
    const cms = await sign(person, text);
    expect(await finish('018f0000-0000-7000-8000-00000000dead', cms)).toEqual({
      ok: false,
      refusal: 'challenge-expired',
    });
    const code = await world
      .client(null)
      .identity.requestCode({ iin: person.iin, phone: present(person.phone), language: 'kk' });
    if (code.ok)
      expect(await finish(code.challengeId, cms)).toEqual({ ok: false, refusal: 'challenge-expired' });
    expect(code.ok).toBe(true);
  });

  test('T12: a citizen at the door of staff, and staff whose role ended yesterday or begins tomorrow', async () => {
    expect(await signInAs(await world.person(), 'staff')).toEqual({ ok: false, refusal: 'not-staff' });
    for (const dates of [{ validUntil: plainDate('2025-06-30') }, { validFrom: plainDate('2999-01-01') }]) {
      const clerk = await world.staff('clerk', DEPARTMENT_1);
      await world.db.update(staffRoles).set(dates).where(eq(staffRoles.personId, clerk.id));
      expect(await signInAs(clerk, 'staff')).toEqual({ ok: false, refusal: 'not-staff' });
    }
  });

  test('T12: an organisation’s key at the citizen’s door, a revoked key, an unanswered question about revocation, nonsense', async () => {
    const person = await world.person();
    const { challengeId, text } = await start();
    const content = Buffer.from(text);
    const organization = { bin: '990140000011', organization: 'ЖШС «Емхана»' };
    const issue = (changes: object) =>
      simulators.authority.issue({ ...subjectOf(person), purpose: 'auth', ...changes });
    expect(await finish(challengeId, signCms(await issue(organization), content))).toEqual({
      ok: false,
      refusal: 'wrong-purpose',
    });
    expect(await finish(challengeId, signCms(await issue({ revoked: true }), content))).toEqual({
      ok: false,
      refusal: 'certificate-revoked',
    });
    simulators.revocation.faults.ocsp = 'error';
    expect(await finish(challengeId, signCms(await issue({}), content))).toEqual({
      ok: false,
      refusal: 'revocation-unknown',
    });
    simulators.revocation.faults.ocsp = 'none';
    expect(await finish(challengeId, 'bm9uc2Vuc2U=')).toEqual({ ok: false, refusal: 'malformed' });
    expect((await finish(challengeId, signCms(await issue({}), content))).ok).toBe(true);
  });

  test('T12: one who has died in the registry does not sign in', async () => {
    expect(await signInAs(await world.person({ status: 'dead' }))).toEqual({
      ok: false,
      refusal: 'person-unknown',
    });
  });
});
