import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { openSignedIn, signInCitizenByKey, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, setNcalayer } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** A paper as a scanner makes it. */
const PDF = Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer\n%%EOF\n');

describe('the register of experts', () => {
  let world: World;
  let doctor: { iin: string };
  let administrators: { iin: string }[];
  const windows: Window[] = [];

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    doctor = await cast(world, 'citizen-doctor');
    administrators = [
      ...(await world.sql<{ iin: string }[]>`
        select p.iin from staff_role r join person p on p.id = r.person_id where r.role = 'registry-administrator' order by r.id limit 2`),
    ];
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  const keep = (window: Window) => {
    windows.push(window);
    return window;
  };
  const citizen = async (way: { width: number; scripts?: boolean }) =>
    keep(
      await openSignedIn(world, 'portal', await signInCitizenByKey(world, doctor.iin, 'kk'), {
        language: 'kk',
        ...way,
      }),
    );
  const official = async (index: number) =>
    keep(
      await openSignedIn(
        world,
        'admin',
        await signInStaffOverApi(world, administrators[index]?.iin ?? '', 'ru'),
        { width: 1280 },
      ),
    );
  const portal = (window: Window, path: string) => go(window.page, `${world.at.portal}/kk/${path}`);
  const admin = (window: Window, path: string) => go(window.page, `${world.at.admin}/ru/${path}`);
  const looksWell = async (page: Page, language: 'kk' | 'ru', target: 24 | 44) =>
    expect(await checkPage(page, { language, target })).toEqual([]);
  /** Signs the shown text with the key of somebody. */
  const sign = async (page: Page, iin: string) => {
    await setNcalayer(world, { signer: iin, mode: 'auto' });
    await part(page, 'sign').waitFor();
    await leave(page, () => part(page, 'sign').click());
  };
  const control = async (path: string, body: object) => {
    const response = await fetch(`${world.at.simulators}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const applicationOf = async () => {
    const [row] = await world.sql<
      { id: string; state: string; test_code: string | null; expert_id: string | null }[]
    >`
      select a.id, a.state, a.test_code, a.expert_id from expert_application a join person p on p.id = a.person_id where p.iin = ${doctor.iin}`;
    if (!row) throw new Error('The doctor has no application');
    return row;
  };

  it('RG-01, RG-02: the announcement is public, in Kazakh on a phone, without a sign-in', async () => {
    const window = keep(await openWindow({ language: 'kk', width: 320 }));
    expect(await portal(window, 'experts')).toBe(200);
    await looksWell(window.page, 'kk', 44);
    await leave(window.page, () => window.page.locator('[data-state=open] a').first().click());
    await looksWell(window.page, 'kk', 44);
    expect(await window.page.locator('main').innerText()).toContain('Құжаттар тізбесі');
  });

  it('C38, RG-06, RG-07, RG-09: a doctor fills the application in on a phone without scripts, and signs it', async () => {
    const plain = await citizen({ width: 320, scripts: false });
    // The diploma is not in the register: a copy is needed.
    await control('candidates', { candidate: { iin: doctor.iin, education: [] } });
    await portal(plain, 'cabinet/experts');
    await looksWell(plain.page, 'kk', 44);
    await press(plain.page, 'start');
    await looksWell(plain.page, 'kk', 44);
    await press(plain.page, 'ask-systems');
    expect(await plain.page.locator('[data-item=diploma]').getAttribute('data-finding')).toBe('missing');

    const upload = plain.page.locator('[data-upload=diploma]');
    await upload
      .locator('input[type=file]')
      .setInputFiles({ name: 'диплом.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') });
    await leave(plain.page, () => upload.locator('button').click());
    expect(await plain.page.locator('.error-summary').innerText()).toContain('PDF, JPEG');
    await upload
      .locator('input[type=file]')
      .setInputFiles({ name: 'диплом.pdf', mimeType: 'application/pdf', buffer: PDF });
    await leave(plain.page, () => upload.locator('button').click());
    expect(await plain.page.locator('[data-item=diploma]').getAttribute('data-finding')).toBe('copy');
    await looksWell(plain.page, 'kk', 44);

    for (const index of [0, 1]) await plain.page.locator('input[name=groups]').nth(index).check();
    await plain.page.locator('#email').fill('doctor@example.kz');
    await press(plain.page, 'save-draft');
    expect(await plain.page.locator('#email').inputValue()).toBe('doctor@example.kz');
    for (const box of await plain.page.locator('input[name=confirmed]').all()) await box.check();
    await press(plain.page, 'save-draft');
    const { pathname } = new URL(plain.page.url());

    // The draft is there on another machine; signing needs the program of the computer or a phone.
    const full = await citizen({ width: 1280 });
    await full.page.goto(world.at.portal + pathname);
    await press(full.page, 'to-sign');
    expect(await part(full.page, 'signed-text').innerText()).toContain('Жалған ақпарат пен дәйексіз');
    await looksWell(full.page, 'kk', 44);
    await sign(full.page, doctor.iin);
    expect(await full.page.locator('main').innerText()).toContain('Комитет тексеруде');
    await looksWell(full.page, 'kk', 44);
  });

  it('RG-08, RG-11, RG-13: the administrator reads the copy and invites; the platform tells the result once, and a forged one never', async () => {
    const window = await official(0);
    await admin(window, 'register');
    await looksWell(window.page, 'ru', 24);
    await admin(window, 'register/applications?state=checking');
    await looksWell(window.page, 'ru', 24);
    const { id } = await applicationOf();
    await admin(window, `register/applications/${id}`);
    await looksWell(window.page, 'ru', 24);
    await press(window.page, 'invite');
    const { test_code: code } = await applicationOf();
    await until('the platform knows of the invitation', async () => {
      const response = await fetch(`${world.at.simulators}/control/skills`);
      const { invitations } = (await response.json()) as { invitations: { code: string }[] };
      return invitations.some((each) => each.code === code) || undefined;
    });
    expect(await control('skills/finish', { code, percent: '100.00', forged: true })).toMatchObject({
      body: { statuses: [401] },
    });
    expect((await applicationOf()).state).toBe('invited');
    const phone = await citizen({ width: 320 });
    await portal(phone, `cabinet/experts/${id}`);
    expect(await part(phone.page, 'to-test').getAttribute('href')).toContain(String(code));
    await looksWell(phone.page, 'kk', 44);
    expect(await control('skills/finish', { code, percent: '70.00', times: 2 })).toMatchObject({
      body: { statuses: [200, 200] },
    });
    expect((await applicationOf()).state).toBe('passed');
    await phone.page.reload();
    expect(await part(phone.page, 'tests').innerText()).toContain('70,00 %');
  });

  it('RG-20, RG-21: both sides sign the contract, and the expert is entered and found in the register', async () => {
    const window = await official(0);
    const { id } = await applicationOf();
    await admin(window, `register/applications/${id}`);
    await window.page.locator('#indicator').fill('40');
    await press(window.page, 'make-contract');
    await looksWell(window.page, 'ru', 24);
    await sign(window.page, administrators[0]?.iin ?? '');
    expect((await applicationOf()).state).toBe('contract-sent');

    const candidate = await citizen({ width: 320 });
    await portal(candidate, `cabinet/experts/${id}`);
    await looksWell(candidate.page, 'kk', 44);
    await press(candidate.page, 'to-contract');
    await sign(candidate.page, administrators[1]?.iin ?? '');
    expect(await candidate.page.locator('.error-summary').count()).toBe(1);
    expect((await applicationOf()).state).toBe('contract-sent');
    await sign(candidate.page, doctor.iin);
    expect((await applicationOf()).state).toBe('contract-signed');

    await window.page.reload();
    await admin(window, `register/applications/${id}`);
    await press(window.page, 'enter');
    const { expert_id: expertId } = await applicationOf();
    const [expert] = await world.sql<{ code: string }[]>`select code from expert where id = ${expertId}`;
    await admin(window, `register/experts?code=${expert?.code ?? ''}`);
    await looksWell(window.page, 'ru', 24);
    expect(await window.page.locator(`[data-code="${expert?.code ?? ''}"]`).count()).toBe(1);
    const csv = await window.page.request.get(
      `${world.at.admin}/ru/register/experts/export/csv?code=${expert?.code ?? ''}&state=entered`,
    );
    expect([csv.status(), (await csv.text()).includes(expert?.code ?? '?')]).toEqual([200, true]);
  });

  it('X07: the new expert reports leave and sees how many cases move before it is confirmed', async () => {
    const window = keep(
      await openSignedIn(world, 'admin', await signInStaffOverApi(world, doctor.iin, 'kk'), {
        language: 'kk',
        width: 320,
      }),
    );
    expect(await go(window.page, `${world.at.admin}/kk/absence`)).toBe(200);
    await looksWell(window.page, 'kk', 24);
    const today = await window.page.locator('#from').inputValue();
    await window.page.locator('#until').fill(today);
    await press(window.page, 'check-absence');
    expect(await part(window.page, 'affected').innerText()).toContain('0');
    await press(window.page, 'confirm-absence');
    expect(await window.page.locator('[data-state=now]').count()).toBe(1);
    await press(window.page, 'cancel-absence');
    expect(await window.page.locator('[data-state=cancelled]').count()).toBe(1);
  });

  it('RG-32, RG-34: an exclusion is proposed by one administrator and confirmed by another, who sees the effect first', async () => {
    const { expert_id: expertId } = await applicationOf();
    const [first, second] = [await official(0), await official(1)];
    await admin(first, `register/experts/${expertId ?? ''}`);
    await looksWell(first.page, 'ru', 24);
    await first.page.locator('input[name=ground][value=own-application]').check();
    await first.page.locator('#reason').fill('По заявлению');
    await press(first.page, 'propose-exclusion');
    expect(await part(first.page, 'confirm-exclusion').count()).toBe(0);
    await admin(second, 'register/exclusions');
    await looksWell(second.page, 'ru', 24);
    await admin(second, `register/experts/${expertId ?? ''}`);
    expect(await part(second.page, 'effect').getAttribute('data-parts')).toBe('0');
    await press(second.page, 'confirm-exclusion');
    expect(await part(second.page, 'excluded').count()).toBe(1);
    expect(await second.page.locator('[data-change=excluded]').count()).toBe(1);
  });

  it('RG-10, R10: a refusal needs a second administrator; announcements and settings are kept by the Committee', async () => {
    const [row] = await world.sql<{ id: string; proposer: string }[]>`
      select a.id, p.iin as proposer from expert_application a join person p on p.id = a.proposed_by where a.state = 'refusal-proposed' limit 1`;
    const own = administrators.findIndex(({ iin }) => iin === row?.proposer);
    const proposer = await official(own);
    await admin(proposer, `register/applications/${row?.id ?? ''}`);
    expect(await part(proposer.page, 'own-proposal').count()).toBe(1);
    const other = await official(1 - own);
    await admin(other, `register/applications/${row?.id ?? ''}`);
    await looksWell(other.page, 'ru', 24);
    await press(other.page, 'confirm');
    expect(await world.sql`select state from expert_application where id = ${row?.id ?? ''}`).toMatchObject([
      { state: 'refused' },
    ]);

    await admin(other, 'register/announcements/new');
    await looksWell(other.page, 'ru', 24);
    const day = (await world.now()).toISOString().slice(0, 10);
    await other.page.locator('#places').fill('5');
    await other.page.locator('#intakeFrom').fill(day);
    await other.page.locator('#intakeUntil').fill(day);
    const words = { kk: 'Мәтін', ru: 'Текст', en: 'Text' };
    for (const [language, text] of Object.entries(words))
      for (const area of await other.page.locator(`textarea[lang=${language}]`).all()) await area.fill(text);
    await press(other.page, 'save-announcement');
    await looksWell(other.page, 'ru', 24);
    await press(other.page, 'publish');
    expect(await part(other.page, 'said').innerText()).toContain('10 рабочих дней');

    await admin(other, 'register/settings');
    await looksWell(other.page, 'ru', 24);
    expect(await other.page.locator('[data-policy="register.experience"] .tag--care').count()).toBe(1);
  });
});
