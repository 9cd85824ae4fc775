/** The unmodified ncalayer-js-client talks to the simulator over a real WebSocket. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ContentInfo, SignedData } from 'pkijs';
import { startSimulators, type Simulators } from '../simulators.ts';
import type { DemoSigner } from './ncalayer-server.ts';

interface Client {
  connect(): Promise<string>;
  basicsSignCMS(
    storages: unknown,
    data: unknown,
    signing: unknown,
    signer: unknown,
    locale?: string,
  ): Promise<string | string[]>;
  getActiveTokens(): Promise<unknown>;
  createCAdESFromBase64(storage: string, data: string, keyType?: string, attach?: boolean): Promise<string>;
  wsConnection: WebSocket;
}
interface ClientClass {
  new (url?: string, allowKmdHttpApi?: boolean): Client;
  basicsStorageAll: unknown;
  basicsCMSParamsDetached: unknown;
  basicsCMSParamsAttached: unknown;
  basicsSignerAuthAny: unknown;
  basicsSignerSignAny: unknown;
  basicsSignerSignPerson: unknown;
}

const require = createRequire(import.meta.url);
const { NCALayerClient } = require('ncalayer-js-client') as {
  NCALayerClient: ClientClass;
};

const signers: DemoSigner[] = [
  { iin: '111111111111', surname: 'БІРІНШІ', name: 'АДАМ', patronymic: null, label: 'азамат' },
  {
    iin: '222222222222',
    surname: 'ЕКІНШІ',
    name: 'АДАМ',
    patronymic: 'ӘКЕСІ',
    bin: '987654321098',
    organization: 'Емхана',
    label: 'дәрігер',
  },
];
const text = 'Кіру сөзі: бір рет';
const data = Buffer.from(text).toString('base64');

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ signers });
});
afterAll(() => simulators.close());
beforeEach(() => control({ mode: 'ask', signer: null }));

async function control(body: object): Promise<{ mode: string; signer: string | null }> {
  const response = await fetch(`${simulators.httpUrl}/control/ncalayer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`control answered ${response.status}`);
  return (await response.json()) as { mode: string; signer: string | null };
}

async function connect(): Promise<Client> {
  const client = new NCALayerClient(simulators.ncalayerUrl, false);
  expect(await client.connect()).toBe('1.4');
  return client;
}

/** Subject of the only signer, as type and value. */
function signerOf(cms: string): { subject: Record<string, string>; hasContent: boolean; purposes: string[] } {
  const parsed = new SignedData({
    schema: ContentInfo.fromBER(Uint8Array.from(Buffer.from(cms, 'base64'))).content,
  });
  const certificate = parsed.certificates?.[0];
  if (certificate === undefined || !('subject' in certificate)) throw new Error('No certificate in the CMS');
  return {
    subject: Object.fromEntries(
      certificate.subject.typesAndValues.map((each) => [each.type, each.value.valueBlock.value]),
    ),
    hasContent: parsed.encapContentInfo.eContent !== undefined,
    purposes:
      certificate.extensions?.find((each) => each.extnID === '2.5.29.37')?.parsedValue.keyPurposes ?? [],
  };
}

