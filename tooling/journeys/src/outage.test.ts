import { LANGUAGES, type Language } from '@mse/domain/shared';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, consentOverApi, signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { part, press } from './steps/citizen.ts';
import { askState, fillForm, type FormAnswer, sendForm, sendMessage, signForm } from './steps/clinic.ts';
import { registerNewcomer } from './steps/newcomers.ts';
import { checkPage, checkWords } from './steps/page-checks.ts';
import { cast, freshPerson } from './steps/people.ts';
import { openSignedIn } from './steps/sessions.ts';
import {
  resetSimulators,
  revokeKeys,
  setNcalayer,
  setPki,
  setRegistry,
  setSmsCentre,
  smsTo,
  waitForSms,
} from './steps/simulators.ts';
import { showText } from './steps/staff.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** Wholly in one language; in the others what may differ there. */
const look: typeof checkPage = (page, options) =>
  options.language === 'kk' ? checkPage(page, options) : checkWords(page, options);

describe('when others fail', () => {
  let world: World;
  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
  });
  afterEach(() => resetSimulators(world));
  afterAll(async () => {
    await closeBrowser();
    await world?.close();
  });

  describe('state registries', () => {
    it.each(['error', 'garbage'] as const)(
      'IN-06: a form that arrives while the registry of persons fails (%s) waits; when it answers again the form is accepted by itself',
      async (fault) => {
        const person = await freshPerson(world);
        const message = await signForm(world, await fillForm(world, person));
        await setRegistry(world, 'persons', fault);
        const response = await sendMessage(world, message);
        expect(response.status).toBe(202);
        expect((await response.json()) as FormAnswer).toMatchObject({
          state: 'waiting',
          formId: null,
          reasons: [],
        });
        expect(await askState(world, message.messageId)).toMatchObject({ state: 'waiting' });
        expect(await smsTo(world, person.phone)).toEqual([]);
        await setRegistry(world, 'persons', 'none');
        const settled = await until(
          'the form',
          async () => {
            const answer = await askState(world, message.messageId);
            return answer.state === 'waiting' ? null : answer;
          },
          60,
        );
        expect(settled).toMatchObject({ state: 'accepted', reasons: [] });
        await waitForSms(world, person.phone, /./);
      },
      90_000,
    );

    it('IN-06: what is certainly wrong is returned at once, even while a registry is silent', async () => {
      const person = await freshPerson(world);
      const message = await signForm(world, await fillForm(world, person, { diagnosis: '', number: '' }));
      await setRegistry(world, 'persons', 'error');
      const answer = (await (await sendMessage(world, message)).json()) as FormAnswer;
      expect(answer.state).toBe('returned');
      expect(answer.reasons.map((reason) => reason.code)).toEqual(['F003', 'F008']);
    });

    it('T10: while a registry is down the answer to a code request looks the same, and nobody is told "no such person"', async () => {
      const person = await registerNewcomer(world);
      await setRegistry(world, 'all', 'error');
      const { page, close } = await openWindow({ language: 'ru' });
      await go(page, `${world.at.portal}/ru/sign-in/sms`);
      await page.locator('#iin').fill(person.iin);
      await page.locator('#phone').fill(person.phone);
      await press(page, 'request-code');
      expect(new URL(page.url()).pathname).toBe('/ru/sign-in/sms/code');
      await close();
    });
  });

  describe('the SMS centre', () => {
    it('EQ-06, EQ-10: a booking made while the centre is down counts at once; its SMS comes when the centre is back', async () => {
      const person = await freshPerson(world);
      const formId = await sendForm(world, person);
      const token = await signInOverApi(world, person);
      await consentOverApi(apiClient(world, token), 'ru');
      const { page, complaints, close } = await openSignedIn(world, 'portal', token);
      await setSmsCentre(world, { listening: false });
      await go(page, `${world.at.portal}/ru/booking/${formId}/time`);
      await press(page, 'choose-time');
      await press(page, 'save-booking');
      const ticketNo = await part(page, 'ticket-number').innerText();
      expect(await part(page, 'sms-state').getAttribute('data-state')).toMatch(/^(queued|sending|unknown)$/);
      expect(await checkPage(page, { language: 'ru', target: 44, names: [person.surname] })).toEqual([]);
      await setSmsCentre(world, { listening: true });
      expect((await waitForSms(world, person.phone, ticketNo)).text).toContain(person.surname);
      await until('the receipt on the page', async () => {
        await page.reload();
        return (await part(page, 'sms-state').getAttribute('data-state')) === 'delivered';
      });
      expect((await smsTo(world, person.phone)).filter((sms) => sms.text.includes(ticketNo))).toHaveLength(1);
      expect(complaints).toEqual([]);
      await close();
    }, 90_000);

    it('EQ-06: a message the centre cannot deliver is shown as such, with another way to know', async () => {
      const person = await freshPerson(world);
      const formId = await sendForm(world, person);
      const token = await signInOverApi(world, person);
      await consentOverApi(apiClient(world, token), 'kk');
      await setSmsCentre(world, { receipts: 'fail' });
      const { page, close } = await openSignedIn(world, 'portal', token);
      await go(page, `${world.at.portal}/kk/booking/${formId}/time`);
      await press(page, 'choose-time');
      await press(page, 'save-booking');
      await until('the bad receipt', async () => {
        await page.reload();
        return (await part(page, 'sms-state').getAttribute('data-state')) === 'undelivered';
      });
      expect(await checkPage(page, { language: 'kk', target: 44, names: [person.surname] })).toEqual([]);
      await go(page, `${world.at.portal}/kk/cabinet/messages`);
      expect(await page.locator('[data-template=sms-2]').first().getAttribute('data-state')).toBe(
        'undelivered',
      );
      await close();
    });
  });

  describe('NCALayer on the portal', () => {
    let window: Window;
    let revoked: string;
    beforeAll(async () => {
      window = await openWindow({ language: 'ru' });
      revoked = (await cast(world, 'content-editor')).iin;
      await revokeKeys(world, revoked);
    });

    const sign = async (page: Page, language: Language) => {
      await go(page, `${world.at.portal}/${language}/sign-in/signature/sign`);
      await part(page, 'sign').click();
    };
    /** The sentence that says what went wrong, once it stands there. */
    const sentence = (page: Page, state: string) =>
      until(`the state ${state}`, async () => {
        const line = page.locator('#signing-status');
        return (await line.getAttribute('data-state')) === state ? (await line.innerText()).trim() : null;
      });
    const refused = async (page: Page) => {
      await page.locator('.error-summary').waitFor();
      return (await page.locator('.error-summary li').innerText()).trim();
    };

    it('T21: absent, cancelled, broken, outdated, revoked, unknown to the revocation service: six messages in three languages, each with another way in', async () => {
      const { page } = window;
      const citizen = (await cast(world, 'citizen-annulled')).iin;
      for (const language of LANGUAGES) {
        const said: string[] = [];
        const note = async (text: string) => {
          said.push(text);
          expect(
            await page.locator(`main a[href^="/${language}/sign-in/sms"]`).count(),
            'a way in by SMS',
          ).toBeGreaterThan(0);
          expect(await look(page, { language, target: 44 })).toEqual([]);
        };
        for (const [mode, state] of [
          ['down', 'absent'],
          ['cancel', 'cancelled'],
          ['error', 'failed'],
          ['no-module', 'old'],
        ] as const) {
          await setNcalayer(world, { signer: citizen, mode });
          await sign(page, language);
          await note(await sentence(page, state));
        }
        await setNcalayer(world, { signer: revoked, mode: 'auto' });
        await sign(page, language);
        await note(await refused(page));
        await setNcalayer(world, { signer: citizen, mode: 'auto' });
        await setPki(world, { ocsp: 'error', crl: 'error' });
        await sign(page, language);
        await note(await refused(page));
        await resetSimulators(world);
        expect(new Set(said).size, said.join('\n')).toBe(6);
        expect(said.every((text) => text.length > 20)).toBe(true);
      }
    }, 90_000);

    it('after all that a good key signs in', async () => {
      const { page } = window;
      await setNcalayer(world, { signer: (await cast(world, 'citizen-no-phone')).iin, mode: 'auto' });
      await sign(page, 'ru');
      await page.waitForURL('**/ru/cabinet');
      expect(await part(page, 'greeting').innerText()).not.toBe('');
      await window.close();
    });
  });

  describe('NCALayer on the staff app', () => {
    it('T21: absent, cancelled, somebody who is no staff, a revoked key: each has a message of its own, and the page can be used again', async () => {
      const { page, close } = await openWindow({ language: 'ru' });
      const clerk = (await cast(world, 'clerk-department-2')).iin;
      const revoked = (await cast(world, 'registry-admin')).iin;
      await revokeKeys(world, revoked);
      for (const language of LANGUAGES) {
        const said: string[] = [];
        const attempt = async (change: Parameters<typeof setNcalayer>[1]) => {
          await setNcalayer(world, change);
          await go(page, `${world.at.admin}/${language}/sign-in`);
          await showText(page);
          await page.locator('main .button-row button[type=button]').click();
          const problem = page.locator('#problem');
          await problem.waitFor();
          said.push((await problem.locator('p').innerText()).trim());
          expect(await page.evaluate(() => document.activeElement?.id)).toBe('problem');
          expect(await look(page, { language, target: 24 })).toEqual([]);
        };
        await attempt({ signer: clerk, mode: 'down' });
        await attempt({ signer: clerk, mode: 'cancel' });
        await attempt({ signer: clerk, mode: 'closes' });
        await attempt({ signer: (await cast(world, 'citizen-booked')).iin, mode: 'auto' });
        await attempt({ signer: revoked, mode: 'auto' });
        expect(new Set(said).size, said.join('\n')).toBe(5);
      }
      await close();
    }, 90_000);
  });
});
