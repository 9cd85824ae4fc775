import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../src/ports.ts';
import { ProcessFailure, runProcess, startProcess, type RunningProcess } from '../src/processes.ts';
import { isAlive } from '../src/process-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'saraptama-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started: RunningProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.kill9()));
});

let scripts = 0;
/** A small program in a file of its own. */
function program(source: string): string {
  scripts += 1;
  const file = join(folder, `program-${scripts}.mjs`);
  writeFileSync(file, source);
  return file;
}

const server = `
  import { createServer } from 'node:http';
  console.log('up', process.pid);
  setTimeout(() => createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1'), 200);`;

async function startServer(source = server, more: { graceSeconds?: number; readySeconds?: number } = {}) {
  const port = await freePort();
  const plan = {
    name: `server-${scripts}`,
    args: [program(source)],
    env: { PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/`,
    ...more,
  };
  const running = await startProcess(plan, folder);
  started.push(running);
  return { running, url: plan.readyUrl };
}

describe('a process we start', () => {
  it('is handed over only when it answers', async () => {
    const { url } = await startServer();
    expect((await fetch(url)).status).toBe(200);
  });

  it('has its words in a log file', async () => {
    const { running } = await startServer();
    expect(readFileSync(running.logFile, 'utf8')).toBe(`up ${running.pid}\n`);
  });

  it('is gone after it was stopped', async () => {
    const { running } = await startServer();
    await running.stop();
    expect(isAlive(running.pid)).toBe(false);
    expect(await running.ended).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('is killed when it does not listen, with everything it started', async () => {
    const { running } = await startServer(
      `import { spawn } from 'node:child_process';
       process.on('SIGTERM', () => {});
       const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
       console.log(child.pid);
       ${server}`,
      { graceSeconds: 0.5 },
    );
    const grandchild = Number(readFileSync(running.logFile, 'utf8').split('\n')[0]);
    expect(isAlive(grandchild)).toBe(true);
    await running.stop();
    expect((await running.ended).signal).toBe('SIGKILL');
    await expect.poll(() => isAlive(grandchild)).toBe(false);
  });

  it('can be killed and started again by the same plan', async () => {
    const { running, url } = await startServer();
    const before = running.pid;
    await running.kill9();
    expect(await running.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await running.restart();
    expect(running.pid).not.toBe(before);
    expect((await fetch(url)).status).toBe(200);
  });

  it('that ends before it is ready is reported with its last words', async () => {
    const failing = startServer(`console.error('the port is taken'); process.exit(3);`);
    await expect(failing).rejects.toThrow(ProcessFailure);
    await expect(failing).rejects.toThrow(/ended with code 3 before it was ready.*the port is taken/s);
  });

  it('that never becomes ready is ended and reported', async () => {
    const failing = startServer(`console.log('thinking'); setInterval(() => {}, 1000);`, {
      readySeconds: 0.5,
    });
    await expect(failing).rejects.toThrow(/was not ready after 0.5 s.*thinking/s);
  });

  it('that cannot be found is reported', async () => {
    const failing = startProcess({ name: 'nowhere', command: join(folder, 'nothing'), args: [] }, folder);
    await expect(failing).rejects.toThrow(/nowhere could not be started.*ENOENT/);
  });

  it('run to its end fails with its last words, or passes silently', async () => {
    await runProcess({ name: 'fine', args: ['-e', 'console.log(1)'] }, folder);
    const failing = runProcess(
      { name: 'bad', args: ['-e', 'console.log("no table"); process.exit(1)'] },
      folder,
    );
    await expect(failing).rejects.toThrow(/bad ended with code 1.*no table/s);
  });
});

describe.concurrent('no process is left behind', () => {
  const source = (name: string) =>
    JSON.stringify(fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url)));

  /** A command like ours, which starts a stubborn process and then waits to be stopped. */
  function startCommand({ graceSeconds = 0.5 } = {}) {
    const stubborn = program(`process.on('SIGTERM', () => {}); ${server}`);
    const command = program(`
      const { startProcess } = await import(${source('processes')});
      const { stopWhenAsked } = await import(${source('signals')});
      const { freePort } = await import(${source('ports')});
      const port = await freePort();
      const child = await startProcess({
        name: 'stubborn-' + process.pid,
        args: [${JSON.stringify(stubborn)}],
        env: { PORT: String(port) },
        readyUrl: 'http://127.0.0.1:' + port,
        graceSeconds: ${graceSeconds},
      }, ${JSON.stringify(folder)});
      stopWhenAsked(() => child.stop());
      console.log(child.pid);
      setInterval(() => {}, 1000);
      if (process.argv[2] === 'crash') setTimeout(() => { throw new Error('crash'); }, 100);`);
    return (argument?: string) =>
      new Promise<{ pid: number; child: ReturnType<typeof spawn> }>((settle) => {
        const args = argument === undefined ? [command] : [command, argument];
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
        child.stdout?.once('data', (words: Buffer) => settle({ pid: Number(words.toString()), child }));
      });
  }

  const ended = (child: ReturnType<typeof spawn>) =>
    new Promise<number | null>((settle) => {
      if (child.exitCode !== null || child.signalCode !== null) settle(child.exitCode);
      else child.once('exit', settle);
    });

  it.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('after %s', async (signal, { expect }) => {
    const { pid, child } = await startCommand()();
    child.kill(signal);
    expect(await ended(child)).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  it('after Ctrl-C that came twice, directly and passed on', async ({ expect }) => {
    const { pid, child } = await startCommand()();
    child.kill('SIGINT');
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGINT'), 100);
    expect(await ended(child)).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  it('after an impatient second Ctrl-C', async ({ expect }) => {
    const { pid, child } = await startCommand({ graceSeconds: 60 })();
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGINT'), 1200);
    await ended(child);
    await expect.poll(() => isAlive(pid), { timeout: 8000 }).toBe(false);
  }, 15_000);

  it('after a crash of the command', async ({ expect }) => {
    const { pid, child } = await startCommand()('crash');
    expect(await ended(child)).not.toBe(0);
    await expect.poll(() => isAlive(pid), { timeout: 8000 }).toBe(false);
  }, 15_000);

  it('after the command was killed outright', async ({ expect }) => {
    const { pid, child } = await startCommand()();
    child.kill('SIGKILL');
    await ended(child);
    await expect.poll(() => isAlive(pid), { timeout: 8000 }).toBe(false);
  }, 15_000);

  it('after the process that started the command is gone', async ({ expect }) => {
    const { pid, child } = await startCommand()();
    child.disconnect();
    await ended(child);
    expect(isAlive(pid)).toBe(false);
  });
});
