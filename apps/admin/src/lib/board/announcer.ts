import type { Call } from './board-model.ts';
import { chimeSamples } from './chime.ts';
import {
  callClips,
  callSentence,
  SPOKEN_LANGUAGES,
  type SpokenLanguage,
  testSentence,
} from './spoken-call.ts';
import { readVoice, type Voice } from './voice-file.ts';

/** How many times a call is spoken in each language. */
const ROUNDS = 2;
const BREATH_SECONDS = 0.25;
/** A browser's voice that says nothing of its end is not waited for longer, milliseconds. */
const PATIENCE_MS = 8000;

interface AnnouncerOptions {
  /** 0 to 100. */
  volume(): number;
  /** Browsers keep a page silent until somebody touches it; then a button is needed. */
  blocked(blocked: boolean): void;
}

/**
 * The voice of a board: a chime, then the call, twice in Kazakh and Russian, one call after the other. Speaks with the browser's own
 * voice of a language where there is one, else with recordings that were fetched at the start and so need no line.
 */
export class Announcer {
  #options: AnnouncerOptions;
  #context: AudioContext;
  #gain: GainNode;
  #voices = new Map<SpokenLanguage, Voice>();
  #queue: Promise<void> = Promise.resolve();

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    this.#context = new AudioContext();
    this.#gain = this.#context.createGain();
    this.#gain.connect(this.#context.destination);
    this.#context.addEventListener('statechange', () => this.#tell());
    this.#tell();
    for (const language of SPOKEN_LANGUAGES) void this.#fetchVoice(language);
  }

  /** Lets the sound out; has to be called by a press. */
  async unblock(): Promise<void> {
    await this.#context.resume();
    this.#tell();
  }

  announce(call: Call): void {
    this.#enqueue(
      (language) => callSentence(call, language),
      () => callClips(call),
    );
  }

  test(): void {
    this.#enqueue(testSentence, () => ['test']);
  }

  close(): void {
    void this.#context.close();
  }

  #tell(): void {
    this.#options.blocked(this.#context.state === 'suspended');
  }

  #enqueue(sentence: (language: SpokenLanguage) => string, clips: () => (string | null)[]): void {
    const perform = async () => {
      if (this.#context.state !== 'running') return;
      this.#gain.gain.value = this.#options.volume() / 100;
      await this.#play(chimeSamples(this.#context.sampleRate), this.#context.sampleRate);
      for (let round = 0; round < ROUNDS; round += 1)
        for (const language of SPOKEN_LANGUAGES) {
          const own = browserVoice(language);
          if (own) await this.#utter(sentence(language), own);
          else await this.#playClips(language, clips());
        }
    };
    this.#queue = this.#queue.then(perform).catch(() => undefined);
  }

  /** A board that cannot fetch the recordings now tries again when it has to speak. */
  async #fetchVoice(language: SpokenLanguage): Promise<Voice | undefined> {
    const known = this.#voices.get(language);
    if (known) return known;
    try {
      const answer = await fetch(`/board/voice-${language}.bin`);
      if (!answer.ok) return undefined;
      const voice = readVoice(await answer.arrayBuffer());
      this.#voices.set(language, voice);
      return voice;
    } catch {
      return undefined;
    }
  }

  async #playClips(language: SpokenLanguage, clips: readonly (string | null)[]): Promise<void> {
    const voice = await this.#fetchVoice(language);
    if (!voice) return;
    for (const clip of clips) {
      const [start, length] = (clip === null ? undefined : voice.clips[clip]) ?? [0, 0];
      await this.#play(
        length === 0
          ? new Float32Array(Math.round(voice.rate * BREATH_SECONDS))
          : voice.samples.slice(start, start + length),
        voice.rate,
      );
    }
    await this.#play(new Float32Array(Math.round(voice.rate * BREATH_SECONDS)), voice.rate);
  }

  #play(samples: Float32Array<ArrayBuffer>, rate: number): Promise<void> {
    const buffer = this.#context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#gain);
    return new Promise((resolve) => {
      const waited = setTimeout(resolve, (samples.length / rate) * 1000 + 500);
      source.addEventListener('ended', () => {
        clearTimeout(waited);
        resolve();
      });
      source.start();
    });
  }

  #utter(sentence: string, voice: SpeechSynthesisVoice): Promise<void> {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.9;
    utterance.volume = this.#options.volume() / 100;
    return new Promise((resolve) => {
      const waited = setTimeout(() => {
        speechSynthesis.cancel();
        resolve();
      }, PATIENCE_MS);
      const done = () => {
        clearTimeout(waited);
        resolve();
      };
      utterance.addEventListener('end', done);
      utterance.addEventListener('error', done);
      speechSynthesis.speak(utterance);
    });
  }
}

/** A voice of the browser that works without a line; a voice of another service would hear which tickets are called. */
function browserVoice(language: SpokenLanguage): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in window)) return undefined;
  return speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}
