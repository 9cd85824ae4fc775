import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { type DemoCitizen, freshSigner } from './steps/people.ts';
import { openSignedIn, signInCitizenByKey } from './steps/sessions.ts';
import { resetSimulators, setEgovMobile } from './steps/simulators.ts';
import { openWorld, type World } from './steps/world.ts';

/** C05: the portal in one browser, eGov Mobile on a phone: here a page of the simulators. */
describe('signing in with eGov Mobile', () => {
  let world: World;
  let person: DemoCitizen;
  let phone: Window;
  const windows: Window[] = [];
  const looked: string[] = [];

  const keep = (window: Window) => {
    windows.push(window);
    return window;
  };
  const look = async (page: Page, language: 'kk' | 'ru', name: string) => {
    const names = [person.surname, person.name, person.phone];
    for (const defect of await checkPage(page, { language, target: 44, names }))
      looked.push(`${name}: ${defect}`);
  };
  const codeOn = async (page: Page) => (await part(page, 'compare-code').innerText()).trim();
  const linkOn = async (page: Page) => (await part(page, 'signing-link').getAttribute('href')) ?? '';
  /** The phone scans the QR or follows the link, and shows what is asked. */
  const scan = async (link: string): Promise<string> => {
    await phone.page.goto(link);
    return phone.page.locator('main').innerText();
  };
  const sign = () =>
    leave(phone.page, () =>
      phone.page.locator('li', { hasText: person.iin }).locator('button[name=signer]').click(),
    );

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    person = await freshSigner(world);
    phone = keep(await openWindow({ language: 'ru', width: 360 }));
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  it('C05, T12: QR, link and code to compare; the phone shows the same code and text, and the open page goes on by itself', async () => {
    const { page } = keep(await openWindow({ language: 'kk', width: 320 }));
    await go(page, `${world.at.portal}/kk/sign-in`);
    await press(page, 'sign-in-mobile');
    await look(page, 'kk', 'waiting');
    const [code, link] = [await codeOn(page), await linkOn(page)];
    expect(
      await page.locator('img.ticket__qr').evaluate((image) => (image as HTMLImageElement).naturalWidth),
    ).toBeGreaterThan(0);
    // Coming back to the page shows the same signing.
    await page.reload();
    expect([await codeOn(page), await linkOn(page)]).toEqual([code, link]);
    const shown = await scan(link);
    expect(shown).toContain(code);
    const text = (await part(page, 'signed-text').textContent()) ?? '';
    expect(shown.replace(/\s+/g, ' ')).toContain(text.trim().replace(/\s+/g, ' '));
    await page.locator('#mobile-signing-status[data-state=seen]').waitFor();
    await sign();
    await page.waitForURL((url) => url.pathname === '/kk/cabinet');
    expect(page.url()).not.toContain(person.iin);
  });

  it('C05: without JavaScript the button asks, and says what is still missing', async () => {
    const { page } = keep(await openWindow({ language: 'ru', scripts: false, width: 320 }));
    await go(page, `${world.at.portal}/ru/sign-in/mobile`);
    await press(page, 'mobile-signed');
    await page.locator('#error-summary').waitFor();
    await look(page, 'ru', 'not signed yet');
    const code = await codeOn(page);
    await scan(await linkOn(page));
    await press(page, 'mobile-signed');
    expect(await codeOn(page)).toBe(code);
    await sign();
    await press(page, 'mobile-signed');
    expect(new URL(page.url()).pathname).toBe('/ru/cabinet');
  });

  it('C05, T12: a signing of one browser opens nothing in another; refused on the phone and run out of time, a new code is given', async () => {
    const { page } = keep(await openWindow({ language: 'ru', width: 1280 }));
    const stranger = keep(await openWindow({ language: 'ru', scripts: false }));
    await go(page, `${world.at.portal}/ru/sign-in/mobile`);
    const first = await codeOn(page);
    await scan(await linkOn(page));
    await leave(phone.page, () => phone.page.locator('button.second[name=request]').click());
    await page.waitForURL((url) => url.searchParams.get('refused') === 'declined');
    await look(page, 'ru', 'declined');
    const second = await codeOn(page);
    expect(second).not.toBe(first);

    // Somebody else's browser has a signing of its own.
    await go(stranger.page, `${world.at.portal}/ru/sign-in/mobile`);
    await scan(await linkOn(page));
    await sign();
    await press(stranger.page, 'mobile-signed');
    expect(new URL(stranger.page.url()).pathname).toBe('/ru/sign-in/mobile');
    await page.waitForURL((url) => url.pathname === '/ru/cabinet');

    const late = await codeOn(stranger.page);
    await world.move(6);
    await press(stranger.page, 'mobile-signed');
    expect(new URL(stranger.page.url()).searchParams.get('refused')).toBe('challenge-expired');
    await look(stranger.page, 'ru', 'run out of time');
    expect(await codeOn(stranger.page)).not.toBe(late);
    const waiting = await codeOn(stranger.page);
    await press(stranger.page, 'fresh-code');
    expect(await codeOn(stranger.page)).not.toBe(waiting);
  });

  it('T13: a step that needs a signature is signed on the phone, and what was typed is still there', async () => {
    const window = keep(
      await openSignedIn(world, 'portal', await signInCitizenByKey(world, person.iin), {
        language: 'ru',
        width: 320,
      }),
    );
    const { page } = window;
    await go(page, `${world.at.portal}/ru/cabinet/profile/phone`);
    await page.locator('#phone').fill('+77000000123');
    // Meanwhile the same browser has become one that signed in by a code of an SMS.
    const weaker = await openSignedIn(world, 'portal', await signInOverApi(world, person));
    await window.context.addCookies(await weaker.context.cookies());
    await weaker.close();
    await press(page, 'send-phone-codes');
    expect(new URL(page.url()).pathname).toBe('/ru/sign-in/step-up');
    await look(page, 'ru', 'step-up');
    await press(page, 'step-up-mobile');
    await scan(await linkOn(page));
    await sign();
    await page.waitForURL((url) => url.pathname === '/ru/cabinet/profile/phone');
    expect((await page.locator('#phone').inputValue()).replace(/\D/g, '')).toBe('77000000123');
    expect(page.url()).not.toContain('77000000123');
  });

  it('T21: while eGov Mobile is silent the page says so and offers the other ways', async () => {
    const { page } = keep(await openWindow({ language: 'kk', width: 320 }));
    await setEgovMobile(world, { mode: 'down' });
    try {
      await go(page, `${world.at.portal}/kk/sign-in/mobile`);
      await look(page, 'kk', 'silent');
      expect(await part(page, 'compare-code').count()).toBe(0);
      expect(await part(page, 'use-sms').count()).toBe(1);
    } finally {
      await setEgovMobile(world, { mode: 'ask' });
    }
    await press(page, 'try-again');
    expect(await codeOn(page)).not.toBe('');
  });

  it('U01, U04, U06: every page of it is sound, and no browser complained', () => {
    expect(looked).toEqual([]);
    expect(windows.filter((window) => window !== phone).flatMap((window) => window.complaints)).toEqual([]);
  });
});
