/** Letters that look the same in Latin and Cyrillic script and digits that no letter resembles. */
const ALPHABET = '2345679AEHKMPTX';
const LENGTH = 6;

/**
 * C05: six characters that stand on two screens, so that a person sees that both speak of the same signing. They are no
 * secret. `below` draws a whole number from 0 up to but not including its argument.
 */
export function compareCode(below: (limit: number) => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[below(ALPHABET.length)]).join('');
}
