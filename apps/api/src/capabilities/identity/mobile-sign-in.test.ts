import { auditEvents, mobileSignings, sessions, signInChallenges } from '@mse/db/schema';
import { type EgovMobileMode, startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { egovMobileSigning } from '../../platform/gateways/mobile-signing.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { hashSigningKey } from './signing-key.ts';
import { startIdentityTimers } from './start-identity-timers.ts';

const OWNER = { iin: '900101777001', surname: 'ТЕЛЕФОНОВ', name: 'АЙДОС', patronymic: null, label: '1' };
const OTHER = { iin: '900101777002', surname: 'БАСҚА', name: 'АДАМ', patronymic: null, label: '2' };

let world: World;
let simulators: Simulators;
let ownerId: string;
beforeAll(async () => {
  simulators = await startSimulators({ signers: [OWNER, OTHER] });
  const signatures = simulatedVerifier(simulators);
  const mobileSigning = egovMobileSigning({
    url: simulators.egovMobileUrl,
    timeoutMs: 1500,
    pauseMs: 20,
    log: createLog('api', 'silent'),
    metrics: createMetrics('test'),
  });
  // The authority of the tests lives in the present, so this world does too.
  world = await startWorld({ now: machineNow(), signatures, mobileSigning });
  ownerId = (await known(OWNER)).id;
  await known(OTHER);
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});
beforeEach(() => {
  world.registries.answerAgain();
  phone('ask');
});

const known = ({ iin, surname, name, patronymic }: typeof OWNER) =>
  world.person({ iin, surname, name, patronymic });
const phone = (mode: EgovMobileMode, standing: number | null = null) =>
  simulators.egovMobile.configure({ mode, standing });
const nobody = () => world.client(null, 'ru').identity;

async function start(by = nobody()) {
  const started = await by.startMobileSignature({ host: 'aleumet.example', language: 'ru' });
  if (!started.ok) throw new Error(started.refusal);
  return started;
}
const finish = (signingKey: string, by = nobody()) =>
  by.finishMobileSignature({ signingKey, device: 'Chrome' });
const stored = async (signingKey: string) =>
  (
    await world.db
      .select()
      .from(mobileSignings)
      .where(eq(mobileSignings.secretHash, hashSigningKey(signingKey)))
  )[0];
/** Waits until what happens on the phone stands in the database. */
const reaches = (signingKey: string, state: 'fetched' | 'signed' | 'refused') =>
  vi.waitFor(async () => expect((await stored(signingKey))?.state).toBe(state), { timeout: 5000 });
/** The request as the person sees it on the phone. */
const onPhone = (code: string) =>
  vi.waitFor(() => {
    const found = simulators.egovMobile.pending().find((each) => each.description.includes(code));
    if (!found || found.documents.length === 0) throw new Error('the phone shows nothing yet');
    return found;
  });

async function signed(signer = 0, by = nobody()) {
  const started = await start(by);
  const request = await onPhone(started.compareCode);
  simulators.egovMobile.open(request.id);
  await simulators.egovMobile.sign(request.id, signer);
  await reaches(started.signingKey, 'signed');
  return started;
}

describe('C05: sign-in with eGov Mobile', () => {
  test('C05: the phone shows the same code and the same text, and the signature opens a session of trust signature', async () => {
    const started = await start();
    expect(started.compareCode).toMatch(/^[2-9A-Z]{6}$/);
    expect(await finish(started.signingKey)).toEqual({ ok: false, refusal: 'waiting' });
    const request = await onPhone(started.compareCode);
    expect(request.documents.map(({ text }) => text)).toEqual([started.text]);
    await fetch(started.link, { redirect: 'manual' });
    await reaches(started.signingKey, 'fetched');
    expect(await finish(started.signingKey)).toEqual({ ok: false, refusal: 'opened' });
    await simulators.egovMobile.sign(request.id, 0);
    await reaches(started.signingKey, 'signed');
    const signedIn = await finish(started.signingKey);
    if (!signedIn.ok) throw new Error(signedIn.refusal);
    expect(await world.client(signedIn.token).identity.whoAmI()).toMatchObject({ trust: 'signature' });
  });

  test('C05: neither the key of the browser nor anything of the person stands in the table in the open', async () => {
    const started = await start();
    const row = await stored(started.signingKey);
    expect(JSON.stringify(row)).not.toContain(started.signingKey);
    expect(started.link).not.toContain(started.signingKey);
    expect(row?.text).toBe(started.text);
  });

  test('T13: a step-up by phone gives a new token and ends the session of the SMS', async () => {
    const bySms = await world.signIn(ownerId);
    const { signingKey } = await signed(0, bySms.client.identity);
    const stepped = await finish(signingKey, bySms.client.identity);
    if (!stepped.ok) throw new Error(stepped.refusal);
    expect(stepped.token).not.toBe(bySms.token);
    await expect(bySms.client.identity.whoAmI()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const rows = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'identity.finishMobileSignature'));
    expect(rows.map((row) => row.detail)).toContainEqual(expect.objectContaining({ stepUp: true }));
  });
});

