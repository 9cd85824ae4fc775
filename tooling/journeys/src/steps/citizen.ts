import type { Language } from '@mse/domain/shared';
import type { Page } from 'playwright-core';
import { codeOf } from './api.ts';
import type { DemoCitizen } from './people.ts';
import { lastSmsNumber, waitForSms } from './simulators.ts';
import type { World } from './world.ts';

/** A button, link or fact of a page by the name tests know it by. */
export function part(page: Page, name: string) {
  return page.getByTestId(name);
}

/** Presses something and waits until the page it leads to is there. */
export async function press(page: Page, name: string): Promise<void> {
  await leave(page, () => part(page, name).first().click());
}

/** Does something that leads to another page and waits until that page is there. */
export async function leave(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForNavigation(), act()]);
}

/** Signs in on the open sign-in page by the code of the SMS that comes. */
export async function signInBySms(
  world: World,
  page: Page,
  person: Pick<DemoCitizen, 'iin' | 'phone'>,
): Promise<void> {
  await press(page, 'sign-in-sms');
  await page.locator('#iin').fill(person.iin);
  await page.locator('#phone').fill(person.phone);
  const before = await lastSmsNumber(world, person.phone);
  await press(page, 'request-code');
  const sms = await waitForSms(world, person.phone, /\b\d{6}\b/, before);
  await page.locator('#code').fill(codeOf(sms.text));
  await press(page, 'verify-code');
}

/** Opens the sign-in page in a language and signs in. */
export async function enter(
  world: World,
  page: Page,
  person: Pick<DemoCitizen, 'iin' | 'phone'>,
  language: Language,
): Promise<void> {
  await page.goto(`${world.at.portal}/${language}/sign-in`);
  await signInBySms(world, page, person);
}

/** Agrees on the open consent page. */
export async function giveConsent(page: Page): Promise<void> {
  await page.locator('#agree').check();
  await press(page, 'give-consent');
}

/** The days and times offered on the open page, in order. */
export async function offeredTimes(page: Page): Promise<{ day: string; startsAt: string }[]> {
  const values = await page
    .locator('input[name=place]')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  return values.map((value) => {
    const [day = '', startsAt = ''] = value.split('T');
    return { day, startsAt };
  });
}

/** Chooses a day and a time on the open page, turning pages until the day is there. */
export async function chooseTime(page: Page, day: string, startsAt: string): Promise<void> {
  const choice = page.locator(`input[name=place][value="${day}T${startsAt}"]`);
  for (let pages = 0; (await choice.count()) === 0 && pages < 5; pages += 1) await press(page, 'later-days');
  await choice.check();
  await press(page, 'choose-time');
}
