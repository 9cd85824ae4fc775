import { describe, expect, test } from 'vitest';
import { describeDevice } from './device.ts';
import { allGood, queueLight, registryLight } from './operations-lights.ts';
import { safePath } from './server/safe-path.ts';
import { sameInLanguages } from './shell/languages.ts';
import { fill, keep } from './words.ts';

describe('after sign-in a person is led on', () => {
  test('to a page of this app', () => {
    for (const path of [
      '/kk/day',
      '/ru/day?day=2026-11-23',
      '/en',
      '/ru/person/booking/01a20678-a6a0-7203-af34-b696d2a41c4c',
    ])
      expect(safePath(path)).toBe(path);
  });

  test('and never anywhere else', () => {
    for (const path of [
      'https://evil.example/kk',
      '//evil.example',
      '/kk//evil.example',
      '/kk/\\evil',
      '/de/day',
      '/',
      'kk/day',
      '/kk/day#x',
      `/kk/${'a'.repeat(400)}`,
      null,
    ])
      expect(safePath(path), String(path)).toBeNull();
  });
});

describe('language links', () => {
  const links = (address: string) =>
    sameInLanguages(new URL(address, 'http://admin.example')).map((link) => link.href);

  test('keep the page and what is chosen on it', () => {
    expect(links('/ru/day?day=2026-11-23')).toEqual([
      '/kk/day?day=2026-11-23',
      '/ru/day?day=2026-11-23',
      '/en/day?day=2026-11-23',
    ]);
    expect(links('/kk')).toEqual(['/kk', '/ru', '/en']);
  });

  test('do not repeat a form that was just sent', () => {
    expect(links('/ru/arrival?/find')).toEqual(['/kk/arrival', '/ru/arrival', '/en/arrival']);
  });
});

describe('texts filled in the browser', () => {
  test('take their values and leave an unknown place visible', () => {
    expect(fill('{{ticket}}: {{room}} {{other}}', { ticket: 'A-003', room: 14 })).toBe('A-003: 14 {{other}}');
    expect(fill('{{ticket}}', { ticket: '{{room}}' })).toBe('{{room}}');
  });

  test('are asked for with their places left open', () => {
    expect(keep('ticket', 'room')).toEqual({ ticket: '{{ticket}}', room: '{{room}}' });
  });
});

describe('P01: lights of the system', () => {
  test('a registry that is held back is red, one never asked is grey and no alarm', () => {
    expect((['closed', 'half-open', 'open', 'unknown'] as const).map(registryLight)).toEqual([
      'good',
      'warning',
      'bad',
      'unknown',
    ]);
  });

  test('work that failed for good needs attention, work that waits does not', () => {
    expect(queueLight({ name: 'sms', waiting: 500, failed: 0 })).toBe('good');
    expect(queueLight({ name: 'sms', waiting: 0, failed: 1 })).toBe('warning');
  });

  test('all is well only when every part is', () => {
    const well = {
      database: { ok: true, version: '18' },
      queues: [{ name: 'sms', waiting: 1, failed: 0 }],
      messages: [],
      registries: [{ name: 'persons', state: 'unknown' as const, lastSuccessAt: null }],
    };
    expect(allGood(well)).toBe(true);
    expect(allGood({ ...well, database: { ok: false, version: '18' } })).toBe(false);
    expect(allGood({ ...well, messages: [{ state: 'dead', count: 1 }] })).toBe(false);
    expect(allGood({ ...well, messages: [{ state: 'undelivered', count: 9 }] })).toBe(true);
    expect(allGood({ ...well, queues: [{ name: 'sms', waiting: 0, failed: 2 }] })).toBe(false);
    expect(allGood({ ...well, registries: [{ name: 'persons', state: 'open', lastSuccessAt: null }] })).toBe(
      false,
    );
  });
});

describe('the list of own sign-ins', () => {
  test('names browser and system instead of the browser’s long self-portrait', () => {
    const windows =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';
    expect(describeDevice(windows)).toBe('Chrome 148, Windows');
    expect(describeDevice(`${windows} Edg/148.0.1`)).toBe('Edge 148, Windows');
    expect(
      describeDevice(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
      ),
    ).toBe('Safari 19, iOS');
    expect(describeDevice('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox 140, Linux',
    );
    expect(describeDevice('curl')).toBe('curl');
    expect(describeDevice('  ')).toBeNull();
  });
});
