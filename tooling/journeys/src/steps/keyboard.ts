import type { Page } from 'playwright-core';

/** Somebody who has nothing but a keyboard, and counts every press. */
export interface Keyboard {
  /** Key presses so far. */
  presses(): number;
  /** Presses of the tabulator on the way to each thing that was reached, with its name. */
  readonly ways: { to: string; stops: number }[];
  /** What went wrong on the way: the focus lost, hidden or invisible. */
  readonly defects: string[];
  press(key: string): Promise<void>;
  /** Presses a key that leads to another page and waits until it is there. */
  go(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Skips to the main part and goes on by the tabulator until something is reached. */
  reach(selector: string): Promise<void>;
  /** Goes on by the tabulator from where the focus is, unless it is there already. */
  tabTo(selector: string): Promise<void>;
}

const LONGEST_WAY = 60;

export function keyboard(page: Page): Keyboard {
  let count = 0;
  const ways: { to: string; stops: number }[] = [];
  const defects: string[] = [];

  /** What has the focus, and whether a person can see that it has it. */
  const look = (selector: string) =>
    page.evaluate((wanted) => {
      const active = document.activeElement;
      if (!active || active === document.body)
        return { name: 'body', isWanted: false, defect: 'the focus is lost' };
      const name = `<${active.localName}> «${(active.textContent ?? '').trim().slice(0, 30) || active.id}»`;
      const isWanted = active.matches(wanted);
      const box = active.getBoundingClientRect();
      const middle = { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 10) };
      const hit = document.elementFromPoint(middle.x, middle.y);
      const isSeen =
        hit !== null &&
        (active.contains(hit) ||
          hit.contains(active) ||
          [...((active as HTMLInputElement).labels ?? [])].some((label) => label.contains(hit)));
      const outlined = (element: Element | null) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      };
      // The small button inside a date field is drawn and outlined by the browser itself.
      const isInside = active.matches('input[type=date]:not(:focus-visible)');
      const isMarked = isInside || outlined(active) || outlined(active.parentElement);
      const defect = !isSeen
        ? 'is out of sight or covered'
        : !isMarked
          ? 'has the focus and does not show it'
          : null;
      return { name, isWanted, defect: defect === null ? null : `${name} ${defect}` };
    }, selector);

  const press = async (key: string) => {
    count += 1;
    await page.keyboard.press(key);
  };
  const tabTo = async (selector: string) => {
    if ((await look(selector)).isWanted) return;
    for (let stops = 1; stops <= LONGEST_WAY; stops += 1) {
      await press('Tab');
      const { isWanted, defect } = await look(selector);
      if (defect !== null) defects.push(`${new URL(page.url()).pathname.slice(0, 20)}: ${defect}`);
      if (isWanted) {
        ways.push({ to: selector, stops });
        return;
      }
    }
    throw new Error(`The tabulator never reached ${selector}`);
  };
  return {
    presses: () => count,
    ways,
    defects,
    press,
    async go(key) {
      await Promise.all([page.waitForNavigation(), press(key)]);
    },
    async type(text) {
      count += text.length;
      await page.keyboard.type(text);
    },
    async reach(selector) {
      await tabTo('a.skip-link');
      await press('Enter');
      await tabTo(selector);
    },
    tabTo,
  };
}
