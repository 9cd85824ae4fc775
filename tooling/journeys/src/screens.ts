/** Takes the pictures of docs/screens: what citizens and clerks see, in three languages, narrow and wide. Run by `npm run screens`. */
import { launchBrowser } from '@mse/browser';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

interface Person {
  key: string;
  iin: string;
  phone: string | null;
}

const service = JSON.parse(process.env.SERVICE ?? '{}') as {
  portal: string;
  admin: string;
  simulators: string;
};
const people = JSON.parse(
  readFileSync(join(process.env.DATA_DIR ?? '.', 'demo-people.json'), 'utf8'),
) as Person[];
const folder = join(import.meta.dirname, '../../../docs/screens');
mkdirSync(folder, { recursive: true });

const person = (key: string): Person => {
  const found = people.find((one) => one.key === key);
  if (!found) throw new Error(`The demo has no ${key}`);
  return found;
};

const ask = async (path: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${service.simulators}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
};

async function newestCode(phone: string): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const { messages } = (await ask('/control/sms/messages', { phone })) as { messages: { text: string }[] };
    const code = messages.map(({ text }) => /\d{3}\s?\d{3}/.exec(text)?.[0]).find(Boolean);
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('No code came');
}

/** Pixels of a page's height that are pictured. */
const TALLEST = 2000;

const newPage = async (browser: Browser, width: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  return context.newPage();
};

const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });

/** The upper part of a page that may be very long. */
async function shootTop(page: Page, name: string): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: innerWidth,
    height: document.documentElement.scrollHeight,
  }));
  const clip = { x: 0, y: 0, width, height: Math.min(height, TALLEST) };
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip });
}

/** Signs in by SMS code and stands in the cabinet. */
async function signIn(page: Page, language: string, who: Person): Promise<void> {
  await ask('/control/sms/clear', {});
  await page.goto(`${service.portal}/${language}/sign-in/sms`);
  await page.fill('#iin', who.iin);
  await page.fill('#phone', who.phone ?? '');
  await page.click('[data-testid=request-code]');
  await page.waitForURL('**/code');
  await page.fill('input[name=code]', await newestCode(who.phone ?? ''));
  await page.click('[data-testid=verify-code]');
  await page.waitForURL('**/cabinet');
}

async function signInStaff(page: Page, language: string, who: Person): Promise<void> {
  await ask('/control/ncalayer', { signer: who.iin, mode: 'auto' });
  await page.goto(`${service.admin}/${language}/sign-in`);
  await page.click('main form button');
  await page.waitForSelector('.signed-text');
  // There once the page lives.
  await page.click('main button[type=button]');
  await page.waitForURL((url) => !url.pathname.includes('/sign-in'));
}

const browser = await launchBrowser();
try {
  const widths = [320, 1280];
  for (const [language, key] of [
    ['kk', 'citizen-ready'],
    ['ru', 'citizen-booked'],
    ['en', 'citizen-english'],
  ] as const) {
    const who = person(key);
    const page = await newPage(browser, 1280);
    await signIn(page, language, who);
    if (await page.isVisible('[data-next=give-consent]')) {
      await page.goto(`${service.portal}/${language}/cabinet/consent`);
      await page.check('input[name=agree]');
      await page.click('[data-testid=give-consent]');
      await page.waitForURL('**/cabinet');
    }
    const pages: [string, string][] = [
      ['start', `/${language}`],
      ['sign-in', `/${language}/sign-in`],
      ['cabinet', `/${language}/cabinet`],
      ['messages', `/${language}/cabinet/messages`],
    ];
    const form = await page.goto(`${service.portal}/${language}/booking`).then(() => page.url());
    if (/booking\/[0-9a-f-]{36}/.test(form)) {
      pages.push(['checks', new URL(form).pathname], ['times', `${new URL(form).pathname}/time`]);
    }
    for (const [name, path] of pages) {
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${service.portal}${path}`);
        await shoot(page, `portal-${name}-${language}-${width}`);
      }
    }
    await page.context().close();

    const desk = await newPage(browser, 1280);
    await signInStaff(desk, language, person('clerk-department-1'));
    for (const [name, path] of [
      ['day', `/${language}/day`],
      ['arrival', `/${language}/arrival`],
    ] as const) {
      for (const width of widths) {
        await desk.setViewportSize({ width, height: 900 });
        await desk.goto(`${service.admin}${path}`);
        await desk.waitForTimeout(500);
        await shoot(desk, `admin-${name}-${language}-${width}`);
      }
    }
    await desk.context().close();
  }

  // The other pages once each, as most people see them: in Kazakh on a phone, in Russian on a computer.
  const others: { app: 'portal' | 'admin'; who: string; pages: Record<string, string> }[] = [
    {
      app: 'portal',
      who: 'citizen-mother',
      pages: {
        'sign-in-mobile': '/sign-in/mobile',
        profile: '/cabinet/profile',
        wards: '/cabinet/wards',
        consents: '/cabinet/consents',
        access: '/cabinet/access',
        waits: '/waits',
        fault: '/fault',
        display: '/display',
        reception: '/reception',
        statistics: '/statistics',
      },
    },
    {
      app: 'admin',
      who: 'clerk-department-1',
      pages: { missed: '/missed', 'live-queue': '/live-queue', 'department-report': '/reports' },
    },
    {
      app: 'admin',
      who: 'head-department-1',
      pages: {
        schedule: '/schedule',
        closures: '/closures',
        'closure-new': '/closures/new',
        'mass-move': '/mass-move',
        boards: '/boards',
      },
    },
    {
      app: 'admin',
      who: 'portal-admin',
      pages: {
        calendar: '/calendar',
        proposal: '/calendar/proposal',
        'start-times': '/schedule/start-times',
        'schedule-departments': '/schedule/departments',
        territory: '/territory',
        wordings: '/wordings',
        deliveries: '/wordings/deliveries',
        pilots: '/pilots',
        report: '/reports',
        problems: '/problems',
        terms: '/terms',
      },
    },
  ];
  for (const { app, who, pages } of others) {
    const page = await newPage(browser, 1280);
    await (app === 'portal' ? signIn : signInStaff)(page, 'kk', person(who));
    for (const [language, width] of [
      ['kk', 320],
      ['ru', 1280],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${service[app]}/${language}${path}`);
        await page.waitForTimeout(300);
        await shootTop(page, `${app}-${name}-${language}-${width}`);
      }
    }
    await page.context().close();
  }

  // The picture of the README: the choice of a time on a phone beside the clerk's day.
  const picture = (name: string) =>
    `data:image/png;base64,${readFileSync(join(folder, `${name}.png`)).toString('base64')}`;
  const sheet = await newPage(browser, 1280);
  await sheet.setContent(`<body style="margin:0;padding:24px;display:flex;gap:24px;background:#e8e4da;align-items:flex-start">
    <img style="width:300px;height:680px;object-fit:cover;object-position:top;border-radius:8px" src="${picture('portal-times-kk-320')}">
    <img style="width:900px;height:680px;object-fit:cover;object-position:top left;border-radius:8px" src="${picture('admin-day-ru-1280')}"></body>`);
  await sheet.screenshot({
    path: join(folder, 'readme.png'),
    clip: { x: 0, y: 0, width: 1272, height: 728 },
  });
  writeFileSync(
    join(folder, 'README.md'),
    '# Screens\n\nMade by `npm run screens` on demo data; every person in them is invented.\n',
  );
} finally {
  await browser.close();
}
