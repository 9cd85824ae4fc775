import { addMonths, plainDate, toBusinessDate } from '@mse/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, go, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, setNcalayer } from './steps/simulators.ts';
import { openWorld, type World } from './steps/world.ts';

describe('assessment and pay', () => {
  let world: World;
  let expert: Window;
  let office: Window;
  let expertIin: string;
  let officeIin: string;
  let month: string;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    expertIin = (await cast(world, 'expert')).iin;
    officeIin = (await cast(world, 'registry-admin')).iin;
    const today = toBusinessDate(await world.now());
    // A month long before the story of the demonstration, so that nobody else works with it.
    month = addMonths(plainDate(`${today.slice(0, 7)}-01`), -7);
    await world.sql`
      insert into policy (key, valid_from, value, basis, assumed) values ('payment.tariff', ${month}, '{"tenge": "1500.50"}', 'journey', true)
      on conflict do nothing`;
    await world.sql`
      insert into assessment (id, expert_id, period, from_day, method, services, counts, lines, percent, computed_at)
      select gen_random_uuid(), e.id, 'month', ${month}, 'mean-of-shares-1', 12, null,
             ${world.sql.json([{ part: 'services', counted: 12, met: 11, sharePercent: '91.67' }])}, '91.67', date_trunc('milliseconds', now())
        from expert e join person p on p.id = e.person_id where p.iin = ${expertIin} and e.excluded_on is null`;
    // The API reads policies every ten seconds.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    const token = await signInStaffOverApi(world, expertIin);
    expert = await openSignedIn(world, 'admin', token, { language: 'kk', width: 320 });
    office = await openSignedIn(world, 'admin', await signInStaffOverApi(world, officeIin), {
      language: 'ru',
      width: 1280,
    });
  });
  afterAll(async () => {
    await expert?.close();
    await office?.close();
    await closeBrowser();
    await world?.close();
  });

  const looksWell = async ({ page }: Window, language: 'kk' | 'ru') =>
    expect(await checkPage(page, { language, target: 24, names: [expertIin, officeIin] })).toEqual([]);
  const own = (page: Window['page']) =>
    page.locator('section', {
      has: page.locator('h2', { hasText: `${month.slice(5, 7)}.${month.slice(0, 4)}` }),
    });

  it('X08, AS-06: an expert reads how a month was assessed and signs it with a remark, in Kazakh at 320 px', async () => {
    const { page } = expert;
    await go(page, `${world.at.admin}/kk/my-months`);
    await looksWell(expert, 'kk');
    await own(page).locator('textarea').fill('Келісемін');
    await leave(page, () => own(page).getByTestId('sign-assessment').click());
    expect(await part(page, 'signed-text').textContent()).toContain('91.67 %');
    await looksWell(expert, 'kk');
    await setNcalayer(world, { signer: expertIin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    expect(await page.locator('[role=status]').first().innerText()).toContain('Бағаға қол қойылды');
  });

  it('PY-01, PY-03: a wrong account is told at its field; with a right one the act is formed and signed', async () => {
    const { page } = expert;
    await page.locator('#bank').fill('Халық банкі');
    await page.locator('#bic').fill('HSBKKZKX');
    await page.locator('#iban').fill('KZ00125KZT5004100100');
    await leave(page, () => page.locator('form[action*="account"] button').click());
    expect(await page.locator('.error-summary').count()).toBe(1);
    await looksWell(expert, 'kk');
    await page.locator('#iban').fill('KZ86 125K ZT50 0410 0100');
    await leave(page, () => page.locator('form[action*="account"] button').click());
    await leave(page, () => own(page).getByTestId('form-act').click());
    expect(await page.locator('main').innerText()).toContain('16506.12');
    await looksWell(expert, 'kk');
    await press(page, 'sign-act');
    await looksWell(expert, 'kk');
    await setNcalayer(world, { signer: expertIin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    expect(await page.locator('[role=status]').first().innerText()).toContain('Комитетке жіберілді');
  });

  it('PY-02, R08: the Committee accepts the act with its own signature; the sum of the month is that of its acts', async () => {
    const { page } = office;
    await go(page, `${world.at.admin}/ru/pay?month=${month}`);
    await looksWell(office, 'ru');
    await leave(page, () => page.locator('table a.target[href*="/acts/"]').first().click());
    await looksWell(office, 'ru');
    await press(page, 'sign-act');
    await setNcalayer(world, { signer: officeIin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    expect(await page.locator('[role=status]').first().innerText()).toContain('Акт принят');
    await go(page, `${world.at.admin}/ru/pay?month=${month}`);
    expect(await page.locator('main').innerText()).toContain('Сумма принятых актов: 16506.12');
    await go(page, `${world.at.admin}/ru/experts-work`);
    await looksWell(office, 'ru');
    expect(expert.complaints).toEqual([]);
    expect(office.complaints).toEqual([]);
  });
});
