import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { crc32 } from 'node:zlib';
import { renderPdf } from '../src/capabilities/documents/render-pdf.ts';

const require = createRequire(import.meta.url);
const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans/package.json'));
GlobalFonts.registerFromPath(join(fonts, '400Regular', 'NotoSans_400Regular.ttf'), 'Noto Sans');

const TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set page(paper: "a4", margin: 2cm)
#set text(font: "Noto Sans", size: 11pt, lang: data.lang)
#for line in data.lines [#par(line)]
`;

/** A PDF whose text layer is these lines, as a clinic's system makes it. */
export function textPdf(lines: readonly string[], at: Date): Buffer {
  return renderPdf(TEMPLATE, { title: 'Extract', lines }, 'ru', { at });
}

/** The same PDF with a text in every place of the file where nobody looks: Info, XMP, a comment, an embedded file, an older revision. */
export async function plantInPdf(pdf: Uint8Array, mark: string): Promise<Buffer> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  document.setTitle(mark);
  document.setAuthor(mark);
  document.setSubject(mark);
  document.setKeywords([mark]);
  document.setProducer(mark);
  await document.attach(Buffer.from(`attached ${mark}`), `${encodeURIComponent(mark).slice(0, 40)}.txt`, {
    mimeType: 'text/plain',
    description: mark,
  });
  const [page] = document.getPages();
  if (page) {
    const note = document.context.obj({
      Type: 'Annot',
      Subtype: 'FreeText',
      Rect: [60, 60, 400, 120],
      DA: PDFString.of('/Helv 12 Tf 0 g'),
      Contents: PDFString.of('x'),
    });
    note.set(PDFName.of('Contents'), PDFString.of(Buffer.from(mark).toString('latin1')));
    page.node.addAnnot(document.context.register(note));
  }
  const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">${mark}</dc:creator></x:xmpmeta><?xpacket end="w"?>`;
  document.catalog.set(
    PDFName.of('Metadata'),
    document.context.register(
      document.context.stream(Buffer.from(xmp), { Type: 'Metadata', Subtype: 'XML' }),
    ),
  );
  const saved = Buffer.from(await document.save({ useObjectStreams: false }));
  // An older revision, and bytes behind the end.
  return Buffer.concat([saved, Buffer.from(`\n% ${mark}\n%%EOF\n${mark}`)]);
}

export interface ScanOptions {
  size?: number;
  /** Degrees the paper lies askew. */
  tilt?: number;
  /** Drawn under the text: a line like a signature. */
  signature?: boolean;
  /** Drawn under the text: a picture too large to be covered without a look, as an X-ray is. */
  photograph?: boolean;
}

/** A scan: the lines are ink in a picture and nothing else. */
export function scan(
  lines: readonly string[],
  type: 'image/png' | 'image/jpeg',
  options: ScanOptions = {},
): Buffer {
  const canvas = createCanvas(1240, 1754);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 1240, 1754);
  context.translate(620, 877);
  context.rotate(((options.tilt ?? 0) * Math.PI) / 180);
  context.translate(-620, -877);
  context.fillStyle = '#111';
  context.font = `${options.size ?? 27}px "Noto Sans"`;
  lines.forEach((line, at) => context.fillText(line, 90, 150 + at * 62));
  if (options.signature) {
    context.strokeStyle = '#1a2f9c';
    context.lineWidth = 3;
    context.beginPath();
    for (let at = 0; at < 260; at += 1)
      context.lineTo(700 + at, 1500 + 40 * Math.sin(at / 9) + 20 * Math.sin(at / 3.1));
    context.stroke();
  }
  if (options.photograph) {
    const shade = context.createRadialGradient(620, 1250, 20, 620, 1250, 400);
    shade.addColorStop(0, '#999');
    shade.addColorStop(1, '#111');
    context.fillStyle = shade;
    context.fillRect(240, 850, 760, 800);
  }
  return type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg', 90);
}

/** The same picture with a text in every place of the file where nobody looks: EXIF, a comment, text chunks, bytes behind the end. */
export function plantInPicture(picture: Buffer, mark: string): Buffer {
  const words = Buffer.from(mark);
  if (picture.readUInt16BE(0) === 0xffd8) {
    // EXIF with one field, ImageDescription, in big-endian TIFF.
    const tiff = Buffer.concat([
      Buffer.from('MM\0*\0\0\0\u0008', 'latin1'),
      Buffer.from([0, 1, 0x01, 0x0e, 0, 2]),
      uint32(words.length + 1),
      uint32(26),
      uint32(0),
      words,
      Buffer.from([0]),
    ]);
    return Buffer.concat([
      picture.subarray(0, 2),
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])),
      segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), words])),
      segment(0xfe, words),
      picture.subarray(2),
      words,
    ]);
  }
  const end = picture.lastIndexOf(Buffer.from('IEND')) - 4;
  return Buffer.concat([
    picture.subarray(0, end),
    chunk('tEXt', Buffer.concat([Buffer.from('Author\0'), words])),
    chunk('iTXt', Buffer.concat([Buffer.from('Title\0\0\0\0\0'), words])),
    chunk('eXIf', words),
    picture.subarray(end),
    words,
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  return Buffer.concat([uint32(content.length), body, uint32(crc32(body))]);
}

/** A PDF whose pages are pictures: what a scanner makes. */
export async function scannedPdf(pictures: readonly Buffer[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (const picture of pictures) {
    const image =
      picture.readUInt16BE(0) === 0xffd8
        ? await document.embedJpg(picture)
        : await document.embedPng(picture);
    document.addPage([595, 842]).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  }
  return Buffer.from(await document.save());
}
