/** X03: sizes of a page, percent of the width it has beside it. */
export const ZOOMS = [100, 150, 200, 300, 400] as const;
export type Zoom = (typeof ZOOMS)[number];

/** The size an address asks for; 100 when it asks for none. */
export function zoomOf(asked: string | null): Zoom {
  return ZOOMS.find((zoom) => String(zoom) === asked) ?? 100;
}
