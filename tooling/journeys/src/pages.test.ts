import { repositoryRoot } from '@mse/run';
import { LANGUAGES, type Language } from '@mse/domain/shared';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, bookOverApi, consentOverApi, signInOverApi } from './steps/api.ts';
import { closeBrowser, openWindow, type Window } from './steps/browser.ts';
import { chooseTime } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { checkPage, checkSpacing, checkTabulator, invisibleControls } from './steps/page-checks.ts';
import { cast, freshPerson, freshSigner } from './steps/people.ts';
import { openSignedIn, signInCitizenByKey, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators } from './steps/simulators.ts';
import { showText } from './steps/staff.ts';
import { openWorld, type World } from './steps/world.ts';

/** A page to look at. */
interface Stop {
  app: 'portal' | 'admin';
  /** Whose window. */
  who: string;
  /** Address behind the language. */
  path: string;
  /** Status of the answer; 200 when absent. */
  status?: number;
  /** What makes the page show what is to be looked at, once it is open. */
  prepare?: (page: Page, language: Language) => Promise<void>;
  /** A name for what was prepared. */
  state?: string;
}

/**
 * The daily test looks at each kind of page once, in Kazakh, the language of longest words; `npm run prove` at every page and state in
 * all three.
 */
const ONCE = process.env.PAGES === 'once';
const LOOKED_AT: readonly Language[] = ONCE ? ['kk'] : LANGUAGES;

/** Pages looked at side by side: two cores. */
const LANES = 3;

/** Pages that are nothing to look at: they only lead elsewhere. */
const LEADING_ON = [/^\/sign-out$/, /^\/\[\.{3}rest\]$/];

/** Pages that need a story of their own; the journey that tells it looks at them. */
const ELSEWHERE: Record<string, string> = {
  'admin /board': 'board.test.ts',
  'admin /boards/[id=id]': 'board.test.ts',
  'admin /mass-move/[id=id]': 'mass-move.test.ts',
  'admin /applications/[id=id]': 'in-person.test.ts',
  'admin /applications/[id=id]/conclusion': 'in-person.test.ts',
  'admin /applications/[id=id]/conclusion/sign/[signing=id]': 'in-person.test.ts',
  'portal /experts/[id=id]': 'register.test.ts',
  'portal /cabinet/experts': 'register.test.ts',
  'portal /cabinet/experts/[id=id]': 'register.test.ts',
  'portal /cabinet/experts/[id=id]/sign/[signing=id]': 'register.test.ts',
  'portal /cabinet/experts/[id=id]/contract/[signing=id]': 'register.test.ts',
  'admin /register/applications/[id=id]/contract/[signing=id]': 'register.test.ts',
  'admin /my-months/[id=id]/sign/[signing=id]': 'pay.test.ts',
  'admin /acts/[id=id]': 'pay.test.ts',
  'admin /acts/[id=id]/sign/[signing=id]': 'pay.test.ts',
  'admin /consultations/[id=id]': 'in-person.test.ts',
  'admin /field-sessions': 'field-session.test.ts',
  'admin /field-sessions/[id=id]': 'field-session.test.ts',
  'admin /field-sessions/requests': 'field-session.test.ts',
  'portal /booking/[formId=id]/place': 'field-session.test.ts',
  'admin /cases/[id=id]': 'expert.test.ts',
  'admin /cases/[id=id]/pages/[page=id]': 'expert.test.ts',
  'admin /cases/[id=id]/decision': 'expert.test.ts',
  'admin /cases/[id=id]/sign': 'expert.test.ts',
  'admin /cases/[id=id]/signed': 'expert.test.ts',
  'admin /cases/[id=id]/recusal': 'expert.test.ts',
  'admin /problems/[id=id]': 'figures.test.ts',
  'portal /cabinet/cases/[id=id]': 'results.test.ts',
  'portal /cabinet/documents/[id=id]': 'results.test.ts',
  'portal /d/[code=ticket]': 'results.test.ts',
  'admin /journals/[id=id]': 'results.test.ts',
  'admin /journals/[id=id]/correct/[row=id]': 'results.test.ts',
  'admin /journals/signing/[signing=id]': 'results.test.ts',
};

