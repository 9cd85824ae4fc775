import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import type { Box, Suspicion } from '@mse/domain/dossiers';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  AnnotationMode,
  getDocument,
  type PDFPageProxy,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { createWorker, OEM, type Worker } from 'tesseract.js';
import { encodePage } from './encode-page.ts';
import type {
  PageWord,
  ReaderAnswer,
  ReaderEnvironment,
  ReaderLimits,
  ReaderRequest,
  ReadPage,
} from './messages.ts';
import { orientationOf, pictureSize } from './picture-size.ts';
import { unreadInk, whiten } from './unread-ink.ts';

/**
 * PX-04: the process that opens a file of a stranger. It draws each page anew, reads it, blacks out what it is told to and gives a new
 * picture back. One process for one file, without the settings of the service, with limits of time and memory set by its parent; it
 * knows nobody's name and writes nothing.
 */
const require = createRequire(import.meta.url);
const folderOf = (library: string) => dirname(require.resolve(`${library}/package.json`));
/** Readings less sure than this are no readings. */
const SURE = 30;

/** A page that was drawn, or why there is none. */
interface DrawnPage {
  pageNo: number;
  canvas: Canvas;
  layer: PageWord[];
  causes: Suspicion[];
}
class Refused extends Error {
  readonly suspicion: Suspicion;
  constructor(cause: Suspicion) {
    super(cause);
    this.suspicion = cause;
  }
}

/** Pages as they were drawn, packed. */
const drawn = new Map<number, Buffer>();
let worker: Promise<Worker> | undefined;

process.on('message', (request: ReaderRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});

async function answer(request: ReaderRequest): Promise<ReaderAnswer> {
  if (request.kind === 'black-out') return blackOut(request);
  if (request.kind === 'environment') return { kind: 'environment', environment: environment() };
  try {
    const pages: ReadPage[] = [];
    for await (const page of draw(request.content, request.mediaType, request.limits))
      pages.push(await read(page));
    return pages.length > 0
      ? { kind: 'read', ok: true, pages }
      : { kind: 'read', ok: false, cause: 'broken-file' };
  } catch (error) {
    return { kind: 'read', ok: false, cause: error instanceof Refused ? error.suspicion : 'broken-file' };
  }
}

/** Of what its parent gave it, apart from the line between them. */
function environment(): ReaderEnvironment {
  const report = process.report.getReport() as unknown as { environmentVariables: Record<string, string> };
  return {
    names: Object.keys(report.environmentVariables).filter((name) => !name.startsWith('NODE_CHANNEL_')),
    mayWrite: process.permission.has('fs.write'),
    mayCall: process.permission.has('net'),
    mayStart: process.permission.has('child'),
  };
}

async function* draw(
  content: Uint8Array,
  mediaType: string,
  limits: ReaderLimits,
): AsyncGenerator<DrawnPage> {
  if (mediaType === 'application/pdf') yield* drawPdf(content, limits);
  else yield { pageNo: 1, canvas: await drawPicture(content, mediaType, limits), layer: [], causes: [] };
}

