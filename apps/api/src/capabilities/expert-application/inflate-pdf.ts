import { inflateSync } from 'node:zlib';

/** How much of packed streams is unpacked in all, bytes: a file that unpacks into more hides a bomb, not a document. */
const MAX_INFLATED = 20 * 1024 * 1024;
const MAX_STREAMS = 2000;

/**
 * RG-07: the readable parts of a PDF's packed streams, as Latin-1. Pictures and fonts are unpacked too, since their heads say nothing that can be
 * trusted. Null when the whole is larger than a document of this size can honestly be.
 */
export function inflatePdf(content: Buffer): string[] | null {
  const texts: string[] = [];
  let total = 0;
  let at = 0;
  for (let count = 0; count < MAX_STREAMS; count += 1) {
    const start = content.indexOf('stream', at);
    if (start < 0) return texts;
    const end = content.indexOf('endstream', start + 6);
    if (end < 0) return texts;
    let begin = start + 6;
    if (content[begin] === 0x0d) begin += 1;
    if (content[begin] === 0x0a) begin += 1;
    at = end + 9;
    try {
      const inflated = inflateSync(content.subarray(begin, end), { maxOutputLength: MAX_INFLATED - total });
      total += inflated.length;
      texts.push(inflated.toString('latin1'));
    } catch (error) {
      if (error instanceof RangeError) return null;
      // Not packed this way: its bytes are looked at as they stand.
    }
  }
  return null;
}
