import type { PlainDate } from '@mse/domain/shared';
import { formatDateLong } from '@mse/i18n/format';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apiClient,
  bookingState,
  bookOverApi,
  consentOverApi,
  signInOverApi,
  waitForState,
} from './steps/api.ts';
import {
  browser,
  closeBrowser,
  go,
  inWords,
  openWindow,
  type Way,
  WAYS,
  type Window,
} from './steps/browser.ts';
import { chooseTime, enter, giveConsent, offeredTimes, part, press, signInBySms } from './steps/citizen.ts';
import { fillForm, type FormAnswer, sendForm, sendMessage, signForm } from './steps/clinic.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast, type DemoCitizen, freshPerson } from './steps/people.ts';
import { lastSmsNumber, resetSimulators, smsTo, waitForSms } from './steps/simulators.ts';
import {
  arrive,
  changeVisit,
  chooseRoom,
  joinLiveQueue,
  openDay,
  rowsOf,
  signInStaff,
  ticketsIn,
} from './steps/staff.ts';
import { qrOnPage, readCalendar, readPdf } from './steps/ticket-files.ts';
import { daysAfter, openWorld, until, type World } from './steps/world.ts';

const DEPARTMENT = 1;

/** What the SMS of the order say, in words that no other SMS has (annexes 1 to 4). */
const SAYS = {
  kk: {
    invited: 'медициналық құжаттарыңыз тексеруден өтті',
    booked: (date: string, time: string) => `күні ${date}, уақыты ${time}, мекенжайы`,
    cancelled: 'жазылуыңызды болдырмадыңыз',
    annulled: 'Белгіленген уақытта куәландыруға келмеуіңізге байланысты',
  },
  ru: {
    invited: 'Ваши медицинские документы прошли проверку, просим записаться на освидетельствование',
    booked: (date: string, time: string) => `дата ${date}, время ${time} по адресу`,
    cancelled: 'Вы отменили запись на освидетельствование',
    annulled: 'аннулирована в связи с Вашей неявкой на освидетельствование в назначенное время',
  },
  en: {
    invited: 'Your medical documents have passed the check; please book your examination',
    booked: (date: string, time: string) => `on ${date} at ${time}, address`,
    cancelled: 'You have cancelled your booking',
    annulled: 'annulled because you did not appear for examination at the appointed time',
  },
} as const;

