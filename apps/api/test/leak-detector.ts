import { createHash } from 'node:crypto';

/** Something that names one person alone. `word`: in any form, letter case or alphabet. `digits`: with anything between. `exact`: as it is. */
export interface Mark {
  what: string;
  kind: 'word' | 'digits' | 'exact';
  value: string;
}

/** Sounds of letters, simpler than the product's and on purpose not taken from it. */
const SOUND: Record<string, string> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', ж: 'j', з: 'z', и: 'i', й: 'i', і: 'i', ы: 'i', к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't',
  у: 'u', ұ: 'u', ү: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'c', ч: 'c', ш: 's', щ: 's', ъ: '', ь: '', э: 'e', ю: 'u', я: 'a', q: 'k', y: 'i', w: 'v', x: 'h',
}; // prettier-ignore
const SHAPE: Record<string, string> = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  һ: 'h',
  н: 'h',
  і: 'i',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  т: 't',
  х: 'x',
  у: 'y',
};

function letters(text: string, table: Record<string, string>): string {
  const lower = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
  let result = '';
  for (const letter of lower) result += table[letter] ?? letter;
  return result
    .replaceAll('kh', 'h')
    .replaceAll('zh', 'j')
    .replaceAll('gh', 'g')
    .replaceAll('sh', 's')
    .replaceAll('ch', 'c')
    .replace(/(.)\1+/g, '$1');
}

const stemOf = (word: string) => letters(word, SOUND).slice(0, Math.max(5, letters(word, SOUND).length - 2));

/** Everything in which a text is looked for. */
function forms(text: string) {
  return { text, sound: letters(text, SOUND), shape: letters(text, SHAPE), digits: text.replace(/\D/g, '') };
}

/** A searcher for marks in texts and bytes. */
export function leakDetector(marks: readonly Mark[]) {
  const prepared = marks.map((mark) => ({
    mark,
    stem: stemOf(mark.value),
    shape: letters(mark.value, SHAPE).slice(0, Math.max(5, mark.value.length - 2)),
    digits: mark.value.replace(/\D/g, '').replace(/^7(?=7\d{9}$)/, ''),
    encoded: [
      mark.value,
      [...mark.value].reverse().join(''),
      Buffer.from(mark.value).toString('base64').replace(/=+$/, '').slice(0, -1),
      Buffer.from(mark.value).toString('hex'),
      encodeURIComponent(mark.value),
      ...(mark.kind === 'digits'
        ? ['md5', 'sha1', 'sha256'].flatMap((name) => [
            createHash(name).update(mark.value.replace(/\D/g, '')).digest('hex'),
            createHash(name).update(mark.value.replace(/\D/g, '')).digest('base64'),
          ])
        : []),
    ],
  }));
  let checks = 0;
  let formChecks = 0;
  return {
    get checks() {
      return checks;
    },
    /** The same counted by each form in which a mark was looked for. */
    get formChecks() {
      return formChecks;
    },
    /** Marks that a text holds, in whatever form. */
    inText(text: string): Mark[] {
      const form = forms(text);
      return prepared
        .filter(({ mark, stem, shape, digits, encoded }) => {
          checks += 1;
          formChecks += encoded.length + (mark.kind === 'word' ? 2 : mark.kind === 'digits' ? 1 : 0);
          if (encoded.some((value) => text.includes(value))) return true;
          if (mark.kind === 'word') return form.sound.includes(stem) || form.shape.includes(shape);
          return mark.kind === 'digits' && form.digits.includes(digits);
        })
        .map(({ mark }) => mark);
    },
    /** Marks that stand in bytes in one of the usual codings. */
    inBytes(bytes: Uint8Array): Mark[] {
      const buffer = Buffer.from(bytes);
      return prepared
        .filter(({ mark, encoded }) => {
          checks += 1;
          formChecks += (encoded.length + 2) * 3;
          return [...encoded, mark.value.toUpperCase(), mark.value.toLowerCase()].some(
            (value) =>
              buffer.includes(Buffer.from(value, 'utf8')) ||
              buffer.includes(Buffer.from(value, 'utf16le')) ||
              buffer.includes(Buffer.from(value, 'utf16le').swap16()),
          );
        })
        .map(({ mark }) => mark);
    },
  };
}

/** Kinds of the parts a WebP file is made of; anything but the picture itself would be a place to hide. */
export function partsOfWebp(bytes: Buffer): string[] {
  const parts: string[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    parts.push(bytes.toString('latin1', at, at + 4));
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return parts;
}
