import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { enter, leave, part, press } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { checkPage } from './steps/page-checks.ts';
import { type DemoCitizen, freshPerson } from './steps/people.ts';
import { lastSmsNumber, resetSimulators, waitForSms } from './steps/simulators.ts';
import { signInStaff } from './steps/staff.ts';
import { daysAfter, openWorld, until, type World } from './steps/world.ts';

/** Dated data reaches every process within this time. */
const KNOWN_EVERYWHERE_MS = 11_000;

describe('wordings, terms and pilots', () => {
  let world: World;
  let today = '';
  const windows: Window[] = [];
  let author: Window;
  let approver: Window;

  /** Two portal administrators, each at their own computer, one with a small screen. */
  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    today = (await world.now()).toISOString().slice(0, 10);
    const administrators = await world.sql<{ iin: string }[]>`
      select p.iin from staff_role r join person p on p.id = r.person_id where r.role = 'portal-administrator' order by r.id limit 2`;
    const enterStaff = async (index: number, width: number) => {
      const window = await openWindow({ width });
      windows.push(window);
      await signInStaff(world, window.page, administrators[index]?.iin ?? '', 'ru');
      return window;
    };
    author = await enterStaff(0, 1280);
    approver = await enterStaff(1, 320);
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  const admin = (page: Window, path: string) => go(page.page, `${world.at.admin}/ru/${path}`);
  const looksWell = async (window: Window, target: 24 | 44 = 24) =>
    expect(await checkPage(window.page, { language: 'ru', target })).toEqual([]);

  it('EQ-06: the list shows every message with its official text and the parts it costs', async () => {
    expect(await admin(author, 'wordings')).toBe(200);
    const line = author.page.locator('[data-message="sms-1-ru"]');
    expect(await line.innerText()).toContain('Ваши медицинские документы прошли проверку');
    expect(await line.innerText()).toMatch(/\d част/);
    await looksWell(author);
    expect(await admin(author, 'wordings/deliveries?days=30')).toBe(200);
    await looksWell(author);
    expect(await admin(author, 'wordings/no-such/ru')).toBe(404);
  });

  it('EQ-06: a wording is proposed by one person, approved by another, sent, and withdrawn again', async () => {
    await admin(author, 'wordings/code/ru');
    const { page } = author;
    await press(page, 'use-short');
    await leave(page, () => part(page, 'measure').click());
    expect(await page.locator('[role=status]').innerText()).toContain('1 часть');
    await page.locator('#text').fill('Код {{code}}, диагноз прежний');
    await page.locator('#validFrom').fill(today);
    await leave(page, () => part(page, 'propose').click());
    expect(await page.locator('#text-error').innerText()).toContain('слово о болезни');
    await looksWell(author);

    await page.locator('#text').fill('Ваш код: {{code}}. Вход на {{host}}.');
    await leave(page, () => part(page, 'propose').click());
    expect(await page.locator('[data-wording=waiting]').count()).toBe(1);
    expect(await part(page, 'approve').count()).toBe(0);

    await admin(approver, 'wordings/code/ru');
    await looksWell(approver);
    await press(approver.page, 'approve');
    expect(await approver.page.locator('[data-wording=in-force]').count()).toBe(1);

    await pause(KNOWN_EVERYWHERE_MS);
    const codeToSomebody = async () => {
      const { iin, phone } = await freshPerson(world, { language: 'ru' });
      const before = await lastSmsNumber(world, phone);
      await apiClient(world).identity.requestCode.mutate({ iin, phone, language: 'ru' });
      return (await waitForSms(world, phone, /\b\d{6}\b/, before)).text;
    };
    expect(await codeToSomebody()).toMatch(/^Ваш код: \d{6}\. Вход на /);

    await press(approver.page, 'withdraw');
    await pause(KNOWN_EVERYWHERE_MS);
    expect(await codeToSomebody()).toMatch(/^Код \d{6}\. Никому/);
  });

  it('GV-03: new words of a term are entered for a day to come, and taken back', async () => {
    await admin(author, 'terms');
    await looksWell(author);
    const { page } = author;
    expect(await page.locator('[data-term="information-system in-force"]').innerText()).toContain(
      'цифрлық жүйе',
    );
    await leave(page, () => part(page, 'add').click());
    expect(await page.locator('#error-summary a').count()).toBe(5);
    await page.locator('#term').selectOption('information-system');
    await page.locator('#validFrom').fill(daysAfter(today, 30));
    for (const language of ['kk', 'ru', 'en'])
      await page.locator(`[id="words.${language}"]`).fill(`${language} x`);
    await page.locator('#basis').fill('Приказ');
    await leave(page, () => part(page, 'add').click());
    expect(await page.locator('[data-term="information-system ahead"]').count()).toBe(1);
    await press(page, 'take-back');
    expect(await page.locator('[data-term="information-system ahead"]').count()).toBe(0);
  });

  it('GV-04: a period that overlaps is refused, a new region opens on the portal within ten seconds', async () => {
    const { page } = approver;
    await admin(approver, 'pilots');
    await looksWell(approver);
    const add = async (region: string, from: string, until: string) => {
      await page.locator('#regionCode').selectOption(region);
      await page.locator('#validFrom').fill(from);
      await page.locator('#validUntil').fill(until);
      for (const language of ['kk', 'ru', 'en'])
        await page.locator(`[id="legalAct.${language}"]`).fill('№ 1');
      await leave(page, () => part(page, 'add').click());
    };
    await add('11', today, daysAfter(today, 400));
    expect(await page.locator('#error-summary').innerText()).toContain('уже есть пилот');
    await looksWell(approver);
    await add('79', today, daysAfter(today, 10));
    expect(await page.locator('[data-pilot="79 in-force"]').count()).toBe(1);

    const citizen = await openWindow({ width: 320, scripts: false });
    windows.push(citizen);
    await until(
      'the region on the portal',
      async () => {
        await go(citizen.page, `${world.at.portal}/ru/reception`);
        return citizen.page.locator('[data-region="79"][data-booking=true]').isVisible();
      },
      KNOWN_EVERYWHERE_MS / 1000,
    );
    expect(await citizen.page.locator('main').innerText()).toContain('09:00–15:30, обед 13:00–14:00');
    await looksWell(citizen, 44);
  });

  it('GV-04: who lives outside the pilot reads how people are received there, not a bare refusal', async () => {
    const [person] = await world.sql<DemoCitizen[]>`
      select p.id, p.iin, p.surname, p.name, p.patronymic, p.phone, p.message_language as language
        from person p join administrative_unit u on u.code = p.unit_code
       where u.region_code not in ('11', '79') and p.phone is not null and p.status = 'alive' and p.legal_capacity = 'capable'
         and p.birth_date < '2005-01-01' and not exists (select from form_031 f where f.person_id = p.id)
         and not exists (select from staff_role r where r.person_id = p.id) order by p.id desc limit 1`;
    if (!person) throw new Error('Nobody of the demonstration lives outside the pilot');
    const formId = await sendForm(world, person);
    const window = await openWindow({ width: 320, scripts: false });
    windows.push(window);
    await enter(world, window.page, person, 'ru');
    await go(window.page, `${world.at.portal}/ru/booking/${formId}`);
    expect(await part(window.page, 'by-arrival').innerText()).toContain('Это не отказ');
    expect(await part(window.page, 'by-arrival').innerText()).toContain('09:00–15:30');
    expect(await part(window.page, 'go-to-times').count()).toBe(0);
    await looksWell(window, 44);
  });

  it('no window complained of anything', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});
