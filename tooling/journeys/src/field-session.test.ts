import { toBusinessDate } from '@mse/domain/shared';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { enter, giveConsent, leave, part, press } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { type Newcomer, registerNewcomer } from './steps/newcomers.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import {
  digitalMessages,
  replyDigital,
  resetSimulators,
  setNcalayer,
  waitForSms,
} from './steps/simulators.ts';
import { openWorld, type World } from './steps/world.ts';

/** Where pictures of the pages go; none are taken without it. */
const PICTURES = process.env.JOURNEY_PICTURES ?? '';

describe('field session', () => {
  let world: World;
  let person: Newcomer;
  let citizen: Window;
  let head: Window;
  let headIin: string;
  let session: string;
  let application: string;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    person = await registerNewcomer(world);
    await sendForm(world, person);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await citizen?.close();
    await head?.close();
    await closeBrowser();
    await world?.close();
  });

  const looksWell = async (
    { page }: Window,
    language: 'kk' | 'ru',
    app: 'portal' | 'admin',
    picture: string,
  ) => {
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${picture}.png`), fullPage: true });
    expect(
      await checkPage(page, {
        language,
        target: app === 'portal' ? 44 : 24,
        names: [person.surname, person.iin],
      }),
    ).toEqual([]);
  };

  it('FF-03, FF-11: without JavaScript, in Kazakh at 320 px, a person asks to be examined at home; what is missing stands at its field', async () => {
    citizen = await openWindow({ language: 'kk', width: 320, scripts: false });
    const { page } = citizen;
    await enter(world, page, person, 'kk');
    await go(page, `${world.at.portal}/kk/cabinet/consent`);
    await giveConsent(page);
    await go(page, `${world.at.portal}/kk/cabinet`);
    await press(page, 'next-step');
    await press(page, 'ask-place');
    await looksWell(citizen, 'kk', 'portal', 'kk-320-ask');
    await page.locator('input[name=place][value=home]').check();
    await press(page, 'send-request');
    expect(await page.locator('.error-summary').count()).toBe(1);
    await looksWell(citizen, 'kk', 'portal', 'kk-320-ask-wrong');
    await page.locator('#conclusionNumber').fill('45');
    await page.locator('#conclusionDay').fill(toBusinessDate(await world.now()));
    await page.locator('#consented').check();
    await press(page, 'send-request');
    expect(await page.locator('[role=status]').first().innerText()).toContain('Өтініш жіберілді');
    expect(await part(page, 'request').getAttribute('data-turn')).toBe('department-answers');
    await looksWell(citizen, 'kk', 'portal', 'kk-320-asked');
  });

  it('FF-07, FF-08: the page that asks says in three languages that the service is free, and every page whom to call', async () => {
    const other = await registerNewcomer(world);
    await sendForm(world, other);
    const [form] = await world.sql<{ id: string }[]>`
      select f.id from form_031 f join person p on p.id = f.person_id where p.iin = ${other.iin}`;
    const anybody = await openWindow({ language: 'kk', width: 320, scripts: false });
    await enter(world, anybody.page, other, 'kk');
    const free = { kk: 'Қызмет тегін', ru: 'Услуга бесплатна', en: 'The service is free of charge' };
    for (const language of ['kk', 'ru', 'en'] as const) {
      await go(anybody.page, `${world.at.portal}/${language}/booking/${form?.id}/place`);
      expect(await anybody.page.locator('main').innerText()).toContain(free[language]);
      const calls = await anybody.page
        .locator('footer a[href^="tel:"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(calls).toEqual(expect.arrayContaining(['tel:1414', 'tel:+78000807777']));
    }
    await anybody.close();
  });

  it('FF-03: the head grants it, plans a session, puts the person on it and announces it; the SMS says when and where', async () => {
    headIin = (await cast(world, 'head-department-1')).iin;
    head = await openSignedIn(world, 'admin', await signInStaffOverApi(world, headIin), {
      language: 'ru',
      width: 1280,
    });
    const { page } = head;
    await go(page, `${world.at.admin}/ru/field-sessions`);
    await looksWell(head, 'ru', 'admin', 'ru-1280-sessions');
    await press(page, 'requests');
    await looksWell(head, 'ru', 'admin', 'ru-1280-requests');
    const own = page.locator('section', { hasText: person.surname }).last();
    await leave(page, () => own.getByTestId('grant').click());
    expect(await page.locator('[role=status]').first().innerText()).toContain('удовлетворён');

    await go(page, `${world.at.admin}/ru/field-sessions`);
    await part(page, 'plan-open').click();
    await press(page, 'plan');
    expect(await page.locator('.error-summary').count()).toBe(1);
    await looksWell(head, 'ru', 'admin', 'ru-1280-plan-wrong');
    await page.locator('input[name=place][value=home]').check();
    await page.locator('#address').fill('Кокшетау');
    await page.locator('#day').fill(toBusinessDate(await world.now()));
    await page.locator('input[name=members]').first().check();
    await press(page, 'plan');
    session = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await looksWell(head, 'ru', 'admin', 'ru-1280-planned');
    const row = page.locator('tr', { hasText: person.surname });
    await leave(page, () => row.getByTestId('put').click());
    await press(page, 'announce');
    await looksWell(head, 'ru', 'admin', 'ru-1280-announced');
    const sms = await waitForSms(world, person.phone, 'көшпелі отырыста');
    expect(sms.text).toContain('Абай көшесі');
    await go(citizen.page, `${world.at.portal}/kk/cabinet`);
    expect(await citizen.page.locator('[data-next=wait-for-visit]').count()).toBe(1);
    await press(citizen.page, 'next-step');
    expect(await part(citizen.page, 'appointed').count()).toBe(1);
    await looksWell(citizen, 'kk', 'portal', 'kk-320-appointed');
  });

  it('FF-03: the list is printed, the page of the day works on a phone without JavaScript, the session begins', async () => {
    const list = await head.context.request.get(`${world.at.admin}/ru/field-sessions/${session}/list.pdf`);
    expect(list.headers()['content-type']).toBe('application/pdf');
    const small = await openSignedIn(world, 'admin', await signInStaffOverApi(world, headIin), {
      language: 'kk',
      width: 320,
      scripts: false,
    });
    const { page } = small;
    await go(page, `${world.at.admin}/kk/field-sessions`);
    await looksWell(small, 'kk', 'admin', 'kk-320-sessions');
    await go(page, `${world.at.admin}/kk/field-sessions/${session}`);
    await looksWell(small, 'kk', 'admin', 'kk-320-session');
    await press(page, 'hold');
    await press(page, 'open-application');
    application = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await looksWell(small, 'kk', 'admin', 'kk-320-application');
    expect(small.complaints).toEqual([]);
    await small.close();
  });

  it('FF-06: digital documents by the code of the owner, a wrong one first, then by a reply SMS', async () => {
    const { page } = head;
    await go(page, `${world.at.admin}/ru/applications/${application}`);
    const ask = async (way: 'code' | 'sms-reply') => {
      await part(page, 'digital-open').click();
      await page.locator('input[name=digitalDocuments][value=identity]').check();
      await page.locator(`input[name=way][value=${way}]`).check();
      await press(page, 'ask-digital');
      const [message] = await digitalMessages(world, person.iin);
      if (!message) throw new Error('Nothing came to the phone of the owner');
      return message;
    };
    const { code } = await ask('code');
    await looksWell(head, 'ru', 'admin', 'ru-1280-code');
    await page.locator('#code').fill(code === '000000' ? '111111' : '000000');
    await press(page, 'take-digital');
    expect(await page.locator('.error-summary').innerText()).toContain('Осталось попыток: 2');
    expect(await page.locator('#code').inputValue()).toBe('');
    await looksWell(head, 'ru', 'admin', 'ru-1280-code-wrong');
    await page.locator('#code').fill(code ?? '');
    await press(page, 'take-digital');
    expect(await page.locator('[id="source.identity"]').inputValue()).toBe('digital');
    await looksWell(head, 'ru', 'admin', 'ru-1280-digital');

    const { accessId } = await ask('sms-reply');
    await press(page, 'take-digital');
    expect(await page.locator('.error-summary').innerText()).toContain('Ответа ещё нет');
    await replyDigital(world, accessId, true);
    await press(page, 'take-digital');
    expect(await page.locator('[role=status]').first().innerText()).toContain('Документы получены');
  });

  it('FF-03: accepted and concluded at home; the act, the place and the documents are there', async () => {
    const { page } = head;
    await page.locator('[id="source.outpatient-card"]').selectOption('paper');
    await page.locator('#first').uncheck();
    await page.locator('#consented').check();
    await press(page, 'accept');
    await press(page, 'conclude');
    await page.locator('input[name="disability.outcome"][value=group-1]').check();
    await page.locator('#disability\\.cause').selectOption('general-disease');
    await page.locator('#disability\\.term').selectOption('months-12');
    await page.locator('#diagnosis').fill('Клинико-экспертный диагноз');
    await page.locator('#reasons').fill('Стойкие нарушения функций');
    await press(page, 'to-sign');
    const text = (await part(page, 'signed-text').textContent()) ?? '';
    for (const words of ['на дому', '№ 45', 'строка 12']) expect(text).toContain(words);
    await setNcalayer(world, { signer: headIin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    expect(await page.locator('[role=status]').first().innerText()).toMatch(/акт № \S+/);
    const [found] = await world.sql<{ place: string; state: string; documents: number }[]>`
      select c.place, f.state, (select count(*)::int from issued_document d where d.conclusion_id = c.id) as documents
        from in_person_application a join conclusion c on c.form_id = a.form_id join field_place f on f.id = a.field_place_id
       where a.id = ${application}`;
    expect(found).toMatchObject({ place: 'home', state: 'examined' });
    expect(found?.documents).toBeGreaterThan(0);

    await go(page, `${world.at.admin}/ru/field-sessions/${session}`);
    await press(page, 'close');
    await looksWell(head, 'ru', 'admin', 'ru-1280-closed');
    await go(citizen.page, `${world.at.portal}/kk/cabinet`);
    expect(await citizen.page.locator('[data-next=served]').count()).toBe(1);
    expect(head.complaints).toEqual([]);
    expect(citizen.complaints).toEqual([]);
  });
});
