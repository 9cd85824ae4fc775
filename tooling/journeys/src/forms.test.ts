import { LANGUAGES } from '@mse/domain/shared';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, bookOverApi, codeOf, consentOverApi, signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { checkFields, checkWrongAnswers, type WrongField } from './steps/form-checks.ts';
import { checkPage, checkWords } from './steps/page-checks.ts';
import { cast, type DemoCitizen, freshPerson } from './steps/people.ts';
import { makeGuardian, registerNewcomer } from './steps/newcomers.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { lastSmsNumber, resetSimulators, waitForSms } from './steps/simulators.ts';
import { openWorld, type World } from './steps/world.ts';

/** A form of the portal, what somebody may get wrong in it, and what is said then. */
interface Mistake {
  what: string;
  /** Address behind the language. */
  path: string;
  fill?: (page: Page) => Promise<void>;
  submit: string;
  wrong: WrongField[];
}

/** Wholly in one language; in the others what may differ there. */
const look: typeof checkPage = (page, options) =>
  options.language === 'kk' ? checkPage(page, options) : checkWords(page, options);

describe('forms', () => {
  let world: World;
  let nobody: Window;
  let signedIn: Window;
  let person: DemoCitizen;
  let formId: string;
  let bookingId: string;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    nobody = await openWindow();
    person = await freshPerson(world);
    formId = await sendForm(world, person);
    const token = await signInOverApi(world, person);
    const client = apiClient(world, token);
    await consentOverApi(client, 'ru');
    const { nearest } = await client.queue.freeTimes.query({ formId });
    if (!nearest) throw new Error('no time');
    bookingId = (await bookOverApi(client, formId, nearest.day, nearest.startsAt)).bookingId;
    signedIn = await openSignedIn(world, 'portal', token);
  });
  afterAll(async () => {
    await closeBrowser();
    await world?.close();
  });

  const fill = (values: Record<string, string>) => async (page: Page) => {
    for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value);
  };
  const iinAndPhone: Mistake[] = [
    {
      what: 'nothing typed',
      path: '/sign-in/sms',
      submit: 'request-code',
      fill: fill({ iin: '', phone: '' }),
      wrong: [
        { field: 'iin', kept: '' },
        { field: 'phone', kept: '' },
      ],
    },
    {
      what: 'an ИИН of eleven digits',
      path: '/sign-in/sms',
      submit: 'request-code',
      fill: fill({ iin: '90010130001', phone: '8 (701) 123-45-67' }),
      wrong: [{ field: 'iin', kept: '90010130001' }],
    },
    {
      what: 'letters as ИИН',
      path: '/sign-in/sms',
      submit: 'request-code',
      fill: fill({ iin: 'Ә<b>"', phone: '+7 701 123 45 67' }),
      wrong: [{ field: 'iin', kept: 'Ә<b>"' }],
    },
    {
      what: 'a number of another country',
      path: '/sign-in/sms',
      submit: 'request-code',
      fill: fill({ iin: '900101 300017', phone: '+49 151 12345678' }),
      wrong: [{ field: 'phone', kept: '+49 151 12345678' }],
    },
    {
      what: 'much too long a text',
      path: '/sign-in/sms',
      submit: 'request-code',
      fill: fill({ iin: '9'.repeat(500), phone: '7'.repeat(500) }),
      wrong: [
        { field: 'iin', kept: '9'.repeat(500) },
        { field: 'phone', kept: '7'.repeat(500) },
      ],
    },
  ];

  describe.each(LANGUAGES)('in language %s', (language) => {
    const sayWrong = async (page: Page, mistake: Mistake) => {
      await go(page, `${world.at.portal}/${language}${mistake.path}`);
      expect(await checkFields(page)).toEqual([]);
      await mistake.fill?.(page);
      await press(page, mistake.submit);
      expect(await checkWrongAnswers(page, language, mistake.wrong), mistake.what).toEqual([]);
    };

    it('U11: ИИН and phone: whatever is typed wrongly is said at the field and in the summary, and stays', async () => {
      for (const mistake of iinAndPhone) await sayWrong(nobody.page, mistake);
      expect(await look(nobody.page, { language, target: 44 })).toEqual([]);
    });

    it('U11: the code: empty, letters, wrong; the tries left are told', async () => {
      const { page } = nobody;
      const other = await freshPerson(world, { department: { kk: 3, ru: 4, en: 5 }[language] });
      await go(page, `${world.at.portal}/${language}/sign-in/sms`);
      await fill({ iin: other.iin, phone: other.phone })(page);
      const before = await lastSmsNumber(world, other.phone);
      await press(page, 'request-code');
      expect(await page.locator('#code').getAttribute('autocomplete')).toBe('one-time-code');
      const code = codeOf((await waitForSms(world, other.phone, /\d{6}/, before)).text);
      await press(page, 'verify-code');
      expect(await checkWrongAnswers(page, language, [{ field: 'code', kept: '' }])).toEqual([]);
      await fill({ code: '12ab' })(page);
      await press(page, 'verify-code');
      expect(await checkWrongAnswers(page, language, [{ field: 'code', kept: '12ab' }])).toEqual([]);
      await fill({ code: code === '111111' ? '222222' : '111111' })(page);
      await press(page, 'verify-code');
      expect(await checkWrongAnswers(page, language, [{ field: 'code' }])).toEqual([]);
      expect(await page.locator('.error-summary').innerText()).toContain('4');
      expect(await look(page, { language, target: 44 })).toEqual([]);
      // All right at last; spaces are forgiven.
      await fill({ code: ` ${code.slice(0, 3)} ${code.slice(3)} ` })(page);
      await press(page, 'verify-code');
      expect(new URL(page.url()).pathname).toBe(`/${language}/cabinet`);
      await page.context().clearCookies();
    });

    it('U11: consent without the tick, times without a choice, too long a reason: each says what is missing', async () => {
      const { page } = signedIn;
      const mistakes: Mistake[] = [
        {
          what: 'no time',
          path: `/bookings/${bookingId}/move`,
          fill: (open) =>
            open
              .locator('input[name=place]')
              .evaluateAll((all) => all.forEach((each) => ((each as HTMLInputElement).checked = false))),
          submit: 'choose-time',
          wrong: [{ field: 'place' }],
        },
        {
          what: 'too long a reason',
          path: `/bookings/${bookingId}/cancel`,
          fill: fill({ reason: '0'.repeat(501) }),
          submit: 'confirm-cancel',
          wrong: [{ field: 'reason', kept: '0'.repeat(501) }],
        },
      ];
      for (const mistake of mistakes) {
        await sayWrong(page, mistake);
        expect(
          await look(page, {
            language,
            target: 44,
            names: [person.surname],
          }),
          mistake.what,
        ).toEqual([]);
      }
    });
  });

  it('U11: consent without the tick is no consent', async () => {
    const other = await freshPerson(world);
    const { page, close } = await openSignedIn(world, 'portal', await signInOverApi(world, other));
    for (const language of LANGUAGES) {
      await go(page, `${world.at.portal}/${language}/cabinet/consent`);
      await press(page, 'give-consent');
      expect(await checkWrongAnswers(page, language, [{ field: 'agree' }])).toEqual([]);
    }
    const [row] = await world.sql<
      { count: number }[]
    >`select count(*)::int as count from consent_event where person_id = ${other.id}`;
    expect(row?.count).toBe(0);
    await close();
  });

  it('U11, EQ-07: a guardian of two who chooses nobody is asked whom', async () => {
    const guardian = await registerNewcomer(world, { surname: 'Екібалаева' });
    for (const surname of ['Тұңғышев', 'Кенжеев']) {
      const child = await registerNewcomer(world, { surname, birthDate: '2015-06-01', hasPhone: false });
      await makeGuardian(world, guardian, child, {
        basis: 'parent',
        validFrom: '2015-06-01',
        validUntil: null,
      });
      await sendForm(world, child, guardian);
    }
    const token = await signInOverApi(world, guardian);
    await consentOverApi(apiClient(world, token), 'kk');
    const { page, close } = await openSignedIn(world, 'portal', token);
    for (const language of LANGUAGES) {
      await go(page, `${world.at.portal}/${language}/booking`);
      expect(await page.locator('input[name=form]').count()).toBe(2);
      await press(page, 'choose-person');
      expect(await checkWrongAnswers(page, language, [{ field: 'form' }])).toEqual([]);
      expect(await look(page, { language, target: 44, names: ['Екібалаева', 'Тұңғышев'] })).toEqual([]);
    }
    await page.locator('input[name=form]').first().check();
    await press(page, 'choose-person');
    expect(await part(page, 'go-to-times').count()).toBe(1);
    await close();
  });

  it('EQ-10: a time that was taken meanwhile: the three nearest are offered, everything else is kept', async () => {
    const other = await freshPerson(world);
    const otherForm = await sendForm(world, other);
    const token = await signInOverApi(world, other);
    const client = apiClient(world, token);
    await consentOverApi(client, 'ru');
    const { page, close } = await openSignedIn(world, 'portal', token);
    await go(page, `${world.at.portal}/ru/booking/${otherForm}/time`);
    await page.locator('input[name=accessNeeds][value=wheelchair]').check();
    const wanted = await page.locator('input[name=place]:checked').inputValue();
    const [day = '', startsAt = ''] = wanted.split('T');
    await press(page, 'choose-time');
    // Others are faster until no place of this start is left.
    for (;;) {
      const rival = await freshPerson(world);
      const rivalForm = await sendForm(world, rival);
      const rivals = apiClient(world, await signInOverApi(world, rival));
      await consentOverApi(rivals, 'ru');
      const answer = await rivals.queue.bookPlace.mutate({
        formId: rivalForm,
        day,
        startsAt,
        requestKey: crypto.randomUUID(),
      });
      if (!answer.ok) break;
    }
    await press(page, 'save-booking');
    expect(await checkWrongAnswers(page, 'ru', [{ field: 'place' }])).toEqual([]);
    expect(await page.locator('input[name=place]').count()).toBe(3);
    expect(await page.locator('input[type=hidden][name=accessNeeds]').inputValue()).toBe('wheelchair');
    expect(await checkPage(page, { language: 'ru', target: 44, names: [other.surname] })).toEqual([]);
    await press(page, 'save-booking');
    const bookedId = /bookings\/([0-9a-f-]+)\/booked/.exec(page.url())?.[1] ?? '';
    const [row] = await world.sql<
      { needs: string[] }[]
    >`select access_needs as needs from booking where id = ${bookedId}`;
    expect(row?.needs).toEqual(['wheelchair']);
    await close();
  });

  it('U11: the desk: arrival without a number, and a day that is none', async () => {
    const clerk = await cast(world, 'clerk-department-1');
    const { page, close } = await openSignedIn(world, 'admin', await signInStaffOverApi(world, clerk.iin));
    for (const language of LANGUAGES) {
      await go(page, `${world.at.admin}/${language}/arrival`);
      await leave(page, () => page.locator('form[action*=find] button').click());
      expect(await checkWrongAnswers(page, language, [{ field: 'query', kept: '' }])).toEqual([]);
      expect(await look(page, { language, target: 24 })).toEqual([]);
      await go(page, `${world.at.admin}/${language}/day?day=2026-02-31`);
      expect(await page.locator('.error-summary a[href="#day"]').count()).toBe(1);
    }
    await close();
  });

  it('U15: ИИН and code can be pasted; nothing on the way in is a puzzle', async () => {
    const { page, context } = nobody;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await go(page, `${world.at.portal}/ru/sign-in/sms`);
    for (const [field, text] of [
      ['iin', '900101 300017'],
      ['phone', '8 (701) 123-45-67'],
    ] as const) {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await page.locator(`#${field}`).fill('');
      await page.locator(`#${field}`).focus();
      await page.keyboard.press('Control+V');
      expect(await page.locator(`#${field}`).inputValue()).toBe(text);
    }
    await press(page, 'request-code');
    await page.evaluate(() => navigator.clipboard.writeText('481 973'));
    await page.locator('#code').focus();
    await page.keyboard.press('Control+V');
    expect(await page.locator('#code').inputValue()).toBe('481 973');
    expect(await page.locator('iframe, canvas, main img').count()).toBe(0);
  });

  it('no form sends anything by itself or twice: a second press while the first is on its way does nothing', async () => {
    const other = await freshPerson(world);
    const { page, close } = await openSignedIn(world, 'portal', await signInOverApi(world, other));
    await sendForm(world, other);
    await go(page, `${world.at.portal}/ru/cabinet/consent`);
    await page.locator('#agree').check();
    await leave(page, () => part(page, 'give-consent').dblclick());
    const [row] = await world.sql<
      { count: number }[]
    >`select count(*)::int as count from consent_event where person_id = ${other.id}`;
    expect(row?.count).toBe(1);
    await close();
  });
});
