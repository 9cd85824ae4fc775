import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackChromium } from '../src/chromium.ts';
import { axe, axeReport, checkLanguages, checkReflow, checkTargets, launchBrowser } from '../src/index.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

/** A page with the given body, in a context of its own. */
async function show(
  body: string,
  options: { lang?: string; head?: string; javaScriptEnabled?: boolean } = {},
) {
  const context = await browser.newContext({ javaScriptEnabled: options.javaScriptEnabled ?? true });
  const page = await context.newPage();
  const lang = options.lang === undefined ? 'kk' : options.lang;
  await page.setContent(
    `<!doctype html><html lang="${lang}"><head><title>Бет</title><meta name="viewport" content="width=device-width">` +
      `${options.head ?? ''}</head><body>${body}</body></html>`,
  );
  return page;
}
const close = (page: Page) => page.context().close();

describe('the browser', () => {
  it('draws every Kazakh letter and the tenge sign with a real glyph', async () => {
    const letters = [...'ӘәҒғҚқҢңӨөҰұҮүҺһІі₸'];
    const page = await show(
      letters.map((letter) => `<p style="font: 20px sans-serif">${letter}</p>`).join(''),
    );
    const session = await page.context().newCDPSession(page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root } = await session.send('DOM.getDocument');
    const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'p' });
    const used = await Promise.all(
      nodeIds.map(async (nodeId) => (await session.send('CSS.getPlatformFontsForNode', { nodeId })).fonts),
    );
    expect(used.map((fonts) => fonts.map((font) => font.familyName))).toEqual(
      letters.map(() => ['Noto Sans']),
    );
    await close(page);
  });

  it('needs no library of the machine but the C library and its compiler support', async () => {
    const { executable, env } = await unpackChromium();
    const { stdout } = await promisify(execFile)('ldd', [executable], { env });
    const fromTheMachine = stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([name, , path]) => name !== '' && !(path ?? '').startsWith(env['LD_LIBRARY_PATH'] ?? '-'))
      .map(([name]) => name?.replace(/^.*\//, ''));
    const always = [
      'linux-vdso.so.1',
      'libc.so.6',
      'libm.so.6',
      'libdl.so.2',
      'libpthread.so.0',
      'libgcc_s.so.1',
    ];
    expect(
      fromTheMachine.filter((name) => !always.includes(name ?? '') && !name?.startsWith('ld-linux')),
    ).toEqual([]);
  });

  it('is unpacked once when three processes ask at the same time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'browser-'));
    const script = fileURLToPath(new URL('../src/chromium.ts', import.meta.url));
    const ask = `const { unpackChromium } = await import(${JSON.stringify(script)});
      console.log((await unpackChromium(${JSON.stringify(folder)})).executable);`;
    const answers = await Promise.all(
      [1, 2, 3].map(() => promisify(execFile)(process.execPath, ['--input-type=module', '-e', ask])),
    );
    const executables = new Set(answers.map((answer) => answer.stdout.trim()));
    expect(executables.size).toBe(1);
    const left = await readdir(folder);
    expect(left).toHaveLength(1);
    await rm(folder, { recursive: true });
  }, 60_000);

  it('starts several times at once', async () => {
    const several = await Promise.all([launchBrowser(), launchBrowser()]);
    const titles = await Promise.all(
      several.map(async (one, index) => {
        const page = await one.newPage();
        await page.setContent(`<title>${index}</title>`);
        return page.title();
      }),
    );
    await Promise.all(several.map((one) => one.close()));
    expect(titles).toEqual(['0', '1']);
  }, 30_000);
});

