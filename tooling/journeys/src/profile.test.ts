import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { enter, giveConsent, leave, part, press } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { checkPage } from './steps/page-checks.ts';
import { type DemoCitizen, freshSigner } from './steps/people.ts';
import { resetSimulators, setNcalayer, setRegistry, lastSmsNumber, waitForSms } from './steps/simulators.ts';
import { openWorld, type World } from './steps/world.ts';

const language = 'ru';

describe('the person behind the cabinet', () => {
  let world: World;
  let person: DemoCitizen;
  let formId: string;
  let window: Window;
  const looked: string[] = [];

  const open = (path: string) => go(window.page, `${world.at.portal}/${language}${path}`);
  const look = async (name: string) => {
    const names = [person.surname, person.name, person.phone];
    for (const defect of await checkPage(window.page, { language, target: 44, names }))
      looked.push(`${name}: ${defect}`);
  };

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    person = await freshSigner(world);
    formId = await sendForm(world, person);
    window = await openWindow({ language, width: 320 });
    await enter(world, window.page, person, language);
  });
  afterAll(async () => {
    await window?.close();
    await closeBrowser();
    await world?.close();
  });

  it('C27: what the registries say is marked; the e-mail must be one; needs are kept and chosen at the next booking', async () => {
    const { page } = window;
    await open('/cabinet/profile');
    await look('profile');
    expect(await part(page, 'from-registry').innerText()).toContain(person.surname);
    await page.locator('#email').fill('nobody');
    await page.locator('input[name=accessNeeds][value=wheelchair]').check();
    await press(page, 'save-profile');
    await look('profile with an error');
    expect(await page.locator('#email-error').count()).toBe(1);
    await page.locator('#email').fill('name@example.kz');
    await page.locator('input[name=messageLanguage][value=ru]').check();
    await page.locator('input[name=accessNeeds][value=wheelchair]').check();
    await press(page, 'save-profile');
    expect(await part(page, 'profile-said').count()).toBe(1);
    await open('/cabinet/consent');
    await giveConsent(page);
    await open(`/booking/${formId}/time`);
    expect(await page.locator('input[name=accessNeeds][value=wheelchair]').isChecked()).toBe(true);
    expect(await page.locator('input[name=accessNeeds][value=escort]').isChecked()).toBe(false);
  });

  it('T13: a new number needs a signature and the codes of both numbers; then copies of SMS go there', async () => {
    const { page } = window;
    const contact = `+7700${String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')}`;
    await open('/cabinet/profile');
    await press(page, 'change-phone');
    await look('signature needed');
    await press(page, 'step-up');
    await press(page, 'step-up-signature');
    await press(page, 'show-text');
    await setNcalayer(world, { signer: person.iin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    await page.waitForURL((url) => url.pathname.endsWith('/cabinet/profile/phone'));
    await look('new number');
    await page.locator('#phone').fill(contact);
    // The code of the sign-in came to the same number.
    const before = await lastSmsNumber(world, person.phone);
    await press(page, 'send-phone-codes');
    await look('codes');
    const [old, fresh] = await Promise.all([
      waitForSms(world, person.phone, /\b\d{6}\b/, before),
      waitForSms(world, contact, /\b\d{6}\b/),
    ]);
    await page.locator('#oldCode').fill('000000');
    await page.locator('#newCode').fill(codeOf(fresh.text));
    await press(page, 'confirm-phone');
    await look('wrong code');
    expect(await page.locator('#oldCode-error').count()).toBe(1);
    await page.locator('#oldCode').fill(codeOf(old.text));
    await page.locator('#newCode').fill(codeOf(fresh.text));
    await press(page, 'confirm-phone');
    expect(await part(page, 'contact-phone').innerText()).toContain(contact.slice(-2));
    await waitForSms(world, person.phone, 'контактный номер');

    await open(`/booking/${formId}/time`);
    await press(page, 'choose-time');
    await press(page, 'save-booking');
    const [official, copy] = await Promise.all([
      waitForSms(world, person.phone, 'Вы записаны на освидетельствование'),
      waitForSms(world, contact, 'Вы записаны на освидетельствование'),
    ]);
    expect(copy.text).toBe(official.text);
  });

  it('T34: who looked is said by role, and a look can be disputed once', async () => {
    const { page } = window;
    await open('/cabinet/access');
    await look('who looked');
    const log = await part(page, 'access-log').innerText();
    expect(log).toContain('поликлиника');
    await press(page, 'dispute-line');
    await look('dispute');
    await press(page, 'send-dispute');
    expect(await page.locator('#text-error').count()).toBe(1);
    await page.locator('#text').fill('Я никого не просил.');
    await press(page, 'send-dispute');
    await look('disputed');
    const number = /F-\d{8}-[2-9A-Z]{6}/.exec(await part(page, 'dispute-number').innerText())?.[0];
    expect(number).toBeDefined();
    await open('/cabinet/access');
    expect(await part(page, 'access-log').innerText()).toContain(number);
  });

  it('EQ-07: the registry of guardianship is asked anew, and its silence is said', async () => {
    const { page } = window;
    await open('/cabinet/wards');
    await look('wards');
    await press(page, 'ask-registry');
    expect(page.url()).toContain('said=answered');
    await setRegistry(world, 'guardianship', 'error');
    await world.move(2);
    await press(page, 'ask-registry');
    expect(page.url()).toContain('said=silent');
    await look('registry silent');
    await setRegistry(world, 'guardianship', 'none');
  });

  it('EQ-16: the history of consents is shown, with what a withdrawal does', async () => {
    const { page } = window;
    await open('/cabinet/consents');
    await look('consents');
    await press(page, 'withdraw-consent');
    await look('withdrawn');
    const kinds = await page
      .locator('[data-testid=consent-history] [data-kind]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-kind')));
    expect(kinds).toEqual(['withdrawn', 'given']);
  });

  it('U01, U04, U06: every page of it is sound', () => {
    expect(looked).toEqual([]);
    expect(window.complaints).toEqual([]);
  });
});
