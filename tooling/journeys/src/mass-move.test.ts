import { toBusinessDate } from '@mse/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, bookingState, bookOverApi, consentOverApi, signInOverApi } from './steps/api.ts';
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
import { sendForm } from './steps/clinic.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast, type DemoCitizen, freshPerson } from './steps/people.ts';
import { resetSimulators, waitForSms } from './steps/simulators.ts';
import { signInStaff } from './steps/staff.ts';
import { daysAfter, openWorld, until, type World } from './steps/world.ts';

/** Words of the SMS about a new time that no other SMS has. */
const MOVED = { kk: 'күні қабылдамайды', ru: 'не принимает, поэтому', en: 'receives nobody on' } as const;

describe('a department closes for a day', () => {
  let world: World;
  const windows: Window[] = [];
  const looked: string[] = [];
  const taken = new Set<string>();

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    await browser();
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  /** A future day of department 1 on which nobody is booked and nothing is closed. */
  async function quietDay(): Promise<string> {
    const today = toBusinessDate(await world.now());
    const days = await world.sql<{ day: string }[]>`
      select p.day::text as day from place p join department d on d.id = p.department_id
       where d.number = 1 and p.day between ${daysAfter(today, 5)} and ${daysAfter(today, 25)}
       group by p.day having count(p.booking_id) = 0 and count(p.closed_by_trip) = 0 order by p.day`;
    const day = days.map((row) => row.day).find((each) => !taken.has(each));
    if (!day) throw new Error('No quiet day is left in department 1');
    taken.add(day);
    return day;
  }

  /** Somebody booked on a day; how their language, number and form are can be chosen. */
  async function bookedPerson(
    way: Way,
    day: string,
    startsAt: string,
  ): Promise<DemoCitizen & { bookingId: string }> {
    const person = await freshPerson(world, { department: 1 });
    const formId = await sendForm(world, person);
    const client = apiClient(world, await signInOverApi(world, person, way.language), way.language);
    await client.identity.setLanguage.mutate({ language: way.language });
    await consentOverApi(client, way.language);
    const booking = await bookOverApi(client, formId, day, startsAt);
    return { ...person, bookingId: booking.bookingId };
  }

  it.each(WAYS)(
    'K06, K08, EQ-03, EQ-06, EQ-09: in $language at $width px the head sees who is in the way, closes the day, and everybody gets a new time and a message',
    async (way) => {
      const day = await quietDay();
      const person = await bookedPerson(way, day, '10:00');
      const head = await cast(world, 'head-department-1');
      // Signing needs scripts; the rest of the way is then made as it is meant.
      const signing = await openWindow({ ...way, scripts: true });
      windows.push(signing);
      await signInStaff(world, signing.page, head.iin, way.language);
      const window = await openWindow(way);
      windows.push(window);
      await window.context.addCookies(await signing.context.cookies());
      const { page } = window;
      const look = async (name: string) => {
        const names = [person.surname, person.phone];
        for (const defect of await checkPage(page, {
          language: way.language,
          target: way.width < 1024 ? 44 : 24,
          names,
        }))
          looked.push(`${inWords(way)}, ${name}: ${defect}`);
      };

      expect(await go(page, `${world.at.admin}/${way.language}/closures?day=${day}`)).toBe(200);
      await look('week');
      const row = page.locator(`tr[data-day="${day}"]`);
      expect(await row.getAttribute('data-state')).toBe('reception');
      await row.locator('a[href*="/closures/new"]').click();
      await page.locator('#reason').waitFor();

      // Nothing chosen yet: each field says what it lacks.
      await page.locator('form[action*="preview"] button').click();
      await page.locator('#error-summary').waitFor();
      await look('form with errors');
      expect(await page.locator('#from').inputValue()).toBe(day);
      await page.locator('input[name=kind][value=closed]').check();
      await page.locator('#reason').fill('Апат');
      await page.locator('form[action*="preview"] button').click();
      await page.locator('form[action*="save"]').waitFor();
      await look('preview');
      expect(await page.locator('.cards tbody tr').count()).toBe(1);
      expect(await page.locator('main').innerText()).not.toContain(person.surname);

      await page.locator('form[action*="save"] button').click();
      await page.waitForURL(/\/mass-move\/[0-9a-f-]+$/);
      await until('the end of the mass move', async () => {
        if (!way.scripts) await page.reload();
        return (await page.locator('[data-count=moved]').innerText()) === '1';
      });
      await page.reload();
      await look('mass move');
      expect(await page.locator('tr[data-item=moved]').count()).toBe(1);
      expect(await bookingState(world, person.bookingId)).toBe('moved');
      const sms = await waitForSms(world, person.phone, MOVED[way.language]);
      const [fresh] = await world.sql<{ ticket: string; day: string }[]>`
        select ticket_no as ticket, day::text as day from booking where moved_from = ${person.bookingId} and state = 'booked'`;
      expect(sms.text).toContain(fresh?.ticket);
      expect(fresh && fresh.day > day).toBe(true);

      await go(page, `${world.at.admin}/${way.language}/mass-move`);
      await look('list of mass moves');
      await go(page, `${world.at.admin}/${way.language}/closures?day=${day}`);
      await look('week with a closed day');
      expect(await row.getAttribute('data-state')).toBe('closed');
      await row.locator('a[href*="/closures/"]').click();
      await page.locator('form[action*="takeBack"]').waitFor();
      await look('closure');
      await page.locator('form[action*="takeBack"] button').click();
      await page.locator('[role=status]').first().waitFor();
      await go(page, `${world.at.admin}/${way.language}/closures?day=${day}`);
      expect(await row.getAttribute('data-state')).toBe('reception');
      expect(window.complaints).toEqual([]);
    },
  );

  it('K06: a day in the past is refused with words, and what was typed stays', async () => {
    const head = await cast(world, 'head-department-1');
    const window = await openWindow({ language: 'ru' });
    windows.push(window);
    const { page } = window;
    await signInStaff(world, page, head.iin, 'ru');
    const yesterday = daysAfter(toBusinessDate(await world.now()), -1);
    await go(page, `${world.at.admin}/ru/closures/new?from=${yesterday}&until=${yesterday}`);
    await page.locator('input[name=kind][value=trip]').check();
    await page.locator('#reason').fill('Выездная комиссия');
    await page.locator('form[action*="preview"] button').click();
    await page.locator('[role=alert]').waitFor();
    expect(await page.locator('[role=alert]').innerText()).toContain('Прошедший день закрыть нельзя');
    expect(await page.locator('#reason').inputValue()).toBe('Выездная комиссия');
    expect(await page.locator('#from').inputValue()).toBe(yesterday);
  });

  it('U10: every page of closures and mass moves is whole: axe, languages, reflow, targets', () => {
    expect(looked).toEqual([]);
  });
});
