import { ok, refuse, type Result } from '../shared/index.ts';

/** RG-07: kinds of files a candidate may upload, recognised by their content and never by their name. */
export const FILE_KINDS = ['pdf', 'jpeg', 'png'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Largest upload, bytes, and most files of an application. */
export const FILE_MAX_BYTES = 5 * 1024 * 1024;
export const FILES_MAX = 20;

/** Why a file is not taken. */
export const FILE_REFUSALS = [
  'empty',
  'too-large',
  'kind',
  'damaged',
  'hostile',
  'locked',
  'too-many',
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

const SIGNATURES: readonly [FileKind, readonly number[]][] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

/** Names of PDF that make a reader act: run a script, start a program, open an address or another file. */
const ACTIVE_NAMES = [
  'JavaScript',
  'JS',
  'Launch',
  'OpenAction',
  'AA',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'XFA',
  'SubmitForm',
  'ImportData',
  'GoToR',
  'GoToE',
];

/** What only a page of the web or an archive holds; a picture or document that holds it is two files in one. */
const FOREIGN = ['<script', '<html', '<svg', '<?php', '<iframe', 'PK\u0003\u0004', 'MZ\u0090'];

/**
 * RG-07: recognises a file by its first bytes, sees that it is whole, and refuses what could act on a reader's machine. `inflated`
 * are the readable parts of a PDF's packed streams, one text of Latin-1 for each: a script can hide there.
 */
export function judgeFile(
  content: Uint8Array,
  inflated: readonly string[] = [],
): Result<FileKind, FileRefusal> {
  if (content.length === 0) return refuse('empty');
  if (content.length > FILE_MAX_BYTES) return refuse('too-large');
  const kind = SIGNATURES.find(([, bytes]) => bytes.every((byte, index) => content[index] === byte))?.[0];
  if (!kind) return refuse('kind');
  if (!isWhole(kind, content)) return refuse('damaged');
  if (kind === 'pdf') return judgePdf([latin(content), ...inflated]);
  return hasForeign(metadataOf(kind, content)) ? refuse('hostile') : ok(kind);
}

function isWhole(kind: FileKind, content: Uint8Array): boolean {
  const tail = latin(content.subarray(-1024));
  if (kind === 'pdf') return tail.includes('%%EOF');
  if (kind === 'png') return tail.trimEnd().includes('IEND');
  // Cameras write padding after the end mark; nothing else may stand there.
  const end = tail.lastIndexOf('\u00ff\u00d9');
  return end >= 0 && [...tail.slice(end + 2)].every((sign) => sign === '\u0000' || sign.trim() === '');
}

function judgePdf(texts: readonly string[]): Result<FileKind, FileRefusal> {
  for (const text of texts) {
    // A name may be written with codes: /J#61vaScript is /JavaScript.
    const plain = text.replace(/#([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
    if (/\/Encrypt(?![A-Za-z])/.test(plain)) return refuse('locked');
    if (ACTIVE_NAMES.some((name) => new RegExp(`/${name}(?![A-Za-z])`).test(plain))) return refuse('hostile');
  }
  return FOREIGN.some((mark) => (texts[0] ?? '').includes(mark) && mark.startsWith('<'))
    ? refuse('hostile')
    : ok('pdf');
}

/** The parts of a picture where words can stand; the packed picture itself may hold any bytes by chance. */
function metadataOf(kind: FileKind, content: Uint8Array): string {
  if (kind === 'png') return chunksOfPng(content);
  return segmentsOfJpeg(content);
}

function chunksOfPng(content: Uint8Array): string {
  let text = '';
  for (let at = 8; at + 8 <= content.length;) {
    const length = number32(content, at);
    const name = latin(content.subarray(at + 4, at + 8));
    if (name !== 'IDAT') text += latin(content.subarray(at + 8, at + 8 + length));
    if (name === 'IEND') return text + latin(content.subarray(at + 12));
    at += 12 + length;
  }
  return text;
}

function segmentsOfJpeg(content: Uint8Array): string {
  let text = '';
  for (let at = 2; at + 4 <= content.length && content[at] === 0xff;) {
    // From the start of the scan on, the packed picture.
    if (content[at + 1] === 0xda) break;
    const length = (content[at + 2] ?? 0) * 256 + (content[at + 3] ?? 0);
    text += latin(content.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return text;
}

function hasForeign(text: string): boolean {
  const lower = text.toLowerCase();
  return FOREIGN.some((mark) => (mark.startsWith('<') ? lower : text).includes(mark));
}

function number32(content: Uint8Array, at: number): number {
  return (
    (content[at] ?? 0) * 16_777_216 +
    (content[at + 1] ?? 0) * 65_536 +
    (content[at + 2] ?? 0) * 256 +
    (content[at + 3] ?? 0)
  );
}

function latin(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** A file name as it is kept: letters, digits and a few signs, without folders and at most so long. */
export function fileNameOf(given: string): string {
  const name = given.normalize('NFKC').split(/[\\/]/).at(-1) ?? '';
  const kept = [...name]
    .filter((sign) => /[\p{L}\p{N}._ ()-]/u.test(sign))
    .join('')
    .trim()
    .slice(-120);
  return kept === '' || /^\.+$/.test(kept) ? 'file' : kept;
}
