/**
 * `npm run voices`: makes the recordings a board speaks with where a browser has no Kazakh or Russian voice
 * (`apps/admin/static/board/voice-*.bin`), from the words of `spoken-call.ts`. The synthesizer eSpeak NG is fetched from npm for
 * this command alone; the service itself contains only the sound it made.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordedTexts, SPOKEN_LANGUAGES } from '../../../apps/admin/src/lib/board/spoken-call.ts';
import { writeVoice } from '../../../apps/admin/src/lib/board/voice-file.ts';
import { repositoryRoot } from './paths.ts';

const SYNTHESIZER = '@echogarden/espeak-ng-emscripten';
const VERSION = '0.3.5';
/** Words per minute: slower than talk, for a hall. */
const PACE = 140;
/** Every second sample of the synthesizer's 22,050 per second is kept. */
const RATE = 11_025;
const QUIET = 300;
/** Samples kept around the sound, so that it does not begin with a click. */
const MARGIN = 200;
const PEAK = 29_000;

interface Synthesizer {
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  get_samplerate(): number;
  synthesize(text: string, take: (audio: Int16Array | null) => boolean): void;
}

/** Halves the samples, cuts the silence at both ends and brings the loudest to one level. */
function trimmed(sound: Int16Array): Int16Array {
  const half = Int16Array.from(
    { length: sound.length >> 1 },
    (_, index) => ((sound[2 * index] ?? 0) + (sound[2 * index + 1] ?? 0)) / 2,
  );
  const first = half.findIndex((sample) => Math.abs(sample) > QUIET);
  const last = half.findLastIndex((sample) => Math.abs(sample) > QUIET);
  const cut = half.slice(Math.max(0, first - MARGIN), last + MARGIN);
  const loudest = cut.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  return cut.map((sample) => (sample * PEAK) / loudest);
}

const folder = mkdtempSync(join(tmpdir(), 'saraptama-voices-'));
try {
  const installed = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--no-package-lock',
      '--ignore-scripts',
      `${SYNTHESIZER}@${VERSION}`,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (installed.status !== 0) throw new Error(`npm could not fetch ${SYNTHESIZER}.`);
  const address = pathToFileURL(join(folder, 'node_modules', SYNTHESIZER, 'espeak-ng.js')).href;
  const { default: load } = (await import(address)) as {
    default: () => Promise<{ eSpeakNGWorker: new () => Synthesizer | Promise<Synthesizer> }>;
  };
  const { eSpeakNGWorker: Worker } = await load();
  const synthesizer = await new Worker();
  if (synthesizer.get_samplerate() !== 2 * RATE)
    throw new Error('The synthesizer speaks at another rate than expected.');
  const target = join(repositoryRoot, 'apps/admin/static/board');
  mkdirSync(target, { recursive: true });
  for (const language of SPOKEN_LANGUAGES) {
    if (synthesizer.set_voice(language) !== 0) throw new Error(`The synthesizer does not speak ${language}.`);
    synthesizer.set_rate(PACE);
    const clips: Record<string, [number, number]> = {};
    const sounds: Int16Array[] = [];
    let length = 0;
    for (const [clip, text] of Object.entries(recordedTexts(language))) {
      const chunks: number[] = [];
      synthesizer.synthesize(text, (audio) => {
        if (audio) for (const sample of audio) chunks.push(sample);
        return false;
      });
      const sound = trimmed(Int16Array.from(chunks));
      clips[clip] = [length, sound.length];
      sounds.push(sound);
      length += sound.length;
    }
    const samples = new Int16Array(length);
    let at = 0;
    for (const sound of sounds) {
      samples.set(sound, at);
      at += sound.length;
    }
    const file = writeVoice({ rate: RATE, clips }, samples);
    writeFileSync(join(target, `voice-${language}.bin`), file);
    console.log(
      `✓ ${language}: ${sounds.length} recordings, ${(length / RATE).toFixed(1)} s, ${Math.round(file.length / 1024)} KB`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
