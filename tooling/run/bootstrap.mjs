/**
 * What every command of the project does first, with nothing installed but Node and npm: install the packages
 * when they are missing or their list changed, then run the command's TypeScript file on the project's own Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLibatomic } from './libatomic.mjs';

export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const pnpmVersion = '10.34.9';

/** An expected failure: the message says what happened and how to mend it, and no stack is shown. */
class PlainFailure extends Error {}

/**
 * A fingerprint of everything that decides what an installation holds: the lockfile, the settings and every
 * package.json of the workspace, and the kind of machine.
 * @param {string} root the repository
 */
export function installHash(root) {
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'];
  for (const group of ['apps', 'packages', 'tooling']) {
    const folder = join(root, group);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) files.push(join(group, name, 'package.json'));
  }
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`\0${file}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** @param {string} root */
const stampFile = (root) => join(root, 'node_modules', '.saraptama-installed');
/** @param {string} root */
const nodeBinary = (root) => join(root, 'node_modules', 'node', 'bin', 'node');

/**
 * True when packages must be installed: there are none, or what they are made from changed since.
 * @param {string} root the repository
 */
export function needsInstall(root) {
  if (!existsSync(nodeBinary(root)) || !existsSync(stampFile(root))) return true;
  return readFileSync(stampFile(root), 'utf8') !== installHash(root);
}

/**
 * Notes that what is installed now belongs to the present lists of packages.
 * @param {string} root the repository
 */
export function markInstalled(root) {
  writeFileSync(stampFile(root), installHash(root));
}

/** @param {number} since milliseconds since the epoch */
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * npm's own way to be started: the very npm that runs us, or the one on the path.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npmCommand(args) {
  const npmScript = process.env.npm_execpath;
  if (npmScript !== undefined && /npm-cli\.js$/.test(npmScript))
    return [process.execPath, [npmScript, ...args]];
  return ['npm', args];
}

/**
 * Runs a command with its output in a log file.
 * @param {string} command
 * @param {string[]} args
 * @param {string} log
 * @returns {boolean} whether it succeeded
 */
function runLogged(command, args, log) {
  const file = openSync(log, 'a');
  // pnpm asks questions unless it thinks it runs in a CI.
  const env = { ...process.env, CI: 'true' };
  const result = spawnSync(command, args, { cwd: repositoryRoot, env, stdio: ['ignore', file, file] });
  if (result.error) writeFileSync(file, `${result.error.message}\n`);
  closeSync(file);
  return result.status === 0;
}

/**
 * What a person can do about a failed installation.
 * @param {string} output
 */
export function adviceFor(output) {
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network/i.test(output)) {
    return 'The npm registry does not answer. Check the connection, or the proxy (npm config get registry proxy).';
  }
  if (/ENOSPC/.test(output)) return 'The disk is full. The project needs about 2 GB.';
  if (/EACCES|EPERM/.test(output)) {
    return `A file may not be written. Make this user the owner of the folder: sudo chown -R $(id -un) "${repositoryRoot}"`;
  }
  if (/OUTDATED_LOCKFILE|frozen-lockfile/.test(output)) {
    return `pnpm-lock.yaml does not fit the package.json files. Run: npx pnpm@${pnpmVersion} install`;
  }
  return 'Run the command again; if it fails in the same place, delete the folder node_modules and run it once more.';
}

/**
 * @param {string} what
 * @param {string} log
 */
function installFailure(what, log) {
  const output = readFileSync(log, 'utf8').trimEnd();
  const tail = output.split('\n').slice(-15).join('\n');
  return new PlainFailure(
    `${what} Its last words:\n\n${tail}\n\n${adviceFor(output)}\nEverything it said: ${log}`,
  );
}

/** Folder that holds pnpm, kept inside the project; fetched from npm once. */
function providePnpm() {
  const home = join(repositoryRoot, '.data', 'tools', `pnpm-${pnpmVersion}`);
  const script = join(home, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  if (existsSync(script)) return { bin: join(home, 'node_modules', '.bin'), script };

  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  const log = newLog('install-pnpm.log');
  const wanted = [
    'install',
    '--prefix',
    home,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `pnpm@${pnpmVersion}`,
  ];
  if (!runLogged(...npmCommand(wanted), log) || !existsSync(script)) {
    throw installFailure('npm could not fetch the package manager pnpm.', log);
  }
  return { bin: join(home, 'node_modules', '.bin'), script };
}

/** @param {string} name */
function newLog(name) {
  const folder = join(repositoryRoot, '.data', 'logs');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, name);
  writeFileSync(log, '');
  return log;
}

/**
 * Does work that only one process at a time may do; others wait for it.
 * @param {() => void} work
 */
function oneAtATime(work) {
  const lock = join(repositoryRoot, '.data', 'install.lock');
  mkdirSync(dirname(lock), { recursive: true });
  let told = false;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      if (!told) console.log('… Another command of this project is installing packages; waiting for it.');
      told = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Takes the project's Node off the path that npm sets: npm would start our commands with it, through a shell
 * script that passes no signal on, and on machines where that Node needs help (see `projectEnvironment`) not at
 * all. The commands put it on the path themselves.
 */
function hideNodeFromNpm() {
  rmSync(join(repositoryRoot, 'node_modules', '.bin', 'node'), { force: true });
}

/**
 * The parent of a process, where the system tells (Linux).
 * @param {number} pid
 */
function parentOf(pid) {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return undefined;
  const text = readFileSync(stat, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[1];
}

/** Installs the packages when needed. */
function install() {
  if (!needsInstall(repositoryRoot)) return;
  oneAtATime(() => {
    if (!needsInstall(repositoryRoot)) return;
    const since = Date.now();
    const isFirst = !existsSync(nodeBinary(repositoryRoot));
    console.log(
      `… Installing packages from npm${isFirst ? ', which takes a minute or two the first time' : ''}`,
    );
    const pnpm = providePnpm();
    const log = newLog('install.log');
    const done = runLogged(process.execPath, [pnpm.script, 'install', '--frozen-lockfile'], log);
    if (!done) throw installFailure('The packages could not be installed.', log);
    markInstalled(repositoryRoot);
    console.log(`✓ Packages installed  ${seconds(since)}`);
  });
}

/**
 * The environment in which the project's Node runs: itself and pnpm first on the path, and a library that many
 * machines lack.
 * @returns {NodeJS.ProcessEnv}
 */
function projectEnvironment() {
  const node = nodeBinary(repositoryRoot);
  const path = [dirname(node), providePnpm().bin, process.env.PATH ?? ''].join(delimiter);
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: path };
  const trial = spawnSync(node, ['--version'], { env, encoding: 'utf8' });
  if (trial.status === 0) return env;

  if (process.platform === 'linux' && process.arch === 'x64' && /libatomic\.so\.1/.test(trial.stderr)) {
    const folder = writeLibatomic(join(repositoryRoot, '.data', 'tools', 'lib'));
    const libraries = env.LD_LIBRARY_PATH ? `${folder}${delimiter}${env.LD_LIBRARY_PATH}` : folder;
    const helped = { ...env, LD_LIBRARY_PATH: libraries };
    if (spawnSync(node, ['--version'], { env: helped }).status === 0) return helped;
  }
  const reason =
    trial.stderr?.trim() || trial.error?.message || `it ended with ${trial.status ?? trial.signal}`;
  const advice = /libatomic/.test(reason)
    ? 'Install that library: sudo apt-get install libatomic1 (Debian, Ubuntu) or sudo dnf install libatomic (Fedora).'
    : /GLIBC|musl|No such file/.test(reason)
      ? 'The project needs Linux with glibc 2.28 or newer (Debian 11, Ubuntu 22.04 or later), not Alpine.'
      : 'Delete the folder node_modules and run the command again.';
  throw new PlainFailure(`Node 26, which the project brings along, does not run here: ${reason}\n${advice}`);
}

/**
 * Runs `src/<name>.ts` on the project's Node with the same arguments, passes signals on, and ends as it ends.
 * @param {string} name command: start, test, reset, rules, bench, prove or screens
 */
export async function run(name) {
  try {
    install();
    hideNodeFromNpm();
    const env = projectEnvironment();
    process.exitCode = await runEntry(name, env);
  } catch (error) {
    if (!(error instanceof PlainFailure)) throw error;
    console.error(`\n✗ ${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} exit code
 */
function runEntry(name, env) {
  const entry = join(repositoryRoot, 'tooling', 'run', 'src', `${name}.ts`);
  // The channel tells the command when we are gone, however we went.
  const child = spawn(nodeBinary(repositoryRoot), [entry, ...process.argv.slice(2)], {
    cwd: repositoryRoot,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {NodeJS.Signals[]} */
  const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));

  // npm may be killed without a word; then the place of our parent, or of its parent where a shell stands
  // between, is taken by another.
  const family = () => [process.ppid, parentOf(process.ppid)].join();
  const before = family();
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event !== undefined && family() !== before) child.kill('SIGTERM');
  }, 1000);
  watch.unref();

  return new Promise((settle, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      settle(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
