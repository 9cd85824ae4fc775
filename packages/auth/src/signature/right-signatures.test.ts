/** Signatures that count, and how often the outside is asked about them. */
import { signCms, startSimulators, type Simulators } from '@mse/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { builtinVerifier, type BuiltinVerifierOptions } from './builtin-verifier.ts';

const CONTENT = Buffer.from('{"form":"031/у"}');
const person = { iin: '123456789012', surname: 'ТЕСТОВА', name: 'ӘЛИЯ', patronymic: 'ҚУАТҚЫЗЫ' };
const clinic = { ...person, patronymic: null, bin: '987654321098', organization: 'ЖШС «Емхана»' };

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators();
});
afterAll(() => simulators.close());
beforeEach(() => {
  simulators.revocation.faults = { ocsp: 'none', crl: 'none' };
  simulators.revocation.counts = { ocsp: 0, crl: 0 };
});

let now = Date.now();
function verifier(options: Partial<BuiltinVerifierOptions> = {}): ReturnType<typeof builtinVerifier> {
  return builtinVerifier({
    trustAnchorsPem: simulators.trustAnchorsPem,
    revocation: 'ocsp',
    clock: { now: () => new Date(now) },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    ...options,
  });
}

describe('T12: signatures that count', () => {
  test.each([
    ['rsa', 'rsa'],
    ['gost', 'gost-2015-512'],
  ] as const)('a person signs with %s, detached or attached', async (algorithm, named) => {
    for (const attached of [false, true]) {
      const cms = await simulators.sign(person, CONTENT, { algorithm, attached });
      const verdict = await verifier().verify({ cms, content: CONTENT, at: new Date(), purpose: 'signing' });
      expect(verdict).toMatchObject({
        ok: true,
        value: {
          iin: '123456789012',
          bin: null,
          organization: null,
          kind: 'individual',
          commonName: 'ТЕСТОВА ӘЛИЯ',
          surname: 'ТЕСТОВА',
          givenName: 'ӘЛИЯ',
          patronymic: 'ҚУАТҚЫЗЫ',
          roles: [],
          algorithm: named,
        },
      });
    }
  });

  test('a person signs in with the key made for it, with either algorithm', async () => {
    for (const algorithm of ['rsa', 'gost'] as const) {
      const cms = await simulators.sign(person, CONTENT, { purpose: 'auth', algorithm });
      const input = { cms, content: CONTENT, at: new Date() };
      expect((await verifier().verify({ ...input, purpose: 'authentication' })).ok).toBe(true);
    }
  });

  test('the chair of a commission signs for the clinic: ИИН of the person, БИН of the clinic', async () => {
    const credential = await simulators.authority.issue({
      ...clinic,
      purpose: 'sign',
      roles: ['head', 'right-to-sign'],
    });
    const cms = signCms(credential, CONTENT);
    const verdict = await verifier().verify({ cms, content: CONTENT, at: new Date(), purpose: 'signing' });
    expect(verdict).toMatchObject({
      ok: true,
      value: {
        iin: '123456789012',
        bin: '987654321098',
        organization: 'ЖШС «Емхана»',
        kind: 'organization',
        patronymic: null,
        roles: ['head', 'right-to-sign'],
        certificateSerial: credential.serial,
      },
    });
  });

  test('base64, base64 in lines and PEM are read alike', async () => {
    const base64 = (await simulators.sign(person, CONTENT)).toString('base64');
    const inLines = base64.replace(/(.{64})/g, '$1\r\n');
    for (const cms of [base64, inLines, `-----BEGIN CMS-----\n${inLines}\n-----END CMS-----\n`]) {
      const verdict = await verifier().verify({ cms, content: CONTENT, at: new Date(), purpose: 'signing' });
      expect(verdict.ok).toBe(true);
    }
  });

  test('the term of a certificate includes both its ends', async () => {
    const cms = await simulators.sign(person, CONTENT);
    const { certificate } = await simulators.authority.credentialOf(person, 'sign');
    for (const at of [certificate.notBefore.value, new Date(certificate.notAfter.value)]) {
      const verdict = await verifier().verify({ cms, content: CONTENT, at, purpose: 'signing' });
      expect(verdict.ok).toBe(true);
    }
  });

  test('an OCSP answer without a nonce is taken when it is fresh', async () => {
    simulators.revocation.faults.ocsp = 'no-nonce';
    const cms = await simulators.sign(person, CONTENT);
    expect((await verifier().verify({ cms, content: CONTENT, at: new Date(), purpose: 'signing' })).ok).toBe(
      true,
    );
  });

  test('the list decides when OCSP is silent and the setting allows it', async () => {
    simulators.revocation.faults.ocsp = 'error';
    const cms = await simulators.sign(person, CONTENT);
    const input = { cms, content: CONTENT, at: new Date(), purpose: 'signing' } as const;
    expect((await verifier({ revocation: 'ocsp-or-crl' }).verify(input)).ok).toBe(true);
    expect((await verifier({ revocation: 'ocsp' }).verify(input)).ok).toBe(false);
  });
});

describe('T12: how often the revocation service is asked', () => {
  test('a burst of a hundred signatures asks OCSP once', async () => {
    const cms = await simulators.sign(person, CONTENT);
    const check = verifier();
    const input = { cms, content: CONTENT, at: new Date(), purpose: 'signing' } as const;
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => check.verify(input)));
    expect(verdicts.every((each) => each.ok)).toBe(true);
    expect(simulators.revocation.counts.ocsp).toBe(1);
  });

  test('a good answer is reused for 60 seconds and not longer, and revocation is seen then', async () => {
    const credential = await simulators.authority.issue({ ...person, purpose: 'sign' });
    const check = verifier();
    const input = {
      cms: signCms(credential, CONTENT),
      content: CONTENT,
      at: new Date(),
      purpose: 'signing',
    } as const;
    now = Date.now();
    expect((await check.verify(input)).ok).toBe(true);
    simulators.authority.revoke(credential.serial);
    now += 59_000;
    expect((await check.verify(input)).ok).toBe(true);
    now += 2_000;
    expect(await check.verify(input)).toEqual({ ok: false, refusal: 'certificate-revoked' });
    expect(simulators.revocation.counts.ocsp).toBe(2);
    now = Date.now();
  });

  test('an unknown answer is never reused', async () => {
    simulators.revocation.faults.ocsp = 'error';
    const cms = await simulators.sign(person, CONTENT);
    const check = verifier();
    const input = { cms, content: CONTENT, at: new Date(), purpose: 'signing' } as const;
    expect((await check.verify(input)).ok).toBe(false);
    simulators.revocation.faults.ocsp = 'none';
    expect((await check.verify(input)).ok).toBe(true);
  });

  test('a revocation list is loaded once for a burst', async () => {
    const cms = await simulators.sign(person, CONTENT);
    const check = verifier({ revocation: 'crl' });
    const input = { cms, content: CONTENT, at: new Date(), purpose: 'signing' } as const;
    await Promise.all(Array.from({ length: 30 }, () => check.verify(input)));
    await check.verify(input);
    expect(simulators.revocation.counts.crl).toBe(1);
  });
});
