import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, X509Certificate } from 'node:crypto';
import { Certificate } from 'pkijs';
import { afterAll, describe, expect, test } from 'vitest';
import { startSimulators } from '../simulators.ts';
import { streebog512 } from './gost.ts';
import { signCms } from './sign-cms.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulated-pki-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = { iin: '123456789012', surname: 'ТЕСТОВА', name: 'ӘЛИЯ', patronymic: 'ҚУАТҚЫЗЫ' };

/** The certificates of a PEM bundle. */
function certificatesOf(pem: string): X509Certificate[] {
  return (pem.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    (each) => new X509Certificate(each),
  );
}

describe('the development certificate authority', () => {
  test('Node itself confirms the RSA way from a person to the root', async () => {
    const simulators = await startSimulators();
    try {
      const [root, intermediate] = certificatesOf(simulators.trustAnchorsPem);
      const leaf = new X509Certificate((await simulators.authority.credentialOf(person, 'sign')).pem);
      if (root === undefined || intermediate === undefined)
        throw new Error('Two RSA authorities are expected');
      expect(root.verify(root.publicKey)).toBe(true);
      expect(intermediate.verify(root.publicKey)).toBe(true);
      expect(leaf.verify(intermediate.publicKey)).toBe(true);
      expect([root.ca, intermediate.ca, leaf.ca]).toEqual([true, true, false]);
      expect(leaf.checkIssued(intermediate)).toBe(true);
    } finally {
      await simulators.close();
    }
  });

  test('names are written as the national authority writes them', async () => {
    const simulators = await startSimulators();
    try {
      const clinic = { ...person, bin: '987654321098', organization: 'ЖШС «Емхана»' };
      const personal = new X509Certificate(
        (await simulators.authority.issue({ ...person, purpose: 'auth' })).pem,
      );
      const official = new X509Certificate(
        (await simulators.authority.issue({ ...clinic, purpose: 'sign' })).pem,
      );
      expect(personal.subject.split('\n')).toEqual([
        'CN=ТЕСТОВА ӘЛИЯ',
        'SN=ТЕСТОВА',
        'serialNumber=IIN123456789012',
        'C=KZ',
        'GN=ҚУАТҚЫЗЫ',
      ]);
      expect(official.subject).toContain('O=ЖШС «Емхана»\nOU=BIN987654321098');
      expect(personal.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2', '1.2.398.3.3.4.1.1']);
      expect(official.keyUsage).toEqual(['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.2', '1.2.398.3.3.4.1.2.5']);
      expect(personal.infoAccess).toContain(`${simulators.httpUrl}/pki/ocsp`);
    } finally {
      await simulators.close();
    }
  });

  test('after a restart with the same folder old certificates are still trusted and known', async () => {
    const first = await startSimulators({ dataDir: folder });
    const kept = await first.authority.issue({ ...person, purpose: 'sign' });
    const revoked = await first.authority.issue({ ...person, purpose: 'sign', revoked: true });
    await first.close();
    const second = await startSimulators({ dataDir: folder });
    try {
      expect(second.trustAnchorsPem).toBe(first.trustAnchorsPem);
      expect(second.authority.statusOf(kept.serial)).toEqual({ kind: 'good' });
      expect(second.authority.statusOf(revoked.serial).kind).toBe('revoked');
      expect(second.authority.statusOf('abcdef')).toEqual({ kind: 'unknown' });
    } finally {
      await second.close();
    }
  });

  test('a person gets one lasting certificate per purpose, and a bundle can be downloaded', async () => {
    const simulators = await startSimulators();
    try {
      const { authority } = simulators;
      const once = await authority.credentialOf(person, 'sign');
      expect(await authority.credentialOf(person, 'sign')).toBe(once);
      expect(await authority.credentialOf(person, 'auth')).not.toBe(once);
      const response = await fetch(`${simulators.httpUrl}/pki/trust-anchors.pem`);
      expect(await response.text()).toBe(simulators.trustAnchorsPem);
    } finally {
      await simulators.close();
    }
  });

  test('revoking a person by the control revokes every lasting certificate of that person', async () => {
    const simulators = await startSimulators();
    try {
      const sign = await simulators.authority.credentialOf(person, 'sign');
      const auth = await simulators.authority.credentialOf(person, 'auth');
      const response = await fetch(`${simulators.httpUrl}/control/pki`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ revokePerson: person.iin }),
      });
      expect(response.status).toBe(200);
      expect(simulators.authority.statusOf(sign.serial).kind).toBe('revoked');
      expect(simulators.authority.statusOf(auth.serial).kind).toBe('revoked');
    } finally {
      await simulators.close();
    }
  });
});