async function waitForPending(): Promise<string> {
  for (let i = 0; i < 200; i += 1) {
    const [first] = simulators.ncalayer.pending();
    if (first !== undefined) return first.id;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('No request came');
}

const postForm = (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(`${simulators.httpUrl}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

describe('NCALayer', () => {
  test('T21: the standing signer signs at once, with the key for the purpose asked', async () => {
    await control({ mode: 'auto', signer: '111111111111' });
    const client = await connect();
    const signIn = await client.basicsSignCMS(
      NCALayerClient.basicsStorageAll,
      data,
      NCALayerClient.basicsCMSParamsDetached,
      NCALayerClient.basicsSignerAuthAny,
    );
    const first = signerOf(String(signIn));
    expect(first.subject['2.5.4.5']).toBe('IIN111111111111');
    expect(first.purposes).toContain('1.3.6.1.5.5.7.3.2');
    expect(first.hasContent).toBe(false);
    const document = await client.basicsSignCMS(
      NCALayerClient.basicsStorageAll,
      [data, data],
      NCALayerClient.basicsCMSParamsAttached,
      NCALayerClient.basicsSignerSignAny,
    );
    expect(document).toHaveLength(2);
    const second = signerOf(String(document[0]));
    expect(second.purposes).toContain('1.3.6.1.5.5.7.3.4');
    expect(second.hasContent).toBe(true);
    client.wsConnection.close();
  });

  test('T21: a request waits on the page with its exact text until a person is chosen there', async () => {
    const client = await connect();
    const signing = client.basicsSignCMS(
      NCALayerClient.basicsStorageAll,
      data,
      NCALayerClient.basicsCMSParamsDetached,
      NCALayerClient.basicsSignerSignAny,
    );
    const request = await waitForPending();
    const page = await (await fetch(`${simulators.httpUrl}/ncalayer?lang=kk`)).text();
    expect(page).toContain(text);
    expect(page).toContain('ЕКІНШІ АДАМ ӘКЕСІ');
    expect(page).not.toContain('http-equiv="refresh"');
    const response = await postForm('/ncalayer/choose?lang=ru', { request, signer: '1' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/ncalayer?lang=ru']);
    const { subject } = signerOf(String(await signing));
    expect(subject['2.5.4.11']).toBe('BIN987654321098');
    expect(simulators.ncalayer.pending()).toEqual([]);
    client.wsConnection.close();
  });

  test('T21: choosing "always" signs what waits and everything after it', async () => {
    const client = await connect();
    const sign = (): Promise<string | string[]> =>
      client.basicsSignCMS(
        null,
        data,
        NCALayerClient.basicsCMSParamsDetached,
        NCALayerClient.basicsSignerSignPerson,
      );
    const waiting = sign();
    await waitForPending();
    await postForm('/ncalayer/always', { signer: '1' });
    // A personal key was asked for, so the organisation stays out.
    expect(signerOf(String(await waiting)).subject['2.5.4.11']).toBeUndefined();
    expect(signerOf(String(await sign())).subject['2.5.4.5']).toBe('IIN222222222222');
    await postForm('/ncalayer/always', { signer: '' });
    expect(simulators.ncalayer.mode).toBe('ask');
    client.wsConnection.close();
  });

  test('T21: a person who cancels gives the client its own "cancelled by user"', async () => {
    const client = await connect();
    const signing = client.basicsSignCMS(
      null,
      data,
      NCALayerClient.basicsCMSParamsDetached,
      NCALayerClient.basicsSignerSignAny,
    );
    await Promise.all([
      expect(signing).rejects.toMatchObject({ canceledByUser: true }),
      waitForPending().then((request) => postForm('/ncalayer/cancel', { request })),
    ]);
    await control({ mode: 'cancel' });
    await expect(
      client.basicsSignCMS(
        null,
        data,
        NCALayerClient.basicsCMSParamsDetached,
        NCALayerClient.basicsSignerSignAny,
      ),
    ).rejects.toMatchObject({ canceledByUser: true });
    client.wsConnection.close();
  });

  test('T21: a program that does not run refuses the connection, and comes back on the same port', async () => {
    await control({ mode: 'down' });
    await expect(new NCALayerClient(simulators.ncalayerUrl, false).connect()).rejects.toThrow(/NCALayer/);
    await control({ mode: 'ask' });
    (await connect()).wsConnection.close();
  });

  test.each([
    ['no-module', /MODULE_NOT_FOUND/],
    ['error', /500/],
    ['closes', /закрыл соединение/],
  ] as const)('T21: in mode "%s" the client gets a distinct error', async (mode, message) => {
    await control({ mode, signer: '111111111111' });
    const client = await connect();
    await expect(
      client.basicsSignCMS(
        null,
        data,
        NCALayerClient.basicsCMSParamsDetached,
        NCALayerClient.basicsSignerSignAny,
      ),
    ).rejects.toThrow(message);
    client.wsConnection.close();
  });

  test('the older module works as the fallback that pages use', async () => {
    await control({ mode: 'auto', signer: '222222222222' });
    const client = await connect();
    expect(await client.getActiveTokens()).toEqual([]);
    const cms = await client.createCAdESFromBase64('PKCS12', data, 'AUTHENTICATION', true);
    expect(signerOf(cms)).toMatchObject({ hasContent: true });
    expect(signerOf(cms).purposes).toContain('1.3.6.1.5.5.7.3.2');
    client.wsConnection.close();
  });

  test('a page that goes away takes its request with it', async () => {
    const client = await connect();
    const signing = client.basicsSignCMS(
      null,
      data,
      NCALayerClient.basicsCMSParamsDetached,
      NCALayerClient.basicsSignerSignAny,
    );
    await waitForPending();
    client.wsConnection.close();
    await expect(signing).rejects.toThrow();
    await expect.poll(() => simulators.ncalayer.pending()).toEqual([]);
  });

  test('the heartbeat is echoed, nonsense gets an error, and the connection lives', async () => {
    const socket = new WebSocket(simulators.ncalayerUrl);
    const received: string[] = [];
    socket.onmessage = (event) => received.push(String(event.data));
    await expect.poll(() => received.length).toBe(1);
    for (const each of [
      '--heartbeat--',
      '{',
      '[]',
      '{"module":"kz.digiflow.mobile.extensions","method":"getVersion"}',
    ])
      socket.send(each);
    await expect.poll(() => received.length).toBe(5);
    expect(received).toContain('--heartbeat--');
    expect(received.filter((each) => each.includes('"status":false'))).toHaveLength(3);
    socket.close();
  });

  test('an unknown signer is an error of the control', async () => {
    await expect(control({ signer: '999999999999' })).rejects.toThrow(/404/);
    await expect(control({ mode: 'sometimes' })).rejects.toThrow(/400/);
  });

  test('with a certificate of its own it speaks wss', async () => {
    const secure = await startSimulators({ signers, ncalayerTls: true });
    try {
      const { WebSocket: Socket } = await import('ws');
      const socket = new Socket(secure.ncalayerUrl, { rejectUnauthorized: false });
      const first = await new Promise((resolve, reject) => {
        socket.on('message', (message: Buffer) => resolve(message.toString('utf8')));
        socket.on('error', reject);
      });
      expect(secure.ncalayerUrl).toMatch(/^wss:/);
      expect(first).toBe('{"result":{"version":"1.4"}}');
      socket.close();
    } finally {
      await secure.close();
    }
  });
});