describe('T12: signatures of a phone that must not open', () => {
  test('T12: the same signature a second time, and twenty times at once', async () => {
    const { signingKey } = await signed();
    const before = await world.db.$count(sessions);
    const answers = await Promise.all(Array.from({ length: 20 }, () => finish(signingKey)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await world.db.$count(sessions)).toBe(before + 1);
    expect(await finish(signingKey)).toEqual({ ok: false, refusal: 'challenge-used' });
  });

  test('T12: a signature under another text than was shown', async () => {
    phone('other-text');
    const { signingKey } = await signed();
    expect(await finish(signingKey)).toEqual({ ok: false, refusal: 'content-differs' });
  });

  test('T12: a signature made for one browser serves no other, whatever the other one began', async () => {
    const mine = await signed();
    const theirs = await start();
    expect(await finish(theirs.signingKey)).toEqual({ ok: false, refusal: 'waiting' });
    expect(await finish('x'.repeat(43))).toEqual({ ok: false, refusal: 'challenge-expired' });
    const row = await stored(mine.signingKey);
    // The very CMS handed over for the other signing stands under the wrong text.
    await world.db
      .update(mobileSignings)
      .set({ state: 'signed', cms: row?.cms ?? null })
      .where(eq(mobileSignings.secretHash, hashSigningKey(theirs.signingKey)));
    expect(await finish(theirs.signingKey)).toEqual({ ok: false, refusal: 'content-differs' });
    expect((await finish(mine.signingKey)).ok).toBe(true);
  });

  test('T12: a text older than five minutes, even when it was signed in time', async () => {
    const { signingKey } = await signed();
    world.clock.forward(5 + 1 / 60);
    expect(await finish(signingKey)).toEqual({ ok: false, refusal: 'challenge-expired' });
    await startIdentityTimers(world.deps).stop();
    expect(await stored(signingKey)).toBeUndefined();
    const again = await signed();
    world.clock.forward(5);
    expect((await finish(again.signingKey)).ok).toBe(true);
  });

  test('T12: a person who refuses on the phone is told once, and nothing is signed in', async () => {
    phone('refuse');
    const { signingKey } = await start();
    await reaches(signingKey, 'refused');
    expect(await finish(signingKey)).toEqual({ ok: false, refusal: 'declined' });
    expect(await finish(signingKey)).toEqual({ ok: false, refusal: 'challenge-expired' });
    const rows = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'identity.finishMobileSignature'));
    expect(rows.filter((row) => JSON.stringify(row.detail).includes('declined'))).toHaveLength(1);
  });

  test('T12: a revoked key, and an unanswered question about revocation that a later try mends', async () => {
    const { signingKey } = await signed(1);
    simulators.revocation.faults.ocsp = 'error';
    expect(await finish(signingKey)).toEqual({ ok: false, refusal: 'revocation-unknown' });
    simulators.revocation.faults.ocsp = 'none';
    await simulators.authority.revokePerson(OTHER.iin);
    expect(await finish(signingKey)).toEqual({ ok: false, refusal: 'certificate-revoked' });
  });
});

describe('T21: a gateway that fails', () => {
  test.each(['down', 'silent'] as const)(
    'T21: while the gateway is %s the person knows within two seconds, and nothing is kept',
    async (mode) => {
      phone(mode);
      const before = await world.db.$count(signInChallenges);
      const from = performance.now();
      const answer = await nobody().startMobileSignature({ host: 'aleumet.example', language: 'kk' });
      expect(answer).toEqual({ ok: false, refusal: 'unavailable' });
      expect(performance.now() - from).toBeLessThan(2000);
      expect(await world.db.$count(signInChallenges)).toBe(before);
    },
  );

  test('T21: a gateway that goes down while the person signs is asked again until it is back', async () => {
    const started = await start();
    const request = await onPhone(started.compareCode);
    simulators.egovMobile.open(request.id);
    phone('down');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await simulators.egovMobile.sign(request.id, 0);
    phone('ask');
    await reaches(started.signingKey, 'signed');
    expect((await finish(started.signingKey)).ok).toBe(true);
  });

  test('API10: a gateway that names addresses of somebody else is not followed', async () => {
    const asked: string[] = [];
    const gateway = egovMobileSigning({
      url: 'https://gateway.example',
      timeoutMs: 500,
      log: createLog('api', 'silent'),
      metrics: createMetrics('test'),
      fetch: (url) => {
        asked.push(url instanceof Request ? url.url : String(url));
        return Promise.resolve(
          Response.json({
            dataURL: 'http://169.254.169.254/data',
            signURL: 'https://gateway.example/sign',
            eGovMobileLaunchLink: 'https://gateway.example/open',
          }),
        );
      },
    });
    expect(await gateway.register('title')).toBeNull();
    expect(asked).toEqual(['https://gateway.example/api/egovQr']);
  });
});