/** `25.11.26`, as the order writes dates in SMS. */
const short = (day: string) => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(2, 4)}`;

/** Somebody on the journey. */
interface Traveller {
  way: Way;
  person: DemoCitizen;
  window: Window;
  formId: string;
  bookingId: string;
  ticketNo: string;
  ticketCode: string;
}

const ofPage = (page: { url(): string }, pattern: RegExp) => pattern.exec(page.url())?.[1] ?? '';

describe('from a form 031/у to a served visit', () => {
  let world: World;
  /** The day of all visits, and when who is expected. */
  let day: PlainDate;
  const startsAt = { kk: '10:00', ru: '11:00', en: '12:00' } as const;
  const missedAt = { kk: '09:00', ru: '09:00', en: '10:00' } as const;
  /** Those who come, and those who do not; by language. */
  const comers = new Map<string, Traveller>();
  const missers = new Map<string, Traveller>();
  const looked: string[] = [];
  const windows: Window[] = [];

  const traveller = (list: Map<string, Traveller>, language: string) => {
    const found = list.get(language);
    if (!found) throw new Error('This traveller did not get so far');
    return found;
  };
  const openFor = async (way: Way) => {
    const window = await openWindow(way);
    windows.push(window);
    return window;
  };
  /** Looks at the open page of a citizen; what is wrong is told at the end, so that the journey itself goes on. */
  const look = async (
    { window, way, person }: Pick<Traveller, 'window' | 'way' | 'person'>,
    name: string,
  ) => {
    const names = [person.surname, person.name, person.phone];
    for (const defect of await checkPage(window.page, { language: way.language, target: 44, names }))
      looked.push(`${inWords(way)}, ${name}: ${defect}`);
  };

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    await browser();
    const today = (await world.now()).toISOString().slice(0, 10);
    const [free] = await world.sql<{ day: PlainDate }[]>`
      select p.day::text as day from place p join department d on d.id = p.department_id
       where d.number = ${DEPARTMENT} and p.day between ${daysAfter(today, 6)} and ${daysAfter(today, 24)}
         and p.closed_by_trip is null
       group by p.day having count(p.booking_id) = 0 and count(*) = 10 order by p.day limit 1`;
    if (!free) throw new Error('No day without bookings is left');
    day = free.day;
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  describe.each(WAYS)('$language, JavaScript $scripts, $width px', (way) => {
    const { language } = way;
    let one: Traveller;

    it('IN-10, EQ-05: the clinic sends a signed form and SMS-1 invites the person to book', async () => {
      const person = await freshPerson(world, {
        department: DEPARTMENT,
        ...(language === 'en' ? {} : { language }),
      });
      const message = await signForm(world, await fillForm(world, person));
      const response = await sendMessage(world, message);
      expect(response.status).toBe(201);
      const answer = (await response.json()) as FormAnswer;
      expect(answer).toMatchObject({ messageId: message.messageId, state: 'accepted', reasons: [] });
      const again = await sendMessage(world, message);
      expect(await again.json()).toMatchObject({ state: 'accepted', formId: answer.formId });
      const invitation = await waitForSms(world, person.phone, SAYS[person.language].invited);
      expect(invitation.text).toContain(`${person.surname} ${person.name}`);
      expect((await smsTo(world, person.phone)).filter((sms) => sms.text === invitation.text)).toHaveLength(
        1,
      );
      one = {
        way,
        person,
        window: await openFor(way),
        formId: answer.formId ?? '',
        bookingId: '',
        ticketNo: '',
        ticketCode: '',
      };
    });

    it('EQ-07, EQ-16: the person signs in by the code of an SMS and agrees before anything can be booked', async () => {
      const { window, person } = one;
      const { page } = window;
      await go(page, `${world.at.portal}/${language}`);
      await look(one, 'start');
      await press(page, 'start-booking');
      await look(one, 'sign-in');
      await signInBySms(world, page, person);
      expect(page.url()).toContain(`/${language}/cabinet/consent`);
      await look(one, 'consent');
      await go(page, `${world.at.portal}/${language}/booking/${one.formId}/time`);
      const [time] = await offeredTimes(page);
      if (!time) throw new Error('No time is offered');
      await chooseTime(page, time.day, time.startsAt);
      expect(page.url(), 'without consent nobody gets to saving').toContain(`/${language}/cabinet/consent`);
      await giveConsent(page);
      expect(page.url()).toContain(`/booking/${one.formId}/check`);
      await go(page, `${world.at.portal}/${language}/cabinet`);
      await look(one, 'cabinet');
      expect(await part(page, 'person-self').getAttribute('data-next')).toBe('book');
    });

    it('the person chooses the language of the SMS', async () => {
      const { page } = one.window;
      await go(page, `${world.at.portal}/${language}/cabinet/messages`);
      await page.locator(`input[name=language][value=${language}]`).check();
      await press(page, 'save-message-language');
      await look(one, 'messages');
      expect(await page.locator(`input[name=language][value=${language}]`).isChecked()).toBe(true);
    });

    it('EQ-08, EQ-09: three checks pass, and only working days within the life of the form are offered', async () => {
      const { page } = one.window;
      await go(page, `${world.at.portal}/${language}/booking`);
      expect(page.url()).toContain(`/booking/${one.formId}`);
      const checks = page.locator('[data-testid=checks] [data-check]');
      expect(await checks.evaluateAll((all) => all.map((each) => each.getAttribute('data-state')))).toEqual([
        'passed',
        'passed',
        'passed',
      ]);
      await look(one, 'checks');
      await press(page, 'go-to-times');
      await look(one, 'times');
      const offered = await offeredTimes(page);
      while ((await part(page, 'later-days').count()) > 0) {
        await press(page, 'later-days');
        offered.push(...(await offeredTimes(page)));
      }
      const closed = await world.sql<
        { date: string; kind: string }[]
      >`select date::text as date, kind from calendar_day`;
      const kinds = new Map(closed.map((each) => [each.date, each.kind]));
      const [form] = await world.sql<
        { until: string }[]
      >`select valid_until::text as until from form_031 where id = ${one.formId}`;
      expect(offered.length).toBeGreaterThan(20);
      for (const { day: each, startsAt: start } of offered) {
        const isWeekend = [0, 6].includes(new Date(`${each}T00:00:00Z`).getUTCDay());
        expect(
          kinds.get(each) === 'working' || (!isWeekend && !kinds.has(each)),
          `${each} is a day of reception`,
        ).toBe(true);
        expect(each <= (form?.until ?? ''), `${each} is within the life of the form`).toBe(true);
        expect(['09:00', '10:00', '11:00', '12:00', '14:30']).toContain(start);
      }
      const trips = await world.sql<{ from: string; until: string }[]>`
        select t.from_day::text as from, t.until_day::text as until from business_trip t
          join department d on d.id = t.department_id where d.number = ${DEPARTMENT}`;
      for (const trip of trips)
        expect(offered.filter((each) => each.day >= trip.from && each.day <= trip.until)).toEqual([]);
    });

    it('EQ-10: the nearest time is preselected; after a look at all answers it is booked with a ticket, and SMS-2 comes', async () => {
      const { window, person, formId } = one;
      const { page } = window;
      const before = await lastSmsNumber(world, person.phone);
      await go(page, `${world.at.portal}/${language}/booking/${formId}/time`);
      const chosen = await page.locator('input[name=place]:checked').inputValue();
      const [first] = await offeredTimes(page);
      expect(chosen).toBe(`${first?.day}T${first?.startsAt}`);
      await press(page, 'choose-time');
      await look(one, 'check answers');
      const answers = await page.locator('main').innerText();
      expect(answers).toContain(formatDateLong(first?.day ?? '', language));
      expect(answers).toContain(first?.startsAt);
      await press(page, 'save-booking');
      await look(one, 'booked');
      one.bookingId = ofPage(page, /bookings\/([0-9a-f-]+)\/booked/);
      one.ticketNo = await part(page, 'ticket-number').innerText();
      expect(one.ticketNo).toMatch(/^[A-Z]-\d{3}$/);
      expect(await part(page, 'booked-when').innerText()).toContain(first?.startsAt);
      const sms = await waitForSms(
        world,
        person.phone,
        SAYS[language].booked(short(first?.day ?? ''), first?.startsAt ?? ''),
        before,
      );
      expect(sms.text).toContain(one.ticketNo);
      expect(sms.text).toContain(`№ ${DEPARTMENT}`);
    });

    it('C14: the ticket shows number, time, initials and a QR; PDF and calendar file are sound', async () => {
      const { window, person } = one;
      const { page } = window;
      await press(page, 'open-ticket');
      await look(one, 'ticket');
      one.ticketCode = ofPage(page, /tickets\/([\w-]{22})/);
      const ticket = await page.locator('main').innerText();
      expect(ticket).toContain(one.ticketNo);
      for (const secret of [person.surname, person.iin, person.phone]) expect(ticket).not.toContain(secret);
      const address = `${world.at.portal}/t/${one.ticketCode}`;
      expect(await qrOnPage(await browser(), page.locator('.ticket__qr'))).toBe(address);

      const href = await part(page, 'ticket-pdf').first().getAttribute('href');
      const file = await page.context().request.get(new URL(href ?? '', page.url()).href);
      expect(file.status()).toBe(200);
      const pdf = readPdf(await file.body());
      expect(pdf).toMatchObject({
        isTagged: true,
        showsTitle: true,
        language: `${language}-KZ`,
        qr: address,
      });
      expect(pdf.insides).toContain(
        `${{ kk: 'Талон', ru: 'Талон', en: 'Ticket' }[language]} ${one.ticketNo}`,
      );

      const calendarHref = await part(page, 'ticket-ics').first().getAttribute('href');
      const calendarFile = await page.context().request.get(new URL(calendarHref ?? '', page.url()).href);
      const calendar = readCalendar(await calendarFile.text());
      const [row] = await world.sql<
        { at: Date }[]
      >`select starts_instant as at from booking where id = ${one.bookingId}`;
      expect(calendar).toMatchObject({
        method: 'PUBLISH',
        status: 'CONFIRMED',
        alarms: ['-P3D', '-PT2H'],
        sequence: 0,
      });
      expect(calendar.start).toBe(row?.at.toISOString().replace('.000', ''));
      expect(calendar.summary).toContain(one.ticketNo);
      expect(calendar.longestLine).toBeLessThanOrEqual(75);
      expect(await calendarFile.text()).not.toMatch(/МӘС|МСЭ|медиц|medic|экспертиз|сараптама/i);

      // What the QR leads a stranger to tells nothing about the person.
      const stranger = await openFor(way);
      await go(stranger.page, address);
      expect(await part(stranger.page, 'verified-ticket').innerText()).toContain(one.ticketNo);
      expect(await stranger.page.locator('body').innerText()).not.toContain(person.surname);
      // Nobody's language is guessed: a browser without a choice of its own gets the state language.
      await look({ ...one, window: stranger, way: { ...way, language: 'kk' } }, 'check of a ticket');
      await go(stranger.page, `${world.at.portal}/${language}/tickets/${one.ticketCode}`);
      expect(stranger.page.url()).toContain('/sign-in');
    });

    it('C15: the person moves the booking: one save swaps the places, the old ticket is void', async () => {
      const { window, person } = one;
      const { page } = window;
      const before = await lastSmsNumber(world, person.phone);
      const old = one.bookingId;
      const oldCalendar = await page
        .context()
        .request.get(`${world.at.portal}/${language}/tickets/${one.ticketCode}/visit.ics`);
      await go(page, `${world.at.portal}/${language}/bookings/${old}`);
      await look(one, 'my booking');
      await press(page, 'move-booking');
      await look(one, 'move');
      await chooseTime(page, daysAfterWork(day), '14:30');
      await look(one, 'check the move');
      await press(page, 'save-move');
      one.bookingId = ofPage(page, /bookings\/([0-9a-f-]+)\/booked/);
      expect(one.bookingId).not.toBe(old);
      one.ticketNo = await part(page, 'ticket-number').innerText();
      const sms = await waitForSms(
        world,
        person.phone,
        SAYS[language].booked(short(daysAfterWork(day)), '14:30'),
        before,
      );
      expect(sms.text).toContain(one.ticketNo);
      expect([await bookingState(world, old), await bookingState(world, one.bookingId)]).toEqual([
        'moved',
        'booked',
      ]);
      await go(page, `${world.at.portal}/${language}/tickets/${one.ticketCode}`);
      expect(await part(page, 'ticket').getAttribute('data-state')).toBe('moved');
      await look(one, 'void ticket');
      const after = readCalendar(
        await (
          await page
            .context()
            .request.get(`${world.at.portal}/${language}/tickets/${one.ticketCode}/visit.ics`)
        ).text(),
      );
      const earlier = readCalendar(await oldCalendar.text());
      expect(after).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', uid: earlier.uid });
      expect(after.sequence).toBeGreaterThan(earlier.sequence);
    });

    it('EQ-12, EQ-13: a second booking is possible only after the first is cancelled; SMS-3 confirms the cancelling', async () => {
      const { window, person, formId } = one;
      const { page } = window;
      await go(page, `${world.at.portal}/${language}/booking/${formId}`);
      expect(await part(page, 'see-booking').count()).toBe(1);
      expect(await part(page, 'go-to-times').count()).toBe(0);
      await look(one, 'checks of somebody booked');
      await go(page, `${world.at.portal}/${language}/booking/${formId}/time`);
      await chooseTime(page, day, startsAt[language]);
      expect(await part(page, 'save-booking').count()).toBe(0);
      await look(one, 'booked already');

      const before = await lastSmsNumber(world, person.phone);
      const cancelled = one.bookingId;
      await go(page, `${world.at.portal}/${language}/bookings/${cancelled}`);
      await press(page, 'cancel-booking');
      await look(one, 'cancel');
      await press(page, 'confirm-cancel');
      expect(await part(page, 'booking-state').getAttribute('data-state')).toBe('cancelled');
      await look(one, 'cancelled');
      await waitForSms(world, person.phone, SAYS[language].cancelled, before);

      await press(page, 'book-again');
      await press(page, 'go-to-times');
      await chooseTime(page, day, startsAt[language]);
      await press(page, 'save-booking');
      one.bookingId = ofPage(page, /bookings\/([0-9a-f-]+)\/booked/);
      one.ticketNo = await part(page, 'ticket-number').innerText();
      await waitForSms(world, person.phone, SAYS[language].booked(short(day), startsAt[language]), before);
      await press(page, 'open-ticket');
      one.ticketCode = ofPage(page, /tickets\/([\w-]{22})/);
      await go(page, `${world.at.portal}/${language}/cabinet`);
      expect(await part(page, 'person-self').getAttribute('data-next')).toBe('come');
      await look(one, 'cabinet of somebody booked');
      await go(page, `${world.at.portal}/${language}/cabinet/messages`);
      const templates = await page
        .locator('[data-testid=messages] > li')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-template')));
      expect(templates).toEqual(['sms-2', 'sms-3', 'sms-2', 'sms-2', 'sms-1']);
      await look(one, 'all messages');
      comers.set(language, one);
    });

    it('a second person books the same day and will not come', async () => {
      const person = await freshPerson(world, {
        department: DEPARTMENT,
        ...(language === 'en' ? {} : { language }),
      });
      const formId = await sendForm(world, person);
      const client = apiClient(world, await signInOverApi(world, person, language), language);
      await consentOverApi(client, language);
      await client.identity.setLanguage.mutate({ language });
      const booked = await bookOverApi(client, formId, day, missedAt[language]);
      await waitForSms(world, person.phone, SAYS[language].booked(short(day), missedAt[language]));
      missers.set(language, { way, person, window: await openFor(way), formId, ...booked });
    });
  });

  it('EQ-11: three calendar days before the visit SMS-2 goes out again to everybody in the queue', async () => {
    const everybody = [...comers.values(), ...missers.values()];
    expect(everybody).toHaveLength(6);
    const before = new Map<string, number>();
    for (const { person } of everybody) before.set(person.id, await lastSmsNumber(world, person.phone));
    await world.moveTo(daysAfter(day, -3), '10:00');
    for (const { person, way, ticketNo } of everybody) {
      const time = [...comers.values()].some((each) => each.person === person)
        ? startsAt[way.language]
        : missedAt[way.language];
      const sms = await waitForSms(
        world,
        person.phone,
        SAYS[way.language].booked(short(day), time),
        before.get(person.id),
      );
      expect(sms.text).toContain(ticketNo);
      expect(
        (await smsTo(world, person.phone)).filter((each) => each.number > (before.get(person.id) ?? 0)),
      ).toHaveLength(1);
    }
  });

  describe('the day', () => {
    let clerk: Window;
    let colleague: Window;
    const ticketsOf = (list: Map<string, Traveller>) =>
      WAYS.map((way) => traveller(list, way.language).ticketNo);

    it('K01: two clerks sign in with their keys through NCALayer and see everybody expected, in order of time', async () => {
      await world.moveTo(day, '08:50');
      clerk = await openFor({ language: 'kk', scripts: true, width: 1280 });
      colleague = await openFor({ language: 'ru', scripts: true, width: 1280 });
      await signInStaff(world, clerk.page, (await cast(world, 'clerk-department-1')).iin, 'kk');
      await openDay(world, clerk.page, 'kk');
      await signInStaff(world, colleague.page, (await cast(world, 'head-department-1')).iin, 'ru');
      await openDay(world, colleague.page, 'ru');
      const [kk, ru, en] = ticketsOf(missers);
      const [first, second, third] = ticketsOf(comers);
      const expected = await ticketsIn(clerk.page, 'expected');
      expect(expected.slice(0, 2).toSorted()).toEqual([kk, ru].toSorted());
      expect(expected.slice(2, 4).toSorted()).toEqual([en, first].toSorted());
      expect(expected.slice(4)).toEqual([second, third]);
      expect(await ticketsIn(colleague.page, 'expected')).toEqual(expected);
      await colleague.page.evaluate(() => Object.assign(window, { neverReloaded: true }));
      await chooseRoom(clerk.page);
    });

    it('K02, EQ-14: a person arrives by ticket number, by QR or by ИИН; the other clerk sees it without a reload', async () => {
      await world.moveTo(day, '09:00');
      const [kk, ru, en] = WAYS.map((way) => traveller(comers, way.language));
      if (!kk || !ru || !en) throw new Error('somebody is missing');
      expect(await arrive(world, clerk.page, 'kk', kk.ticketNo)).toContain(kk.ticketNo);
      await until('the first arrival on the other screen', async () =>
        (await ticketsIn(colleague.page, 'waiting')).includes(kk.ticketNo),
      );
      await world.moveTo(day, '09:10');
      expect(await arrive(world, clerk.page, 'kk', `${world.at.portal}/t/${ru.ticketCode}`)).toContain(
        ru.ticketNo,
      );
      expect(await arrive(world, clerk.page, 'kk', en.person.iin)).toContain(en.ticketNo);
      await until(
        'all arrivals on the other screen',
        async () => (await ticketsIn(colleague.page, 'waiting')).length === 3,
      );
      expect(await ticketsIn(colleague.page, 'waiting')).toEqual([kk.ticketNo, ru.ticketNo, en.ticketNo]);
      expect(await colleague.page.evaluate(() => 'neverReloaded' in window)).toBe(true);
      expect(await bookingState(world, kk.bookingId)).toBe('arrived');
    });

    it('EQ-14: at +13 minutes the others are still expected; at +15:01 they are annulled and SMS-4 comes', async () => {
      await world.moveTo(day, '09:12');
      const late = (['kk', 'ru'] as const).map((language) => traveller(missers, language));
      for (const { bookingId } of late) expect(await bookingState(world, bookingId)).toBe('booked');
      const before = new Map<string, number>();
      for (const { person } of late) before.set(person.id, await lastSmsNumber(world, person.phone));
      await openDay(world, clerk.page, 'kk');
      await world.moveTo(day, '09:15');
      for (const { bookingId, person, way } of late) {
        await waitForState(world, bookingId, 'annulled');
        await waitForSms(world, person.phone, SAYS[way.language].annulled, before.get(person.id));
      }
      expect(await bookingState(world, traveller(missers, 'en').bookingId)).toBe('booked');
      await until(
        'the annulment on the screens',
        async () => (await ticketsIn(colleague.page, 'expected')).length === 1,
      );
      expect(await colleague.page.evaluate(() => 'neverReloaded' in window)).toBe(true);
    });

    it.each(['kk', 'ru'] as const)(
      'C17, EQ-15: who came too late reads why, and what can be done today (%s)',
      async (language) => {
        const one = traveller(missers, language);
        const { page } = one.window;
        await enter(world, page, one.person, language);
        await press(page, 'open-booking');
        expect(await part(page, 'booking-state').getAttribute('data-state')).toBe('annulled');
        expect(await part(page, 'live-queue').innerText()).not.toBe('');
        expect(await part(page, 'book-again').count()).toBe(1);
        await look(one, 'annulled');
        await go(page, `${world.at.portal}/${language}/tickets/${one.ticketCode}`);
        expect(await page.locator('.ticket__qr').count()).toBe(0);
        await look(one, 'annulled ticket');
      },
    );

    it('EQ-15: who was late joins the live queue and stands behind everybody with a booking', async () => {
      const late = (['kk', 'ru'] as const).map((language) => traveller(missers, language));
      for (const { person } of late)
        expect(await joinLiveQueue(world, clerk.page, 'kk', person.iin)).toMatch(/L-\d{3}/);
      await until(
        'the live queue on the other screen',
        async () => (await ticketsIn(colleague.page, 'waiting')).length === 5,
      );
      const waiting = await ticketsIn(colleague.page, 'waiting');
      expect(waiting.slice(0, 3)).toEqual(ticketsOf(comers));
      expect(waiting.slice(3).every((ticket) => ticket.startsWith('L-'))).toBe(true);
    });

    it('K01: calling, calling again, in service, done: each step shows on the other screen at once; the live queue is called last', async () => {
      await openDay(world, clerk.page, 'kk');
      const called: string[] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const next = (await ticketsIn(clerk.page, 'waiting'))[0] ?? '';
        await clerk.page.locator('#call-next').click();
        await until('the call', async () =>
          (await rowsOf(clerk.page, 'now')).some((row) => row.ticket === next && row.state === 'called'),
        );
        called.push(next);
        if (turn === 0) {
          await until('the call on the other screen', async () =>
            (await rowsOf(colleague.page, 'now')).some(
              (row) => row.ticket === next && row.state === 'called',
            ),
          );
          await changeVisit(clerk.page, next, 'recall', 'called');
        }
        await changeVisit(clerk.page, next, 'start', 'in-service');
        await changeVisit(clerk.page, next, 'finish', null);
      }
      expect(called.slice(0, 3)).toEqual(ticketsOf(comers));
      expect(called[3]).toMatch(/^L-/);
      await until(
        'the end on the other screen',
        async () => (await ticketsIn(colleague.page, 'waiting')).length === 1,
      );
      expect(await colleague.page.evaluate(() => 'neverReloaded' in window)).toBe(true);
      for (const each of comers.values()) expect(await bookingState(world, each.bookingId)).toBe('served');
      const [form] = await world.sql<
        { state: string }[]
      >`select state from form_031 where id = ${traveller(comers, 'kk').formId}`;
      expect(form?.state).toBe('served');
      const [visit] = await world.sql<{ calls: number }[]>`
        select calls::int as calls from visit where booking_id = ${traveller(comers, 'kk').bookingId}`;
      expect(visit?.calls).toBe(2);
    });

    it('the served person sees that the examination took place', async () => {
      const one = traveller(comers, 'kk');
      const { page } = one.window;
      await go(page, `${world.at.portal}/kk/cabinet`);
      expect(page.url(), 'the session ended long ago').toContain('/sign-in');
      await signInBySms(world, page, one.person);
      expect(await part(page, 'person-self').getAttribute('data-next')).toBe('served');
      await look(one, 'cabinet of somebody served');
    });

    it('EQ-14, EQ-15: the last one is annulled by her own time, reads it in her language and books again', async () => {
      const one = traveller(missers, 'en');
      const { page } = one.window;
      const before = await lastSmsNumber(world, one.person.phone);
      await world.moveTo(day, '10:15');
      await waitForState(world, one.bookingId, 'annulled');
      await waitForSms(world, one.person.phone, SAYS.en.annulled, before);
      await enter(world, page, one.person, 'en');
      expect(await part(page, 'person-self').getAttribute('data-next')).toBe('book-again');
      await press(page, 'open-booking');
      await look(one, 'annulled');
      await press(page, 'book-again');
      await press(page, 'go-to-times');
      await press(page, 'choose-time');
      await press(page, 'save-booking');
      expect(await part(page, 'ticket-number').innerText()).toMatch(/^[A-Z]-\d{3}$/);
    });

    it('T13: a desk left alone for 15 minutes is signed out and says so', async () => {
      await until('the end of the session', async () => {
        await clerk.page.reload();
        return clerk.page.url().includes('/sign-in');
      });
      expect(await clerk.page.locator('main').innerText()).not.toBe('');
    });
  });

  it('U01, U04, U06, U09, U10: every page of the journey is sound, with and without JavaScript, down to 320 px', () => {
    expect(looked).toEqual([]);
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});

/** A day soon after another one that is no weekend. */
function daysAfterWork(day: string): PlainDate {
  for (let days = 1; ; days += 1) {
    const next = daysAfter(day, days);
    if (![0, 6].includes(new Date(`${next}T00:00:00Z`).getUTCDay())) return next;
  }
}
