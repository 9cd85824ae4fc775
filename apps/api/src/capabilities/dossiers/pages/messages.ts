import type { Box, Suspicion } from '@mse/domain/dossiers';

/** A word of a page, where it stands in pixels of the drawn page. `characters` holds a box per character when they are known. */
export interface PageWord extends Box {
  text: string;
  line: number;
  /** How sure the reading is, 0 to 100; words of a text layer are sure. */
  confidence: number;
  characters: Box[] | null;
}

/** A page as the reader found it. */
export interface ReadPage {
  pageNo: number;
  width: number;
  height: number;
  /** Words the file itself carries as text. */
  layer: PageWord[];
  /** Words that were read in the picture. */
  seen: PageWord[];
  /** Ink that no reading accounts for and that can be covered: a signature, a stamp. */
  unread: Box[];
  causes: Suspicion[];
}

/** What is asked of the reader process. Ids and names never travel to it, only the file and boxes. */
export type ReaderRequest =
  | { kind: 'read'; content: Uint8Array; mediaType: string; limits: ReaderLimits }
  | { kind: 'black-out'; pageNo: number; boxes: Box[]; keepOriginal: boolean }
  | { kind: 'environment' };

/** What the reader process answers. */
export type ReaderAnswer =
  | { kind: 'read'; ok: true; pages: ReadPage[] }
  | { kind: 'read'; ok: false; cause: Suspicion }
  | { kind: 'environment'; environment: ReaderEnvironment }
  | { kind: 'black-out'; picture: Uint8Array; original: Uint8Array | null; seen: PageWord[] };

export interface ReaderLimits {
  /** Pages of one file. */
  pages: number;
  /** Pixels of a picture before it is decoded. */
  sourcePixels: number;
  /** The longer side of a drawn page, pixels. */
  longSide: number;
}

export const READER_LIMITS: ReaderLimits = { pages: 60, sourcePixels: 60_000_000, longSide: 2200 };
/** What every page becomes. */
export const PAGE_MEDIA_TYPE = 'image/webp';

/** What a reader process has and may: nothing of the service, if all is well. */
export interface ReaderEnvironment {
  names: string[];
  mayWrite: boolean;
  mayCall: boolean;
  mayStart: boolean;
}
