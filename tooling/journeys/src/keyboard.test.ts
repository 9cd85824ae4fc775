import { toBusinessDate } from '@mse/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, bookOverApi, codeOf, consentOverApi, signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow } from './steps/browser.ts';
import { part } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { keyboard } from './steps/keyboard.ts';
import { cast, freshPerson } from './steps/people.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { lastSmsNumber, resetSimulators, waitForSms } from './steps/simulators.ts';
import { openDay, rowsOf, ticketsIn, whenRoomIsKept } from './steps/staff.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** Stops of the tabulator to the main act of a page, behind the skip link (U02). */
const MOST_STOPS = 12;

const button = (testId: string) => `[data-testid=${testId}]`;

describe('by keyboard alone', () => {
  let world: World;
  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
  });
  afterAll(async () => {
    await closeBrowser();
    await world?.close();
  });

  it('U02, U03, U24: a person signs in, agrees, books and cancels; the focus is never lost and always seen', async () => {
    const person = await freshPerson(world);
    await sendForm(world, person);
    const { page, close } = await openWindow({ language: 'ru', width: 768 });
    await go(page, `${world.at.portal}/ru/booking`);
    const way = keyboard(page);
    await way.reach(button('sign-in-sms'));
    await way.go('Enter');
    await way.reach('#iin');
    await way.type(person.iin);
    await way.tabTo('#phone');
    await way.type(person.phone);
    const before = await lastSmsNumber(world, person.phone);
    await way.go('Enter');
    await way.reach('#code');
    await way.type(codeOf((await waitForSms(world, person.phone, /\d{6}/, before)).text));
    await way.go('Enter');

    const signedIn = way.presses();
    await way.reach('#agree');
    await way.press('Space');
    await way.go('Enter');
    const agreed = way.presses();
    await way.reach(button('go-to-times'));
    await way.go('Enter');
    await way.reach('input[name=place]');
    await way.go('Enter');
    await way.reach(button('save-booking'));
    await way.go('Enter');
    expect(await part(page, 'ticket-number').count()).toBe(1);
    console.log(
      `U24: ${way.presses() - agreed} key presses from sign-in to the ticket (aim: 25), ${agreed - signedIn} more the first time, for the consent; ` +
        `longest way to a main act: ${Math.max(...way.ways.map((each) => each.stops))} stops`,
    );
    expect(way.presses() - agreed).toBeLessThanOrEqual(25);

    // Another time is chosen with the arrows, and the booking is given up again.
    await way.reach(button('manage-booking'));
    await way.go('Enter');
    await way.reach(button('move-booking'));
    await way.go('Enter');
    await way.reach('input[name=place]');
    const [old, next] = [
      await page.locator('input[name=place]:checked').inputValue(),
      await way.press('ArrowDown'),
    ];
    expect(next).toBeUndefined();
    expect(await page.locator('input[name=place]:checked').inputValue()).not.toBe(old);
    await way.go('Enter');
    await way.reach(button('save-move'));
    await way.go('Enter');
    await way.reach(button('manage-booking'));
    await way.go('Enter');
    await way.reach(button('cancel-booking'));
    await way.go('Enter');
    await way.reach(button('confirm-cancel'));
    await way.go('Enter');
    expect(await part(page, 'booking-state').getAttribute('data-state')).toBe('cancelled');
    expect(way.defects).toEqual([]);
    expect(way.ways.filter((each) => each.stops > MOST_STOPS)).toEqual([]);
    await close();
  });

  it('U02: the tabulator walks through a whole page and out of it again: nothing traps the focus', async () => {
    const { page, close } = await openWindow({ language: 'kk', width: 360 });
    for (const path of ['', '/sign-in', '/help']) {
      await go(page, `${world.at.portal}/kk${path}`);
      const focusable = await page
        .locator('a[href], button, input:not([type=hidden]), select, textarea, summary')
        .evaluateAll(
          (all) =>
            all.filter((each) => (each as HTMLElement).checkVisibility({ visibilityProperty: true })).length,
        );
      const seen: string[] = [];
      for (let press = 0; press < focusable + 5; press += 1) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate(() => {
          const all = [...document.querySelectorAll('*')];
          return document.activeElement === document.body
            ? 'out'
            : String(all.indexOf(document.activeElement ?? document.body));
        });
        if (here === 'out' || seen.includes(here)) break;
        seen.push(here);
      }
      expect(seen.length, `stops on ${path || 'start'}`).toBeGreaterThanOrEqual(focusable - 1);
      expect(seen.map(Number), 'the order of the page').toEqual(
        seen.map(Number).toSorted((one, other) => one - other),
      );
    }
    await close();
  });

  it('U02, K01, K02: a clerk marks an arrival, calls and receives without a mouse; the focus follows the person', async () => {
    const person = await freshPerson(world);
    const formId = await sendForm(world, person);
    const client = apiClient(world, await signInOverApi(world, person));
    await consentOverApi(client, 'ru');
    const { nearest } = await client.queue.freeTimes.query({ formId });
    if (!nearest) throw new Error('no time');
    const { ticketNo } = await bookOverApi(client, formId, nearest.day, nearest.startsAt);
    const { iin } = await cast(world, 'clerk-department-1');
    if (nearest.day > toBusinessDate(await world.now())) await world.moveTo(nearest.day, '08:50');
    const { page, close } = await openSignedIn(world, 'admin', await signInStaffOverApi(world, iin), {
      width: 1280,
    });
    await go(page, `${world.at.admin}/ru/arrival`);
    const way = keyboard(page);
    expect(await page.evaluate(() => document.activeElement?.id), 'a scanner can type at once').toBe('query');
    await way.type(ticketNo);
    await way.go('Enter');
    await way.tabTo('form[action*=arrive] button');
    await way.go('Enter');
    await openDay(world, page, 'ru');
    await until('the waiting person', async () => (await ticketsIn(page, 'waiting')).includes(ticketNo));
    await way.reach('#room');
    await whenRoomIsKept(page, () => way.press('ArrowDown'));
    await way.tabTo('#call-next');
    const next = (await ticketsIn(page, 'waiting'))[0] ?? '';
    await way.press('Enter');
    await until('the call', async () => (await rowsOf(page, 'now')).some((row) => row.ticket === next));
    const row = await until('the focus, which follows the person', async () =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row),
    );
    await way.tabTo(`tr[data-row="${row}"] button[data-event=start]`);
    await way.press('Enter');
    await until('the visit', async () =>
      (await rowsOf(page, 'now')).some((each) => each.ticket === next && each.state === 'in-service'),
    );
    await until('the focus', async () => page.evaluate(() => document.activeElement !== document.body));
    await way.tabTo(`tr[data-row="${row}"] button[data-event=finish]`);
    await way.press('Enter');
    await until('the end', async () => !(await ticketsIn(page, 'now')).includes(next));
    await until('the focus', async () => page.evaluate(() => document.activeElement !== document.body));
    expect(way.defects).toEqual([]);
    await close();
  });
});