async function drawPicture(content: Uint8Array, mediaType: string, limits: ReaderLimits): Promise<Canvas> {
  const size = pictureSize(content);
  if (!size || size.type !== mediaType || size.width === 0 || size.height === 0)
    throw new Refused('broken-file');
  if (size.width * size.height > limits.sourcePixels) throw new Refused('too-large');
  const image = await loadImage(Buffer.from(content));
  const scale = Math.min(limits.longSide / Math.max(image.width, image.height), 3);
  const canvas = paper(image.width * scale, image.height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return turned(canvas, size.type === 'image/jpeg' ? orientationOf(content) : 1);
}

function paper(width: number, height: number): Canvas {
  const canvas = createCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A picture set upright as its EXIF says. */
function turned(canvas: Canvas, orientation: number): Canvas {
  const quarters = new Map([
    [3, 2],
    [6, 1],
    [8, 3],
  ]).get(orientation);
  if (quarters === undefined) return canvas;
  const result = quarters === 2 ? paper(canvas.width, canvas.height) : paper(canvas.height, canvas.width);
  const context = result.getContext('2d');
  context.translate(result.width / 2, result.height / 2);
  context.rotate((quarters * Math.PI) / 2);
  context.drawImage(canvas, -canvas.width / 2, -canvas.height / 2);
  return result;
}

async function* drawPdf(content: Uint8Array, limits: ReaderLimits): AsyncGenerator<DrawnPage> {
  const library = folderOf('pdfjs-dist');
  const document = await getDocument({
    // A copy: the library takes the memory for itself.
    data: new Uint8Array(content),
    standardFontDataUrl: `${join(library, 'standard_fonts')}/`,
    cMapUrl: `${join(library, 'cmaps')}/`,
    cMapPacked: true,
    wasmUrl: `${join(library, 'wasm')}/`,
    enableXfa: false,
    useSystemFonts: false,
    stopAtErrors: true,
    maxImageSize: limits.sourcePixels,
    canvasMaxAreaInBytes: limits.sourcePixels * 4,
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
  if (document.numPages > limits.pages) throw new Refused('too-large');
  for (let pageNo = 1; pageNo <= document.numPages; pageNo += 1) {
    const page = await document.getPage(pageNo);
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({
      scale: Math.min(limits.longSide / Math.max(natural.width, natural.height), 3),
    });
    const canvas = paper(viewport.width, viewport.height);
    // Comments, stamps and links lie above the page and are not drawn.
    await page.render({
      canvas: canvas as unknown as HTMLCanvasElement,
      canvasContext: canvas.getContext('2d') as unknown as CanvasRenderingContext2D,
      viewport,
      annotationMode: AnnotationMode.DISABLE,
      background: '#fff',
    }).promise;
    const causes: Suspicion[] = (await hasFilledFields(page)) ? ['form-field'] : [];
    yield { pageNo, canvas, layer: await layerOf(page, viewport.transform), causes };
    page.cleanup();
  }
}

/** What was typed into fields of a form is no part of the drawn page, so somebody must look. */
async function hasFilledFields(page: PDFPageProxy): Promise<boolean> {
  const annotations = (await page.getAnnotations()) as { subtype?: string; fieldValue?: unknown }[];
  return annotations.some(
    ({ subtype, fieldValue }) =>
      subtype === 'Widget' && typeof fieldValue === 'string' && fieldValue.trim() !== '',
  );
}

/** Words of the text layer with their places; runs are divided by the share of their letters. */
async function layerOf(page: PDFPageProxy, view: number[]): Promise<PageWord[]> {
  const content = await page.getTextContent();
  const words: PageWord[] = [];
  let line = 0;
  let lastY: number | null = null;
  for (const item of content.items) {
    if (!('str' in item) || item.str === '') continue;
    const [a, b, c, d, e, f] = product(view, item.transform as number[]) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const height = Math.hypot(c, d);
    const along = Math.hypot(a, b) || 1;
    const scale = Math.hypot(view[0] ?? 1, view[1] ?? 0);
    const width = item.width * scale;
    if (lastY !== null && Math.abs(f - lastY) > height * 0.6) line += 1;
    lastY = f;
    const boxOf = (from: number, until: number): Box => {
      const [start, end] = [(width * from) / item.str.length, (width * until) / item.str.length];
      // Corners of a run that may be turned: along (a, b), up by its height and a little below its line.
      const corner = (distance: number, up: number) => ({
        x: e + (a / along) * distance + (b / along) * up,
        y: f + (b / along) * distance - (a / along) * up,
      });
      const corners = [
        corner(start, -height * 0.3),
        corner(start, height),
        corner(end, -height * 0.3),
        corner(end, height),
      ];
      const [x, y] = [
        Math.min(...corners.map((point) => point.x)),
        Math.min(...corners.map((point) => point.y)),
      ];
      return {
        x,
        y,
        width: Math.max(...corners.map((point) => point.x)) - x,
        height: Math.max(...corners.map((point) => point.y)) - y,
      };
    };
    for (const match of item.str.matchAll(/\S+/g))
      words.push({
        text: match[0],
        line,
        confidence: 100,
        characters: null,
        // The letters of a run are not of one width: a little more on both sides.
        ...boxOf(
          Math.max(0, match.index - 0.6),
          Math.min(item.str.length, match.index + match[0].length + 0.6),
        ),
      });
  }
  return words;
}

function product(left: number[], right: number[]): number[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = left;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = right;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

async function read(page: DrawnPage): Promise<ReadPage> {
  const { canvas, pageNo, layer } = page;
  const context = canvas.getContext('2d');
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  whiten(image.data);
  context.putImageData(image, 0, 0);
  const packed = canvas.toBuffer('image/png');
  drawn.set(pageNo, packed);
  const seen = await readPicture(packed);
  const sure = seen.filter((word) => word.confidence >= SURE);
  const causes = [...page.causes];
  // The picture is what counts: ink no reading accounts for is not excused by a text layer.
  const ink = unreadInk(image.data, canvas.width, canvas.height, sure);
  if (!ink.coverable) causes.push('unread');
  if (isDoubtful(seen)) causes.push('doubtful-reading');
  return {
    pageNo,
    width: canvas.width,
    height: canvas.height,
    layer,
    seen,
    unread: ink.coverable ? ink.boxes : [],
    causes,
  };
}

/** Too much of the reading is guessing. */
function isDoubtful(seen: readonly PageWord[]): boolean {
  const letters = seen.filter((word) => /[\p{L}\d]/u.test(word.text));
  return letters.filter((word) => word.confidence < 65).length > Math.max(2, letters.length * 0.08);
}

/** Words of a picture by the Kazakh model, which knows Kazakh, Russian and Latin letters. */
async function readPicture(packed: Buffer): Promise<PageWord[]> {
  worker ??= createWorker('kaz', OEM.LSTM_ONLY, {
    langPath: join(folderOf('@tesseract.js-data/kaz'), '4.0.0_best_int'),
    gzip: true,
    cacheMethod: 'none',
  });
  const { data } = await (await worker).recognize(packed, {}, { blocks: true, text: false });
  let line = 0;
  return (data.blocks ?? []).flatMap((block) =>
    block.paragraphs.flatMap((paragraph) =>
      paragraph.lines.flatMap((row) => {
        line += 1;
        return row.words.map((word): PageWord => ({
          text: word.text,
          line,
          confidence: word.confidence,
          characters: word.symbols.map((symbol) => boxOf(symbol.bbox)),
          ...boxOf(word.bbox),
        }));
      }),
    ),
  );
}

function boxOf(box: { x0: number; y0: number; x1: number; y1: number }): Box {
  return { x: box.x0, y: box.y0, width: box.x1 - box.x0, height: box.y1 - box.y0 };
}

/** A page with boxes filled in black, as a new picture, and what can be read of it then. */
async function blackOut(request: Extract<ReaderRequest, { kind: 'black-out' }>): Promise<ReaderAnswer> {
  const packed = drawn.get(request.pageNo);
  if (!packed) throw new Error('No such page was drawn');
  const image = await loadImage(packed);
  const canvas = paper(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const original = request.keepOriginal ? encodePage(canvas) : null;
  const fill = (colour: string) => {
    context.fillStyle = colour;
    for (const box of request.boxes) context.fillRect(box.x, box.y, box.width, box.height);
  };
  // Read with the boxes white: a reader of pictures sees letters in black bars.
  fill('#fff');
  const seen = request.boxes.length > 0 ? await readPicture(canvas.toBuffer('image/png')) : [];
  fill('#000');
  return { kind: 'black-out', picture: encodePage(canvas), original, seen };
}
