/** Width and height a picture says it has, read from its head without decoding it; null when it is no PNG or JPEG that can be read. */
export function pictureSize(
  content: Uint8Array,
): { width: number; height: number; type: 'image/png' | 'image/jpeg' } | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.byteLength > 24 && view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a)
    return { width: view.getUint32(16), height: view.getUint32(20), type: 'image/png' };
  if (content.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < content.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // A frame header, of whatever coding, holds the size; C4, C8 and CC are tables.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), type: 'image/jpeg' };
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** How a JPEG says it must be turned to stand upright (EXIF 1 to 8); 1 when it says nothing. */
export function orientationOf(content: Uint8Array): number {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.byteLength < 4 || view.getUint16(0) !== 0xffd8) return 1;
  for (let at = 2; at + 4 < content.byteLength;) {
    if (view.getUint8(at) !== 0xff || view.getUint8(at + 1) === 0xda) return 1;
    const length = view.getUint16(at + 2);
    if (
      view.getUint8(at + 1) === 0xe1 &&
      at + 18 < content.byteLength &&
      view.getUint32(at + 4) === 0x45786966
    ) {
      const base = at + 10;
      const little = view.getUint16(base) === 0x4949;
      const first = base + view.getUint32(base + 4, little);
      if (first + 2 > content.byteLength) return 1;
      const entries = view.getUint16(first, little);
      for (let entry = 0; entry < entries && first + 14 + entry * 12 <= content.byteLength; entry += 1) {
        const field = first + 2 + entry * 12;
        if (view.getUint16(field, little) === 0x0112) return view.getUint16(field + 8, little);
      }
      return 1;
    }
    at += 2 + length;
  }
  return 1;
}
