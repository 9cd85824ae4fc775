/**
 * Rectangles of a page, shown on its picture and drawn with the mouse. The numbers in the form are the truth: drawing fills the first
 * empty row, changing a number moves its rectangle, a click on a rectangle leads to its row. Without a script the numbers alone do.
 */
const paper = document.querySelector<HTMLElement>('#paper');
const picture = paper?.querySelector('img');
const rows = [...document.querySelectorAll<HTMLElement>('[data-box]')];

if (paper && picture) {
  const inputsOf = (row: HTMLElement) => [...row.querySelectorAll('input')];
  const valuesOf = (row: HTMLElement) =>
    inputsOf(row).map((input) => (input.value === '' ? NaN : Number(input.value)));
  const scale = () => picture.clientWidth / Number(picture.getAttribute('width'));
  const shades = rows.map((row) => {
    const shade = document.createElement('span');
    shade.className = 'paper__box';
    shade.addEventListener('click', () => inputsOf(row)[0]?.focus());
    paper.append(shade);
    return shade;
  });
  const place = (shade: HTMLElement, [x = NaN, y = NaN, width = NaN, height = NaN]: number[]) => {
    shade.hidden = [x, y, width, height].some(Number.isNaN);
    const part = scale();
    shade.style.left = `${x * part}px`;
    shade.style.top = `${y * part}px`;
    shade.style.width = `${width * part}px`;
    shade.style.height = `${height * part}px`;
  };
  const placeAll = () => {
    for (const [at, row] of rows.entries()) place(shades[at] as HTMLElement, valuesOf(row));
  };
  for (const row of rows) row.addEventListener('input', placeAll);
  addEventListener('resize', placeAll);
  if (picture.complete) placeAll();
  picture.addEventListener('load', placeAll);

  let from: { x: number; y: number; row: HTMLElement } | null = null;
  const pointOf = (event: PointerEvent) => {
    const frame = picture.getBoundingClientRect();
    const within = (value: number, size: number) => Math.max(0, Math.min(size, value)) / scale();
    return {
      x: within(event.clientX - frame.left, frame.width),
      y: within(event.clientY - frame.top, frame.height),
    };
  };
  const drawTo = (event: PointerEvent) => {
    if (!from) return;
    const to = pointOf(event);
    const box = [
      Math.min(from.x, to.x),
      Math.min(from.y, to.y),
      Math.max(1, Math.abs(to.x - from.x)),
      Math.max(1, Math.abs(to.y - from.y)),
    ].map(Math.round);
    for (const [at, input] of inputsOf(from.row).entries()) input.value = String(box[at]);
    placeAll();
  };
  paper.addEventListener('pointerdown', (event) => {
    if (
      event.button !== 0 ||
      (event.target instanceof HTMLElement && event.target.className === 'paper__box')
    )
      return;
    const row = rows.find((each) => inputsOf(each).every((input) => input.value === ''));
    if (!row) return;
    event.preventDefault();
    paper.setPointerCapture(event.pointerId);
    from = { ...pointOf(event), row };
  });
  paper.addEventListener('pointermove', drawTo);
  paper.addEventListener('pointerup', (event) => {
    drawTo(event);
    from = null;
  });
  paper.addEventListener('dragstart', (event) => event.preventDefault());
}
