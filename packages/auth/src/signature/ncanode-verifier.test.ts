/** The NCANode adapter against a stand-in that answers in NCANode's own shapes. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signCms, startSimulators, type Simulators } from '@mse/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ncanodeVerifier } from './ncanode-verifier.ts';
import type { SignatureRefusal } from './signature-verifier.ts';

const CONTENT = Buffer.from('{"form":"031/у"}');
const person = { iin: '123456789012', surname: 'ТЕСТОВА', name: 'ӘЛИЯ', patronymic: 'ҚУАТҚЫЗЫ' };

let simulators: Simulators;
let server: Server;
let url: string;
let cms: Buffer;
let serial: string;
let asked: { path: string; body: unknown } | null = null;
let answer: () => { status?: number; body: unknown } | 'silent';

beforeAll(async () => {
  simulators = await startSimulators();
  const credential = await simulators.authority.credentialOf(person, 'sign');
  serial = credential.serial;
  cms = signCms(credential, CONTENT);
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked = { path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
      const reply = answer();
      if (reply === 'silent') return;
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await simulators.close();
});
beforeEach(() => {
  asked = null;
  answer = () => ({ body: verified() });
});

/** NCANode's CmsVerificationResponse. */
function verified(
  change: { valid?: boolean; certificate?: object; revocation?: object; signers?: object[] } = {},
): object {
  const certificate = {
    valid: true,
    revocations: [{ revoked: false, by: 'OCSP', revocationTime: null, reason: 'OK', ...change.revocation }],
    keyUsage: 'SIGN',
    serialNumber: serial,
    signAlg: 'SHA256WITHRSA',
    keyUser: ['INDIVIDUAL'],
    subject: { commonName: 'ТЕСТОВА ӘЛИЯ', iin: '123456789012', country: 'KZ' },
    ...change.certificate,
  };
  const signers = change.signers ?? [{ certificates: [certificate], tsp: null }];
  return { status: 200, message: 'OK', valid: change.valid ?? true, signers };
}

const input = (): Parameters<ReturnType<typeof ncanodeVerifier>['verify']>[0] => ({
  cms,
  content: CONTENT,
  at: new Date(),
  purpose: 'signing',
});

describe('T12: verification by NCANode', () => {
  test('a signature that NCANode confirms counts, with the person from the certificate', async () => {
    const verdict = await ncanodeVerifier({ url: `${url}/` }).verify(input());
    expect(verdict).toMatchObject({ ok: true, value: { iin: '123456789012', certificateSerial: serial } });
    expect(asked).toEqual({
      path: '/cms/verify',
      body: { cms: cms.toString('base64'), data: CONTENT.toString('base64'), revocationCheck: ['OCSP'] },
    });
  });

  const answers: [what: string, refusal: SignatureRefusal, body: () => unknown][] = [
    ['signature invalid', 'bad-signature', () => verified({ valid: false })],
    [
      'certificate revoked',
      'certificate-revoked',
      () =>
        verified({
          valid: false,
          certificate: { valid: false },
          revocation: { revoked: true, reason: 'OK' },
        }),
    ],
    [
      'issuer unknown',
      'untrusted-chain',
      () =>
        verified({
          valid: false,
          certificate: { valid: false },
          revocation: {
            reason: 'Cannot find root certificate in NCANode. Try add it using NCANODE_CA_URL variable.',
          },
        }),
    ],
    [
      'OCSP unreachable',
      'revocation-unknown',
      () =>
        verified({
          valid: false,
          certificate: { valid: false },
          revocation: { reason: 'Connection refused' },
        }),
    ],
    [
      'certificate invalid for another reason',
      'untrusted-chain',
      () => verified({ valid: false, certificate: { valid: false } }),
    ],
    [
      '"valid" for a certificate called invalid',
      'untrusted-chain',
      () => verified({ certificate: { valid: false } }),
    ],
    ['no revocation check done', 'revocation-unknown', () => verified({ certificate: { revocations: [] } })],
    [
      'checked by another source than asked',
      'revocation-unknown',
      () => verified({ revocation: { by: 'CRL' } }),
    ],
    ['another certificate', 'malformed', () => verified({ certificate: { serialNumber: 'abcdef' } })],
    ['no signers', 'revocation-unknown', () => verified({ signers: [] })],
    [
      'two signers',
      'revocation-unknown',
      () => verified({ signers: [{ certificates: [{}] }, { certificates: [{}] }] }),
    ],
    ['a list', 'revocation-unknown', () => []],
    ['a web page', 'revocation-unknown', () => '<html></html>'],
    ['"valid" as a word', 'revocation-unknown', () => ({ ...verified(), valid: 'true' })],
  ];
  test.each(answers)('answer "%s" is refused as %s', async (_what, refusal, body) => {
    answer = () => ({ body: body() });
    expect(await ncanodeVerifier({ url }).verify(input())).toEqual({ ok: false, refusal });
  });

  test.each([400, 404, 500, 503])('HTTP %i establishes nothing', async (status) => {
    answer = () => ({ status, body: verified() });
    expect(await ncanodeVerifier({ url }).verify(input())).toEqual({
      ok: false,
      refusal: 'revocation-unknown',
    });
  });

  test('a silent NCANode is given up after the limit of time', async () => {
    answer = () => 'silent';
    const verdict = await ncanodeVerifier({ url, timeoutMs: 200 }).verify(input());
    expect(verdict).toEqual({ ok: false, refusal: 'revocation-unknown' });
  });

  test('what NCANode does not look at is refused before it is asked', async () => {
    const verifier = ncanodeVerifier({ url });
    const attached = await simulators.sign(person, Buffer.from('басқа'), { attached: true });
    const signIn = await simulators.sign(person, CONTENT, { purpose: 'auth' });
    const two = [
      await simulators.authority.credentialOf(person, 'sign'),
      await simulators.authority.credentialOf(person, 'auth'),
    ];
    const attempts = [
      [{ ...input(), cms: attached }, 'content-differs'],
      [{ ...input(), cms: signIn }, 'wrong-purpose'],
      [{ ...input(), cms: signCms(two, CONTENT) }, 'not-one-signer'],
      [{ ...input(), cms: 'AAAA' }, 'malformed'],
      [{ ...input(), at: new Date('2100-01-01') }, 'certificate-expired'],
      [{ ...input(), at: new Date('2000-01-01') }, 'certificate-not-yet-valid'],
    ] as const;
    for (const [attempt, refusal] of attempts)
      expect(await verifier.verify(attempt)).toEqual({ ok: false, refusal });
    expect(asked).toBeNull();
  });

  test('a verifier that checks no revocation cannot be made', () => {
    expect(() => ncanodeVerifier({ url, revocationCheck: [] })).toThrow(/revocation/);
  });
});
