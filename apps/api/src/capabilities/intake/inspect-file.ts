import { inflateSync } from 'node:zlib';

/** Kinds of files a form may carry. */
export type FileMediaType = 'application/pdf' | 'image/png' | 'image/jpeg';

/** Why a file that is there and whole is still not taken. */
export type FileTrouble =
  | 'empty'
  | 'too-large'
  | 'unknown-kind'
  | 'other-kind'
  | 'damaged'
  | 'too-many-pixels'
  | 'unpacks-too-far'
  | 'active-content'
  | 'encrypted';

export type FileInspection = { ok: true; mediaType: FileMediaType } | { ok: false; trouble: FileTrouble };

/** Largest picture, pixels. */
const MAX_PIXELS = 40_000_000;
/** What the packed parts of one PDF may unpack to together, bytes. */
const MAX_UNPACKED = 100_000_000;
/** Most packed parts of a PDF that are looked into. */
const MAX_STREAMS = 20_000;

/**
 * Looks at a file before it is kept: what its first bytes say it is, whether that is what the form says, how large a picture it
 * opens to, whether a PDF runs something, carries other files, is locked, or unpacks without end. Nothing of it is run or drawn.
 */
export function inspectFile(content: Buffer, stated: string | undefined): FileInspection {
  if (content.length === 0) return trouble('empty');
  const mediaType = kindOf(content);
  if (!mediaType) return trouble('unknown-kind');
  if (stated !== undefined && stated !== mediaType) return trouble('other-kind');
  const found =
    mediaType === 'application/pdf'
      ? troubleOfPdf(content)
      : mediaType === 'image/png'
        ? troubleOfPng(content)
        : troubleOfJpeg(content);
  return found ? trouble(found) : { ok: true, mediaType };
}

const trouble = (which: FileTrouble): FileInspection => ({ ok: false, trouble: which });

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function kindOf(content: Buffer): FileMediaType | null {
  if (content.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf';
  if (content.subarray(0, 8).equals(PNG_SIGNATURE)) return 'image/png';
  if (content[0] === 0xff && content[1] === 0xd8 && content[2] === 0xff) return 'image/jpeg';
  return null;
}

function tooManyPixels(width: number, height: number): boolean {
  return width < 1 || height < 1 || width * height > MAX_PIXELS;
}

function troubleOfPng(content: Buffer): FileTrouble | null {
  if (content.length < 45 || content.subarray(12, 16).toString('latin1') !== 'IHDR') return 'damaged';
  if (tooManyPixels(content.readUInt32BE(16), content.readUInt32BE(20))) return 'too-many-pixels';
  let at = 8;
  while (at + 12 <= content.length) {
    const length = content.readUInt32BE(at);
    const type = content.subarray(at + 4, at + 8).toString('latin1');
    at += 12 + length;
    if (type === 'IEND') return at === content.length ? null : 'damaged';
  }
  return 'damaged';
}

/** Markers of a JPEG that stand alone. */
const LONE_MARKERS = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8]);

function troubleOfJpeg(content: Buffer): FileTrouble | null {
  // Some cameras write a little behind the end.
  if (content.lastIndexOf(Buffer.from([0xff, 0xd9])) < content.length - 1024) return 'damaged';
  let at = 2;
  while (at + 4 <= content.length) {
    if (content[at] !== 0xff) return 'damaged';
    const marker = content[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (LONE_MARKERS.has(marker)) {
      at += 2;
      continue;
    }
    // The scan begins and no size was stated before it.
    if (marker === 0xda) return 'damaged';
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      if (at + 9 > content.length) return 'damaged';
      return tooManyPixels(content.readUInt16BE(at + 7), content.readUInt16BE(at + 5))
        ? 'too-many-pixels'
        : null;
    }
    at += 2 + content.readUInt16BE(at + 2);
  }
  return 'damaged';
}

/** What one stream of objects may hold, bytes; a paper's are far smaller. */
const MAX_OBJECTS = 20_000_000;
/** Letters written as numbers in one PDF; names of fonts have a few. */
const MAX_HIDDEN = 20_000;

/** Pictures of a PDF that are looked at; a paper has few. */
const MAX_PICTURES = 5000;

/** Names in a PDF that make it do something, or carry something else than pages. */
const ACTIVE =
  /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Rendition|Movie|Sound|AA)(?![A-Za-z0-9])/;
const ENCRYPTED = /\/Encrypt(?![A-Za-z0-9])/;

