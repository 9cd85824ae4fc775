/** C33: what a person can choose about the look of the pages; the first of each is the usual one. */
export const DISPLAY = {
  size: ['100', '125', '150', '175', '200'],
  spacing: ['normal', 'wide'],
  contrast: ['normal', 'black-on-white', 'white-on-black', 'yellow-on-black'],
  images: ['on', 'off'],
  motion: ['on', 'off'],
} as const;

export type DisplayPart = keyof typeof DISPLAY;
export type Display = Record<DisplayPart, string>;
export const DISPLAY_PARTS = Object.keys(DISPLAY) as DisplayPart[];

/** Reads one choice per part; what is not offered reads as the usual. */
export function displayFrom(choice: (part: DisplayPart, index: number) => unknown): Display {
  const chosen = DISPLAY_PARTS.map((part, index) => {
    const offered: readonly string[] = DISPLAY[part];
    const wanted = choice(part, index);
    return [part, typeof wanted === 'string' && offered.includes(wanted) ? wanted : DISPLAY[part][0]];
  });
  return Object.fromEntries(chosen) as Display;
}

/** The choice as attributes of <html>; empty for the usual look. Only offered values can stand there. */
export function displayAttributes(display: Display): string {
  return DISPLAY_PARTS.filter((part) => display[part] !== DISPLAY[part][0])
    .map((part) => `data-${part}="${display[part]}"`)
    .join(' ');
}
