import type { Language } from '@mse/domain/shared';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import QRCode from 'qrcode';

/** What a template may be given: plain data, as JSON carries it. `title` names the document in its metadata and must name nobody. */
export interface PdfData {
  title: string;
  [name: string]: unknown;
}

export interface PdfOptions {
  /** Instant that stands in the file as its creation; the same data at the same instant give the same bytes. */
  at: Date;
  /** Pictures by name; a template shows `pictures["qr"]` as `image("/qr.png")`. */
  pictures?: Readonly<Record<string, Uint8Array>>;
}

/** Pixels of one module of a QR: sharp on paper at 4 cm. */
const MODULE_PIXELS = 10;

let known: NodeCompiler | undefined;

/** One compiler for the process: reading the fonts takes longer than setting a hundred pages. */
function compiler(): NodeCompiler {
  if (!known) {
    const fonts = dirname(
      createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'),
    );
    const faces = ['400Regular', '700Bold'].map((face) => join(fonts, face));
    known = NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontPaths: faces }] });
  }
  return known;
}

/**
 * Sets a Typst template as PDF/UA-1: tagged, with title and language, fonts embedded. The template reads everything as data
 * (`json(bytes(sys.inputs.data))`), `data.lang` included, so that no name or address can become markup; it must set the document's
 * title from `data.title` and give every picture its words, or the typesetter refuses.
 */
export function renderPdf(
  template: string,
  data: PdfData,
  language: Language,
  { at, pictures = {} }: PdfOptions,
): Buffer {
  const typst = compiler();
  // From here to the result nothing else runs, so the files of the compiler belong to this document.
  for (const [name, bytes] of Object.entries(pictures))
    typst.mapShadow(join(tmpdir(), `${name}.png`), Buffer.from(bytes));
  try {
    return typst.pdf(
      { mainFileContent: template, inputs: { data: JSON.stringify({ ...data, lang: language }) } },
      { pdfStandard: 'ua-1', creationTimestamp: Math.floor(at.getTime() / 1000) },
    );
  } finally {
    typst.resetShadow();
    typst.evictCache(10);
  }
}

/** An address as a QR of whole modules with its quiet zone, for `renderPdf`. */
export function qrPicture(link: string): Promise<Buffer> {
  return QRCode.toBuffer(link, { type: 'png', errorCorrectionLevel: 'Q', margin: 4, scale: MODULE_PIXELS });
}
