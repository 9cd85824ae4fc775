import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '@mse/domain/shared';
import { apiClient } from './steps/api.ts';
import { closeBrowser, go, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { type ExpertPart, partsOfForm, sendRemoteForm } from './steps/remote-case.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, setNcalayer } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** Where pictures go when somebody wants to look at the pages. */
const PICTURES = process.env.JOURNEY_PICTURES;

describe('around the expert’s desk', () => {
  let world: World;
  const windows: Window[] = [];
  let own: ExpertPart;

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    const { formId } = await sendRemoteForm(world);
    const [first] = await partsOfForm(world, formId);
    if (!first) throw new Error('The case was dealt to nobody');
    own = first;
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  async function staffWindow(
    iin: string,
    way: { language: Language; width?: number; scripts?: boolean },
  ): Promise<Window> {
    const window = await openSignedIn(world, 'admin', await signInStaffOverApi(world, iin), way);
    windows.push(window);
    return window;
  }
  let taken = 0;
  const looksWell = async ({ page }: Window, language: Language, name: string) => {
    if (PICTURES !== undefined) {
      mkdirSync(PICTURES, { recursive: true });
      taken += 1;
      await page.screenshot({ path: join(PICTURES, `${taken}-${name}-${language}.png`), fullPage: true });
    }
    expect(await checkPage(page, { language, target: 24, names: [] })).toEqual([]);
  };

  it('X04: without JavaScript, in Kazakh at 320 px, a phrase is added, put into the decision, changed and removed', async () => {
    const window = await staffWindow(own.expertIin, { language: 'kk', width: 320, scripts: false });
    const { page } = window;
    await go(page, `${world.at.admin}/kk/phrases`);
    await looksWell(window, 'kk', 'phrases-empty');
    await press(page, 'add-phrase');
    expect(await page.locator('.error-summary li').count()).toBe(2);
    await looksWell(window, 'kk', 'phrases-wrong');
    await page.locator('input[name=field][value=reasons]').check();
    await page.locator('#text').fill('ЖСН 850101300123');
    await press(page, 'add-phrase');
    expect(await page.locator('#text-error').innerText()).toContain('танытатын');
    await page.locator('input[name=field][value=reasons]').check();
    await page.locator('#text').fill('Тұрақты айқын бұзылыстар');
    await press(page, 'add-phrase');
    expect(await part(page, 'own-reasons').innerText()).toContain('Тұрақты айқын бұзылыстар');
    await looksWell(window, 'kk', 'phrases');

    await go(page, `${world.at.admin}/kk/cases/${own.assignmentId}/decision`);
    await page.locator('#reasons').fill('Бұрын жазылған.');
    await page.locator('#phrase-reasons').selectOption({ index: 1 });
    await press(page, 'insert-reasons');
    expect(page.url()).toMatch(/#reasons$/);
    expect(await page.locator('#reasons').inputValue()).toBe('Бұрын жазылған.\nТұрақты айқын бұзылыстар');
    await looksWell(window, 'kk', 'decision-with-phrase');
  });

  it('X04: with a script the phrase goes to the caret, by keyboard alone, and is kept by itself; in Russian at 1280 px', async () => {
    const window = await staffWindow(own.expertIin, { language: 'ru', width: 1280 });
    const { page } = window;
    await go(page, `${world.at.admin}/ru/cases/${own.assignmentId}/decision`);
    await page.locator('#reasons').fill('До. После.');
    for (let back = 0; back < 7; back += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('#reasons').inputValue()).toBe('До.\nТұрақты айқын бұзылыстар\nПосле.');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reasons');
    await page.locator('#autosave[data-state=saved]').waitFor();
    await looksWell(window, 'ru', 'decision');
    await go(page, `${world.at.admin}/ru/phrases`);
    await leave(page, () => page.locator('form[action="?/remove"] button').click());
    expect(await part(page, 'own-reasons').count()).toBe(0);
    await looksWell(window, 'ru', 'phrases');
    expect(window.complaints).toEqual([]);
  });

  it('X01, PX-25: what the expert was told by SMS stands on the desk until it was seen', async () => {
    await until('the notice', async () => {
      const [row] = await world.sql<{ count: number }[]>`
        select count(*)::int as count from expert_notice where expert_id = ${own.expertId} and seen_at is null`;
      return (row?.count ?? 0) > 0;
    });
    const window = await staffWindow(own.expertIin, { language: 'kk', width: 320 });
    const { page } = window;
    await go(page, `${world.at.admin}/kk/cases`);
    expect(await part(page, 'notices').innerText()).toContain('Сізге жаңа іс түсті');
    await looksWell(window, 'kk', 'notices');
    await leave(page, () => page.locator('form[action="?/seen"] button').click());
    expect(await part(page, 'notices').count()).toBe(0);
  });

  it('PX-41, JR-01: a control re-examination is written into annex 18, and its day is signed in the places of its signers', async () => {
    const { iin } = await cast(world, 'methodologist');
    const [act] = await world.sql<{ actNo: string }[]>`
      select act_no as "actNo" from conclusion c where not exists (select from control_call k where k.form_id = c.form_id) order by concluded_at limit 1`;
    if (!act) throw new Error('The demonstration has no conclusion');
    await apiClient(world, await signInStaffOverApi(world, iin)).control.callPerson.mutate({
      actNo: act.actNo,
      addressKk: 'Астана, Мәңгілік Ел 8',
      addressRu: 'Астана, Мангилик Ел 8',
      addressEn: 'Astana',
    });
    const window = await staffWindow(iin, { language: 'kk', width: 320 });
    const { page } = window;
    await go(page, `${world.at.admin}/kk/control`);
    await looksWell(window, 'kk', 'control');
    await leave(page, () => page.locator(`a:has-text("${act.actNo}")`).first().click());
    await press(page, 'write-result');
    expect(await page.locator('.error-summary').count()).toBe(1);
    await looksWell(window, 'kk', 'control-result-wrong');
    await page.locator('input[name=outcome][value=confirmed]').check();
    await press(page, 'write-result');
    await looksWell(window, 'kk', 'control-result');
    await press(page, 'open-protocol');
    await looksWell(window, 'kk', 'protocol');
    expect(await part(page, 'signatures').innerText()).toContain('қолы жоқ');
    await press(page, 'sign-day');
    await setNcalayer(world, { signer: iin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    await page.waitForURL(/\/journals\/[^/]+$/);
    await looksWell(window, 'kk', 'protocol-signed');
    await go(page, `${world.at.admin}/kk/common-phrases`);
    await looksWell(window, 'kk', 'common-phrases');
    const wide = await staffWindow(iin, { language: 'ru', width: 1280 });
    await go(wide.page, page.url().replace('/kk/common-phrases', '/ru/journals'));
    await looksWell(wide, 'ru', 'journals');
    expect([...window.complaints, ...wide.complaints]).toEqual([]);
  });
});
