/**
 * Unpacks the packed Chromium into the folder named by TMPDIR. Runs as a process of its own, because the
 * package decides where to unpack from the environment of the whole process; see `chromium.ts`.
 */
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
