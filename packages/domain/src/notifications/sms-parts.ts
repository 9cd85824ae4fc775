/** How a text travels as SMS: alphabet, number of parts that are billed, and the parts themselves. */
export interface SmsParts {
  alphabet: 'gsm-7' | 'ucs-2';
  parts: string[];
}

const PLAIN = /^[\n\r\x20-\x5a\x61-\x7a]*$/;

/**
 * Splits a text as the SMS centre will: Cyrillic always needs UCS-2, 70 characters alone or 67 in each of several parts;
 * plain Latin 160 or 153. Characters are counted in UTF-16 units, and a pair is never cut.
 */
export function smsParts(text: string): SmsParts {
  const alphabet = PLAIN.test(text) ? 'gsm-7' : 'ucs-2';
  const [alone, several] = alphabet === 'ucs-2' ? [70, 67] : [160, 153];
  if (text.length <= alone) return { alphabet, parts: [text] };
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (part.length + character.length > several) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  parts.push(part);
  return { alphabet, parts };
}
