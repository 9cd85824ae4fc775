/**
 * Makes the rows of a list on the page those of the fresh one. A row in use (the focus is in it, or something in it is opened)
 * stays as it is, even when the fresh list lacks it: whoever writes into it shall not lose a letter.
 * @param part the list on the page; its rows carry `data-live-row`
 * @param fresh the same list as the service shows it now; its nodes are moved
 * @param focused the element that has the focus
 */
export function fitRows(part: Element, fresh: Element, focused: Element | null): void {
  const inUse = new Map<string, Element>();
  for (const row of part.children) {
    const key = row.getAttribute('data-live-row');
    if (key !== null && ((focused && row.contains(focused)) || row.querySelector('details[open]')))
      inUse.set(key, row);
  }
  for (const node of [...part.childNodes]) if (![...inUse.values()].includes(node as Element)) node.remove();
  // The rows in use are never moved: a moved element loses the focus.
  let before: ChildNode | null = part.firstChild;
  for (const node of [...fresh.childNodes]) {
    const key = node instanceof Element ? node.getAttribute('data-live-row') : null;
    const kept = key === null ? undefined : inUse.get(key);
    if (kept) before = kept.nextSibling;
    else part.insertBefore(node, before);
  }
}
