import type { Box } from '@mse/domain/dossiers';

/** Ink that nobody read is more than this many pixels: a signature, a stamp, handwriting, a photograph, a code of squares. */
const UNREAD_PIXELS = 260;
/** A stroke of at least this length and at most this breadth is a line of a table or a form. */
const LINE_LENGTH = 56;
const LINE_BREADTH = 6;
const MARGIN = 5;

/** Makes what is almost white white, in place: words in the colour of paper do not survive. */
export function whiten(pixels: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4)
    if ((pixels[at] ?? 0) > 228 && (pixels[at + 1] ?? 0) > 228 && (pixels[at + 2] ?? 0) > 228)
      pixels[at] = pixels[at + 1] = pixels[at + 2] = 255;
}

/**
 * Whether a page holds ink outside the words that were read. Lines of tables do not count; everything else that is dark or coloured does.
 * `pixels` is RGBA.
 */
export function hasUnreadInk(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  read: readonly Box[],
): boolean {
  const ink = new Uint8Array(width * height);
  for (let at = 0; at < ink.length; at += 1) {
    const [red, green, blue] = [pixels[at * 4] ?? 255, pixels[at * 4 + 1] ?? 255, pixels[at * 4 + 2] ?? 255];
    const light = 0.3 * red + 0.59 * green + 0.11 * blue;
    ink[at] = light < 170 || Math.max(red, green, blue) - Math.min(red, green, blue) > 70 ? 1 : 0;
  }
  for (const box of read) {
    const left = Math.max(0, Math.floor(box.x - MARGIN));
    const right = Math.min(width, Math.ceil(box.x + box.width + MARGIN));
    const bottom = Math.min(height, Math.ceil(box.y + box.height + MARGIN));
    for (let y = Math.max(0, Math.floor(box.y - MARGIN)); y < bottom; y += 1)
      ink.fill(0, y * width + left, y * width + right);
  }
  eraseLines(ink, width, height, 1, width);
  eraseLines(ink, height, width, width, 1);
  let left = 0;
  for (const pixel of ink) left += pixel;
  return left > UNREAD_PIXELS;
}

/** Erases thin straight strokes along one direction: `step` leads along the stroke, `across` to the next one. */
function eraseLines(ink: Uint8Array, length: number, count: number, step: number, across: number): void {
  const breadthAt = (at: number, row: number): number => {
    let breadth = 1;
    for (let up = row - 1; up >= 0 && breadth <= LINE_BREADTH && ink[at - (row - up) * across]; up -= 1)
      breadth += 1;
    for (
      let down = row + 1;
      down < count && breadth <= LINE_BREADTH && ink[at + (down - row) * across];
      down += 1
    )
      breadth += 1;
    return breadth;
  };
  const erase: [number, number][] = [];
  for (let row = 0; row < count; row += 1) {
    const base = row * across;
    for (let from = 0; from < length;) {
      if (!ink[base + from * step]) {
        from += 1;
        continue;
      }
      let until = from;
      while (until < length && ink[base + until * step]) until += 1;
      const run = until - from;
      if (run >= LINE_LENGTH) {
        const thin = [0.15, 0.35, 0.5, 0.65, 0.85].filter(
          (part) => breadthAt(base + (from + Math.floor(run * part)) * step, row) <= LINE_BREADTH,
        );
        if (thin.length >= 4) erase.push([base + from * step, run]);
      }
      from = until;
    }
  }
  for (const [start, run] of erase) for (let at = 0; at < run; at += 1) ink[start + at * step] = 0;
}