describe('every page', () => {
  let world: World;
  const windows = new Map<string, Window>();
  /** Names of everybody whose data are shown; none may stand in a title. */
  const names: string[] = [];
  const stops: Stop[] = [];
  const visited: { app: string; path: string }[] = [];

  const open = async (who: string, window: Promise<Window>) => {
    windows.set(who, await window);
  };
  const windowOf = (who: string) => {
    const window = windows.get(who);
    if (!window) throw new Error(`Nobody signed in as ${who}`);
    return window;
  };
  const citizen = async (who: string, person: { iin: string; phone: string | null }) => {
    if (person.phone === null) throw new Error('A person without a phone cannot get a code');
    const token = await signInOverApi(world, { iin: person.iin, phone: person.phone });
    await open(who, openSignedIn(world, 'portal', token));
    return apiClient(world, token);
  };

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    await open('nobody', openWindow());

    const booked = await freshPerson(world);
    const choosing = await freshPerson(world);
    const agreeing = await freshPerson(world);
    for (const person of [booked, choosing, agreeing])
      names.push(person.surname, person.name, person.iin, person.phone);
    const [bookedForm, choosingForm] = [
      await sendForm(world, booked),
      await sendForm(world, choosing),
      await sendForm(world, agreeing),
    ];

    const asBooked = await citizen('booked', booked);
    await consentOverApi(asBooked, 'ru');
    const { nearest } = await asBooked.queue.freeTimes.query({ formId: bookedForm });
    if (!nearest) throw new Error('No time is free');
    const first = await bookOverApi(asBooked, bookedForm, nearest.day, nearest.startsAt);
    await asBooked.queue.cancelBooking.mutate({ bookingId: first.bookingId });
    const last = await bookOverApi(asBooked, bookedForm, nearest.day, nearest.startsAt);
    await consentOverApi(await citizen('choosing', choosing), 'ru');
    await citizen('agreeing', agreeing);
    const named = [
      'citizen-form-expired',
      'citizen-no-registration',
      'citizen-outside',
      'citizen-no-form',
      'citizen-mother',
      'citizen-guardian-expired',
    ];
    for (const key of named) {
      const person = await cast(world, key);
      names.push(...person.name.split(' '));
      const client = await citizen(key, person);
      if (key === 'citizen-mother') await consentOverApi(client, 'kk');
    }
    for (const key of [
      'clerk-department-1',
      'head-department-1',
      'portal-admin',
      'contact-centre',
      'expert',
      'methodologist',
      'registry-admin',
    ]) {
      const person = await cast(world, key);
      names.push(...person.name.split(' '));
      await open(key, openSignedIn(world, 'admin', await signInStaffOverApi(world, person.iin)));
    }

    const faultId = crypto.randomUUID();
    const portal = (who: string, path: string, more: Partial<Stop> = {}) =>
      stops.push({ app: 'portal', who, path, ...more });
    const admin = (who: string, path: string, more: Partial<Stop> = {}) =>
      stops.push({ app: 'admin', who, path, ...more });
    portal('nobody', '/nowhere', { status: 404 });
    portal('nobody', `/t/${last.ticketCode}`);
    portal('nobody', `/t/${first.ticketCode}`, { state: 'void' });
    portal('nobody', '/offline');
    portal('nobody', '/fault/sent', {
      prepare: async (page, language) => {
        await page.goto(`${world.at.portal}/${language}/fault`);
        await page.locator('#text').fill('…');
        await Promise.all([page.waitForNavigation(), page.getByTestId('send-fault').click()]);
      },
    });
    portal('nobody', '/sign-in/sms/code', {
      prepare: async (page, language) => {
        await page.goto(`${world.at.portal}/${language}/sign-in/sms`);
        await page
          .locator('#iin')
          .fill({ kk: '900101300017', ru: '900101300026', en: '900101300035' }[language]);
        await page
          .locator('#phone')
          .fill({ kk: '+77000000001', ru: '+77000000002', en: '+77000000003' }[language]);
        await Promise.all([page.waitForNavigation(), page.getByTestId('request-code').click()]);
      },
    });
    const signer = await freshSigner(world);
    names.push(signer.surname, signer.name, signer.iin, signer.phone);
    await open('signer', openSignedIn(world, 'portal', await signInCitizenByKey(world, signer.iin)));
    portal('signer', '/cabinet/profile/phone', { state: 'signed in by key' });
    portal('signer', '/cabinet/profile/phone/codes', {
      // Codes are sent once; the page then stays open for all three languages.
      prepare: async (page, language) => {
        await page.goto(`${world.at.portal}/${language}/cabinet/profile/phone/codes`);
        if (page.url().endsWith('/codes')) return;
        await page.locator('#phone').fill('+77000000004');
        await Promise.all([page.waitForNavigation(), page.getByTestId('send-phone-codes').click()]);
      },
    });
    portal('booked', `/bookings/${first.bookingId}`, { state: 'cancelled' });
    portal('booked', `/bookings/${last.bookingId}/booked`);
    portal('booked', `/bookings/${last.bookingId}/cancel`);
    portal('booked', `/bookings/${last.bookingId}/move/check`, {
      prepare: async (page, language) => {
        await page.goto(`${world.at.portal}/${language}/bookings/${last.bookingId}/move`);
        await chooseOther(page);
      },
    });
    portal('booked', `/booking/${bookedForm}`, { state: 'already booked' });
    portal('booked', `/tickets/${first.ticketCode}`, { state: 'void' });
    portal('choosing', `/booking/${choosingForm}/check`, {
      prepare: async (page, language) => {
        await page.goto(`${world.at.portal}/${language}/booking/${choosingForm}/time`);
        await chooseOther(page);
      },
    });
    portal('choosing', `/bookings/${last.bookingId}`, { status: 404, state: "somebody else's" });
    portal('agreeing', '/cabinet/consent', { state: 'not given' });
    for (const key of named) portal(key, '/cabinet', { state: key });
    portal('citizen-guardian-expired', '/booking', { state: 'guardianship over' });
    for (const key of ['citizen-no-registration', 'citizen-outside']) {
      const [form] = await world.sql<{ id: string }[]>`
        select f.id from form_031 f join person p on p.id = f.person_id where p.iin = ${(await cast(world, key)).iin} and f.state = 'accepted'`;
      if (form) portal(key, `/booking/${form.id}`, { state: key });
    }

    portal('booked', '/waits');
    admin('expert', '/');
    admin('nobody', '/nowhere', { status: 404 });
    admin('nobody', '/sign-in', { state: 'text to be signed', prepare: (page) => showText(page) });
    admin('clerk-department-1', `/person/booking/${last.bookingId}`);
    admin('clerk-department-1', '/day?day=2026-12-20', { state: 'a weekend' });
    admin('clerk-department-1', '/arrival', {
      state: 'found',
      prepare: async (page) => {
        await page.locator('#query').fill(booked.iin);
        await Promise.all([page.waitForNavigation(), page.locator('#query').press('Enter')]);
      },
    });
    admin('contact-centre', '/fault-reports');
    await asBooked.faultReports.report.mutate({
      id: faultId,
      number: 'F-20261123-222222',
      language: 'ru',
      page: '/ru/cabinet',
      text: '…',
      ageSeconds: 0,
    });
    admin('contact-centre', `/fault-reports/${faultId}`);
    portal('booked', '/cabinet/reports');

    // PX-41: a call whose result is to be written.
    const [act] = await world.sql<
      { actNo: string }[]
    >`select act_no as "actNo" from conclusion order by concluded_at limit 1`;
    if (act)
      await apiClient(
        world,
        await signInStaffOverApi(world, (await cast(world, 'methodologist')).iin, 'kk'),
      ).control.callPerson.mutate({
        actNo: act.actNo,
        addressKk: 'Астана',
        addressRu: 'Астана',
        addressEn: 'Astana',
      });

    // Whatever the pages link to is a page, too.
    for (const [app, who, start] of [
      ['portal', 'nobody', ''],
      ['portal', 'booked', '/cabinet'],
      ['portal', 'choosing', '/cabinet'],
      ['admin', 'nobody', '/sign-in'],
      ['admin', 'clerk-department-1', '/day'],
      ['admin', 'head-department-1', '/day'],
      ['admin', 'contact-centre', '/'],
      ['admin', 'portal-admin', '/'],
      ['admin', 'expert', '/'],
      ['admin', 'methodologist', '/'],
      ['admin', 'registry-admin', '/'],
    ] as const)
      for (const path of await crawl(windowOf(who).page, world.at[app], start))
        if (!stops.some((stop) => stop.app === app && kindOf(stop.path) === kindOf(path) && !stop.state))
          stops.push({ app, who, path });
  }, 120_000);
  afterAll(async () => {
    await closeBrowser();
    await world?.close();
  });

  it.each(LOOKED_AT)(
    'U01, U04, U06, U10: is sound in language %s: axe, frame, languages, 320 px, size of targets, silent console',
    async (language) => {
      const defects: string[] = [];
      await inLanes(ONCE ? eachKindOnce(stops) : stops, LANES, async (stop) => {
        const { page, complaints, close } = await anotherPage(windowOf(stop.who));
        const what = `${stop.app} /${language}${stop.path}${stop.state ? ` (${stop.state})` : ''}`;
        try {
          const answer = await page.goto(`${world.at[stop.app]}/${language}${stop.path}`);
          await stop.prepare?.(page, language);
          const status = stop.prepare ? 200 : answer?.status();
          if (status !== (stop.status ?? 200)) defects.push(`${what}: answered ${status}`);
          const here = new URL(page.url()).pathname;
          if (here !== `/${language}${stop.path.split('?')[0]}`.replace(/\/$/, '') && stop.path !== '/')
            defects.push(`${what}: led to ${here}`);
          visited.push({ app: stop.app, path: here.replace(/^\/(kk|ru|en)/, '') });
          const found = await checkPage(page, { language, target: stop.app === 'portal' ? 44 : 24, names });
          defects.push(...[...found, ...complaints].map((defect) => `${what}: ${defect}`));
        } catch (failure) {
          defects.push(`${what}: ${failure instanceof Error ? failure.message : String(failure)}`);
        } finally {
          await close();
        }
      });
      expect(defects).toEqual([]);
    },
    180_000,
  );

  if (ONCE) {
    it('U02: with the tabulator alone every kind of page is walked to its end, and the focus is seen', async () => {
      const defects: string[] = [];
      await inLanes(sample(stops), LANES, async (stop) => {
        const { page, close } = await anotherPage(windowOf(stop.who));
        await page.goto(`${world.at[stop.app]}/kk${stop.path}`);
        for (const defect of await checkTabulator(page)) defects.push(`${stop.app} ${stop.path}: ${defect}`);
        await close();
      });
      expect(defects).toEqual([]);
    });
    return;
  }

  it('U22: every page that the sources hold was looked at', () => {
    const missed: string[] = [];
    for (const app of ['portal', 'admin']) {
      const routes = join(repositoryRoot, 'apps', app, 'src/routes');
      for (const file of globSync('**/+page.svelte', { cwd: routes })) {
        const route = `/${file}`
          .replace(/\/\+page\.svelte$/, '')
          .replace('/[lang=language]', '')
          .replaceAll(/\/\([^)]+\)/g, '');
        const pattern = new RegExp(`^${route.replaceAll(/\[[^\]]+\]/g, '[^/]+')}/?$`);
        const seen = visited.some((page) => page.app === app && pattern.test(page.path));
        const journey = ELSEWHERE[`${app} ${route}`];
        const isElsewhere =
          journey !== undefined &&
          readFileSync(join(import.meta.dirname, journey), 'utf8').includes('checkPage(');
        if (!seen && !isElsewhere && !LEADING_ON.some((each) => each.test(route)))
          missed.push(`${app} ${route}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('U05: nothing is lost or overlaps with text spacing and with letters of 200 %', async () => {
    const defects: string[] = [];
    await inLanes(sample(stops), LANES, async (stop) => {
      const { page, close } = await anotherPage(windowOf(stop.who));
      await page.goto(`${world.at[stop.app]}/kk${stop.path}`);
      await page.setViewportSize({ width: 360, height: 800 });
      for (const defect of await checkSpacing(page)) defects.push(`${stop.app} ${stop.path}: ${defect}`);
      await close();
    });
    expect(defects).toEqual([]);
  });

  it('U07: with forced colours every control can be seen', async () => {
    const defects: string[] = [];
    for (const stop of sample(stops)) {
      const { page, close } = await anotherPage(windowOf(stop.who));
      await page.emulateMedia({ forcedColors: 'active' });
      await page.goto(`${world.at[stop.app]}/ru${stop.path}`);
      for (const control of await invisibleControls(page))
        defects.push(`${stop.app} ${stop.path}: ${control}`);
      await close();
    }
    expect(defects).toEqual([]);
  });

  it('U08: with reduced motion nothing moves', async () => {
    for (const stop of sample(stops)) {
      const { page, close } = await anotherPage(windowOf(stop.who));
      await page.goto(`${world.at[stop.app]}/en${stop.path}`);
      const moving = await page.evaluate(
        () => document.getAnimations().filter((each) => each.playState === 'running').length,
      );
      expect(moving, stop.path).toBe(0);
      await close();
    }
  });
});

/** Of pages of one kind the first, whatever its state. */
function eachKindOnce(stops: readonly Stop[]): Stop[] {
  const seen = new Set<string>();
  return stops.filter((stop) => {
    const kind = `${stop.app} ${kindOf(stop.path)}`;
    return !seen.has(kind) && seen.add(kind);
  });
}

/** Pages of every kind: a text, forms, a list of choices, a ticket, tables. */
function sample(stops: readonly Stop[]): Stop[] {
  const wanted = [
    /^portal:$/,
    /^portal:\/sign-in\/sms$/,
    /^portal:\/booking\/[^/]+\/time$/,
    /^portal:\/cabinet$/,
    /^portal:\/tickets\/[^/]+$/,
    /^admin:\/day$/,
    /^admin:\/person\//,
    /^admin:\/operations$/,
  ];
  return wanted.flatMap(
    (pattern) => stops.find((stop) => pattern.test(`${stop.app}:${stop.path}`) && !stop.prepare) ?? [],
  );
}

/** Chooses a time other than the preselected one, and goes on. */
async function chooseOther(page: Page): Promise<void> {
  const other = await page.locator('input[name=place]:not(:checked)').nth(3).inputValue();
  const [day = '', startsAt = ''] = other.split('T');
  await chooseTime(page, day, startsAt);
}

/** One more page in a window, with complaints of its own. */
async function anotherPage(
  window: Window,
): Promise<{ page: Page; complaints: string[]; close(): Promise<void> }> {
  const page = await window.context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  return { page, complaints, close: () => page.close() };
}

/** The kind of a page: its address without the things it is about. */
function kindOf(path: string): string {
  return path
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replaceAll(/\/[\w-]{22}(?=\/|$)/g, '/:code')
    .replaceAll(/\/\d+(?=\/|$)/g, '/:number')
    .replace(/\?.*/, '');
}

/** Addresses without language that can be reached by links from a page on, one of each kind; every link must lead somewhere. */
async function crawl(page: Page, origin: string, start: string): Promise<string[]> {
  const known = new Set([kindOf(start)]);
  const pages: string[] = [];
  const waiting = [start];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await page.request.get(`${origin}/ru${path}`);
    if (!answer.ok()) throw new Error(`A link leads nowhere: ${path} answers ${answer.status()}`);
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
    const reached = new URL(answer.url()).pathname;
    if (reached === `/ru${path}`.replace(/\/$/, '')) pages.push(path);
    for (const [, href = ''] of (await answer.text()).matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)) {
      const link = new URL(href.replaceAll('&amp;', '&'), answer.url());
      if (link.origin !== origin || !/^\/ru(\/|$)/.test(link.pathname) || /\.\w+$/.test(link.pathname))
        continue;
      const next = link.pathname.replace(/^\/ru/, '');
      if (known.has(kindOf(next))) continue;
      known.add(kindOf(next));
      waiting.push(next);
    }
  }
  return pages;
}

/** Does something for each item, so many at a time. */
async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of waiting) await act(item);
    }),
  );
}
