import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGES } from '@mse/domain/shared';
import { z } from 'zod';
import { seal, unseal } from './sealed.ts';

/** A report of a fault as it waits for the API. */
export const SpooledReport = z.object({
  id: z.uuid(),
  number: z.string(),
  language: z.enum(LANGUAGES),
  page: z.string(),
  text: z.string(),
  contact: z.string().nullable(),
  incident: z.string().nullable(),
  /** Session of the reporter, so that the report is theirs when it arrives in time; null when nobody was signed in. */
  token: z.string().nullable(),
  /** Milliseconds of the portal's wall clock. */
  writtenAt: z.number(),
});
export type SpooledReport = z.output<typeof SpooledReport>;

/** Reports in a folder, each in a sealed file of its own. */
export interface Spool {
  /** Writes a report to the disk; it is there whole or not at all. Throws when the disk refuses or the folder is full. */
  put(report: SpooledReport): Promise<void>;
  /** Ids of what waits, oldest or not. */
  waiting(): Promise<string[]>;
  /** A report; undefined when it is gone or was not sealed with this key. */
  read(id: string): Promise<SpooledReport | undefined>;
  /** Forgets what has arrived; more than once is no harm. */
  remove(id: string): Promise<void>;
  /** Lays aside what the API will never take, for people to look at. */
  layAside(id: string): Promise<void>;
}

const PURPOSE = 'fault report';
const WAITING = '.report';
/** A flood must not fill the disk: with the longest texts this is about 200 MB. */
const MOST_FILES = 10_000;

/** Opens the spool in a folder; the folder is made when the first report comes. */
export function openSpool(folder: string, secret: string): Spool {
  const fileOf = (id: string) => join(folder, `${id}${WAITING}`);
  const files = async () => {
    try {
      return await readdir(folder);
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw failure;
    }
  };
  return {
    async put(report) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if ((await files()).length >= MOST_FILES) throw new Error('The spool of fault reports is full');
      const unfinished = join(folder, `${report.id}.unfinished`);
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(seal(secret, PURPOSE, report));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, fileOf(report.id));
    },
    async waiting() {
      return (await files())
        .filter((name) => name.endsWith(WAITING))
        .map((name) => name.slice(0, -WAITING.length));
    },
    async read(id) {
      const sealed = await readFile(fileOf(id), 'utf8').catch(() => undefined);
      const read =
        sealed === undefined ? undefined : SpooledReport.safeParse(unseal(secret, PURPOSE, sealed));
      return read?.success ? read.data : undefined;
    },
    remove: (id) => rm(fileOf(id), { force: true }),
    layAside: (id) => rename(fileOf(id), join(folder, `${id}.refused`)),
  };
}
