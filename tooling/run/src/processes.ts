import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { guardProcess, unguardProcess } from './guard.ts';
import { repositoryRoot } from './paths.ts';
import { signalProcess } from './signals.ts';

/** Compiled code of Node's processes, kept between starts: it takes a fifth off the work of a start. */
const compileCache = join(repositoryRoot, '.data', 'compile-cache');

/** A process to be started. */
export interface ProcessPlan {
  /** Unique among the processes of one folder of logs; names the log file. */
  name: string;
  args: string[];
  /** The project's Node when absent. */
  command?: string;
  /** The project's folder when absent. */
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Record<string, string | undefined>;
  /** The process is ready when this address answers with anything but an error of the server. */
  readyUrl?: string;
  /** Seconds it may take to become ready; 60 when absent. */
  readySeconds?: number;
  /** Seconds it may take to end after SIGTERM before it is killed; 10 when absent. */
  graceSeconds?: number;
}

export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the present process of this name ends, for whatever reason. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends it: SIGTERM, and SIGKILL after its grace; with everything it started. */
  stop(): Promise<void>;
  /** Kills it as a power cut would, and waits until it is gone. */
  kill9(): Promise<void>;
  /** Starts it again by the same plan (after it was stopped, killed, or ended) and waits until it is ready. */
  restart(): Promise<void>;
}

/** A process that could not start, or ended with a failure. The message tells what it said last. */
export class ProcessFailure extends Error {
  readonly processName: string;
  readonly logFile: string;

  constructor(processName: string, what: string, logFile: string) {
    super(`${processName} ${what}. Its last words (all of them in ${logFile}):\n${logTail(logFile, 30)}`);
    this.name = 'ProcessFailure';
    this.processName = processName;
    this.logFile = logFile;
  }
}

/** The last lines of a log file. */
export function logTail(logFile: string, lines: number): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Opens a fresh log file and keeps the one of the time before beside it, as `<name>.before.log`.
 * @returns path and open descriptor
 */
export function openLog(folder: string, name: string): { file: string; descriptor: number } {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.log`);
  if (existsSync(file)) renameSync(file, join(folder, `${name}.before.log`));
  return { file, descriptor: openSync(file, 'a') };
}

function describeEnd(end: ProcessEnd): string {
  return end.signal === null ? `ended with code ${end.code}` : `was ended by ${end.signal}`;
}

interface Launched {
  child: ChildProcess;
  pid: number;
  ended: Promise<ProcessEnd>;
}

/**
 * Starts a process in a group of its own, so that Ctrl-C reaches it only through us and in our order, and so
 * that its own children can be ended with it. Its output goes straight to the log file: no pipe that somebody
 * could hold open.
 */
function launch(plan: ProcessPlan, logFile: string): Promise<Launched> {
  const descriptor = openSync(logFile, 'a');
  const child = spawn(plan.command ?? process.execPath, plan.args, {
    cwd: plan.cwd ?? repositoryRoot,
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...plan.env },
    detached: true,
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  return new Promise((settle, reject) => {
    child.once('error', (error) => reject(new Error(`${plan.name} could not be started: ${error.message}`)));
    child.once('spawn', () => {
      const pid = child.pid;
      if (pid === undefined) return;
      guardProcess(pid, { group: true });
      const ended = new Promise<ProcessEnd>((end) => {
        child.once('exit', (code, signal) => {
          // Whatever it started and left in its group goes with it.
          signalProcess(pid, 'SIGKILL', true);
          unguardProcess(pid);
          end({ code, signal });
        });
      });
      settle({ child, pid, ended });
    });
  });
}

/** One request that tells whether an address answers, and with no error of the server; never waits longer than two seconds. */
export function answers(url: string): Promise<boolean> {
  return new Promise((settle) => {
    const request = get(url, { agent: false, timeout: 2000 }, (response) => {
      response.resume();
      settle(response.statusCode !== undefined && response.statusCode < 500);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => settle(false));
  });
}

async function waitUntilReady(plan: ProcessPlan, launched: Launched, logFile: string): Promise<void> {
  if (plan.readyUrl === undefined) return;
  const seconds = plan.readySeconds ?? 60;
  const deadline = Date.now() + seconds * 1000;
  const gone: { end?: ProcessEnd } = {};
  void launched.ended.then((end) => {
    gone.end = end;
  });
  while (!(await answers(plan.readyUrl))) {
    if (gone.end)
      throw new ProcessFailure(plan.name, `${describeEnd(gone.end)} before it was ready`, logFile);
    if (Date.now() > deadline) {
      await end(launched, plan);
      throw new ProcessFailure(plan.name, `was not ready after ${seconds} s (${plan.readyUrl})`, logFile);
    }
    await new Promise((wake) => setTimeout(wake, 40));
  }
}

async function end(launched: Launched, plan: ProcessPlan): Promise<void> {
  if (launched.child.exitCode !== null || launched.child.signalCode !== null) return;
  signalProcess(launched.pid, 'SIGTERM', true);
  const killer = setTimeout(
    () => signalProcess(launched.pid, 'SIGKILL', true),
    (plan.graceSeconds ?? 10) * 1000,
  );
  await launched.ended;
  clearTimeout(killer);
}

/** Launches a process and makes the handle by which it is stopped, killed and restarted. */
async function handle(
  plan: ProcessPlan,
  logFolder: string,
): Promise<{ running: RunningProcess; ready: () => Promise<void> }> {
  const log = openLog(logFolder, plan.name);
  closeSync(log.descriptor);
  let launched = await launch(plan, log.file);
  const ready = () => waitUntilReady(plan, launched, log.file);
  const running: RunningProcess = {
    name: plan.name,
    logFile: log.file,
    get pid() {
      return launched.pid;
    },
    get ended() {
      return launched.ended;
    },
    stop: () => end(launched, plan),
    async kill9() {
      signalProcess(launched.pid, 'SIGKILL', true);
      await launched.ended;
    },
    async restart() {
      await end(launched, plan);
      launched = await launch(plan, log.file);
      await ready();
    },
  };
  return { running, ready };
}

/**
 * Starts a process and waits until it is ready.
 * @param logFolder where its log goes
 * @param onLaunch told of the process as soon as it exists, ready or not
 * @throws ProcessFailure with the end of its log when it ends or hangs before it is ready
 */
export async function startProcess(
  plan: ProcessPlan,
  logFolder: string,
  onLaunch: (running: RunningProcess) => void = () => undefined,
): Promise<RunningProcess> {
  const { running, ready } = await handle(plan, logFolder);
  onLaunch(running);
  await ready();
  return running;
}

/**
 * Runs a process to its end.
 * @param logFolder where its log goes
 * @param onLaunch told of the process as soon as it exists
 * @throws ProcessFailure with the end of its log when it ends with anything but success
 */
export async function runProcess(
  plan: ProcessPlan,
  logFolder: string,
  onLaunch: (running: RunningProcess) => void = () => undefined,
): Promise<void> {
  const { running } = await handle(plan, logFolder);
  onLaunch(running);
  const outcome = await running.ended;
  if (outcome.code !== 0) throw new ProcessFailure(plan.name, describeEnd(outcome), running.logFile);
}
