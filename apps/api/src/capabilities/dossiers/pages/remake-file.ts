import {
  blackOuts,
  type Box,
  knownOnPage,
  judgeText,
  type Remaking,
  remakeText,
  type Suspicion,
  textAround,
  textOfWords,
} from '@mse/domain/dossiers';
import type { dossierItems } from '@mse/db/schema';
import { whitePage } from './encode-page.ts';
import { PAGE_MEDIA_TYPE, type ReadPage } from './messages.ts';
import { type FileOptions, type OpenFile, readFile, ReaderEnded } from './read-file.ts';

/**
 * PX-04: what a page of ours, as a person blacked it out, still tells: it is read once more as an expert will read it. Where something
 * known of the patient stands, and what the reading was. Undefined when it cannot be read.
 */
export async function readAgain(
  page: Buffer,
  boxes: readonly Box[],
  remaking: Remaking,
): Promise<{ text: string; boxes: Box[] } | undefined> {
  const { picture, width } = await whitePage(page, boxes);
  const opened = await readFile(picture, 'image/png');
  if (!opened.ok) return undefined;
  // A small page is drawn larger to be read; what is told is in the pixels of the page.
  const words = opened.file.pages.flatMap((read) =>
    read.seen.map((word) => ({ ...word, ...scaled(word, width / read.width), characters: null })),
  );
  opened.file.close();
  return { text: textAround(words, boxes), boxes: knownOnPage(words, remaking) };
}

function scaled({ x, y, width, height }: Box, by: number): Box {
  return { x: x * by, y: y * by, width: width * by, height: height * by };
}

/** What of an item comes from a page. */
export type RemadePage = Pick<
  typeof dossierItems.$inferInsert,
  'pageNo' | 'state' | 'causes' | 'text' | 'mediaType' | 'width' | 'height' | 'picture' | 'original' | 'boxes'
>;

/** Texts of a file that was read, for names the papers themselves tell. */
export function textsOf(pages: readonly ReadPage[]): string[] {
  return pages.flatMap((page) => [textOfWords(page.layer).text, textOfWords(page.seen).text]);
}

/**
 * PX-04: the pages of a file made anew. `remakingWith` tells what to search for when the names the file itself tells are known too.
 * A file that cannot be opened, or that kills its reader, is one item without a picture that waits for a person.
 */
export async function remakeFile(
  content: Uint8Array,
  mediaType: string,
  remakingWith: (texts: readonly string[]) => Promise<Remaking>,
  options: FileOptions = {},
): Promise<RemadePage[]> {
  const opened = await readFile(content, mediaType, options);
  if (!opened.ok) return [closed(opened.cause)];
  try {
    const remaking = await remakingWith(textsOf(opened.file.pages));
    const remade: RemadePage[] = [];
    for (const page of opened.file.pages) remade.push(await remakePage(opened.file, page, remaking));
    return remade;
  } catch (error) {
    if (error instanceof ReaderEnded) return [closed('broken-file')];
    throw error;
  } finally {
    opened.file.close();
  }
}

function closed(cause: Suspicion): RemadePage {
  return { pageNo: 1, state: 'held', causes: [cause], text: '' };
}

/**
 * What identifies is black in the picture, as the text layer and as the reading of the picture place it, and replaced in the text; a
 * signature or a stamp is black because nobody can tell what it says.
 * The new picture is read again, as an expert will read it, and judged like any text.
 */
async function remakePage(file: OpenFile, page: ReadPage, remaking: Remaking): Promise<RemadePage> {
  const boxes = [
    ...blackOuts(page.layer, remaking, false),
    ...blackOuts(page.seen, remaking, true),
    ...page.unread,
  ];
  const text = remakeText(
    textOfWords(page.layer.length >= page.seen.length * 0.8 ? page.layer : page.seen).text,
    remaking,
  );
  const reading = remakeText(textOfWords(page.seen).text, remaking);
  const layer = remakeText(textOfWords(page.layer).text, remaking);
  const causes = new Set<Suspicion>([...page.causes, ...layer.causes, ...reading.causes]);
  const first = await file.blackOut(page.pageNo, boxes, true);
  // What can still be read of the new picture must be as clean as a text.
  for (const cause of judgeText(textAround(first.seen, boxes), remaking)) causes.add(cause);
  const held = causes.size > 0;
  return {
    pageNo: page.pageNo,
    state: held ? 'held' : 'passed',
    causes: [...causes],
    text: text.text,
    mediaType: PAGE_MEDIA_TYPE,
    width: page.width,
    height: page.height,
    picture: first.picture,
    // Kept only while a person has to compare.
    original: held ? first.original : null,
    boxes,
  };
}
