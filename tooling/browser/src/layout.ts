import type { Page } from 'playwright-core';

/** Narrowest screen a page must fit: 1280 × 1024 at 400 %. */
const reflowViewport = { width: 320, height: 256 };

/**
 * Reflow (WCAG 1.4.10): at 320 CSS pixels the page does not scroll sideways and no text is cut off. Tables
 * and boards may scroll inside a box of their own. The window gets its size back afterwards.
 * @returns one line per defect, empty when there is none
 */
export async function checkReflow(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(reflowViewport);
  try {
    return await page.evaluate(() => {
      const defects: string[] = [];
      const nameOf = (element: Element) => {
        const id = element.id === '' ? '' : `#${element.id}`;
        const classes = [...element.classList].map((name) => `.${name}`).join('');
        return `<${element.localName}${id}${classes}>`;
      };
      const root = document.documentElement;
      const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
      const insideScroller = (element: Element) => {
        for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
          if (scrolls(box)) return true;
        }
        return false;
      };

      if (root.scrollWidth > root.clientWidth) {
        defects.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`);
        for (const element of document.body.querySelectorAll('*')) {
          const tooWide = element.getBoundingClientRect().right > root.clientWidth + 1;
          const widest = ![...element.children].some(
            (child) => child.getBoundingClientRect().right > root.clientWidth + 1,
          );
          if (tooWide && widest && !insideScroller(element)) {
            defects.push(
              `${nameOf(element)} ends at ${Math.round(element.getBoundingClientRect().right)} px`,
            );
          }
        }
      }
      for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
        const style = getComputedStyle(element);
        // A box of one pixel is text for screen readers only.
        const forScreenReadersOnly = element.clientWidth <= 1 || element.clientHeight <= 1;
        if (forScreenReadersOnly || (element.textContent ?? '').trim() === '') continue;
        const cutBelow =
          ['hidden', 'clip'].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
        const cutAside =
          ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
        if (cutBelow || cutAside) defects.push(`text is cut off in ${nameOf(element)}`);
      }
      return defects;
    });
  } finally {
    if (before !== null) await page.setViewportSize(before);
  }
}

/**
 * Size of targets (WCAG 2.5.8 for 24, 2.5.5 for 44 CSS pixels): everything that can be pressed is at least
 * `minimum` wide and high. A label counts with its box. Links inside a sentence are excepted, and for 24 also
 * small targets with enough free room around them.
 * @returns one line per target that is too small, empty when there is none
 */
export async function checkTargets(page: Page, minimum: number): Promise<string[]> {
  return page.evaluate((least) => {
    const selector =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, ' +
      '[role=button], [role=link], [role=tab], [role=checkbox], [role=radio], [role=switch], [role=menuitem], ' +
      '[role=option], [tabindex]:not([tabindex="-1"])';
    const nameOf = (element: Element) => {
      const id = element.id === '' ? '' : `#${element.id}`;
      const words = (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
      return `<${element.localName}${id}> «${words || element.getAttribute('aria-label') || ''}»`;
    };
    const labelsOf = (element: Element) =>
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement
        ? [...(element.labels ?? [])]
        : [];

    interface Target {
      element: Element;
      left: number;
      top: number;
      right: number;
      bottom: number;
    }
    const targets: Target[] = [];
    for (const element of document.querySelectorAll(selector)) {
      // A scrolling region takes the focus so that the keyboard can scroll it; it is nothing to press.
      const region = element.matches('[role=region][tabindex], [role=group][tabindex]');
      const visible = element.checkVisibility({ opacityProperty: false, visibilityProperty: true });
      if (!visible || region || element.matches(':disabled')) continue;
      const isTick = element instanceof HTMLInputElement && ['checkbox', 'radio'].includes(element.type);
      const boxes = [element, ...(isTick ? labelsOf(element) : [])].map((part) =>
        part.getBoundingClientRect(),
      );
      const target = {
        element,
        left: Math.min(...boxes.map((box) => box.left)),
        top: Math.min(...boxes.map((box) => box.top)),
        right: Math.max(...boxes.map((box) => box.right)),
        bottom: Math.max(...boxes.map((box) => box.bottom)),
      };
      // Skip links and the like: out of sight until they have the focus.
      const outOfSight =
        target.right - target.left <= 1 || target.bottom - target.top <= 1 || target.right <= 0;
      if (!outOfSight && target.bottom + scrollY > 0) targets.push(target);
    }

    const isInsideSentence = (element: Element) => {
      if (!getComputedStyle(element).display.startsWith('inline')) return false;
      const parent = element.parentElement;
      if (!parent) return false;
      return [...parent.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.nodeValue ?? ''),
      );
    };

    /** True when presses reach this element from a large enough area, though its own box is small (a card). */
    const reachesFurtherThanItsBox = (target: Target) => {
      target.element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = target.element.getBoundingClientRect();
      const x = (box.left + box.right) / 2;
      const y = (box.top + box.bottom) / 2;
      const isHit = (atX: number, atY: number) => {
        const hit = document.elementFromPoint(atX, atY);
        if (!hit) return false;
        return target.element.contains(hit) || labelsOf(target.element).some((label) => label.contains(hit));
      };
      const reach = (stepX: number, stepY: number) => {
        let steps = 0;
        while (steps <= least && isHit(x + stepX * (steps + 1), y + stepY * (steps + 1))) steps += 1;
        return steps;
      };
      return reach(-1, 0) + reach(1, 0) + 1 >= least && reach(0, -1) + reach(0, 1) + 1 >= least;
    };

    const middle = (target: Target) => ({
      x: (target.left + target.right) / 2,
      y: (target.top + target.bottom) / 2,
    });
    /** The exception of 2.5.8: a circle of 24 px around the middle touches no other target and no such circle. */
    const hasRoomAround = (target: Target) =>
      targets.every((other) => {
        if (
          other === target ||
          other.element.contains(target.element) ||
          target.element.contains(other.element)
        )
          return true;
        const own = middle(target);
        const nearestX = Math.min(Math.max(own.x, other.left), other.right);
        const nearestY = Math.min(Math.max(own.y, other.top), other.bottom);
        const toBox = Math.hypot(own.x - nearestX, own.y - nearestY);
        const otherIsSmall = other.right - other.left < 24 || other.bottom - other.top < 24;
        const toMiddle = Math.hypot(own.x - middle(other).x, own.y - middle(other).y);
        return toBox >= 12 && (!otherIsSmall || toMiddle >= 24);
      });

    const position = { x: scrollX, y: scrollY };
    const small = targets.filter(
      (target) => target.right - target.left < least - 0.5 || target.bottom - target.top < least - 0.5,
    );
    const defects = small
      .filter((target) => !isInsideSentence(target.element))
      .filter((target) => !(least <= 24 && hasRoomAround(target)))
      .filter((target) => !reachesFurtherThanItsBox(target))
      .map((target) => {
        const size = `${Math.round(target.right - target.left)} × ${Math.round(target.bottom - target.top)} px`;
        return `${nameOf(target.element)} is ${size}, less than ${least}`;
      });
    scrollTo({ left: position.x, top: position.y, behavior: 'instant' });
    return defects;
  }, minimum);
}
