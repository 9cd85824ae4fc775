import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import type { Box } from '@mse/domain/dossiers';

const QUALITY = 82;

/** A page as a picture and nothing else: the encoder adds a colour profile, which is left out with whatever else it might add. */
export function encodePage(canvas: Canvas): Buffer {
  const encoded = canvas.toBuffer('image/webp', QUALITY);
  for (let at = 12; at + 8 <= encoded.length;) {
    const length = encoded.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (encoded.toString('latin1', at, at + 4) === 'VP8 ') {
      const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
      head.writeUInt32LE(4 + next - at, 4);
      return Buffer.concat([head, encoded.subarray(at, next)]);
    }
    at = next;
  }
  throw new Error('The encoder made no picture');
}

/** One of our own pages with more of it blacked out, as a new picture. Never for a file of a stranger. */
export async function blackOutPage(page: Buffer, boxes: readonly Box[]): Promise<Buffer> {
  return encodePage(await covered(page, boxes, '#000'));
}

/** The same with white instead of black, for a reader of pictures, who would see letters in black bars. */
export async function whitePage(
  page: Buffer,
  boxes: readonly Box[],
): Promise<{ picture: Buffer; width: number }> {
  const canvas = await covered(page, boxes, '#fff');
  return { picture: canvas.toBuffer('image/png'), width: canvas.width };
}

async function covered(page: Buffer, boxes: readonly Box[], colour: string): Promise<Canvas> {
  const image = await loadImage(page);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  context.fillStyle = colour;
  for (const box of boxes) context.fillRect(box.x, box.y, box.width, box.height);
  return canvas;
}
