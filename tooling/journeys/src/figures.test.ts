import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators } from './steps/simulators.ts';
import { daysAfter, openWorld, until, type World } from './steps/world.ts';

const NOTES = 'Хат № 12-3/45';

describe('reports, open figures and the register of problems', () => {
  let world: World;
  let today = '';
  const windows: Window[] = [];
  let clerk: Window;
  let administrator: Window;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    today = (await world.now()).toISOString().slice(0, 10);
    const enter = async (key: string, way: Parameters<typeof openWindow>[0]) => {
      const { iin } = await cast(world, key);
      const window = await openSignedIn(world, 'admin', await signInStaffOverApi(world, iin), way);
      windows.push(window);
      return window;
    };
    clerk = await enter('clerk-department-1', { language: 'kk', scripts: false, width: 320 });
    administrator = await enter('portal-admin', { language: 'ru', width: 1280 });
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  const admin = (window: Window, path: string) => go(window.page, `${world.at.admin}/${path}`);
  const looksWell = async (window: Window, language: 'kk' | 'ru' | 'en', target: 24 | 44 = 24) =>
    expect(await checkPage(window.page, { language, target })).toEqual([]);
  const valueOf = async (window: Window, indicator: string) =>
    (await window.page.locator(`[data-indicator="${indicator}"] dd`).innerText()).trim();
  const save = async (window: Window, name: string) => {
    const [download] = await Promise.all([
      window.page.waitForEvent('download'),
      part(window.page, name).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };

  it('K10: a clerk reads the own department’s month on a phone without JavaScript; the numbers are those of the database', async () => {
    expect(await admin(clerk, `kk/reports?kind=month&on=${today}`)).toBe(200);
    await looksWell(clerk, 'kk');
    const [row] = await world.sql<{ bookings: number; missed: number; expected: number }[]>`
      select count(*)::int as bookings, (count(*) filter (where b.state = 'annulled'))::int as missed,
             (count(*) filter (where b.state in ('annulled', 'arrived', 'served')))::int as expected
        from booking b join department d on d.id = b.department_id
       where d.number = 1 and b.state <> 'moved' and to_char(b.day, 'YYYY-MM') = ${today.slice(0, 7)}`;
    expect(Number(await valueOf(clerk, 'bookings'))).toBe(row?.bookings);
    const share = Number((await valueOf(clerk, 'no-show-share')).replace(',', '.').replace(/\s*%/, ''));
    expect(share).toBeCloseTo(((row?.missed ?? 0) / (row?.expected ?? 1)) * 100, 0);
    expect(await clerk.page.locator('#department').count()).toBe(0);

    const pictures = await clerk.page
      .locator('svg[role=img]')
      .evaluateAll((charts) =>
        charts.map(
          (chart) =>
            document.getElementById(chart.getAttribute('aria-labelledby') ?? '')?.textContent?.trim() ?? '',
        ),
      );
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    for (const name of pictures) expect(name).not.toBe('');
  });

  it('K10, U11: the choice stands in the address; a wrong day is said at its field and the answer is kept', async () => {
    await admin(clerk, 'kk/reports');
    await clerk.page.locator('#kind').selectOption('week');
    await press(clerk.page, 'show');
    expect(new URL(clerk.page.url()).searchParams.get('kind')).toBe('week');
    const week = await part(clerk.page, 'span').innerText();
    await press(clerk.page, 'before');
    expect(await part(clerk.page, 'span').innerText()).not.toBe(week);
    await press(clerk.page, 'after');
    expect(await part(clerk.page, 'span').innerText()).toBe(week);

    await admin(clerk, 'kk/reports?kind=week&on=1999-01-01');
    expect(await clerk.page.locator('#error-summary a').getAttribute('href')).toBe('#on');
    expect(await clerk.page.locator('#on').inputValue()).toBe('1999-01-01');
    expect(await clerk.page.title()).toMatch(/^Қате: /);
    await looksWell(clerk, 'kk');
    expect(await admin(clerk, 'kk/reports?department=2')).toBe(404);
    expect(await admin(clerk, 'kk/problems')).toBe(404);
  });

  it('P11: the administrator compares departments, narrows to one, and saves tables without formulas in the own language', async () => {
    await admin(administrator, `ru/reports?kind=quarter&on=${today}`);
    await looksWell(administrator, 'ru');
    const rows = administrator.page.locator('[aria-labelledby="by-department"] tbody tr');
    expect(await rows.count()).toBeGreaterThan(1);
    await administrator.page.locator('#department').selectOption('1');
    await press(administrator.page, 'show');
    expect(await rows.count()).toBe(0);
    await looksWell(administrator, 'ru');

    const csv = await save(administrator, 'download-csv');
    expect(csv.name).toMatch(/^report-quarter-\d{4}-\d\d-01-department-1\.csv$/);
    const text = csv.bytes.toString('utf8');
    expect(text.startsWith('\uFEFFГде;Период;Записи;')).toBe(true);
    expect(text).not.toMatch(/(^|[;\n])"?[=+\-@\t\r](?!\n)/);
    const xlsx = await save(administrator, 'download-xlsx');
    expect(xlsx.bytes.subarray(0, 2).toString()).toBe('PK');
  });

  it('U07, U25: with forced colours and in print every bar still has its edge', async () => {
    await admin(administrator, `ru/reports?kind=month&on=${today}`);
    const { page } = administrator;
    for (const media of [{ forcedColors: 'active' }, { media: 'print', forcedColors: 'none' }] as const) {
      await page.emulateMedia(media);
      const [bar] = await page.locator('.chart--bars .chart__bar').evaluateAll((bars) =>
        bars.slice(0, 1).map((each) => ({
          stroke: getComputedStyle(each).stroke,
          ground: getComputedStyle(document.body).backgroundColor,
        })),
      );
      expect(bar?.stroke).not.toBe(bar?.ground);
      expect(bar?.stroke).toMatch(/^rgb/);
    }
    await page.emulateMedia({ media: 'screen', forcedColors: 'none' });
  });

  it('EQ-17: a problem is entered, sent with a note, taken back and sent again; its history tells all of it', async () => {
    const { page } = administrator;
    await admin(administrator, 'ru/problems');
    await looksWell(administrator, 'ru');
    await page.locator('#detectedOn').fill(daysAfter(today, 3));
    await leave(page, () => part(page, 'register').click());
    expect(await page.locator('#error-summary a').getAttribute('href')).toBe('#text');
    await page.locator('#text').fill('Табло в зале погасло');
    await leave(page, () => part(page, 'register').click());
    expect(await page.locator('#error-summary a').getAttribute('href')).toBe('#detectedOn');
    expect(await page.locator('#text').inputValue()).toBe('Табло в зале погасло');
    await looksWell(administrator, 'ru');
    await page.locator('#detectedOn').fill(today);
    await page.locator('#department').selectOption('1');
    await leave(page, () => part(page, 'register').click());
    const [row] = await world.sql<{ id: string; number: number; due: string }[]>`
      select id, number, to_char(due_on, 'DD.MM.YYYY') as due from problem where text = 'Табло в зале погасло'`;
    const line = page.locator(`[data-problem="${row?.number ?? 0}"]`);
    expect(await line.innerText()).toContain(row?.due ?? '–');
    expect(await line.innerText()).toMatch(/Остал(ся|ось) 3 рабочих дня/);

    await leave(page, () => line.getByRole('link').click());
    await looksWell(administrator, 'ru');
    await page.locator('#sentOn').fill(daysAfter(today, 1));
    await page.locator('#sendingNote').fill(NOTES);
    await leave(page, () => part(page, 'send').click());
    expect(await page.locator('#error-summary a').getAttribute('href')).toBe('#sentOn');
    await looksWell(administrator, 'ru');
    await page.locator('#sentOn').fill(today);
    await leave(page, () => part(page, 'send').click());
    expect(await page.locator('[data-clock]').getAttribute('data-clock')).toBe('sent-in-time');
    await page.locator('#reason').fill('Отмечено не то письмо');
    await leave(page, () => part(page, 'reopen').click());
    await page.locator('#note').fill('Табло чинят');
    await leave(page, () => part(page, 'note').click());
    await page.locator('#sendingNote').fill(NOTES);
    await leave(page, () => part(page, 'send').click());
    expect(
      await page
        .locator('tr[data-event]')
        .evaluateAll((events) => events.map((event) => event.getAttribute('data-event'))),
    ).toEqual(['registered', 'sent', 'reopened', 'noted', 'sent']);
    await looksWell(administrator, 'ru');

    await admin(administrator, 'ru/problems');
    expect(await line.getAttribute('data-clock')).toBe('sent-in-time');
    const csv = (await save(administrator, 'download-csv')).bytes.toString('utf8');
    expect(csv).toContain(`Табло в зале погасло;Отправлена в срок`);
    expect(csv).toContain(NOTES);
  });

  it('EQ-17: when a department has no place left for a month, the register proposes it and one press makes it a problem', async () => {
    // Every free place of department 2 is taken for the time of this test, and free again afterwards.
    const taken = await world.sql<{ id: string }[]>`
      update place p set booking_id = gen_random_uuid() from department d
       where d.id = p.department_id and d.number = 2 and p.booking_id is null and p.closed_by_trip is null
         and p.day between ${today}::date and ${daysAfter(today, 32)}::date returning p.id`;
    try {
      const { iin } = await cast(world, 'portal-admin');
      const window = await openSignedIn(world, 'admin', await signInStaffOverApi(world, iin), {
        language: 'kk',
        scripts: false,
        width: 320,
      });
      windows.push(window);
      await go(window.page, `${world.at.admin}/kk/problems`);
      const proposal = window.page.locator('[data-proposal="no-free-place 2"]');
      await looksWell(window, 'kk');
      await leave(window.page, () => proposal.getByRole('button').click());
      expect(await window.page.getByRole('status').count()).toBe(1);
      expect(await proposal.count()).toBe(0);
      const [row] = await world.sql<{ id: string }[]>`
        select id from problem where cause = 'no-free-place' and state = 'open'`;
      expect(await window.page.locator(`a[href$="${row?.id ?? ''}"]`).count()).toBe(1);
      await go(window.page, `${world.at.admin}/kk/problems/${row?.id ?? ''}`);
      await looksWell(window, 'kk');
    } finally {
      await world.sql`update place set booking_id = null where id = any(${taken.map(({ id }) => id)}::bigint[])`;
    }
  });

  it('C36: anybody reads the open figures on a phone without JavaScript, sees why numbers are hidden, and saves what is shown', async () => {
    const citizen = await openWindow({ language: 'kk', scripts: false, width: 320 });
    windows.push(citizen);
    const { page } = citizen;
    await until(
      'a published week',
      async () => {
        await go(page, `${world.at.portal}/kk/statistics`);
        return (await part(page, 'updated').count()) > 0;
      },
      90,
    );
    await looksWell(citizen, 'kk', 44);
    const shown = await page.locator('table').first().innerText();
    const [small] = await world.sql<{ count: number }[]>`
      select count(*)::int as count from published_week where kept between 1 and 9 or missed between 1 and 9 or cancelled between 1 and 9`;
    expect(shown.includes('жасырылған')).toBe((small?.count ?? 0) > 0);
    expect(await page.locator('svg[role=img]').count()).toBe(1);
    await press(page, 'show-week');
    expect(new URL(page.url()).searchParams.get('week')).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await go(page, `${world.at.portal}/kk/statistics?week=2026-02-31`)).toBe(404);
    expect(await go(page, `${world.at.portal}/kk/statistics?week=2020-01-06`)).toBe(404);
    await go(page, `${world.at.portal}/kk`);
    expect(await page.locator('main a[href="/kk/statistics"]').count()).toBe(1);

    for (const language of ['ru', 'en'] as const) {
      await go(page, `${world.at.portal}/${language}/statistics`);
      await looksWell(citizen, language, 44);
    }
    const answer = await citizen.context.request.get(`${world.at.portal}/kk/statistics/data.csv`);
    expect(answer.headers()['cache-control']).toContain('public');
    const csv = await answer.text();
    expect(csv.startsWith('\uFEFFАпта;')).toBe(true);
    for (const line of csv.trim().split('\r\n').slice(1))
      for (const cell of line.split(';').slice(2, 6)) expect(cell).toMatch(/^(0|[1-9]\d+|жасырылған)$/);
  });

  it('no window complained of anything', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});
