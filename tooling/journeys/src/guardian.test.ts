import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, bookOverApi, consentOverApi, signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { enter, giveConsent, part, press } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { checkPage } from './steps/page-checks.ts';
import { makeGuardian, type Newcomer, registerNewcomer } from './steps/newcomers.ts';
import { freshPerson } from './steps/people.ts';
import { openSignedIn } from './steps/sessions.ts';
import { resetSimulators, waitForSms } from './steps/simulators.ts';
import { daysAfter, openWorld, type World } from './steps/world.ts';

describe('guardians and strangers', () => {
  let world: World;
  let guardian: Newcomer;
  let ward: Newcomer;
  let wardForm: string;
  let window: Window;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    guardian = await registerNewcomer(world, { surname: 'Қамқорова' });
    ward = await registerNewcomer(world, { surname: 'Балапанов', birthDate: '2017-03-04', hasPhone: false });
    const today = (await world.now()).toISOString().slice(0, 10);
    await makeGuardian(world, guardian, ward, {
      basis: 'parent',
      validFrom: '2017-03-04',
      validUntil: daysAfter(today, 400),
    });
    wardForm = await sendForm(world, ward, guardian);
  });
  afterAll(async () => {
    await closeBrowser();
    await world?.close();
  });

  it('EQ-05: the ward has no phone, so SMS-1 goes to the guardian who stands in the form', async () => {
    expect((await waitForSms(world, guardian.phone, /Құрметті/)).text).toContain('тексеруден өтті');
  });

  it('EQ-07, EQ-16: the guardian signs in in her own name, agrees, and sees the ward with a step to take', async () => {
    window = await openWindow({ language: 'kk', width: 360 });
    const { page } = window;
    await enter(world, page, guardian, 'kk');
    expect(await part(page, 'person-ward').innerText()).toContain(ward.surname);
    expect(await part(page, 'person-ward').getAttribute('data-next')).toBe('give-consent');
    await go(page, `${world.at.portal}/kk/booking`);
    await giveConsent(page);
    expect(new URL(page.url()).pathname).toBe(`/kk/booking/${wardForm}`);
  });

  it('EQ-07: the guardian says once what the ward needs; it is chosen beforehand at the booking', async () => {
    const { page } = window;
    await go(page, `${world.at.portal}/kk/cabinet/wards`);
    await part(page, 'ward-needs').locator('input[value=wheelchair]').check();
    await press(page, 'save-ward-needs');
    expect(page.url()).toContain('said=saved');
    expect(
      await checkPage(page, { language: 'kk', target: 44, names: [ward.surname, guardian.surname] }),
    ).toEqual([]);
    await go(page, `${world.at.portal}/kk/booking/${wardForm}`);
  });

  it('EQ-07, EQ-10: the guardian books for the ward; the ticket is the ward’s and SMS-2 comes to the guardian', async () => {
    const { page } = window;
    await press(page, 'go-to-times');
    expect(await page.locator('input[name=accessNeeds][value=wheelchair]').isChecked()).toBe(true);
    await press(page, 'choose-time');
    expect(await page.locator('main').innerText()).toContain(ward.surname);
    await press(page, 'save-booking');
    const ticketNo = await part(page, 'ticket-number').innerText();
    expect((await waitForSms(world, guardian.phone, ticketNo)).text).toContain(
      `${ward.surname} ${ward.name}`,
    );
    const bookingId = /bookings\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
    const [row] = await world.sql<{ own: boolean; needs: string[] }[]>`
      select p.iin = ${ward.iin} as own, b.access_needs as needs from booking b join person p on p.id = b.person_id where b.id = ${bookingId}`;
    expect(row).toEqual({ own: true, needs: ['wheelchair'] });
    await press(page, 'open-ticket');
    expect(await part(page, 'ticket-initials').innerText()).toContain(ward.surname.slice(0, 1));
    expect(
      await checkPage(page, { language: 'kk', target: 44, names: [ward.surname, guardian.surname] }),
    ).toEqual([]);
    await go(page, `${world.at.portal}/kk/cabinet`);
    expect(await part(page, 'person-ward').getAttribute('data-next')).toBe('come');
  });

  it('EQ-07: the guardian cancels for the ward, too', async () => {
    const { page } = window;
    await press(page, 'open-booking');
    await press(page, 'cancel-booking');
    await press(page, 'confirm-cancel');
    expect(await part(page, 'booking-state').getAttribute('data-state')).toBe('cancelled');
    await waitForSms(world, guardian.phone, 'болдырмадыңыз');
  });

  it('EQ-07: whose guardianship has run out is told so and cannot book, not even by the address', async () => {
    const former = await registerNewcomer(world, { surname: 'Бұрынғыбаев' });
    const grown = await registerNewcomer(world, { surname: 'Ержеткенов', hasPhone: false });
    const today = (await world.now()).toISOString().slice(0, 10);
    await makeGuardian(world, former, grown, {
      basis: 'guardian',
      validFrom: '2020-01-01',
      validUntil: daysAfter(today, -1),
    });
    const formId = await sendForm(world, grown, former);
    const one = await openWindow({ language: 'kk' });
    const { page } = one;
    await enter(world, page, former, 'kk');
    expect(await part(page, 'person-ward').count()).toBe(0);
    await go(page, `${world.at.portal}/kk/booking`);
    expect(await page.locator('main').innerText()).toContain(grown.surname);
    expect(await part(page, 'go-to-times').count()).toBe(0);
    expect(await part(page, 'choose-person').count()).toBe(0);
    expect(
      await checkPage(page, { language: 'kk', target: 44, names: [grown.surname, former.surname] }),
    ).toEqual([]);
    for (const path of ['', '/time', '/check']) {
      const status = await go(page, `${world.at.portal}/kk/booking/${formId}${path}`);
      // C12 without a chosen time leads to C11, which is not found.
      expect(status).toBe(404);
    }
    await one.close();
  });

  it('T02: what belongs to somebody else reads exactly as what does not exist', async () => {
    const owner = await freshPerson(world);
    const stranger = await freshPerson(world);
    const formId = await sendForm(world, owner);
    const client = apiClient(world, await signInOverApi(world, owner));
    await consentOverApi(client, 'ru');
    const { nearest } = await client.queue.freeTimes.query({ formId });
    if (!nearest) throw new Error('no time');
    const { bookingId, ticketCode } = await bookOverApi(client, formId, nearest.day, nearest.startsAt);
    await sendForm(world, stranger);
    const token = await signInOverApi(world, stranger);
    await consentOverApi(apiClient(world, token), 'ru');
    const { page, close } = await openSignedIn(world, 'portal', token);

    const nobody = crypto.randomUUID();
    const look = async (path: string) => {
      const status = await go(page, `${world.at.portal}/ru${path}`);
      return { status, title: await page.title(), text: await page.locator('main').innerText() };
    };
    const pairs: [string, string][] = [
      [`/bookings/${bookingId}`, `/bookings/${nobody}`],
      [`/bookings/${bookingId}/booked`, `/bookings/${nobody}/booked`],
      [`/bookings/${bookingId}/move`, `/bookings/${nobody}/move`],
      [`/bookings/${bookingId}/cancel`, `/bookings/${nobody}/cancel`],
      [`/booking/${formId}`, `/booking/${nobody}`],
      [`/booking/${formId}/time`, `/booking/${nobody}/time`],
      [`/tickets/${ticketCode}`, `/tickets/${'A'.repeat(22)}`],
    ];
    for (const [foreign, missing] of pairs) {
      const answer = await look(foreign);
      expect(answer.status, foreign).toBe(404);
      expect(answer, foreign).toEqual(await look(missing));
    }
    for (const file of ['ticket.pdf', 'visit.ics']) {
      const foreign = await page.request.get(`${world.at.portal}/ru/tickets/${ticketCode}/${file}`);
      const missing = await page.request.get(`${world.at.portal}/ru/tickets/${'A'.repeat(22)}/${file}`);
      expect([foreign.status(), missing.status()]).toEqual([404, 404]);
    }
    // Forms sent by hand are no way round: neither cancelling nor moving nor booking.
    for (const [path, form] of [
      [`/bookings/${bookingId}/cancel`, { reason: '' }],
      [
        `/bookings/${bookingId}/move/check`,
        { place: `${nearest.day}T${nearest.startsAt}`, requestKey: nobody },
      ],
      [`/booking/${formId}/check`, { place: `${nearest.day}T${nearest.startsAt}`, requestKey: nobody }],
    ] as const) {
      const sent = await page.request.post(`${world.at.portal}/ru${path}`, {
        form,
        headers: { origin: world.at.portal },
      });
      expect(sent.status(), path).toBe(404);
    }
    const [row] = await world.sql<{ state: string }[]>`select state from booking where id = ${bookingId}`;
    expect(row?.state).toBe('booked');
    await close();
  });
});
