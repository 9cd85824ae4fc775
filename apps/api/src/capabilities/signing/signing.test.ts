import type { SignatureVerifier } from '@mse/auth/signature';
import { signingRequests } from '@mse/db/schema';
import type { SigningPurpose } from '@mse/domain/signing';
import { signCms, startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { answersSettled } from '../identity/after-answer.ts';
import { openSigning } from './open-signing.ts';
import { takeSignature, useSignature, verifySignature } from './take-signature.ts';

let world: World;
let simulators: Simulators;
let verifier: SignatureVerifier;
beforeAll(async () => {
  simulators = await startSimulators();
  verifier = simulatedVerifier(simulators, { ocspCacheMs: 0 });
  // The authority of the tests lives in the present, so this world does too.
  world = await startWorld({ now: machineNow(), signatures: verifier });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});
afterEach(() => {
  simulators.revocation.faults.ocsp = 'none';
});

type Person = Awaited<ReturnType<World['person']>>;
const SUBJECT = 'assignment:1';
const BODY = 'Сараптамалық шешім\nЭкспертное решение';

const open = (person: Person, changes: { purpose?: SigningPurpose; subject?: string } = {}) =>
  openSigning(
    world.deps,
    world.db,
    { personId: person.id, purpose: 'expert-decision', subject: SUBJECT, text: BODY, ...changes },
    world.clock.now(),
  );

/** The person's CMS over a text, in base64. */
async function sign(person: Person, text: string, purpose: 'auth' | 'sign' = 'sign') {
  const { iin, surname, name, patronymic } = person;
  const cms = await simulators.sign({ iin, surname, name, patronymic }, Buffer.from(text), { purpose });
  return cms.toString('base64');
}

const take = (person: Person, signingId: string, cms: string | null, subject = SUBJECT) =>
  world.db.transaction((tx) =>
    takeSignature(world.deps, tx, { signingId, cms, personId: person.id, subject }, world.clock.now()),
  );

async function refusalOf(taken: ReturnType<typeof take>) {
  const answer = await taken;
  return answer.ok ? null : answer.refusal;
}

const rowOf = async (signingId: string) =>
  present((await world.db.select().from(signingRequests).where(eq(signingRequests.id, signingId)))[0]);

describe('Signing of documents', () => {
  test('T12: what is signed is the shown text with its time and a number that never repeats, bound to its hash', async () => {
    const person = await world.person();
    const [first, second] = [await open(person), await open(person)];
    expect(first.text.startsWith(`${BODY}\n\nМәтін берілген уақыт`)).toBe(true);
    const nonce = /Одноразовый номер: ([\w-]{43})$/;
    expect(nonce.exec(first.text)?.[1]).not.toBe(nonce.exec(second.text)?.[1]);
    expect(first.hash).toBe(createHash('sha256').update(first.text, 'utf8').digest('hex'));

    const cms = await sign(person, first.text);
    const taken = await take(person, first.signingId, cms);
    expect(taken).toMatchObject({ ok: true, value: { text: first.text, purpose: 'expert-decision' } });
    if (!taken.ok) return;
    expect(taken.value.signature.toString('base64')).toBe(cms);
    // What is kept can be verified again by anybody, years later.
    const again = await verifier.verify({
      cms: taken.value.signature,
      content: Buffer.from(taken.value.text),
      at: new Date(),
      purpose: 'signing',
    });
    expect(again).toMatchObject({ ok: true, value: { iin: person.iin } });
  });

  test('T12: a signature serves once; of ten at once one wins', async () => {
    const person = await world.person();
    const { signingId, text } = await open(person);
    const cms = await sign(person, text);
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(person, signingId, cms)));
    expect(answers.filter((each) => each.ok)).toHaveLength(1);
    for (const each of answers) if (!each.ok) expect(each.refusal).toBe('signing-used');
    expect(await refusalOf(take(person, signingId, cms))).toBe('signing-used');
  });

  test('T12: a signature for one text fits no other, not even one with the same words', async () => {
    const person = await world.person();
    const [first, second] = [await open(person), await open(person)];
    const cms = await sign(person, first.text);
    expect(await refusalOf(take(person, second.signingId, cms))).toBe('content-differs');
    expect(await refusalOf(take(person, second.signingId, await sign(person, BODY)))).toBe('content-differs');
    expect((await take(person, first.signingId, cms)).ok).toBe(true);
  });

  test('T12: a signature opened for one subject serves no other, and somebody else’s is like one that never was', async () => {
    const [person, other] = [await world.person(), await world.person()];
    const { signingId, text } = await open(person);
    const cms = await sign(person, text);
    expect(await refusalOf(take(person, signingId, cms, 'assignment:2'))).toBe('other-document');
    expect(await refusalOf(take(other, signingId, await sign(other, text)))).toBe('signing-unknown');
    expect(await refusalOf(take(person, world.random.id(new Date()), cms))).toBe('signing-unknown');
    expect((await take(person, signingId, cms)).ok).toBe(true);
  });

  test('T12: only the own key for signing documents counts', async () => {
    const [person, other] = [await world.person(), await world.person()];
    const { signingId, text } = await open(person);
    expect(await refusalOf(take(person, signingId, await sign(other, text)))).toBe('other-person');
    expect(await refusalOf(take(person, signingId, await sign(person, text, 'auth')))).toBe('wrong-purpose');
    expect(await refusalOf(take(person, signingId, 'AAAA'))).toBe('malformed');
    expect(await refusalOf(take(person, signingId, null))).toBe('no-signature');
    // A refused try leaves the text: the person may have picked a wrong key.
    expect((await take(person, signingId, await sign(person, text))).ok).toBe(true);
  });

  test('T12: a key of an organisation signs what a member of staff signs, and nothing that binds the person alone', async () => {
    const person = await world.person();
    const { iin, surname, name, patronymic } = person;
    const subject = { iin, surname, name, patronymic, bin: '990140000011', organization: 'МӘС бөлімі' };
    const key = await simulators.authority.issue({ ...subject, purpose: 'sign' });
    const signWith = (text: string) => signCms(key, Buffer.from(text)).toString('base64');
    const staff = await open(person);
    const personal = await open(person, { purpose: 'register-contract' });
    expect((await take(person, staff.signingId, signWith(staff.text))).ok).toBe(true);
    expect(await refusalOf(take(person, personal.signingId, signWith(personal.text)))).toBe('wrong-purpose');
  });

  test('T12: a text is open for a quarter of an hour', async () => {
    const person = await world.person();
    const { signingId, text } = await open(person);
    const cms = await sign(person, text);
    world.clock.forward(16);
    expect(await refusalOf(take(person, signingId, cms))).toBe('signing-expired');
    world.clock.forward(-16);
    expect((await take(person, signingId, cms)).ok).toBe(true);
  });

  test('T12: a revoked certificate signs nothing', async () => {
    const person = await world.person();
    const { signingId, text } = await open(person);
    const cms = await sign(person, text);
    const verdict = await verifier.verify({
      cms,
      content: Buffer.from(text),
      at: new Date(),
      purpose: 'signing',
    });
    if (!verdict.ok) throw new Error(verdict.refusal);
    simulators.authority.revoke(verdict.value.certificateSerial);
    expect(await refusalOf(take(person, signingId, cms))).toBe('certificate-revoked');
    expect((await rowOf(signingId)).usedAt).toBeNull();
  });

  test('X05: while the revocation service is silent the signature is kept, nothing is signed, and it is asked again later', async () => {
    const person = await world.person();
    const { signingId, text } = await open(person);
    const cms = await sign(person, text);
    simulators.revocation.faults.ocsp = 'error';
    expect(await refusalOf(take(person, signingId, cms))).toBe('to-be-checked');
    expect(await rowOf(signingId)).toMatchObject({ usedAt: null, cms: Buffer.from(cms, 'base64') });
    const { client } = await world.signIn(person.id, { trust: 'signature' });
    expect((await client.signing.get({ signingId })).state).toBe('to-be-checked');
    // Past the life of the text the kept signature still waits.
    world.clock.forward(60);
    expect(await refusalOf(take(person, signingId, null))).toBe('to-be-checked');
    simulators.revocation.faults.ocsp = 'none';
    const taken = await take(person, signingId, null);
    expect(taken.ok && taken.value.signature.toString('base64')).toBe(cms);
    world.clock.forward(-60);
    expect(await refusalOf(take(person, signingId, null))).toBe('signing-used');
  });

  test('T12: a signature whose transaction came to nothing may be used again: text and fact stand or fall together', async () => {
    const person = await world.person();
    const { signingId, text } = await open(person);
    const received = { signingId, cms: await sign(person, text), personId: person.id, subject: SUBJECT };
    const at = world.clock.now();
    const verified = await verifySignature(world.deps, world.db, received, at);
    if (!verified.ok) throw new Error(verified.refusal);
    await expect(
      world.db.transaction(async (tx) => {
        expect((await useSignature(tx, verified.value, at)).ok).toBe(true);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect((await rowOf(signingId)).usedAt).toBeNull();
    expect((await take(person, signingId, received.cms)).ok).toBe(true);
  });

  test('T12: the database itself keeps text, subject and use as they are', async () => {
    const person = await world.person();
    const { signingId, text } = await open(person);
    const isThis = eq(signingRequests.id, signingId);
    for (const change of [{ text: 'other' }, { subject: 'x:1' }, { purpose: 'document' as const }])
      await expect(world.db.update(signingRequests).set(change).where(isThis)).rejects.toThrow();
    // Even the owner cannot change the text without its hash, nor use a text anew.
    await expect(world.owner.update(signingRequests).set({ text: 'other' }).where(isThis)).rejects.toThrow();
    expect((await take(person, signingId, await sign(person, text))).ok).toBe(true);
    await expect(world.db.update(signingRequests).set({ usedAt: null }).where(isThis)).rejects.toThrow();
  });
});

describe('Signing of documents on a phone', () => {
  test('a text is signed on the phone and taken with every check when the person says so', async () => {
    const person = await world.person();
    const { signingId, text, hash } = await open(person);
    const cms = await sign(person, text);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    world.deps.mobileSigning = {
      register: () =>
        Promise.resolve({ link: 'https://m.example/1', dataUrl: 'https://x/d', signUrl: 'https://x/s' }),
      async follow(_, asked, __, opened) {
        expect(asked.text).toBe(text);
        await opened();
        await held;
        return { kind: 'signed', cms };
      },
      close: () => undefined,
    };
    const { client } = await world.signIn(person.id, { trust: 'signature' });
    expect(await client.signing.startPhone({ signingId })).toEqual({ ok: true });
    expect(await client.signing.get({ signingId })).toMatchObject({
      text,
      hash,
      state: 'open',
      phone: { link: 'https://m.example/1' },
    });
    expect(await refusalOf(take(person, signingId, null))).toBe('no-signature');
    release();
    await answersSettled(world.deps);
    expect((await client.signing.get({ signingId })).phone?.state).toBe('signed');
    expect((await take(person, signingId, null)).ok).toBe(true);
    expect(await client.signing.startPhone({ signingId })).toEqual({ ok: false, refusal: 'signing-used' });
  });

  test('T21: a silent gateway is told at once; a stranger’s signing is not found', async () => {
    const [person, other] = [await world.person(), await world.person()];
    const { signingId } = await open(person);
    world.deps.mobileSigning = {
      register: () => Promise.resolve(null),
      follow: () => Promise.resolve({ kind: 'silent' }),
      close: () => undefined,
    };
    const { client } = await world.signIn(person.id, { trust: 'signature' });
    expect(await client.signing.startPhone({ signingId })).toEqual({ ok: false, refusal: 'unavailable' });
    const stranger = await world.signIn(other.id, { trust: 'signature' });
    await expect(stranger.client.signing.get({ signingId })).rejects.toThrow('not-found');
    await expect(stranger.client.signing.startPhone({ signingId })).rejects.toThrow('not-found');
  });
});
