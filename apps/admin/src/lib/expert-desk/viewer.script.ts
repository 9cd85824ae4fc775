/**
 * X03: keys of the viewer while it has the focus (and only then, so that they take nothing from anybody's own keys): + and − change the
 * size, 0 restores it, i inverts the colours, Page Up and Page Down turn pages. Everything is a link of the page, which works without.
 */
const viewer = document.querySelector<HTMLElement>('#viewer');
const zooms = [...document.querySelectorAll<HTMLAnchorElement>('a[data-zoom]')];

if (viewer) {
  const follow = (link: HTMLAnchorElement | null | undefined) => {
    if (link) location.assign(`${link.href}#viewer`);
  };
  const named = (selector: string) => document.querySelector<HTMLAnchorElement>(selector);
  const zoomBy = (steps: number) => {
    const now = zooms.findIndex((link) => link.getAttribute('aria-current') === 'true');
    follow(zooms[Math.min(zooms.length - 1, Math.max(0, now + steps))]);
  };
  const keys: Record<string, () => void> = {
    '+': () => zoomBy(1),
    '=': () => zoomBy(1),
    '-': () => zoomBy(-1),
    '−': () => zoomBy(-1),
    '0': () => follow(zooms[0]),
    i: () => follow(named('#invert')),
    PageUp: () => follow(named('#page-before')),
    PageDown: () => follow(named('#page-after')),
  };
  viewer.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  // The picture is shown and not handed out: neither menu nor dragging offers a file.
  for (const kind of ['contextmenu', 'dragstart'] as const)
    viewer.addEventListener(kind, (event) => event.preventDefault());
  if (location.hash === '#viewer') viewer.focus();
}
