/** Recordings of one language: samples as numbers from -1 to 1, and where each recording lies in them. */
export interface Voice {
  /** Samples per second. */
  rate: number;
  samples: Float32Array<ArrayBuffer>;
  /** First sample and number of samples of each recording. */
  clips: Record<string, [start: number, length: number]>;
}

const BIAS = 0x84;

/** One sample of -32768…32767 in eight bits (G.711 µ-law): speech keeps its quality in half the bytes. */
export function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const level = Math.min(32_635, Math.abs(Math.round(sample))) + BIAS;
  const exponent = Math.max(0, 24 - Math.clz32(level));
  return ~(sign | (exponent << 4) | ((level >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** The sample of a µ-law byte, -1…1. */
export function decodeSample(byte: number): number {
  const code = ~byte & 0xff;
  const level = ((((code & 0x0f) << 3) + BIAS) << ((code & 0x70) >> 4)) - BIAS;
  return (code & 0x80 ? -level : level) / 32_768;
}

/** A file of recordings: the length of its head in four bytes, the head as JSON, the samples in µ-law. */
export function writeVoice(
  voice: Pick<Voice, 'rate' | 'clips'>,
  samples: Int16Array,
): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(JSON.stringify({ rate: voice.rate, clips: voice.clips }));
  const file = new Uint8Array(4 + head.length + samples.length);
  new DataView(file.buffer).setUint32(0, head.length, true);
  file.set(head, 4);
  samples.forEach((sample, index) => (file[4 + head.length + index] = encodeSample(sample)));
  return file;
}

/** Reads a file of recordings. Throws when it is none. */
export function readVoice(file: ArrayBuffer): Voice {
  const length = new DataView(file).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length))) as Pick<
    Voice,
    'rate' | 'clips'
  >;
  return { ...head, samples: Float32Array.from(new Uint8Array(file, 4 + length), decodeSample) };
}
