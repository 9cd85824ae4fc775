/** Consent service, questionnaires, document store and receiving systems over real HTTP. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulators, type Simulators } from '../simulators.ts';

const CONTENT = Buffer.from('%PDF-1.4 paper');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let simulators: Simulators;
beforeEach(async () => {
  simulators = await startSimulators({
    registriesToken: 'token',
    receiversToken: 'told',
    registries: {
      people: [],
      phones: [],
      attachments: [],
      guardianships: [],
      consents: [{ messageId: 'sms-1', patientIin: '111111111111', responder: '+77011234567' }],
      questionnaires: [{ iin: '111111111111', defects: ['S88-left'] }],
      files: [{ fileId: 'f-1', content: CONTENT.toString('base64') }],
    },
  });
});
afterEach(() => simulators.close());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${simulators.httpUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer token', ...headers },
    body: JSON.stringify(body),
  });
const ask = async (path: string, question: object) => {
  const response = await post(`/registries/${path}`, { requestId: 'r1', ...question });
  return response.ok ? ((await response.json()) as Record<string, unknown>) : response.status;
};

describe('registries of the remote track', () => {
  test('F001: the consent service knows an SMS by its id, and no other', async () => {
    expect(await ask('consents/lookup', { messageId: 'sms-1' })).toMatchObject({
      found: true,
      patientIin: '111111111111',
      responder: '+77011234567',
    });
    expect(await ask('consents/lookup', { messageId: 'sms-2' })).toMatchObject({
      found: false,
      responder: null,
    });
    expect(await ask('consents/lookup', { iin: '111111111111' })).toBe(400);
  });

  test('F012: questionnaires are told by the defects they are filled for', async () => {
    expect(await ask('aid-questionnaires/lookup', { iin: '111111111111' })).toMatchObject({
      found: true,
      defects: ['S88-left'],
    });
    expect(await ask('aid-questionnaires/lookup', { iin: '222222222222' })).toMatchObject({
      found: false,
      defects: [],
    });
  });

  test('IN-11: the document store describes a file and gives its bytes; it can be made to tell another hash, and to lose it', async () => {
    expect(await ask('document-store/lookup', { fileId: 'f-1' })).toMatchObject({
      found: true,
      file: { fileId: 'f-1', sha256: sha256(CONTENT), bytes: CONTENT.length },
    });
    expect(await ask('document-store/content', { fileId: 'f-1' })).toMatchObject({
      fileId: 'f-1',
      content: CONTENT.toString('base64'),
    });
    simulators.registries.change({
      file: { fileId: 'f-1', content: CONTENT.toString('base64'), sha256: 'f'.repeat(64) },
    });
    expect(await ask('document-store/lookup', { fileId: 'f-1' })).toMatchObject({
      file: { sha256: 'f'.repeat(64) },
    });
    simulators.registries.change({ removeFile: { fileId: 'f-1' } });
    expect(await ask('document-store/lookup', { fileId: 'f-1' })).toMatchObject({ found: false });
    expect(await ask('document-store/content', { fileId: 'f-1' })).toBe(404);
  });

  test('T23: a fault of the store holds for its contents too', async () => {
    await post('/control/registries', { registry: 'document-store', fault: 'error' });
    expect(await ask('document-store/lookup', { fileId: 'f-1' })).toBe(500);
    expect(await ask('document-store/content', { fileId: 'f-1' })).toBe(500);
    expect(await ask('consents/lookup', { messageId: 'sms-1' })).toMatchObject({ found: true });
  });
});

describe('receiving systems', () => {
  const message = {
    id: '019f0000-0000-7000-8000-000000000001',
    kind: 'form-031.returned',
    createdAt: '2026-11-23T04:00:00.000Z',
    payload: { number: '031-1' },
  };
  const tell = (headers: Record<string, string> = {}, body: object = message) =>
    post('/receivers/health-ministry/messages', body, {
      authorization: 'Bearer told',
      'idempotency-key': 'key-1',
      ...headers,
    });

  test('IN-08: a message is acknowledged and stands in the inbox; the same key again is the same message', async () => {
    expect(await (await tell()).json()).toEqual({ acknowledged: true, id: message.id });
    await tell();
    const { messages } = (await (await fetch(`${simulators.httpUrl}/control/receivers`)).json()) as {
      messages: object[];
    };
    expect(messages).toMatchObject([{ destination: 'health-ministry', onceKey: 'key-1', deliveries: 2 }]);
    const page = await fetch(`${simulators.httpUrl}/receivers?lang=kk`);
    expect(await page.text()).toContain('form-031.returned');
  });

  test('IN-08: without token, key or a message of the right shape nothing is taken', async () => {
    expect((await tell({ authorization: 'Bearer other' })).status).toBe(401);
    expect((await tell({ 'idempotency-key': '' })).status).toBe(422);
    expect((await tell({}, { ...message, id: 'no uuid' })).status).toBe(422);
    expect(simulators.receivers.inbox()).toEqual([]);
  });
});
