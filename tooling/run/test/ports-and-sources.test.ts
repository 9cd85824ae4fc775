import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, isPortFree, nextFreePort } from '../src/ports.ts';
import { hashSources, listSources } from '../src/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'saraptama-sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a port', () => {
  it.each(['127.0.0.1', '0.0.0.0', '::'])('is busy when somebody listens on %s', async (host) => {
    const port = await freePort();
    const stranger = createServer();
    await new Promise((settle) => stranger.listen(port, host, () => settle(undefined)));
    expect(await isPortFree(port)).toBe(false);
    expect(await nextFreePort(port)).toBeGreaterThan(port);
    await new Promise((settle) => stranger.close(settle));
    expect(await isPortFree(port)).toBe(true);
  });

  it('already promised to another part is not given again', async () => {
    const port = await freePort();
    expect(await nextFreePort(port, new Set([port]))).toBeGreaterThan(port);
  });
});

describe('the fingerprint of the sources', () => {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  it('changes with a source, a new source and the lockfile, and not with results', () => {
    write('apps/api/src/main.ts', '1');
    write('pnpm-lock.yaml', '1');
    const before = hashSources(['apps'], folder);
    write('apps/api/dist/main.js', 'result');
    write('apps/api/node_modules/x/index.js', 'package');
    expect(hashSources(['apps'], folder)).toBe(before);
    expect(listSources('apps', folder)).toEqual([join('apps', 'api', 'src', 'main.ts')]);

    write('apps/api/src/main.ts', '2');
    const changed = hashSources(['apps'], folder);
    write('apps/api/src/more.ts', '');
    const grown = hashSources(['apps'], folder);
    write('pnpm-lock.yaml', '2');
    const relocked = hashSources(['apps'], folder);
    expect(new Set([before, changed, grown, relocked]).size).toBe(4);
  });
});
