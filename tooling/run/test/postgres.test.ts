import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../src/ports.ts';
import { startPostgres, type PostgresServer } from '../src/postgres.ts';
import { isAlive } from '../src/process-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'saraptama-postgres-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function query<T extends readonly object[]>(url: string, text: string): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await sql.unsafe<T & postgres.MaybeRow[]>(text);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

describe('an embedded PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ dataDir: join(folder, 'kept') });
  }, 60_000);
  afterAll(() => server.stop());

  it('is version 18, keeps UTF-8, sorts Kazakh by ICU and guards its pages', async () => {
    const [facts] = await query<{ version: string; encoding: string; provider: string; checksums: string }[]>(
      server.url,
      `select current_setting('server_version_num') as version, pg_encoding_to_char(encoding) as encoding,
              datlocprovider as provider, current_setting('data_checksums') as checksums
         from pg_database where datname = 'template1'`,
    );
    expect(facts).toMatchObject({ encoding: 'UTF8', provider: 'i', checksums: 'on' });
    expect(Number(facts?.version)).toBeGreaterThanOrEqual(180_000);
    const sorted = await query<{ letter: string }[]>(
      server.url,
      `select letter from unnest(array['Я','Ү','Ә','А','Б','І','Қ','К']) letter order by letter collate "kk-x-icu"`,
    );
    expect(sorted.map((row) => row.letter).join('')).toBe('АӘБКҚҮІЯ');
  });

  it('finds Cyrillic words by likeness, which needs a UTF-8 locale of the system', async () => {
    await query(server.url, 'create extension if not exists pg_trgm');
    const [row] = await query<{ likeness: number }[]>(
      server.url,
      `select similarity('Көкшетау', 'Кокшетау') as likeness`,
    );
    expect(row?.likeness).toBeGreaterThan(0.3);
  });

  it('forces every commit to the disk unless it is told not to', async () => {
    const [row] = await query<{ fsync: string; commit: string }[]>(
      server.url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );
    expect(row).toEqual({ fsync: 'on', commit: 'on' });
  });

  it('keeps what was committed when it is killed and started again', async () => {
    const url = await server.createDatabase('kept');
    await query(url, 'create table facts (n int)');
    await query(url, 'insert into facts values (1)');
    const killed = server.pid;
    await server.kill9();
    expect(isAlive(killed)).toBe(false);
    await server.start();
    expect(server.pid).not.toBe(killed);
    await query(url, 'insert into facts values (2)');
    expect(await query(url, 'select n from facts order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('copies a database from a template, and keeps the copy apart', async () => {
    const original = await server.createDatabase('pattern');
    await query(original, 'create table facts (n int)');
    const copy = await server.createDatabase('copy', 'pattern');
    await query(copy, 'insert into facts values (1)');
    expect(await query(original, 'select count(*)::int as rows from facts')).toEqual([{ rows: 0 }]);
    await server.dropDatabase('copy');
    expect(await query(server.url, `select 1 from pg_database where datname = 'copy'`)).toEqual([]);
  });

  it('leaves alone a database that exists', async () => {
    const url = await server.createDatabase('once');
    await query(url, 'create table facts (n int)');
    expect(await server.createDatabase('once')).toBe(url);
    expect(await query(url, 'select count(*)::int as rows from facts')).toEqual([{ rows: 0 }]);
  });

  it('says who uses a folder that is in use', async () => {
    await expect(startPostgres({ dataDir: join(folder, 'kept') })).rejects.toThrow(
      new RegExp(`in use: PostgreSQL runs as process ${server.pid}`),
    );
  });

  it.runIf(process.platform === 'linux')('does not run as root', async () => {
    const owner = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]);
    expect(owner).not.toBe(0);
  });
});

describe('the start of an embedded PostgreSQL', () => {
  it('takes the next free port when its own is busy', async () => {
    const port = await freePort();
    const stranger = createServer().listen(port, '127.0.0.1');
    await new Promise((settle) => stranger.once('listening', settle));
    const server = await startPostgres({ dataDir: join(folder, 'moved'), port, ephemeral: true, fast: true });
    expect(server.port).toBeGreaterThan(port);
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    stranger.close();
  }, 60_000);

  it('is not held up by the note of a killed server whose number a stranger bears now', async () => {
    const dataDir = join(folder, 'stale');
    const first = await startPostgres({ dataDir, fast: true });
    await first.stop();
    writeFileSync(join(first.dataDir, 'postmaster.pid'), `${process.pid}\n${first.dataDir}\n`);
    const second = await startPostgres({ dataDir, fast: true });
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  }, 60_000);

  it('begins anew where an earlier start was cut off half way', async () => {
    const dataDir = join(folder, 'half');
    mkdirSync(`${dataDir}.draft`);
    writeFileSync(join(`${dataDir}.draft`, 'PG_VERSION'), '18\n');
    const server = await startPostgres({ dataDir, ephemeral: true, fast: true });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  }, 60_000);

  it('touches no folder that holds something else', async () => {
    const dataDir = join(folder, 'letters');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'letter.txt'), 'dear');
    await expect(startPostgres({ dataDir, fast: true })).rejects.toThrow(/not a database/);
    expect(readFileSync(join(dataDir, 'letter.txt'), 'utf8')).toBe('dear');
  });

  it('explains data of another version', async () => {
    const dataDir = join(folder, 'old');
    const first = await startPostgres({ dataDir, fast: true });
    await first.stop();
    writeFileSync(join(first.dataDir, 'PG_VERSION'), '17\n');
    await expect(startPostgres({ dataDir, fast: true })).rejects.toThrow(
      /made by PostgreSQL 17.*npm run reset/s,
    );
  }, 60_000);

  it('removes an ephemeral folder at the end', async () => {
    const server = await startPostgres({ dataDir: join(folder, 'brief'), ephemeral: true, fast: true });
    expect(existsSync(server.dataDir)).toBe(true);
    await server.stop();
    expect(existsSync(server.dataDir)).toBe(false);
  }, 60_000);

  it('leaves no server and no ephemeral folder behind when the process that started it is killed', async () => {
    const source = fileURLToPath(new URL('../src/postgres.ts', import.meta.url));
    const script = `const { startPostgres } = await import(${JSON.stringify(source)});
      const server = await startPostgres({ dataDir: ${JSON.stringify(join(folder, 'orphan'))}, ephemeral: true, fast: true });
      console.log(server.pid);
      process.kill(process.pid, 'SIGKILL');`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const output = await run.then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
    const pid = Number(output);
    expect(pid).toBeGreaterThan(1);
    await expect
      .poll(() => isAlive(pid) || existsSync(join(folder, 'orphan')), { timeout: 10_000 })
      .toBe(false);
  }, 60_000);
});
