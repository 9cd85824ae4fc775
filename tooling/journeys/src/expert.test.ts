import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '@mse/domain/shared';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { type ExpertPart, partsOfForm, sendRemoteForm } from './steps/remote-case.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, setEgovMobile, setNcalayer } from './steps/simulators.ts';
import { signInStaff } from './steps/staff.ts';
import { openWorld, until, type World } from './steps/world.ts';

describe('the expert’s desk', () => {
  let world: World;
  const windows: Window[] = [];
  let person: Awaited<ReturnType<typeof sendRemoteForm>>['person'];
  let parts: ExpertPart[];
  let others: ExpertPart[];

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    const sent = [await sendRemoteForm(world), await sendRemoteForm(world)];
    person = sent[0]?.person ?? fail();
    parts = await partsOfForm(world, sent[0]?.formId ?? '');
    others = await partsOfForm(world, sent[1]?.formId ?? '');
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  const fail = (): never => {
    throw new Error('There is no such part');
  };
  /** A window of an expert who has signed in. */
  async function expertWindow(
    { expertIin }: ExpertPart,
    way: { language: Language; width?: number; scripts?: boolean },
  ): Promise<Window> {
    const window = await openSignedIn(world, 'admin', await signInStaffOverApi(world, expertIin), way);
    windows.push(window);
    return window;
  }
  const looksWell = async ({ page }: Window, language: Language) =>
    expect(await checkPage(page, { language, target: 24, names: [person.surname, person.iin] })).toEqual([]);
  /** T16: nothing the page holds names the person. */
  const namesNobody = async ({ page }: Window) => {
    // The expert may bear a name of the person's; their own stands in the frame of the page and in its data.
    const own = await page.locator('nav.account > span > span').first().textContent();
    expect(own).toMatch(/\p{L}+ \p{L}+/u);
    const html = (await page.content()).replaceAll(own ?? '', '');
    const marks = {
      iin: person.iin,
      surname: person.surname,
      name: person.name,
      phone: person.phone.slice(2),
      id: person.id,
    };
    const found = Object.entries(marks).filter(([, mark]) => html.includes(mark));
    expect(found.map(([kind]) => kind)).toEqual([]);
  };
  const decisionOf = ({ assignmentId }: ExpertPart) =>
    world.sql<{ kind: string; text: string; outcome: string | null }[]>`
      select content ->> 'kind' as kind, text, content #>> '{conclusion,disability,outcome}' as outcome from decision where assignment_id = ${assignmentId}`;

  it('X01–X05: an expert signs in, opens a case, reads its pages, decides and signs by NCALayer, in Kazakh at 320 px', async () => {
    const own = parts[0] ?? fail();
    const window = await openWindow({ language: 'kk', width: 320 });
    windows.push(window);
    const { page } = window;
    await signInStaff(world, page, own.expertIin, 'kk');
    // An expert who heads a department may have other pages before this one.
    await go(page, `${world.at.admin}/kk/cases`);
    expect(await part(page, 'work-list').innerText()).toContain(own.caseCode);
    await looksWell(window, 'kk');

    await leave(page, () => page.getByRole('link', { name: own.caseCode }).click());
    expect(await page.locator('h1').innerText()).toContain(own.caseCode);
    await looksWell(window, 'kk');
    await namesNobody(window);

    await press(page, 'open-page');
    const picture = page.locator('.paper__picture');
    await until('the picture', () =>
      picture.evaluate(
        (image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 100,
      ),
    );
    expect(await picture.getAttribute('alt')).toContain('1-файл');
    expect(await page.locator('.paper__mark').textContent()).toContain(own.expertCode);
    await looksWell(window, 'kk');
    await namesNobody(window);

    // X03: the size grows to 400 %, and the page is moved by the keyboard.
    const viewer = page.locator('#viewer');
    for (const zoom of ['150', '200', '300', '400']) {
      await viewer.focus();
      await leave(page, () => page.keyboard.press('+'));
      expect(await viewer.getAttribute('data-zoom')).toBe(zoom);
    }
    const wide = await viewer.evaluate((box) => box.scrollWidth / box.clientWidth);
    expect(wide).toBeGreaterThan(3.9);
    await viewer.focus();
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('ArrowRight');
    await until('the page moved', () => viewer.evaluate((box) => box.scrollLeft > 0));
    await leave(page, () => page.keyboard.press('i'));
    expect(await viewer.getAttribute('data-inverted')).toBe('yes');
    await leave(page, () => page.keyboard.press('PageDown'));
    expect(await page.locator('h1').innerText()).toMatch(/2-файл/);

    await go(page, `${world.at.admin}/kk/cases/${own.assignmentId}/decision`);
    await looksWell(window, 'kk');
    await leave(page, () => part(page, 'to-signing').click());
    expect(await page.locator('.error-summary').count()).toBe(1);
    await looksWell(window, 'kk');
    await page.locator('input[name=kind][value=conclusion]').check();
    await page.locator('input[name="disability.outcome"][value=group-2]').check();
    await page.locator('#disability\\.cause').selectOption('general-disease');
    await page.locator('#disability\\.term').selectOption('months-12');
    await page.locator('#diagnosis').fill('Сүт безінің қатерлі ісігі, II саты');
    await page.locator('#reasons').fill('Тұрақты, айқын бұзылыстар бар');
    // Autosave: what was written is there when the page is opened again.
    await page.locator('#autosave[data-state=saved]').waitFor();
    await go(page, `${world.at.admin}/kk/cases/${own.assignmentId}/decision`);
    expect(await page.locator('#reasons').inputValue()).toBe('Тұрақты, айқын бұзылыстар бар');
    await leave(page, () => part(page, 'to-signing').click());

    const text = (await part(page, 'signed-text').textContent()) ?? '';
    expect(text).toContain('Мүгедектік: екінші топ белгіленді');
    expect(await part(page, 'hash').innerText()).toBe(createHash('sha256').update(text).digest('hex'));
    await looksWell(window, 'kk');
    await namesNobody(window);
    // Somebody else's key is refused, and nothing is decided.
    await setNcalayer(world, { signer: (parts[1] ?? fail()).expertIin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    expect(await page.locator('.error-summary').innerText()).toContain('Басқа адамның кілтімен');
    await looksWell(window, 'kk');
    expect(await decisionOf(own)).toEqual([]);
    await setNcalayer(world, { signer: own.expertIin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    await page.waitForURL(/\/signed$/);
    await looksWell(window, 'kk');
    expect(await decisionOf(own)).toEqual([{ kind: 'conclusion', text, outcome: 'group-2' }]);
    expect(await part(page, 'sheet').count()).toBe(0);
    expect(window.complaints).toEqual([]);
  });

  it('PX-31: without JavaScript a decision of nonconformity is typed, and signed on a phone', async () => {
    const own = parts[1] ?? fail();
    const window = await expertWindow(own, { language: 'ru', width: 768, scripts: false });
    const { page } = window;
    await go(page, `${world.at.admin}/ru/cases/${own.assignmentId}`);
    await press(page, 'decide');
    await page.locator('input[name=kind][value=nonconformity]').check();
    await page.locator('input[name=kinds][value=evidence]').check();
    await press(page, 'save-draft');
    expect(await page.locator('[role=status]').first().innerText()).toContain('Черновик сохранён');
    await leave(page, () => part(page, 'to-signing').click());
    expect(await page.locator('.error-summary').innerText()).toContain('Обоснование');
    await page.locator('#reasons').fill('Нет данных, подтверждающих степень нарушения');
    await leave(page, () => part(page, 'to-signing').click());
    expect(await part(page, 'signed-text').textContent()).toContain('ЭКСПЕРТНОЕ РЕШЕНИЕ О НЕСООТВЕТСТВИИ');
    await setEgovMobile(world, { signer: own.expertIin, mode: 'auto' });
    await press(page, 'start-phone');
    expect(await part(page, 'compare-code').innerText()).toMatch(/\S{6}/);
    await looksWell(window, 'ru');
    await until('the phone has signed', async () => {
      const [row] =
        await world.sql`select from signing_request where phone_state = 'signed' and used_at is null`;
      return row;
    });
    await press(page, 'phone-signed');
    expect(await page.url()).toMatch(/\/signed$/);
    expect(await decisionOf(own)).toMatchObject([{ kind: 'nonconformity', outcome: null }]);
    expect(window.complaints).toEqual([]);
  });

  it('X04: two tabs do not overwrite each other: the later one sees what differs and decides', async () => {
    const own = parts[2] ?? fail();
    const window = await expertWindow(own, { language: 'en', scripts: false });
    const address = `${world.at.admin}/en/cases/${own.assignmentId}/decision`;
    const first = window.page;
    const second = await window.context.newPage();
    await go(first, address);
    await go(second, address);
    await first.locator('#reasons').fill('written in the first tab');
    await press(first, 'save-draft');
    await second.locator('#reasons').fill('written in the second tab');
    await press(second, 'save-draft');
    expect(await second.locator('[aria-labelledby=elsewhere]').innerText()).toContain(
      'written in the first tab',
    );
    expect(await second.locator('#reasons').inputValue()).toBe('written in the second tab');
    await looksWell({ ...window, page: second }, 'en');
    await press(second, 'save-draft');
    await go(first, address);
    expect(await first.locator('#reasons').inputValue()).toBe('written in the second tab');
  });

  it('X03: a page on which one can see who it is disappears for every expert at once', async () => {
    const [own, other] = [others[0] ?? fail(), others[1] ?? fail()];
    const window = await expertWindow(own, { language: 'ru', width: 320 });
    const { page } = window;
    await go(page, `${world.at.admin}/ru/cases/${own.assignmentId}`);
    const shown = page.locator('.case__pages a');
    const before = await shown.count();
    expect(before).toBeGreaterThan(1);
    await press(page, 'open-page');
    const hidden = page.url().split('?')[0]?.split('/').at(-1) ?? '';
    await press(page, 'report-page');
    expect(await page.locator('[role=status]').first().innerText()).toContain('Скрыто от всех экспертов');
    expect(await shown.count()).toBe(before - 1);
    await looksWell(window, 'ru');
    const theirs = await expertWindow(other, { language: 'ru' });
    expect(await go(theirs.page, `${world.at.admin}/ru/cases/${other.assignmentId}/pages/${hidden}`)).toBe(
      404,
    );
    const [incident] =
      await world.sql`select from identity_incident where assignment_id = ${own.assignmentId}`;
    expect(incident).toBeDefined();
  });

  it('X06: a case is given back with a reason and goes to another expert at once', async () => {
    const own = others[2] ?? fail();
    const window = await expertWindow(own, { language: 'kk', width: 320 });
    const { page } = window;
    await go(page, `${world.at.admin}/kk/cases/${own.assignmentId}/recusal`);
    await looksWell(window, 'kk');
    await press(page, 'recuse');
    expect(await page.locator('.error-summary').count()).toBe(1);
    await page.locator('input[name=reason][value=treated]').check();
    await press(page, 'recuse');
    expect(await page.locator('[role=status]').first().innerText()).toContain(own.caseCode);
    await looksWell(window, 'kk');
    expect(await go(page, `${world.at.admin}/kk/cases/${own.assignmentId}`)).toBe(404);
    const [next] = await world.sql<{ expertId: string }[]>`
      select expert_id as "expertId" from assignment where case_id = ${own.caseId} and state = 'open' and cause = 'recusal'`;
    expect(next?.expertId).toBeDefined();
    expect(next?.expertId).not.toBe(own.expertId);
  });

  it('T02: somebody else’s part is a page that does not exist', async () => {
    const window = await expertWindow(others[0] ?? fail(), { language: 'ru' });
    const foreign = parts[2] ?? fail();
    for (const path of ['', '/decision', '/recusal', '/signed'])
      expect(await go(window.page, `${world.at.admin}/ru/cases/${foreign.assignmentId}${path}`)).toBe(404);
  });
});
