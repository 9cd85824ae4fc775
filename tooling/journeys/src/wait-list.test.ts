import type { PlainDate } from '@mse/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, bookOverApi, consentOverApi, signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Way, type Window } from './steps/browser.ts';
import { enter, giveConsent, part, press } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { checkPage } from './steps/page-checks.ts';
import { type DemoCitizen, freshPerson } from './steps/people.ts';
import { resetSimulators, smsTo, waitForSms } from './steps/simulators.ts';
import { daysAfter, openWorld, until, type World } from './steps/world.ts';

const DEPARTMENT = 2;

/** Words of the offer that no other SMS has. */
const OFFERED = { ru: 'Освободилось время на освидетельствование', kk: 'Куәландыруға уақыт босады' } as const;

interface Waiter {
  way: Way & { language: 'ru' | 'kk' };
  person: DemoCitizen;
  window: Window;
  formId: string;
}

describe('waiting for a freed time', () => {
  let world: World;
  /** A day on which nothing is free any more, and who can give a place of it back. */
  let day: PlainDate;
  let holder: { client: ReturnType<typeof apiClient>; bookingId: string; startsAt: string };
  let first: Waiter;
  let second: Waiter;
  const looked: string[] = [];

  const look = async ({ window, way, person }: Waiter, name: string) => {
    const names = [person.surname, person.name, person.phone];
    for (const defect of await checkPage(window.page, { language: way.language, target: 44, names }))
      looked.push(`${name}: ${defect}`);
  };
  const waiter = async (way: Waiter['way']): Promise<Waiter> => {
    const person = await freshPerson(world, { department: DEPARTMENT, language: way.language });
    const formId = await sendForm(world, person);
    const window = await openWindow(way);
    const { page } = window;
    await enter(world, page, person, way.language);
    await go(page, `${world.at.portal}/${way.language}/cabinet/consent?next=/${way.language}/cabinet`);
    await giveConsent(page);
    return { way, person, window, formId };
  };
  /** Somebody without a browser who books a time. */
  const book = async (on: string, startsAt: string) => {
    const person = await freshPerson(world, { department: DEPARTMENT });
    const formId = await sendForm(world, person);
    const client = apiClient(world, await signInOverApi(world, person));
    await consentOverApi(client, 'ru');
    return { client, ...(await bookOverApi(client, formId, on, startsAt)), startsAt };
  };
  const join = async (who: Waiter, hour?: string) => {
    const { page } = who.window;
    await go(page, `${world.at.portal}/${who.way.language}/booking/${who.formId}/time`);
    await press(page, 'go-to-wait');
    for (const field of ['from', 'until']) await page.locator(`#${field}`).selectOption(day);
    if (hour !== undefined) await page.locator(`input[name=times][value="${hour}"]`).check();
    await look(who, `${who.way.language} subscribe`);
    await press(page, 'join-wait-list');
    expect(page.url()).toContain('/waits?said=subscribed');
  };

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    // Offers are told by day; by night everybody would wait until the morning.
    const hour = ((await world.now()).getUTCHours() + 5) % 24;
    const today = new Date((await world.now()).getTime() + 5 * 3_600_000).toISOString().slice(0, 10);
    if (hour >= 18) await world.moveTo(daysAfter(today, 1), '09:30');
    else if (hour < 8) await world.moveTo(today, '09:30');

    const [found] = await world.sql<{ day: PlainDate; free: string[] }[]>`
      select p.day::text as day, array_agg(left(p.starts_at::text, 5) order by p.starts_at) filter (where p.booking_id is null) as free
        from place p join department d on d.id = p.department_id
       where d.number = ${DEPARTMENT} and p.closed_by_trip is null
         and p.day between ${daysAfter(today, 4)}::date and ${daysAfter(today, 25)}::date
       group by p.day having count(*) filter (where p.booking_id is null) > 0
       order by count(*) filter (where p.booking_id is null), p.day limit 1`;
    if (!found) throw new Error('No day with a free place is left');
    day = found.day;
    for (const startsAt of found.free) holder = await book(day, startsAt);
    first = await waiter({ language: 'ru', scripts: false, width: 320 });
    second = await waiter({ language: 'kk', scripts: true, width: 1280 });
  }, 240_000);
  afterAll(async () => {
    for (const each of [first, second]) await each?.window.close();
    await closeBrowser();
    await world?.close();
  });

  it('EQ-09: people join the list for a day on which nothing is free, and see that they wait', async () => {
    await join(first);
    await look(first, 'waiting');
    // The second wants one hour only, the one that will become free.
    await join(second, holder.startsAt);
    expect(await part(second.window.page, 'waiting').innerText()).toContain(holder.startsAt);
    expect(await part(second.window.page, 'waiting').innerText()).toContain('1 адам');
    await go(first.window.page, `${world.at.portal}/ru/cabinet`);
    expect(await part(first.window.page, 'waiting').count()).toBe(1);
    await look(first, 'cabinet while waiting');
  });

  it('EQ-12: a booking is cancelled: who came first is offered the time in their language, the other is not', async () => {
    await holder.client.queue.cancelBooking.mutate({ bookingId: holder.bookingId });
    const sms = await waitForSms(world, first.person.phone, OFFERED.ru);
    expect(sms.text).toContain(`№ ${DEPARTMENT}`);
    const { page } = first.window;
    await go(page, `${world.at.portal}/ru/cabinet`);
    expect(await part(page, 'offer').count()).toBe(1);
    await look(first, 'cabinet with an offer');
    await go(second.window.page, `${world.at.portal}/kk/cabinet`);
    expect(await part(second.window.page, 'offer').count()).toBe(0);
    expect((await smsTo(world, second.person.phone)).filter(({ text }) => text.includes(OFFERED.kk))).toEqual(
      [],
    );
  });

  it('EQ-09: what is held is shown to nobody else', async () => {
    const { page } = second.window;
    await go(page, `${world.at.portal}/kk/booking/${second.formId}/time`);
    expect(await page.locator(`input[name=place][value^="${day}"]`).count()).toBe(0);
  });

  it('EQ-09: declined, it goes to the next, who books it with one press', async () => {
    const { page } = first.window;
    await press(page, 'decline-offer');
    expect(page.url()).toContain('/waits?said=declined');
    await look(first, 'declined');
    const { number: before } = await waitForSms(world, second.person.phone, OFFERED.kk);
    const other = second.window.page;
    await go(other, `${world.at.portal}/kk/cabinet`);
    await press(other, 'accept-offer');
    expect(other.url()).toContain('/booked');
    await look(second, 'booked from the list');
    const sms = await waitForSms(world, second.person.phone, 'мекенжайы', before);
    expect(sms.text).toContain(await part(other, 'ticket-number').innerText());
    await go(other, `${world.at.portal}/kk/waits`);
    expect(await part(other, 'waiting').count()).toBe(0);
    await look(second, 'nothing to wait for');
  });

  it('EQ-09: what was declined once is not offered to the same person again but free for all, and the list can be left', async () => {
    const [booking] = await world.sql<{ id: string }[]>`
      select id from booking where form_id = ${second.formId} and state = 'booked'`;
    const other = second.window.page;
    await go(other, `${world.at.portal}/kk/bookings/${booking?.id}/cancel`);
    await press(other, 'confirm-cancel');
    // The first comer has declined this very place once; it is offered to nobody twice and free for all.
    const place = await until(
      'the place to be free',
      async () =>
        (
          await world.sql<{ held: string | null }[]>`
            select p.held_for_form as held from place p join booking b on b.place_id = p.id
             where b.id = ${booking?.id ?? ''} and p.booking_id is null`
        )[0],
    );
    expect(place.held).toBeNull();
    const { page } = first.window;
    await go(page, `${world.at.portal}/ru/waits`);
    await press(page, 'leave-wait-list');
    expect(page.url()).toContain('/waits?said=left');
    await look(first, 'left the list');
  });

  it('U01, U04, U06: every page of it is sound', () => {
    expect(looked).toEqual([]);
    for (const { window } of [first, second]) expect(window.complaints).toEqual([]);
  });
});
