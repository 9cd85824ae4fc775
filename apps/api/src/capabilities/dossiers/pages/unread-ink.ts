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

/** Strokes nearer to each other than two cells are one thing: a signature, a stamp. */
const CELL = 16;
const CELL_INK = 3;
const REACH = 6;
/** A signature, a stamp, a code or a small photograph is no larger than this share of a page; a strip of an ECG or an X-ray is. */
const THING_AT_MOST = 0.04;
const ALL_AT_MOST = 0.08;

/** Ink of a page that no reading accounts for: where it lies, and whether it is so little that it can be covered without anybody's look. */
export interface UnreadInk {
  boxes: Box[];
  coverable: boolean;
}

/**
 * Ink of a page outside the words that were read. Lines of tables do not count; everything else that is dark or coloured does.
 * `pixels` is RGBA.
 */
export function unreadInk(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  read: readonly Box[],
): UnreadInk {
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
  if (left <= UNREAD_PIXELS) return { boxes: [], coverable: true };
  const { boxes, covered } = thingsOf(ink, width, height);
  const areas = boxes.map((box) => (box.width * box.height) / (width * height));
  const coverable =
    // What lies in specks everywhere is no signature.
    left - covered <= UNREAD_PIXELS &&
    areas.every((area) => area <= THING_AT_MOST) &&
    areas.reduce((sum, area) => sum + area, 0) <= ALL_AT_MOST;
  return { boxes, coverable };
}

/** Ink gathered into things by its nearness, each with its rectangle, and how many pixels lie in them. */
function thingsOf(ink: Uint8Array, width: number, height: number): { boxes: Box[]; covered: number } {
  const [columns, rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  const cells = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (ink[y * width + x]) {
        const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
        cells[cell] = (cells[cell] ?? 0) + 1;
      }
  const seen = new Uint8Array(cells.length);
  const boxes: Box[] = [];
  let covered = 0;
  for (let start = 0; start < cells.length; start += 1) {
    if (seen[start] || (cells[start] ?? 0) < CELL_INK) continue;
    let [left, top, right, bottom] = [columns, rows, 0, 0];
    const open = [start];
    seen[start] = 1;
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      const [column, row] = [cell % columns, Math.floor(cell / columns)];
      covered += cells[cell] ?? 0;
      [left, right] = [Math.min(left, column), Math.max(right, column)];
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
      for (let near = Math.max(0, row - 2); near <= Math.min(rows - 1, row + 2); near += 1)
        for (let next = Math.max(0, column - 2); next <= Math.min(columns - 1, column + 2); next += 1) {
          const other = near * columns + next;
          if (seen[other] || (cells[other] ?? 0) < CELL_INK) continue;
          seen[other] = 1;
          open.push(other);
        }
    }
    const [x, y] = [Math.max(0, left * CELL - REACH), Math.max(0, top * CELL - REACH)];
    boxes.push({
      x,
      y,
      width: Math.min(width, (right + 1) * CELL + REACH) - x,
      height: Math.min(height, (bottom + 1) * CELL + REACH) - y,
    });
  }
  return { boxes, covered };
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
