import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { sendForm } from './steps/clinic.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { type Newcomer, registerNewcomer } from './steps/newcomers.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, setNcalayer } from './steps/simulators.ts';
import { changeVisit, chooseRoom, joinLiveQueue, openDay, signInStaff } from './steps/staff.ts';
import { openWorld, type World } from './steps/world.ts';

describe('in-person examination', () => {
  let world: World;
  let person: Newcomer;
  let clerk: Window;
  let head: Window;
  let headIin: string;
  let application: string;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    person = await registerNewcomer(world);
    await sendForm(world, person);
  });
  afterAll(async () => {
    await clerk?.close();
    await head?.close();
    await closeBrowser();
    await world?.close();
  });

  const looksWell = async ({ page }: Window, language: 'kk' | 'ru') =>
    expect(await checkPage(page, { language, target: 24, names: [person.surname, person.iin] })).toEqual([]);

  it('FF-11: a clerk opens the application of somebody in service; what is missing is named, in Kazakh at 320 px', async () => {
    clerk = await openWindow({ language: 'kk', width: 320 });
    const { page } = clerk;
    await signInStaff(world, page, (await cast(world, 'clerk-department-1')).iin, 'kk');
    const told = await joinLiveQueue(world, page, 'kk', person.iin);
    const ticket = /L-\d{3}/.exec(told)?.[0] ?? '';
    await openDay(world, page, 'kk');
    await chooseRoom(page);
    await changeVisit(page, ticket, 'call', 'called');
    await changeVisit(page, ticket, 'start', 'in-service');
    await leave(page, () => page.getByRole('link', { name: ticket }).first().click());
    await press(page, 'open-application');
    application = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await looksWell(clerk, 'kk');
    await press(page, 'accept');
    expect(await page.locator('[role=alert]').first().innerText()).toContain('Қабылдауға болмайды');
    expect(await page.locator('[aria-labelledby=check]').innerText()).toContain('амбулаториялық карта');
    await looksWell(clerk, 'kk');
  });

  it('FF-10: with its documents and the consent it is accepted', async () => {
    const { page } = clerk;
    await page.locator('[id="source.outpatient-card"]').selectOption('paper');
    await page.locator('[id="sheets.outpatient-card"]').fill('12');
    await page.locator('#first').uncheck();
    await page.locator('#consented').check();
    await press(page, 'accept');
    expect(await page.locator('[role=status]').first().innerText()).toContain('Өтініш қабылданды');
    await looksWell(clerk, 'kk');
  });

  it('PX-22: the head asks the methodology department, which answers without ever seeing a name', async () => {
    headIin = (await cast(world, 'head-department-1')).iin;
    head = await openSignedIn(world, 'admin', await signInStaffOverApi(world, headIin), {
      language: 'ru',
      width: 1280,
    });
    const { page } = head;
    await go(page, `${world.at.admin}/ru/applications/${application}`);
    const asking = page.locator('details', { has: page.locator('#question') });
    await asking.locator('summary').click();
    await page.locator('#question').fill('Верна ли группа?');
    await leave(page, () => asking.locator('button').click());
    await looksWell(head, 'ru');
    const { iin } = await cast(world, 'methodologist');
    const adviser = await openSignedIn(world, 'admin', await signInStaffOverApi(world, iin), {
      language: 'kk',
      width: 320,
    });
    await go(adviser.page, `${world.at.admin}/kk/consultations`);
    await looksWell(adviser, 'kk');
    await leave(adviser.page, () => adviser.page.locator('main a.target').first().click());
    const shown = await adviser.page.content();
    for (const mark of [person.iin, person.surname]) expect(shown.includes(mark)).toBe(false);
    await looksWell(adviser, 'kk');
    await adviser.page.locator('#answer').fill('Верна');
    await leave(adviser.page, () => adviser.page.locator('main form button').click());
    expect(await adviser.page.locator('[role=status]').first().innerText()).toContain('жіберілді');
    expect(adviser.complaints).toEqual([]);
    await adviser.close();
  });

  it('PX-35: the head makes the conclusion and signs it; what is wrong stands at its field, and the act has a number', async () => {
    const { page } = head;
    await go(page, `${world.at.admin}/ru/applications/${application}`);
    await looksWell(head, 'ru');
    await press(page, 'conclude');
    await looksWell(head, 'ru');
    await press(page, 'to-sign');
    expect(await page.locator('.error-summary').count()).toBe(1);
    await looksWell(head, 'ru');
    await page.locator('input[name="disability.outcome"][value=group-3]').check();
    await page.locator('#disability\\.cause').selectOption('general-disease');
    await page.locator('#disability\\.term').selectOption('months-12');
    await page.locator('#diagnosis').fill('Клинико-экспертный диагноз');
    await page.locator('#reasons').fill('Стойкие нарушения функций');
    await press(page, 'to-sign');
    expect(await part(page, 'signed-text').textContent()).toContain(person.iin);
    await looksWell(head, 'ru');
    await setNcalayer(world, { signer: headIin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    expect(await page.locator('[role=status]').first().innerText()).toMatch(/акт № \S+/);
    await looksWell(head, 'ru');
    const [found] = await world.sql<{ basis: string; state: string }[]>`
      select c.basis, a.state from conclusion c join in_person_application a on a.form_id = c.form_id where a.id = ${application}`;
    expect(found).toEqual({ basis: 'in-person', state: 'concluded' });
  });

  it('PX-34: people invited after a mismatch stand on a page of their own', async () => {
    const { page } = clerk;
    await go(page, `${world.at.admin}/kk/invited`);
    await looksWell(clerk, 'kk');
    expect(clerk.complaints).toEqual([]);
    expect(head.complaints).toEqual([]);
  });
});
