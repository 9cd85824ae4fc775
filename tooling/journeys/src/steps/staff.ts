import type { Language } from '@mse/domain/shared';
import type { Page } from 'playwright-core';
import { setNcalayer } from './simulators.ts';
import { until, type World } from './world.ts';

/** Signs a person of staff in with the electronic signature that the NCALayer simulator gives. */
export async function signInStaff(world: World, page: Page, iin: string, language: Language): Promise<void> {
  await setNcalayer(world, { signer: iin, mode: 'auto' });
  await page.goto(`${world.at.admin}/${language}/sign-in`);
  await showText(page);
  await page.locator('main button[type=button]').first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

/** Presses the button that shows the text to be signed. */
export async function showText(page: Page): Promise<void> {
  await page.locator('form[action*="start"] button').click();
  await page.locator('pre.signed-text').waitFor();
}

export type Group = 'now' | 'waiting' | 'expected' | 'finished';

/** The rows of a group on the day page, in order. */
export function rowsOf(page: Page, group: Group): Promise<{ ticket: string; state: string }[]> {
  return page.locator(`[aria-labelledby="group-${group}"] tr[data-row]`).evaluateAll((rows) =>
    rows.map((row) => ({
      ticket: row.querySelector('.queue__ticket')?.textContent?.trim() ?? '',
      state: row.getAttribute('data-state') ?? '',
    })),
  );
}

/** Ticket numbers of a group on the day page, in order. */
export async function ticketsIn(page: Page, group: Group): Promise<string[]> {
  return (await rowsOf(page, group)).map((row) => row.ticket);
}

/** Opens the day page and waits until it lives: before that a press is sent by the browser itself. */
export async function openDay(world: World, page: Page, language: Language): Promise<void> {
  await page.goto(`${world.at.admin}/${language}/day`);
  await page.locator('.connection[data-connection=on]').waitFor();
}

/** Chooses the first room of the department for one's calls, and waits until that is remembered. */
export async function chooseRoom(page: Page): Promise<void> {
  const rooms = await page
    .locator('#room option')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  await whenRoomIsKept(page, () =>
    page.locator('#room').selectOption(rooms.find((room) => room !== '') ?? ''),
  );
}

/** Does what chooses a room, and waits until it is remembered. */
export async function whenRoomIsKept(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForResponse((response) => response.url().endsWith('?/room')), act()]);
}

/** Presses a button of a person's row and waits for the state it leads to; null when the person leaves the lists. */
export async function changeVisit(
  page: Page,
  ticket: string,
  event: string,
  state: string | null,
): Promise<void> {
  const row = page.locator('tr[data-row]', { has: page.locator('.queue__ticket', { hasText: ticket }) });
  await row.locator(`button[data-event="${event}"]`).click();
  await until(`${ticket} after "${event}"`, async () => {
    const now = await rowsOf(page, 'now');
    const found = now.find((each) => each.ticket === ticket);
    return state === null ? found === undefined : found?.state === state;
  });
}

async function find(world: World, page: Page, language: Language, query: string): Promise<void> {
  await page.goto(`${world.at.admin}/${language}/arrival`);
  await page.locator('#query').fill(query);
  await Promise.all([page.waitForNavigation(), page.locator('#query').press('Enter')]);
}

/** Marks an arrival by what was typed or scanned; what the page says then. */
export async function arrive(world: World, page: Page, language: Language, query: string): Promise<string> {
  await find(world, page, language, query);
  await Promise.all([page.waitForNavigation(), page.locator('form[action*="arrive"] button').click()]);
  return page.locator('[role=status]').first().innerText();
}

/** Puts somebody without a booking into today's live queue; what the page says then. */
export async function joinLiveQueue(
  world: World,
  page: Page,
  language: Language,
  query: string,
): Promise<string> {
  await find(world, page, language, query);
  await Promise.all([page.waitForNavigation(), page.locator('form[action*="live"] button').click()]);
  return page.locator('[role=status]').first().innerText();
}
