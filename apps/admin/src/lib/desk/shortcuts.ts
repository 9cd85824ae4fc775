/** Single keys of the day queue. By the place of the key, because a Cyrillic layout gives another letter there. */
export const SHORTCUTS = [
  { code: 'KeyC', letter: 'C', what: 'call' },
  { code: 'KeyR', letter: 'R', what: 'recall' },
  { code: 'KeyS', letter: 'S', what: 'start' },
  { code: 'KeyF', letter: 'F', what: 'finish' },
  { code: 'KeyN', letter: 'N', what: 'no-answer' },
  { code: 'KeyA', letter: 'A', what: 'arrival' },
] as const;
export type Shortcut = (typeof SHORTCUTS)[number]['what'];

/** The shortcut a key press means, or null: with a modifier, while typing, in an open dialog or held down it means none. */
export function shortcutOf(event: KeyboardEvent): Shortcut | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || event.isComposing)
    return null;
  const target = event.target;
  if (target instanceof Element && target.closest('input, select, textarea, [contenteditable], dialog'))
    return null;
  return SHORTCUTS.find((shortcut) => shortcut.code === event.code)?.what ?? null;
}
