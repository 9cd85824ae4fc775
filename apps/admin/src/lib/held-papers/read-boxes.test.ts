import { expect, test } from 'vitest';
import { readBoxes, typedBoxes } from './read-boxes.ts';

function form(rows: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(rows)) data.set(name, value);
  return data;
}

test('PX-04: rectangles of a form are read in their order, empty rows are left out', () => {
  const typed = typedBoxes(
    form({
      'box.10.x': '5', 'box.10.y': '6', 'box.10.width': '7', 'box.10.height': '8',
      'box.0.x': '1', 'box.0.y': ' 2 ', 'box.0.width': '3', 'box.0.height': '4',
      'box.1.x': '', 'box.1.y': ' ', 'box.1.width': '', 'box.1.height': '', text: 'x',
    }),
  ); // prettier-ignore
  expect(readBoxes(typed)).toEqual([
    { x: 1, y: 2, width: 3, height: 4 },
    { x: 5, y: 6, width: 7, height: 8 },
  ]);
});

test.each([
  [{ 'box.0.x': '1' }],
  [{ 'box.0.x': '1', 'box.0.y': '1', 'box.0.width': '0', 'box.0.height': '4' }],
  [{ 'box.0.x': '-1', 'box.0.y': '1', 'box.0.width': '2', 'box.0.height': '4' }],
  [{ 'box.0.x': '1e3', 'box.0.y': '1', 'box.0.width': '2', 'box.0.height': '4' }],
])('PX-04: what is no rectangle is refused: %j', (rows) => {
  expect(readBoxes(typedBoxes(form(rows)))).toBeNull();
});
