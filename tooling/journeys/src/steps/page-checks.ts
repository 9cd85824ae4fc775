import { axe, checkLanguages, checkReflow, checkTargets } from '@mse/browser';
import type { Language } from '@mse/domain/shared';
import type { Page } from 'playwright-core';

/** Names of namespaces of texts: `queue:` on a page means that a text is missing. */
const KEY =
  /\b(closures|mass-move|boards|common|pages|errors|identity|consent|cabinet|queue|notifications|display|documents|fault-reports|desk|staff|schedule|calendar|territory|operations|intake|sms|wordings|terms|pilots|nosology|technical-failures|wait-list|profile|reporting|problems|expert-register|expert-application|expert-presence|expert-desk|signing|decisions|results|journals|dossiers|examination|in-person|redistribution|control|field-sessions):[\w.-]+/;

/**
 * What every page owes: language, title, one main, one heading, a skip link, language links that keep the page, no name of
 * a text instead of the text, no title that names anybody.
 * @returns one line per defect
 */
export async function checkFrame(
  page: Page,
  language: Language,
  names: readonly string[] = [],
): Promise<string[]> {
  const defects: string[] = [];
  const seen = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    mains: document.querySelectorAll('main, [role=main]').length,
    headings: document.querySelectorAll('h1').length,
    skips: [...document.querySelectorAll<HTMLAnchorElement>('a.skip-link')].map((link) => link.hash),
    target: document.querySelector('main')?.id ?? '',
    text: document.body.innerText,
    attributes: [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')].map((element) =>
      ['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name) ?? '').join(' '),
    ),
    languages: [...document.querySelectorAll<HTMLAnchorElement>('.languages a')].map((link) => ({
      path: link.pathname + link.search,
      lang: link.lang,
      current: link.getAttribute('aria-current'),
    })),
    here: location.pathname,
    query: location.search,
    levels: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
      .filter((heading) => heading.checkVisibility())
      .map((heading) => Number(heading.tagName[1])),
  }));
  if (seen.lang !== language) defects.push(`the page says lang="${seen.lang}" instead of "${language}"`);
  if (seen.title.trim() === '') defects.push('the page has no title');
  for (const name of names)
    if (name !== '' && seen.title.includes(name)) defects.push('the title names a person');
  if (/\d{12}/.test(seen.title)) defects.push('the title holds an ИИН');
  if (seen.mains !== 1) defects.push(`${seen.mains} main parts instead of one`);
  if (seen.headings !== 1) defects.push(`${seen.headings} headings of the first level instead of one`);
  if (!seen.skips.includes(`#${seen.target}`)) defects.push('no skip link leads to the main part');
  const key = KEY.exec([seen.text, seen.title, ...seen.attributes].join('\n'))?.[0];
  if (key) defects.push(`a text is missing: ${key}`);
  const rest = seen.here.replace(/^\/(kk|ru|en)/, '');
  if (seen.languages.map((link) => link.lang).join() !== 'kk,ru,en')
    defects.push('the languages are not kk, ru, en in this order');
  for (const link of seen.languages) {
    const path = link.path.split('?')[0];
    if (path !== `/${link.lang}${rest}`) defects.push(`the link to ${link.lang} leaves the page: ${path}`);
    if ((link.current !== null) !== (link.lang === language))
      defects.push(`aria-current of the link to ${link.lang} is wrong`);
  }
  seen.levels.forEach((level, index) => {
    const before = seen.levels[index - 1] ?? level;
    if (level > before + 1) defects.push(`a heading of level ${level} follows one of level ${before}`);
  });
  return defects;
}

/**
 * An SMS is shown as it went out: one text of one language that greets the person by a name of another. And an initial
 * is no word, though «И» alone looks like one.
 */
function isNoDefectOfLanguage(defect: string): boolean {
  const isInSms = defect.startsWith('(b)') && defect.includes('in <p.message-text>');
  const areInitials = defect.startsWith('(c)') && /«\p{Lu}\. \p{Lu}\.»/u.test(defect);
  return isInSms || areInitials;
}

/** What every language owes on a page that was looked at wholly in another one: frame, words, 320 px, size of targets. */
export async function checkWords(
  page: Page,
  options: { language: Language; target: 44 | 24; names?: readonly string[] },
): Promise<string[]> {
  return [
    ...(await checkFrame(page, options.language, options.names)),
    ...(await checkLanguages(page, { expected: options.language })).filter(
      (defect) => !isNoDefectOfLanguage(defect),
    ),
    ...(await checkReflow(page)),
    ...(await checkTargets(page, options.target)),
  ];
}

/** Everything at once: axe, frame, languages, reflow at 320 px, targets of at least `target` px. */
export async function checkPage(
  page: Page,
  options: { language: Language; target: 44 | 24; names?: readonly string[] },
): Promise<string[]> {
  return [...(await axe(page)), ...(await checkWords(page, options))];
}

