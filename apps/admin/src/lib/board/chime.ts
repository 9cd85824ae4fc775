/** Two falling tones, as of a bell, before every call. Frequencies in hertz that old ears and hearing aids take well. */
const TONES = [
  { hertz: 659.25, from: 0 },
  { hertz: 523.25, from: 0.38 },
] as const;
const SECONDS = 1.2;

/** Samples of the chime, -1…1, made for `rate` samples per second. */
export function chimeSamples(rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(rate * SECONDS));
  for (const { hertz, from } of TONES) {
    const first = Math.round(rate * from);
    for (let index = first; index < samples.length; index += 1) {
      const time = (index - first) / rate;
      // A soft beginning instead of a click, then a bell's decay with its octave.
      const loud = Math.min(1, time / 0.01) * Math.exp(-4 * time) * 0.4;
      const wave = Math.sin(2 * Math.PI * hertz * time) + 0.3 * Math.sin(4 * Math.PI * hertz * time);
      samples[index] = (samples[index] ?? 0) + loud * wave;
    }
  }
  return samples;
}
