import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { repositoryRoot } from './paths.ts';

/** A user of this machine as whom PostgreSQL runs, because it refuses to run as root. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** Where things go that root's own folders would hide from that user. */
const sharedFolder = '/var/lib/saraptama';

/**
 * When this process runs as root: the user `postgres` if the machine has one, else `nobody`. Nothing is added
 * to the machine. Undefined when this process is not root.
 */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }));
  const found =
    users.find((user) => user.name === 'postgres') ?? users.find((user) => user.name === 'nobody');
  if (!found) {
    throw new Error(
      'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody". ' +
        'Start as another user, or make one: useradd --system postgres',
    );
  }
  return found;
}

/** Permission bits (4 read, 2 write, 1 enter) that a user has on a path. */
function permissions(path: string, user: SystemUser): number {
  const { mode, uid, gid } = statSync(path);
  if (uid === user.uid) return (mode >> 6) & 7;
  if (gid === user.gid) return (mode >> 3) & 7;
  return mode & 7;
}

/** The folders above a path, nearest first. */
function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}

const isInside = (path: string, folder: string) => path === folder || path.startsWith(folder + sep);

/**
 * Makes a data folder that the user can own and reach. Folders of the project and of the temporary folder on
 * the way are opened for passing through; where the way leads through a closed folder of somebody else (the
 * home of root), a folder under /var/lib takes its place.
 * @returns the folder to use
 */
export function provideDataFolder(wanted: string, user: SystemUser | undefined): string {
  if (!user) {
    mkdirSync(wanted, { recursive: true });
    return wanted;
  }
  mkdirSync(dirname(wanted), { recursive: true });
  let folder = wanted;
  for (const above of foldersAbove(wanted)) {
    if ((permissions(above, user) & 1) === 1) continue;
    const isOurs = isInside(above, repositoryRoot) || (isInside(above, tmpdir()) && above !== tmpdir());
    if (isOurs) chmodSync(above, statSync(above).mode | 0o011);
    else folder = replacementFor(wanted);
  }
  if (folder !== wanted) provideSharedFolder();
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  chownSync(folder, user.uid, user.gid);
  return folder;
}

/** The folder that takes the place of one which only root can reach. */
export function replacementFor(wanted: string): string {
  const label = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  return join(sharedFolder, `${label}-${basename(wanted)}`);
}

function provideSharedFolder(): void {
  mkdirSync(sharedFolder, { recursive: true });
  chmodSync(sharedFolder, 0o755);
}

/** Lets everybody read a folder with all it holds, and run what its owner can run. */
function openForReading(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  const mayRun = found.isDirectory() || (found.mode & 0o100) !== 0;
  chmodSync(path, mayRun ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of readdirSync(path)) openForReading(join(path, name));
}

/**
 * A folder of programs that the user can run: the folder itself, or a copy of it where the user cannot get at
 * the original.
 * @param folder the programs, with everything they need beside them
 * @param program path of one of them inside the folder
 * @param label names the copy, with a version
 */
export function provideProgramFolder(
  folder: string,
  program: string,
  label: string,
  user: SystemUser | undefined,
): string {
  if (!user) return folder;
  const real = realpathSync(folder);
  const file = join(real, program);
  const canReach = foldersAbove(file).every((above) => (permissions(above, user) & 1) === 1);
  if (canReach && (permissions(file, user) & 5) === 5) return folder;

  const copy = join(sharedFolder, label);
  if (existsSync(copy)) return copy;
  provideSharedFolder();
  const draft = `${copy}.${process.pid}`;
  cpSync(real, draft, { recursive: true, verbatimSymlinks: true });
  openForReading(draft);
  try {
    renameSync(draft, copy);
  } catch (error) {
    // Another process was first.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