/** Text spacing of WCAG 1.4.12. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }`;

/** Whether texts stay whole when they are spaced out (WCAG 1.4.12), and when letters are twice as large. One line per defect. */
export async function checkSpacing(page: Page): Promise<string[]> {
  const defects: string[] = [];
  for (const [what, css] of [
    ['with text spacing', SPACING],
    ['with letters of 200 %', 'html { font-size: 200% !important; }'],
  ]) {
    await page.evaluate((text) => {
      const style = document.createElement('style');
      style.id = 'journey-spacing';
      style.textContent = text ?? '';
      document.head.append(style);
    }, css);
    for (const defect of await checkReflow(page)) defects.push(`${what}: ${defect}`);
    for (const defect of await overlaps(page)) defects.push(`${what}: ${defect}`);
    await page.evaluate(() => document.querySelector('#journey-spacing')?.remove());
  }
  return defects;
}

/** Texts that lie over each other. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Text for screen readers only: some box around it is cut to nothing. */
    const isOutOfSight = (element: Element) => {
      for (let box: Element | null = element; box; box = box.parentElement) {
        const { clipPath, clip, position } = getComputedStyle(box);
        if (
          clipPath !== 'none' ||
          (position === 'absolute' && clip !== 'auto') ||
          box.matches('.skip-link, dialog')
        )
          return true;
      }
      return false;
    };
    const boxes: { element: Element; text: string; box: DOMRect }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = (node.nodeValue ?? '').trim();
      if (!element || text === '' || !element.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (!isOutOfSight(element) && box.width > 1 && box.height > 1) boxes.push({ element, text, box });
      }
    }
    const defects: string[] = [];
    for (let first = 0; first < boxes.length; first += 1) {
      for (let second = first + 1; second < Math.min(boxes.length, first + 60); second += 1) {
        const one = boxes[first];
        const other = boxes[second];
        if (!one || !other || one.element === other.element) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        const lineHeight = Math.min(one.box.height, other.box.height);
        if (wide > 2 && high > lineHeight / 2)
          defects.push(`«${one.text.slice(0, 30)}» lies over «${other.text.slice(0, 30)}»`);
      }
    }
    return defects;
  });
}

interface Control {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

function controlsOf(page: Page): Promise<Control[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input:not([type=hidden]), select, textarea, summary',
      ),
    ]
      .filter(
        (element) =>
          element.checkVisibility({ visibilityProperty: true }) &&
          element.closest('.skip-link, dialog') === null,
      )
      .map((element) => {
        const box = element.getBoundingClientRect();
        const name = (element.textContent ?? '').trim().slice(0, 40) || element.id;
        return {
          name: `<${element.localName}> «${name}»`,
          x: box.x + scrollX,
          y: box.y + scrollY,
          width: box.width,
          height: box.height,
        };
      })
      .filter((control) => control.width > 1 && control.height > 1),
  );
}

/** Controls and a picture of the page that fit together: nothing moved while the picture was taken. */
async function controlsInPicture(page: Page): Promise<{ controls: Control[]; picture: string }> {
  for (;;) {
    const controls = await controlsOf(page);
    const picture = (await page.screenshot({ fullPage: true })).toString('base64');
    if (JSON.stringify(controls) === JSON.stringify(await controlsOf(page))) return { controls, picture };
  }
}

/** Controls of which nothing can be seen on the screen: all pixels of their box have one colour. One line per control. */
export async function invisibleControls(page: Page): Promise<string[]> {
  const { controls, picture } = await controlsInPicture(page);
  const helper = await page.context().newPage();
  try {
    const invisible = await helper.evaluate(
      async ({ base64, boxes }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        return boxes.map((box) => {
          const data =
            context?.getImageData(
              Math.floor(box.x),
              Math.floor(box.y),
              Math.ceil(box.width),
              Math.ceil(box.height),
            ).data ?? new Uint8ClampedArray();
          const colours = new Set<number>();
          for (let index = 0; index < data.length; index += 4)
            colours.add((data[index] ?? 0) * 65_536 + (data[index + 1] ?? 0) * 256 + (data[index + 2] ?? 0));
          return colours.size < 2;
        });
      },
      { base64: picture, boxes: controls },
    );
    return controls.filter((_control, index) => invisible[index]).map((control) => control.name);
  } finally {
    await helper.close();
  }
}

/** Goes through the page with the tabulator: it must not lose or hide the focus, nor be kept anywhere. One line per defect. */
export async function checkTabulator(page: Page): Promise<string[]> {
  const defects = new Set<string>();
  const focusable = await page
    .locator('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')
    .evaluateAll(
      (all) =>
        all.filter((each) => (each as HTMLElement).checkVisibility({ visibilityProperty: true })).length,
    );
  let stops = 0;
  for (let presses = 0; presses < 2 * focusable + 10; presses += 1) {
    await page.keyboard.press('Tab');
    const defect = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return 'out';
      const name = `<${active.localName}> «${(active.textContent ?? '').trim().slice(0, 30) || active.id}»`;
      const { width, height } = active.getBoundingClientRect();
      const shown = [active, active.parentElement].some((element) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      });
      // The small button inside a date field is drawn and outlined by the browser itself.
      const isInside = active.matches('input[type=date]:not(:focus-visible)');
      if (width === 0 || height === 0) return `${name} has the focus and is not there`;
      return shown || isInside ? null : `${name} has the focus and does not show it`;
    });
    if (defect === 'out') return stops === 0 ? ['the tabulator reaches nothing'] : [...defects];
    stops += 1;
    if (defect) defects.add(defect);
  }
  return [...defects, 'the tabulator never leaves the page'];
}
