import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast, freshPerson } from './steps/people.ts';
import { type PortalBehindGate, startPortalBehindGate } from './steps/portal-behind-gate.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

const NUMBER = /^F-\d{8}-[2-9A-Z]{6}$/;

describe('reports of faults, error pages and the look of the pages', () => {
  let world: World;
  let portal: PortalBehindGate;

  /** A window of a network of its own, so that limits of this file are nobody else's. */
  const windowOf = async (network: string, way: Parameters<typeof openWindow>[0] = {}) => {
    const window = await openWindow(way);
    await window.context.setExtraHTTPHeaders({ 'x-test-network': network });
    return window;
  };
  const rowsOf = (number: string) =>
    world.sql<{ page: string; text: string; contact: string; late: number; person: string | null }[]>`
      select page, text, contact, person_id as person,
        extract(epoch from stored_at - reported_at)::float8 as late
      from fault_report where number = ${number}`;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    portal = await startPortalBehindGate(world);
  });
  afterAll(async () => {
    await portal?.close();
    await closeBrowser();
    await world?.close();
  });

  it('C31, C34: while the API is away a fault gets its number at once, and is stored when the API is back', async () => {
    const { page, close } = await windowOf('198.51.100.2', { language: 'kk', scripts: false, width: 320 });
    await portal.shutGate();
    await go(page, `${portal.url}/kk/help?secret=1`);
    await leave(page, () => page.locator('footer a[href="/kk/fault"]').click());
    expect(await page.locator('#page').inputValue()).toBe('/kk/help');
    await press(page, 'send-fault');
    expect(await page.locator('#error-summary').count()).toBe(1);
    expect(await checkPage(page, { language: 'kk', target: 44, names: [] })).toEqual([]);
    expect(await page.locator('#page').inputValue()).toBe('/kk/help');

    await page.locator('#text').fill('Түйме басылмайды');
    await page.locator('#contact').fill('aigul@mail.kz');
    await press(page, 'send-fault');
    const number = (await part(page, 'fault-number').innerText()).trim();
    expect(number).toMatch(NUMBER);
    expect(await checkPage(page, { language: 'kk', target: 44, names: [] })).toEqual([]);
    expect(await rowsOf(number)).toHaveLength(0);

    await portal.openGate();
    const [row] = await until(
      'the report in the database',
      async () => {
        const rows = await rowsOf(number);
        return rows.length > 0 && rows;
      },
      40,
    );
    expect(row).toMatchObject({ page: '/kk/help', text: 'Түйме басылмайды', contact: 'aigul@mail.kz' });
    expect(row?.person).toBeNull();
    expect(row?.late).toBeGreaterThanOrEqual(0);
    await close();
  });

  it('C34, U14: while the API is away the page says so, offers another try and the way to report; the try then works', async () => {
    const { page, close } = await windowOf('198.51.100.3', { language: 'ru', width: 320 });
    await portal.shutGate();
    const code = 'A'.repeat(22);
    expect(await go(page, `${portal.url}/ru/t/${code}`)).toBe(503);
    expect(await checkPage(page, { language: 'ru', target: 44, names: [] })).toEqual([]);
    expect(await part(page, 'report-fault').count()).toBe(1);
    await portal.openGate();
    await press(page, 'again');
    expect(new URL(page.url()).pathname).toBe(`/ru/t/${code}`);
    expect(await part(page, 'again').count()).toBe(0);
    await close();
  });

  it('C34, T11: who asks too often is told to wait, with another try and the way to report', async () => {
    const { page, context, close } = await windowOf('198.51.100.4', { language: 'en', width: 320 });
    const address = `${portal.url}/en/t/${'A'.repeat(22)}`;
    for (let asked = 0; asked < 125; asked += 25)
      await Promise.all(Array.from({ length: 25 }, () => context.request.get(address)));
    expect(await go(page, address)).toBe(429);
    expect(await checkPage(page, { language: 'en', target: 44, names: [] })).toEqual([]);
    expect(await part(page, 'again').count()).toBe(1);
    await leave(page, () => part(page, 'report-fault').click());
    expect(await page.locator('#page').inputValue()).toBe('/en/t/code');
    await close();
  });

  it('C31, T11: after thirty reports a network must wait, and what was typed is still there', async () => {
    const { page, context, close } = await windowOf('198.51.100.5', { language: 'ru' });
    for (let sent = 0; sent < 30; sent++)
      await context.request.post(`${portal.url}/ru/fault`, {
        form: { text: 'again', page: '', contact: '', incident: '' },
        headers: { origin: portal.url },
        maxRedirects: 0,
      });
    await go(page, `${portal.url}/ru/fault`);
    await page.locator('#text').fill('Кнопка не нажимается');
    await press(page, 'send-fault');
    expect(await page.locator('#error-summary').innerText()).toContain('1414');
    expect(await page.locator('#text').inputValue()).toBe('Кнопка не нажимается');
    await close();
  });

  it('C31, PT-24: who is signed in reads the answer of the contact centre in the cabinet', async () => {
    const person = await freshPerson(world);
    const own = await openSignedIn(world, 'portal', await signInOverApi(world, person), { language: 'ru' });
    await go(own.page, `${world.at.portal}/ru/cabinet`);
    await leave(own.page, () => own.page.locator('footer a[href="/ru/fault"]').click());
    await own.page.locator('#text').fill('Кнопка не нажимается');
    await press(own.page, 'send-fault');
    const number = (await part(own.page, 'fault-number').innerText()).trim();
    await until('the report in the database', async () => (await rowsOf(number)).length > 0, 30);

    const { iin } = await cast(world, 'contact-centre');
    const staff = await openSignedIn(world, 'admin', await signInStaffOverApi(world, iin), {
      language: 'kk',
    });
    await go(staff.page, `${world.at.admin}/kk/fault-reports`);
    expect(await checkPage(staff.page, { language: 'kk', target: 24, names: [person.surname] })).toEqual([]);
    await leave(staff.page, () => staff.page.getByRole('link', { name: number }).click());
    expect(await staff.page.locator('main').innerText()).not.toContain(person.surname);
    await press(staff.page, 'send-answer');
    expect(await staff.page.locator('#error-summary').count()).toBe(1);
    await staff.page.locator('#answer').fill('Исправили сегодня в 12:00.');
    expect(await checkPage(staff.page, { language: 'kk', target: 24, names: [person.surname] })).toEqual([]);
    await press(staff.page, 'send-answer');
    expect(await staff.page.getByRole('status').count()).toBe(1);
    expect(await staff.page.getByRole('link', { name: number }).count()).toBe(0);

    await go(own.page, `${world.at.portal}/ru/cabinet/reports`);
    const card = own.page.locator(`[data-number="${number}"]`);
    expect(await card.getAttribute('data-state')).toBe('answered');
    expect(await card.innerText()).toContain('Исправили сегодня');
    expect(await checkPage(own.page, { language: 'ru', target: 44, names: [person.surname] })).toEqual([]);
    expect(own.complaints).toEqual([]);
    await own.close();
    await staff.close();
  });

  it('C33, U05: letters of 200 % in yellow on black stay on a screen of 320 px, without JavaScript, until reset', async () => {
    const { page, close } = await openWindow({ language: 'kk', scripts: false, width: 320 });
    await go(page, `${world.at.portal}/kk/about`);
    await leave(page, () => page.locator('header a[href="/kk/display"]').click());
    for (const choice of ['size-200', 'spacing-wide', 'contrast-yellow-on-black', 'images-off', 'motion-off'])
      await page.locator(`#${choice}`).check();
    await press(page, 'save-display');
    const root = page.locator('html');
    expect(await root.getAttribute('data-size')).toBe('200');
    expect(await page.getByRole('status').getByRole('link').getAttribute('href')).toBe('/kk/about');
    const defects: string[] = [];
    for (const path of [
      '',
      '/display',
      '/about',
      '/help',
      '/accessibility',
      '/fault',
      '/sign-in',
      '/sign-in/sms',
      '/nowhere',
    ]) {
      await go(page, `${world.at.portal}/kk${path}`);
      expect(await root.getAttribute('data-contrast'), path).toBe('yellow-on-black');
      for (const defect of await checkPage(page, { language: 'kk', target: 44, names: [] }))
        defects.push(`${path}: ${defect}`);
    }
    expect(defects).toEqual([]);
    await go(page, `${world.at.portal}/kk/display`);
    await press(page, 'reset-display');
    await go(page, `${world.at.portal}/kk`);
    expect(await root.getAttribute('data-size')).toBeNull();
    await close();
  });
});
