import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Box, Suspicion } from '@mse/domain/dossiers';
import type {
  PageWord,
  ReaderAnswer,
  ReaderEnvironment,
  ReaderLimits,
  ReaderRequest,
  ReadPage,
} from './messages.ts';
import { READER_LIMITS } from './messages.ts';

/** The process's own file: TypeScript in the sources, JavaScript beside the bundle. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './reader-process.ts' : './reader-process.js', import.meta.url),
);
const READ_MS_PER_FILE = 120_000;
const MAX_MEMORY_BYTES = 1_500_000_000;
const WATCH_EVERY_MS = 250;

export interface FileOptions {
  limits?: ReaderLimits;
  timeoutMs?: number;
  maxMemoryBytes?: number;
}

/** The process that had the file open is no more: it was ended by force, or the file was its end. */
export class ReaderEnded extends Error {
  override name = 'ReaderEnded';
}

/** A file that was drawn and read; its process lives until `close`. */
export interface OpenFile {
  pages: ReadPage[];
  blackOut(
    pageNo: number,
    boxes: Box[],
    keepOriginal: boolean,
  ): Promise<{ picture: Buffer; original: Buffer | null; seen: PageWord[] }>;
  /** What the reader has and may. */
  environment(): Promise<ReaderEnvironment>;
  close(): void;
}

/**
 * PX-04: draws and reads a file in a process of its own, with less right to the machine than the service, no settings, no network, no
 * right to write, and an end by force when it takes too long or too much memory. A file that kills its reader is a broken file.
 */
export async function readFile(
  content: Uint8Array,
  mediaType: string,
  options: FileOptions = {},
): Promise<{ ok: true; file: OpenFile } | { ok: false; cause: Suspicion }> {
  const first = await tryToRead(content, mediaType, options);
  // A reader that ended by itself may have been the machine's fault; twice is the file's.
  return first === 'ended' ? closedOr(await tryToRead(content, mediaType, options)) : first;
}

function closedOr(attempt: Attempt): Exclude<Attempt, 'ended'> {
  return attempt === 'ended' ? { ok: false, cause: 'broken-file' } : attempt;
}

type Attempt = { ok: true; file: OpenFile } | { ok: false; cause: Suspicion } | 'ended';

async function tryToRead(content: Uint8Array, mediaType: string, options: FileOptions): Promise<Attempt> {
  const child = startReader();
  let end: Suspicion | null = null;
  const stop = (cause: Suspicion) => {
    end ??= cause;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop('too-large'), options.timeoutMs ?? READ_MS_PER_FILE);
  const watch = setInterval(() => {
    if (memoryOf(child.pid) > (options.maxMemoryBytes ?? MAX_MEMORY_BYTES)) stop('too-large');
  }, WATCH_EVERY_MS);
  const close = () => {
    clearTimeout(timer);
    clearInterval(watch);
    child.kill('SIGKILL');
  };
  const ask = <Answer extends ReaderAnswer>(request: ReaderRequest): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new ReaderEnded());
      child.once('exit', gone);
      child.once('error', gone);
      child.once('message', (answer) => {
        child.off('exit', gone);
        child.off('error', gone);
        resolve(answer as Answer);
      });
      child.send(request, (error) => {
        if (error) gone();
      });
    });
  try {
    const answer = await ask<Extract<ReaderAnswer, { kind: 'read' }>>({
      kind: 'read',
      content,
      mediaType,
      limits: options.limits ?? READER_LIMITS,
    });
    if (!answer.ok) {
      close();
      return answer;
    }
    return {
      ok: true,
      file: {
        pages: answer.pages,
        async environment() {
          const told = await ask<Extract<ReaderAnswer, { kind: 'environment' }>>({ kind: 'environment' });
          return told.environment;
        },
        async blackOut(pageNo, boxes, keepOriginal) {
          const made = await ask<Extract<ReaderAnswer, { kind: 'black-out' }>>({
            kind: 'black-out',
            pageNo,
            boxes,
            keepOriginal,
          });
          return {
            picture: Buffer.from(made.picture),
            original: made.original && Buffer.from(made.original),
            seen: made.seen,
          };
        },
        close,
      },
    };
  } catch {
    close();
    return end ? { ok: false, cause: end } : 'ended';
  }
}

function startReader() {
  const child = fork(PROGRAM, [], {
    serialization: 'advanced',
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // It may read the libraries and nothing else of weight; writing, the network and other programs are closed to it.
    execArgv: [
      '--max-old-space-size=768',
      '--permission',
      '--allow-fs-read=*',
      '--allow-addons',
      '--allow-worker',
    ],
  });
  if (child.pid !== undefined) {
    try {
      // Others go first.
      setPriority(child.pid, 10);
    } catch {
      // It may have ended already; then its exit tells.
    }
  }
  return child;
}

/** Memory a process holds, where the system tells; 0 elsewhere. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1] ?? 0) * 4096;
  } catch {
    return 0;
  }
}