function troubleOfPdf(content: Buffer): FileTrouble | null {
  const tail = content.subarray(Math.max(0, content.length - 2048)).toString('latin1');
  if (!tail.includes('%%EOF')) return 'damaged';
  const text = content.toString('latin1');
  const outside = outsideStreams(text);
  if (outside === null) return 'unpacks-too-far';
  if (hidesMuch(outside.text)) return 'active-content';
  if (ENCRYPTED.test(plainNames(outside.text))) return 'encrypted';
  const plain = plainNames(outside.text);
  if (ACTIVE.test(plain)) return 'active-content';
  if (picturesTooLarge(plain)) return 'too-many-pixels';
  let unpacked = 0;
  for (const { dictionary, from, until } of outside.streams) {
    const words = plainNames(dictionary);
    if (!/\/(?:FlateDecode|Fl)(?![A-Za-z0-9])/.test(words)) {
      // Objects in a stream we cannot look into may be anything.
      if (/\/Type\s{0,20}\/ObjStm/.test(words) && /\/Filter/.test(words)) return 'active-content';
      if (/\/Type\s{0,20}\/ObjStm/.test(words) && ACTIVE.test(plainNames(text.slice(from, until))))
        return 'active-content';
      continue;
    }
    const left = MAX_UNPACKED - unpacked;
    const opened = unpack(content.subarray(from, until), left);
    if (opened === 'too-far') return 'unpacks-too-far';
    if (opened === null) {
      if (/\/Type\s{0,20}\/ObjStm/.test(words)) return 'damaged';
      continue;
    }
    unpacked += opened.length;
    if (unpacked > MAX_UNPACKED) return 'unpacks-too-far';
    // Packed twice: what is inside can be a bomb again, so it is not taken.
    if (/\/FlateDecode[^\]]*\/FlateDecode/.test(words) && unpack(opened, left - opened.length) === 'too-far')
      return 'unpacks-too-far';
    if (/\/Type\s{0,20}\/ObjStm/.test(words)) {
      const inside = opened.toString('latin1');
      if (inside.length > MAX_OBJECTS || hidesMuch(inside)) return 'active-content';
      const objects = plainNames(inside);
      if (ACTIVE.test(objects)) return 'active-content';
      if (picturesTooLarge(objects)) return 'too-many-pixels';
    }
  }
  return null;
}

interface PackedPart {
  dictionary: string;
  from: number;
  until: number;
}

/** The objects of a PDF without what is inside its streams, and where the streams lie; null when there are too many. */
function outsideStreams(text: string): { text: string; streams: PackedPart[] } | null {
  const pieces: string[] = [];
  const streams: PackedPart[] = [];
  let at = 0;
  for (;;) {
    const found = text.indexOf('stream', at);
    if (found < 0) break;
    const next = text[found + 6];
    const isStart = (next === '\r' || next === '\n') && text.slice(found - 3, found) !== 'end';
    if (!isStart) {
      pieces.push(text.slice(at, found + 6));
      at = found + 6;
      continue;
    }
    const before = text.slice(at, found);
    pieces.push(before);
    const from = found + 6 + (next === '\r' && text[found + 7] === '\n' ? 2 : 1);
    const end = text.indexOf('endstream', from);
    const until = end < 0 ? text.length : end;
    streams.push({ dictionary: before.slice(before.lastIndexOf(' obj') + 1), from, until });
    if (streams.length > MAX_STREAMS) return null;
    at = until;
    if (end < 0) break;
  }
  pieces.push(text.slice(at));
  return { text: pieces.join(' '), streams };
}

/** A name of a PDF may hide its letters: `/J#61vaScript`. */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_whole, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}

/** Whether so many letters are written as numbers that somebody hides something. */
function hidesMuch(text: string): boolean {
  let hidden = 0;
  for (const _match of text.matchAll(/#[0-9a-fA-F]{2}/g)) {
    hidden += 1;
    if (hidden > MAX_HIDDEN) return true;
  }
  return false;
}

function picturesTooLarge(text: string): boolean {
  let pictures = 0;
  for (const match of text.matchAll(/\/Subtype\s{0,20}\/Image/g)) {
    pictures += 1;
    if (pictures > MAX_PICTURES) return true;
    const around = text.slice(Math.max(0, match.index - 400), match.index + 400);
    const size = (name: string) =>
      Number(new RegExp(`/${name}\\s+(\\d{1,9})(?!\\s+\\d+\\s+R)`).exec(around)?.[1] ?? 1);
    if (tooManyPixels(size('Width'), size('Height'))) return true;
  }
  return false;
}

/** The content of a packed part; null when it is damaged. */
function unpack(packed: Uint8Array, limit: number): Buffer | 'too-far' | null {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-far' : null;
  }
}
