import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The one ignored folder in which the project keeps everything it makes; DATA_DIR moves it. */
export function dataFolder(): string {
  return resolve(process.env['DATA_DIR'] ?? join(repositoryRoot, '.data'));
}
