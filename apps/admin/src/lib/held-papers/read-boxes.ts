/** A rectangle as a form says it: four texts. */
export interface TypedBox {
  x: string;
  y: string;
  width: string;
  height: string;
}
export const BOX_PARTS = ['x', 'y', 'width', 'height'] as const;

/** Rows of a form named `box.<no>.<part>`, in their order; empty rows are left out. */
export function typedBoxes(form: FormData): TypedBox[] {
  const rows = new Map<number, TypedBox>();
  for (const [name, value] of form) {
    const match = /^box\.(\d{1,3})\.(x|y|width|height)$/.exec(name);
    if (!match || typeof value !== 'string') continue;
    const no = Number(match[1]);
    const row = rows.get(no) ?? { x: '', y: '', width: '', height: '' };
    row[match[2] as keyof TypedBox] = value.trim();
    rows.set(no, row);
  }
  return [...rows.entries()]
    .toSorted(([left], [right]) => left - right)
    .map(([, row]) => row)
    .filter((row) => BOX_PARTS.some((part) => row[part] !== ''));
}

/** Rectangles in whole pixels; null when one of them is no rectangle. */
export function readBoxes(
  typed: readonly TypedBox[],
): { x: number; y: number; width: number; height: number }[] | null {
  const boxes = typed.map((row) => ({
    x: Number(row.x),
    y: Number(row.y),
    width: Number(row.width),
    height: Number(row.height),
  }));
  const whole = typed.every((row) => BOX_PARTS.every((part) => /^\d{1,4}$/.test(row[part])));
  return whole && boxes.every((box) => box.width > 0 && box.height > 0) ? boxes : null;
}