describe('ГОСТ of the development authority', () => {
  test('Streebog-512 gives the digest of the standard for its first example', () => {
    // RFC 6986, example 1; the RFC prints numbers with the least significant byte last.
    const message = Buffer.from(
      '323130393837363534333231303938373635343332313039383736353433323130393837363534333231303938373635343332313039383736353433323130',
      'hex',
    ).reverse();
    const expected = Buffer.from(
      '486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b',
      'hex',
    ).reverse();
    expect(Buffer.from(streebog512(message)).toString('hex')).toBe(expected.toString('hex'));
  });

  test('certificates carry the identifiers of the national authority', async () => {
    const simulators = await startSimulators();
    try {
      const { certificate } = await simulators.authority.credentialOf(person, 'sign', 'gost');
      expect(certificate.signatureAlgorithm.algorithmId).toBe('1.2.398.3.10.1.1.2.3.2');
      expect(certificate.subjectPublicKeyInfo.algorithm.algorithmId).toBe('1.2.398.3.10.1.1.2.2');
      expect(
        Certificate.fromBER(certificate.toSchema().toBER()).serialNumber.isEqual(certificate.serialNumber),
      ).toBe(true);
    } finally {
      await simulators.close();
    }
  });
});

const OPENSSL = 'openssl';
const openssl = hasOpenssl();

function hasOpenssl(): boolean {
  try {
    execFileSync(OPENSSL, ['version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** A second opinion from a program we did not write, where the machine has it. */
describe.skipIf(!openssl)('openssl agrees', () => {
  test('with certificate, CMS, OCSP answer and revocation list', async () => {
    const simulators = await startSimulators();
    try {
      const credential = await simulators.authority.issue({ ...person, purpose: 'sign' });
      const content = Buffer.from('Қол қойылатын мәтін');
      const file = (name: string, bytes: Uint8Array | string): string => {
        const path = join(folder, name);
        writeFileSync(path, bytes);
        return path;
      };
      const anchors = file('anchors.pem', simulators.trustAnchorsPem);
      const leaf = file('leaf.pem', credential.pem);
      const { intermediate } = simulators.authority.chain('rsa');
      const issuer = file('issuer.der', Buffer.from(intermediate.certificate.toSchema().toBER()));
      const cms = file('signed.cms', signCms(credential, content));
      const detached = file('content.bin', content);
      const run = (...args: string[]): string =>
        execFileSync(OPENSSL, args, { stdio: 'pipe', timeout: 20_000 }).toString('utf8');

      expect(run('verify', '-purpose', 'any', '-CAfile', anchors, leaf)).toContain('OK');
      run(
        'cms',
        '-verify',
        '-inform',
        'der',
        '-in',
        cms,
        '-content',
        detached,
        '-binary',
        '-purpose',
        'any',
        '-CAfile',
        anchors,
        '-out',
        join(folder, 'out.bin'),
      );
      const list = file(
        'list.crl',
        Buffer.from(await (await fetch(`${simulators.httpUrl}/pki/crl`)).arrayBuffer()),
      );
      run('crl', '-inform', 'der', '-in', list, '-noout', '-CAfile', anchors);

      // openssl writes the question and judges the answer; this process carries both.
      const request = join(folder, 'request.der');
      run('ocsp', '-issuer', issuer, '-cert', leaf, '-reqout', request);
      const answer = await fetch(`${simulators.httpUrl}/pki/ocsp`, {
        method: 'POST',
        body: readFileSync(request),
      });
      const saved = file('answer.der', Buffer.from(await answer.arrayBuffer()));
      const verdict = run(
        ...['ocsp', '-issuer', issuer, '-cert', leaf, '-no_nonce', '-respin', saved, '-CAfile', anchors],
      );
      expect(verdict).toContain(`${leaf}: good`);
    } finally {
      await simulators.close();
    }
  });
});

test('every certificate gets a serial number of its own', async () => {
  const simulators = await startSimulators();
  try {
    const many = await Promise.all(
      Array.from({ length: 20 }, () =>
        simulators.authority.issue({ ...person, purpose: 'sign', algorithm: 'gost' }),
      ),
    );
    const prints = many.map((each) => createHash('sha256').update(each.pem).digest('hex'));
    expect(new Set(prints).size).toBe(20);
    expect(many.every((each) => each.serial.length === 40)).toBe(true);
  } finally {
    await simulators.close();
  }
});