describe('axe', () => {
  const sound = '<main><h1>Тақырып</h1><p>Мәтін</p></main>';
  const smallTargets =
    '<main><h1>Тақырып</h1><button style="width:10px;height:10px;padding:0;border:0">а</button>' +
    '<button style="width:10px;height:10px;padding:0;border:0">б</button></main>';

  it('finds nothing on a sound page', async () => {
    const page = await show(sound);
    expect(await axe(page)).toEqual([]);
    await close(page);
  });

  it.each([
    ['a picture without a text', '<main><h1>Т</h1><img src="data:,"></main>', 'image-alt'],
    [
      'text of contrast 5:1, enough for AA and not for AAA',
      '<main><h1>Т</h1><p style="color:#6b6b6b;background:#fff">Мәтін</p></main>',
      'color-contrast-enhanced',
    ],
    ['targets of 10 px side by side', smallTargets, 'target-size'],
    ['a page without a main part', '<h1>Т</h1>', 'landmark-one-main'],
    [
      'a button whose name is not its text',
      '<main><h1>Т</h1><button style="padding:20px" aria-label="Басқа">Жазылу орны</button></main>',
      'label-content-name-mismatch',
    ],
  ])('reports %s', async (_defect, body, rule) => {
    const page = await show(body);
    expect((await axe(page)).join('\n')).toContain(rule);
    await close(page);
  });

  it('says where and why', async () => {
    const page = await show('<main><h1>Т</h1><img id="photo" src="data:,"></main>');
    const [finding] = await axe(page);
    expect(finding).toMatch(/image-alt .*\n {2}#photo: .*alt/);
    await close(page);
  });

  it('works on a page whose scripts are off', async () => {
    const page = await show(smallTargets, { javaScriptEnabled: false });
    const report = await axeReport(page);
    expect(report.violations.join('\n')).toContain('target-size');
    await close(page);
  });
});

describe('languages of a page (U10)', () => {
  it('finds nothing on a page that marks its languages', async () => {
    const page = await show(
      '<h1>Өтінім қабылданды</h1><a href="/ru" lang="ru">Показать на русском</a><p>SMS-хабарлама, 031/у</p>',
    );
    expect(await checkLanguages(page, { expected: 'kk' })).toEqual([]);
    await close(page);
  });

  it.each([
    ['(a) a page without a language', '<p>Мәтін</p>', ''],
    ['(a) a page in a language we do not have', '<p>Text</p>', 'de'],
    ['(b) a Kazakh letter in Russian text', '<p>Отдел города Көкшетау</p>', 'ru'],
    ['(b) a Kazakh letter in a spoken attribute', '<p><button aria-label="Іздеу">x</button></p>', 'en'],
    ['(c) a Russian sentence on a Kazakh page', '<p>Выберите время для приёма</p>', 'kk'],
    ['(c) a Russian sentence on an English page', '<p>Выберите время для приёма</p>', 'en'],
    ['(d) a Latin letter inside a Cyrillic word', '<p>Кoкшетау</p>', 'ru'],
    ['(d) a Latin i inside a Kazakh word', '<p>Кiру</p>', 'kk'],
  ])('reports %s', async (defect, body, lang) => {
    const page = await show(body, { lang, head: lang === 'kk' ? '' : '<title lang="kk">.</title>' });
    const defects = await checkLanguages(page);
    expect(defects.filter((line) => line.startsWith(defect.slice(0, 3)))).toHaveLength(1);
    await close(page);
  });

  it('reports a page in another language than the one asked for', async () => {
    const page = await show('<p>Текст</p>', { lang: 'ru' });
    expect(await checkLanguages(page, { expected: 'kk' })).toHaveLength(1);
    await close(page);
  });
});

describe('reflow (U04)', () => {
  it('finds nothing where text wraps, a table scrolls in its box and a label is for screen readers only', async () => {
    const page = await show(
      '<p>Ұзын мәтін ұзын мәтін ұзын мәтін ұзын мәтін ұзын мәтін ұзын мәтін</p>' +
        '<div style="overflow-x:auto"><table style="width:900px"><tr><td>Кесте</td></tr></table></div>' +
        '<span style="position:absolute;width:1px;height:1px;overflow:hidden">Тек оқу құралына</span>',
    );
    const before = page.viewportSize();
    expect(await checkReflow(page)).toEqual([]);
    expect(page.viewportSize()).toEqual(before);
    await close(page);
  });

  it.each([
    ['a box that is too wide', '<div id="wide" style="width:500px">Мәтін</div>', '<div#wide> ends at 508 px'],
    [
      'text cut off by its box',
      '<p id="cut" style="height:10px;overflow:hidden">Мәтін мәтін</p>',
      'text is cut off in <p#cut>',
    ],
    [
      'text cut off at the side',
      '<p id="cut" style="white-space:nowrap;overflow:hidden">Ұзын мәтін ұзын мәтін ұзын мәтін ұзын мәтін</p>',
      'text is cut off in <p#cut>',
    ],
  ])('reports %s', async (_defect, body, line) => {
    const page = await show(body);
    expect(await checkReflow(page)).toContain(line);
    await close(page);
  });
});

describe('size of targets (U06)', () => {
  it('finds nothing among large buttons, links in sentences, ticks with labels and hidden skip links', async () => {
    const page = await show(
      '<a href="#m" style="position:absolute;left:-9999px">Өту</a>' +
        '<p>Толығырақ <a href="/a">осында</a> жазылған.</p>' +
        '<p><label style="display:inline-block;padding:15px"><input type="radio" name="t"> 09:00</label></p>' +
        '<p><button style="min-width:44px;min-height:44px">Жазылу</button></p>' +
        '<div style="position:relative;height:60px"><a id="card" href="/b" style="display:inline-block">Карта<span style="position:absolute;inset:0"></span></a></div>',
    );
    expect(await checkTargets(page, 44)).toEqual([]);
    await close(page);
  });

  it('reports a button of 30 px where 44 are asked for, and not where 24 are', async () => {
    const page = await show('<p><button style="width:30px;height:30px;padding:0">а</button></p>');
    expect(await checkTargets(page, 44)).toEqual(['<button> «а» is 30 × 30 px, less than 44']);
    expect(await checkTargets(page, 24)).toEqual([]);
    await close(page);
  });

  it('reports a tick without a label', async () => {
    const page = await show('<p><input type="checkbox" aria-label="Келісемін"></p>');
    expect(await checkTargets(page, 44)).toHaveLength(1);
    await close(page);
  });

  it('lets a small target alone in its place pass at 24, and reports two that crowd each other', async () => {
    const button = '<button style="width:10px;height:10px;padding:0;border:0;display:block">а</button>';
    const alone = await show(button);
    expect(await checkTargets(alone, 24)).toEqual([]);
    await close(alone);
    const crowded = await show(button + button);
    expect(await checkTargets(crowded, 24)).toHaveLength(2);
    await close(crowded);
  });
});
