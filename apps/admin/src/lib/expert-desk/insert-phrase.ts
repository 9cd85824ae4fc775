/** X04: a phrase put into a text at a place, on a line of its own; the place after it. Without a place it comes at the end. */
export function insertPhrase(
  text: string,
  phrase: string,
  at: number = text.length,
): { text: string; caret: number } {
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at).trimStart();
  const head = before === '' ? phrase : `${before}\n${phrase}`;
  return { text: after === '' ? head : `${head}\n${after}`, caret: head.length };
}
