import { knownIdentity, placeIndex, type Remaking } from '@mse/domain/dossiers';
import { PDFDocument } from 'pdf-lib';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scan, textPdf } from '../../../../test/planted-papers.ts';
import { NEUTRAL_WORDS } from '../neutral-words.ts';
import { READER_LIMITS } from './messages.ts';
import { readFile } from './read-file.ts';
import { remakeFile } from './remake-file.ts';

const remaking: Remaking = {
  known: knownIdentity({
    people: [],
    birthDates: [],
    numbers: [],
    organisations: [],
    places: [],
    addresses: [],
  }),
  places: placeIndex([]),
  words: NEUTRAL_WORDS,
};
const remade = (content: Uint8Array, mediaType: string, options = {}) =>
  remakeFile(content, mediaType, () => Promise.resolve(remaking), options);
const cause = async (content: Uint8Array, mediaType: string, options = {}) => {
  const pages = await remade(content, mediaType, options);
  expect(pages.every((page) => page.state === 'held')).toBe(true);
  return pages[0]?.causes;
};

/** A PNG that says it is enormous and holds almost nothing. */
function pixelBomb(side: number): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('Files that mean no good', () => {
  it('PX-04, T17: what does not open waits for a person and kills nothing', async () => {
    const pdf = textPdf(['Выписка'], new Date('2026-11-23T05:00:00Z'));
    for (const [content, mediaType] of [
      [Buffer.alloc(0), 'application/pdf'],
      [Buffer.from('%PDF-1.7\n%%EOF'), 'application/pdf'],
      [pdf.subarray(0, 300), 'application/pdf'],
      [Buffer.from('<svg onload="x()"/>'), 'image/png'],
      [Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg'],
      [scan(['Выписка'], 'image/jpeg').subarray(0, 400), 'image/jpeg'],
      // One thing that says it is another.
      [pdf, 'image/png'],
      [scan(['Выписка'], 'image/png'), 'image/jpeg'],
      [Buffer.from('PK'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ] as const)
      expect(await cause(content, mediaType), mediaType).toEqual(['broken-file']);
  }, 60_000);

  it('PX-04, T17: what is too much is not begun: pixels by their heads, pages by their count', async () => {
    expect(await cause(pixelBomb(60_000), 'image/png')).toEqual(['too-large']);
    const long = await PDFDocument.create();
    for (let page = 0; page < READER_LIMITS.pages + 1; page += 1) long.addPage([200, 200]);
    expect(await cause(await long.save(), 'application/pdf')).toEqual(['too-large']);
  }, 30_000);

  it('PX-04, T17: a reader that takes too long or too much memory is ended by force', async () => {
    const page = scan(
      Array.from({ length: 20 }, () => 'Жалобы на слабость, боли в левой руке, головокружение'),
      'image/png',
    );
    expect(await cause(page, 'image/png', { timeoutMs: 300 })).toEqual(['too-large']);
    expect(await cause(page, 'image/png', { maxMemoryBytes: 20_000_000 })).toEqual(['too-large']);
  }, 30_000);

  it('PX-04: a reader has neither the settings of the service nor the right to write or to call out', async () => {
    process.env.SECRET_FOR_TEST = 'secret';
    try {
      const opened = await readFile(scan(['Выписка'], 'image/png'), 'image/png');
      if (!opened.ok) throw new Error(opened.cause);
      expect(await opened.file.environment()).toEqual({
        names: [],
        mayWrite: false,
        mayCall: false,
        mayStart: false,
      });
      opened.file.close();
    } finally {
      delete process.env.SECRET_FOR_TEST;
    }
  }, 30_000);

  it('PX-04: words in the colour of paper do not survive, and an empty page passes', async () => {
    const { createCanvas } = await import('@napi-rs/canvas');
    const canvas = createCanvas(900, 900);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 900, 900);
    context.fillStyle = '#f4f4f4';
    context.font = '60px "Noto Sans"';
    context.fillText('Құпия Аты-Жөні', 40, 300);
    const [page] = await remade(canvas.toBuffer('image/png'), 'image/png');
    expect(page).toMatchObject({ state: 'passed', text: '' });
    const { loadImage } = await import('@napi-rs/canvas');
    const shown = await loadImage(page?.picture as Buffer);
    const copy = createCanvas(shown.width, shown.height);
    copy.getContext('2d').drawImage(shown, 0, 0);
    const pixels = copy.getContext('2d').getImageData(0, 0, shown.width, shown.height).data;
    expect(pixels.every((value) => value >= 254)).toBe(true);
  }, 30_000);
});
