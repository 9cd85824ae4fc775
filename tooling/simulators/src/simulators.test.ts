import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulators, type Simulators } from './simulators.ts';
import { texts } from './web/texts.ts';

let simulators: Simulators;
beforeAll(async () => {
  const signers = [
    { iin: '111111111111', surname: 'БІРІНШІ', name: 'АДАМ', patronymic: null, label: 'азамат' },
  ];
  simulators = await startSimulators({ signers });
});
afterAll(() => simulators.close());

describe('the pages', () => {
  test.each(['/', '/ncalayer', '/sms'])(
    '%s is written in each language, says that it is a simulator, and needs no script',
    async (path) => {
      for (const language of ['kk', 'ru', 'en'] as const) {
        const response = await fetch(`${simulators.httpUrl}${path}?lang=${language}`);
        const page = await response.text();
        expect(response.status).toBe(200);
        expect(page).toContain(`<html lang="${language}">`);
        expect(page).toContain(texts[language].honest);
        expect(page).not.toMatch(/<script|secret/);
      }
    },
  );

  test('the language follows the browser when none is asked for', async () => {
    const page = async (language: string): Promise<string> =>
      (await fetch(`${simulators.httpUrl}/`, { headers: { 'accept-language': language } })).text();
    expect(await page('ru-RU,ru;q=0.9')).toContain('<html lang="ru">');
    expect(await page('de')).toContain('<html lang="kk">');
  });

  test('a form of another site is refused, and so is a control that is not JSON', async () => {
    const foreign = await fetch(`${simulators.httpUrl}/ncalayer/always`, {
      method: 'POST',
      headers: { origin: 'http://evil.example' },
      body: new URLSearchParams({ signer: '0' }),
    });
    expect(foreign.status).toBe(403);
    expect(simulators.ncalayer.mode).toBe('ask');
    const plain = await fetch(`${simulators.httpUrl}/control/ncalayer`, {
      method: 'POST',
      body: '{"mode":"down"}',
    });
    expect(plain.status).toBe(415);
  });

  test('one control puts everything back to normal', async () => {
    simulators.revocation.faults.ocsp = 'silent';
    simulators.registries.setFault('all', { fault: 'hang' });
    await simulators.smsc.configure({ submit: 'throttle' });
    await simulators.ncalayer.configure({ mode: 'cancel' });
    const response = await fetch(`${simulators.httpUrl}/control/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(200);
    expect(simulators.revocation.faults.ocsp).toBe('none');
    expect(simulators.registries.faults().persons.fault).toBe('none');
    expect(simulators.smsc.settings.submit).toBe('accept');
    expect(simulators.ncalayer.mode).toBe('ask');
  });
});

test('a taken port is told, and what had started is stopped again', async () => {
  const port = Number(new URL(simulators.smppUrl).port);
  await expect(startSimulators({ smppPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the process says one line when ready and stops at SIGTERM', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
  const registry = join(folder, 'registry.json');
  const signers = join(folder, 'signers.json');
  writeFileSync(
    registry,
    JSON.stringify({
      people: [],
      phones: [{ iin: '111111111111', phone: '+77011234567' }],
      attachments: [],
      guardianships: [],
    }),
  );
  writeFileSync(
    signers,
    JSON.stringify([{ iin: '111111111111', surname: 'Б', name: 'А', patronymic: null, label: 'азамат' }]),
  );
  const child = spawn(process.execPath, [new URL('./main.ts', import.meta.url).pathname], {
    env: {
      PATH: process.env['PATH'],
      SIM_PORT: '0',
      SMPP_PORT: '0',
      NCALAYER_PORT: '0',
      SIM_DATA_DIR: join(folder, 'data'),
      SIM_REGISTRY_FILE: registry,
      SIM_SIGNERS_FILE: signers,
    },
  });
  try {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    await expect
      .poll(() => output, { timeout: 20_000 })
      .toMatch(/^simulators ready: http:\S+ smpp:\S+ ws:\S+\n$/);
    const url = /http:\S+/.exec(output)?.[0] ?? '';
    const response = await fetch(`${url}/registries/mobile-citizens/lookup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer registries' },
      body: JSON.stringify({ requestId: 'r', iin: '111111111111' }),
    });
    expect(await response.json()).toMatchObject({ phone: '+77011234567' });
    const code = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    expect(await code).toBe(0);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
