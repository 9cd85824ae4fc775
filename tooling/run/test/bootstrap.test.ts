import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { adviceFor, installHash, markInstalled, needsInstall } from '../bootstrap.mjs';
import { writeLibatomic } from '../libatomic.mjs';

const folder = mkdtempSync(join(tmpdir(), 'saraptama-bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let root: string;
let repositories = 0;
beforeEach(() => {
  repositories += 1;
  root = join(folder, String(repositories));
  write('package.json', '{ "name": "root" }');
  write('pnpm-lock.yaml', 'lockfileVersion: 9');
  write('apps/api/package.json', '{ "name": "api" }');
  write('node_modules/node/bin/node', '');
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('packages are installed', () => {
  it('when nobody noted what is installed', () => {
    expect(needsInstall(root)).toBe(true);
  });

  it('when the project has no Node of its own yet', () => {
    markInstalled(root);
    rmSync(join(root, 'node_modules/node'), { recursive: true });
    expect(needsInstall(root)).toBe(true);
  });

  it.each([
    ['the lockfile', 'pnpm-lock.yaml', 'lockfileVersion: 10'],
    ['the package of one app', 'apps/api/package.json', '{ "name": "api", "dependencies": {} }'],
    ['the list of packages, by a new one', 'tooling/new/package.json', '{ "name": "new" }'],
    ['the settings of the workspace', 'pnpm-workspace.yaml', 'packages: [apps/*]'],
  ])('after a change of %s', (_what, path, text) => {
    markInstalled(root);
    expect(needsInstall(root)).toBe(false);
    write(path, text);
    expect(needsInstall(root)).toBe(true);
  });

  it('and not again after a change of the code', () => {
    markInstalled(root);
    write('apps/api/src/main.ts', 'console.log(1)');
    expect(needsInstall(root)).toBe(false);
  });

  it('and a copy of the folder elsewhere has the same fingerprint', () => {
    const copy = `${root}-copy`;
    cpSync(root, copy, { recursive: true });
    expect(installHash(copy)).toBe(installHash(root));
  });
});

describe('a failed installation says how to mend it', () => {
  it.each([
    ['the registry out of reach', 'npm error code ENOTFOUND', /registry does not answer/],
    ['a full disk', 'ENOSPC: no space left on device', /disk is full/],
    ['a foreign folder', "EACCES: permission denied, mkdir '/x'", /chown/],
    ['a lockfile that does not fit', 'ERR_PNPM_OUTDATED_LOCKFILE', /npx pnpm@/],
    ['anything else', 'segmentation fault', /delete the folder node_modules/],
  ])('%s', (_what, output, advice) => {
    expect(adviceFor(output)).toMatch(advice);
  });
});

describe('the library that many machines lack', () => {
  it.runIf(process.platform === 'linux' && process.arch === 'x64')('lets Node run and work', async () => {
    const library = writeLibatomic(join(folder, 'lib'));
    const work = `
      const { Worker } = require('node:worker_threads');
      const code = 'let f = []; for (let i = 0; i < 2e5; i++) f.push(() => i); require("node:worker_threads").parentPort.postMessage(f.length)';
      Promise.all([1, 2, 3].map(() => new Promise((settle) => new Worker(code, { eval: true }).once('message', settle))))
        .then((sums) => console.log(JSON.stringify({ sums, used: process.report.getReport().sharedObjects.filter((name) => name.includes('libatomic')) })));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', work], {
      env: { ...process.env, LD_LIBRARY_PATH: library },
    });
    expect(JSON.parse(stdout)).toEqual({
      sums: [200_000, 200_000, 200_000],
      used: [join(library, 'libatomic.so.1')],
    });
  });
});
