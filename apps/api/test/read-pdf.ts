import jsQR from 'jsqr';
import { inflateSync } from 'node:zlib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

// Both packages are CommonJS whose types name the default export of the module object.
const decodeQr = ('default' in jsQR ? jsQR.default : jsQR) as unknown as typeof jsQR.default;

/** Every stream of a PDF with its dictionary, unpacked where it is packed. */
function streams(pdf: Buffer): { dictionary: string; bytes: Buffer }[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/obj\s*(<<(?:(?!endobj)[\s\S])*?>>)\s*stream\r?\n/g)].map((match) => {
    const dictionary = match[1] ?? '';
    const start = match.index + match[0].length;
    const raw = pdf.subarray(start, start + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
    return { dictionary, bytes: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw };
  });
}

/** Reads the QR off the pixels that a printer gets; undefined when there is none. */
export function readQr(pdf: Buffer): string | undefined {
  // The picture itself, not its mask of transparency.
  const image = streams(pdf).find(
    ({ dictionary }) => dictionary.includes('/Subtype /Image') && dictionary.includes('/SMask'),
  );
  if (!image) return undefined;
  const figure = (name: string) => Number(new RegExp(`/${name} (\\d+)`).exec(image.dictionary)?.[1]);
  const [width, height] = [figure('Width'), figure('Height')];
  const channels = image.bytes.length / (width * height);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let index = 0; index < width * height; index += 1) {
    for (let channel = 0; channel < 3; channel += 1)
      pixels[index * 4 + channel] = image.bytes[index * channels + Math.min(channel, channels - 1)] ?? 0;
  }
  return decodeQr(pixels, width, height)?.data;
}

/** Everything in a PDF that is not packed, and what its packed object streams hold. */
export function insides(pdf: Buffer): string {
  return [pdf.toString('latin1'), ...streams(pdf).map(({ bytes }) => bytes.toString('latin1'))].join('\n');
}

/** What a reading program hears of a PDF: metadata, marks, and the text of its pages in the order of the source. */
export async function hearPdf(pdf: Buffer): Promise<{
  info: Record<string, unknown>;
  marked: boolean;
  pages: number;
  text: string;
  /** Roles of the structure tree of the first page. */
  roles: string[];
}> {
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const { info } = await document.getMetadata();
  const marks = (await document.getMarkInfo()) as Map<string, boolean> | { Marked?: boolean } | null;
  const texts: string[] = [];
  const roles: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    texts.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''));
    if (number === 1) collectRoles(await page.getStructTree(), roles);
  }
  const marked = marks instanceof Map ? marks.get('Marked') === true : marks?.Marked === true;
  await task.destroy();
  return {
    info: info as Record<string, unknown>,
    marked,
    pages: texts.length,
    text: texts.join('\n'),
    roles,
  };
}

function collectRoles(node: unknown, roles: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  if ('role' in node && typeof node.role === 'string') roles.push(node.role);
  if ('children' in node && Array.isArray(node.children))
    for (const child of node.children) collectRoles(child, roles);
}
