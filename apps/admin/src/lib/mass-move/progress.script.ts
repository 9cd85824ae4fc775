/**
 * Keeps the page of work in the background fresh, such as a running mass move: asks for the page again every two seconds and takes over
 * its numbers. The lists below are taken over once the work has ended, unless somebody is working in them. Without this script a link
 * refreshes the page.
 */
const EVERY_MS = 2000;
const part = (of: Document, name: string) => of.querySelector<HTMLElement>(`[data-part="${name}"]`);

const tick = async (): Promise<void> => {
  const numbers = part(document, 'numbers');
  if (numbers?.dataset.live !== 'yes') return;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = part(fresh, 'numbers');
    if (next && !numbers.contains(document.activeElement)) {
      numbers.replaceChildren(...next.childNodes);
      numbers.dataset.live = next.dataset.live ?? 'no';
    }
    const state = part(document, 'state');
    const nextState = part(fresh, 'state');
    // Spoken by screen readers, so it is touched only when it says something new.
    if (state && nextState && state.textContent !== nextState.textContent)
      state.replaceChildren(...nextState.childNodes);
    const lists = part(document, 'lists');
    const nextLists = part(fresh, 'lists');
    if (numbers.dataset.live !== 'yes' && lists && nextLists && !lists.contains(document.activeElement))
      lists.replaceChildren(...nextLists.childNodes);
  } catch {
    // No line: the numbers stand, and the next round asks again.
  }
  setTimeout(() => void tick(), EVERY_MS);
};
setTimeout(() => void tick(), EVERY_MS);
