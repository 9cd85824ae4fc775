import { dataFolder, type Service, startService } from '@mse/run';
import { addDays, type PlainDate, plainDate } from '@mse/domain/shared';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast, type DemoCitizen, freshSigner } from './steps/people.ts';
import { type ExpertPart, partsOfForm, sendRemoteForm } from './steps/remote-case.ts';
import { openSignedIn, signInCitizenByKey, signInStaffOverApi } from './steps/sessions.ts';
import { setNcalayer, signWithNcalayer, waitForSms } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** Folder for pictures of every stop, when somebody wants to look at them. */
const PICTURES = process.env.PICTURES;

/**
 * The year of the register as people see it, in a service of its own whose clock is moved from January 2027 to February 2028: a candidate who
 * is entered and one who is refused, the administrators of the Committee, and the expert. The year of all 200 is `register-year.prove.ts`.
 */
describe('a year of the register in the browser', () => {
  let service: Service;
  let world: World;
  let doctor: { iin: string };
  let refused: DemoCitizen;
  let administrators: { iin: string }[];
  const windows: Window[] = [];
  let announcementId = '';
  let application = { doctor: '', refused: '' };
  let expertId = '';
  let code = '';
  let parts: ExpertPart[] = [];

  beforeAll(async () => {
    service = await startService({
      dataDir: join(dataFolder(), `register-year-${process.pid}`),
      ephemeral: true,
      fast: true,
    });
    world = openWorld(service);
    doctor = await cast(world, 'citizen-doctor');
    refused = await freshSigner(world);
    administrators = [
      ...(await world.sql<{ iin: string }[]>`
        select p.iin from staff_role r join person p on p.id = r.person_id where r.role = 'registry-administrator' order by r.id limit 2`),
    ];
  }, 240_000);
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
    await service?.stop();
  }, 60_000);

  const keep = (window: Window) => {
    windows.push(window);
    return window;
  };
  /** Sessions do not outlive a jump of the clock: whoever comes again signs in anew. */
  const candidate = async (who: { iin: string }, width = 320) =>
    keep(
      await openSignedIn(world, 'portal', await signInCitizenByKey(world, who.iin, 'kk'), {
        language: 'kk',
        width,
      }),
    );
  const official = async (index: 0 | 1) =>
    keep(
      await openSignedIn(
        world,
        'admin',
        await signInStaffOverApi(world, administrators[index]?.iin ?? '', 'ru'),
        { language: 'ru', width: 1280 },
      ),
    );
  const expert = async () =>
    keep(
      await openSignedIn(world, 'admin', await signInStaffOverApi(world, doctor.iin, 'kk'), {
        language: 'kk',
        width: 320,
      }),
    );
  const portal = (window: Window, path: string) => go(window.page, `${world.at.portal}/kk/${path}`);
  const admin = (window: Window, path: string, language: 'kk' | 'ru' = 'ru') =>
    go(window.page, `${world.at.admin}/${language}/${path}`);
  let stop = 0;
  /** Looks at a page with the checks of every page, and keeps a picture for whoever wants one. */
  const looksWell = async ({ page }: Window, language: 'kk' | 'ru', target: 24 | 44) => {
    stop += 1;
    if (PICTURES)
      await page.screenshot({
        path: join(PICTURES, `${String(stop).padStart(2, '0')}-${language}.png`),
        fullPage: true,
      });
    expect(await checkPage(page, { language, target })).toEqual([]);
  };
  /** Signs the shown text with the key of somebody. */
  const sign = async ({ page }: Window, iin: string) => {
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
    return (await response.json()) as Record<string, unknown>;
  };
  const stateOf = async (id: string) => {
    const [row] = await world.sql<{ state: string; test_code: string | null; reasons: string[] }[]>`
      select state, test_code, reasons from expert_application where id = ${id}`;
    if (!row) throw new Error('There is no such application');
    return row;
  };
  const applicationOf = async ({ iin }: { iin: string }) => {
    const [row] = await world.sql<{ id: string }[]>`
      select a.id from expert_application a join person p on p.id = a.person_id where p.iin = ${iin} and a.announcement_id = ${announcementId}`;
    return row?.id ?? '';
  };

  it('January: RG-01, RG-02: an administrator publishes the announcement; intake cannot open too early, and everybody reads it', async () => {
    await world.moveTo('2027-01-11', '10:00');
    const window = await official(0);
    const { page } = window;
    await admin(window, 'register/announcements/new');
    await page.locator('#places').fill('120');
    await page.locator('#intakeFrom').fill('2027-01-22');
    await page.locator('#intakeUntil').fill('2027-02-12');
    const words = {
      kk: 'Құжаттар порталда қабылданады. Маман сертификаты мен диплом қажет.',
      ru: 'Документы принимаются на портале. Нужны сертификат специалиста и диплом.',
      en: 'Papers are taken on the portal. A certificate and a diploma are needed.',
    };
    for (const [language, text] of Object.entries(words))
      for (const area of await page.locator(`textarea[lang=${language}]`).all()) await area.fill(text);
    await press(page, 'save-announcement');
    await looksWell(window, 'ru', 24);
    await press(page, 'publish');
    expect(await part(page, 'said').innerText()).toContain('10 рабочих дней');
    const earliest = await earliestIntake();
    await page.locator('#intakeFrom').fill(earliest);
    await press(page, 'save-announcement');
    await press(page, 'publish');
    const [row] = await world.sql<{ id: string }[]>`
      select id from announcement where published_on = '2027-01-11' and withdrawn_at is null`;
    announcementId = row?.id ?? '';
    const visitor = keep(await openWindow({ language: 'kk', width: 320 }));
    expect(await portal(visitor, `experts/${announcementId}`)).toBe(200);
    await looksWell(visitor, 'kk', 44);
    const early = await candidate(doctor);
    await portal(early, 'cabinet/experts');
    expect(await early.page.locator(`input[name=announcementId][value="${announcementId}"]`).count()).toBe(0);
    await world.moveTo(earliest, '09:30');
  });

  /** First day of intake by the calendar of the service: ten working days after the 11th. */
  async function earliestIntake(): Promise<PlainDate> {
    const closed = await world.sql<{ date: string; kind: string }[]>`
      select date::text, kind from calendar_day where date between '2027-01-11' and '2027-02-28'`;
    let day = plainDate('2027-01-11');
    for (let left = 10; left > 0;) {
      day = addDays(day, 1);
      const kind = closed.find(({ date }) => date === day)?.kind;
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      if (kind === 'working' || (kind === undefined && weekday !== 0 && weekday !== 6)) left -= 1;
    }
    return day;
  }

  it('January: RG-06, RG-07, RG-09: two candidates apply on their phones and sign', async () => {
    for (const who of [doctor, refused]) {
      const window = await candidate(who);
      const { page } = window;
      await portal(window, 'cabinet/experts');
      await leave(page, () =>
        page
          .locator('form', { has: page.locator(`input[name=announcementId][value="${announcementId}"]`) })
          .locator('button')
          .click(),
      );
      await press(page, 'ask-systems');
      await page.locator('input[name=groups][value=oncology]').check();
      await page.locator('#email').fill('doctor@example.kz');
      await page.locator('#phone').fill('+7 701 555 00 01');
      if ((await page.locator('#address').inputValue()) === '')
        await page.locator('#address').fill('Көкшетау, Абай көшесі, 1');
      for (const box of await page.locator('input[name=confirmed]').all()) await box.check();
      await press(page, 'save-draft');
      await looksWell(window, 'kk', 44);
      await press(page, 'to-sign');
      await sign(window, who.iin);
      expect(await page.locator('main').innerText()).toContain('Комитет тексеруде');
      await looksWell(window, 'kk', 44);
    }
    application = { doctor: await applicationOf(doctor), refused: await applicationOf(refused) };
  });

  it('February: RG-08, RG-10: one is invited; the refusal of the other needs two administrators and reaches the cabinet and the phone', async () => {
    await world.moveTo('2027-02-01', '10:00');
    const first = await official(0);
    await admin(first, `register/applications/${application.doctor}`);
    await looksWell(first, 'ru', 24);
    await press(first.page, 'invite');
    await admin(first, `register/applications/${application.refused}`);
    await looksWell(first, 'ru', 24);
    const boxes = first.page.locator('input[name=reasons]');
    if ((await first.page.locator('input[name=reasons]:checked').count()) === 0) await boxes.last().check();
    await first.page.locator('#note').fill('Нет подтверждающих документов');
    await press(first.page, 'refuse');
    expect((await stateOf(application.refused)).state).toBe('refusal-proposed');
    expect(await part(first.page, 'own-proposal').count()).toBe(1);
    const second = await official(1);
    await admin(second, `register/applications/${application.refused}`);
    await press(second.page, 'confirm');
    expect((await stateOf(application.refused)).state).toBe('refused');
    const window = await candidate(refused);
    await portal(window, `cabinet/experts/${application.refused}`);
    expect(await part(window.page, 'reasons').innerText()).toContain('Алгоритмнің');
    await looksWell(window, 'kk', 44);
  });

  it('February: RG-13, RG-14: a first test below 70 % opens one retake, which is passed', async () => {
    const testCode = async () => (await stateOf(application.doctor)).test_code;
    await until('the platform knows of the invitation', async () => {
      const response = await fetch(`${world.at.simulators}/control/skills`);
      const { invitations } = (await response.json()) as { invitations: { code: string }[] };
      const own = await testCode();
      return invitations.some((each) => each.code === own);
    });
    expect(await control('skills/finish', { code: await testCode(), percent: '69.99' })).toMatchObject({
      statuses: [200],
    });
    expect((await stateOf(application.doctor)).state).toBe('retake');
    await world.moveTo('2027-02-05', '10:00');
    const window = await candidate(doctor);
    await portal(window, `cabinet/experts/${application.doctor}`);
    await looksWell(window, 'kk', 44);
    await until('the platform knows of the retake', async () => {
      const response = await fetch(`${world.at.simulators}/control/skills`);
      const { invitations } = (await response.json()) as { invitations: { code: string; attempt: number }[] };
      const own = await testCode();
      return invitations.some((each) => each.code === own && each.attempt === 2);
    });
    await control('skills/finish', { code: await testCode(), percent: '88.50' });
    expect((await stateOf(application.doctor)).state).toBe('passed');
    await window.page.reload();
    expect(await part(window.page, 'tests').innerText()).toContain('88,50 %');
  });

  it('February: RG-20 to RG-24: both sides sign the contract; the expert is entered, trained and has a modem', async () => {
    await world.moveTo('2027-02-15', '10:00');
    const window = await official(0);
    const { page } = window;
    await admin(window, `register/applications/${application.doctor}`);
    await page.locator('#indicator').fill('1');
    await press(page, 'make-contract');
    await sign(window, administrators[0]?.iin ?? '');
    const own = await candidate(doctor);
    await portal(own, `cabinet/experts/${application.doctor}`);
    await looksWell(own, 'kk', 44);
    await press(own.page, 'to-contract');
    await sign(own, doctor.iin);
    expect((await stateOf(application.doctor)).state).toBe('contract-signed');
    await admin(window, `register/applications/${application.doctor}`);
    await page.locator('[name=regionCode]').selectOption('75');
    await press(page, 'enter');
    const [row] = await world.sql<{ id: string; code: string }[]>`
      select e.id, e.code from expert e join expert_application a on a.expert_id = e.id where a.id = ${application.doctor}`;
    expertId = row?.id ?? '';
    code = row?.code ?? '';
    await admin(window, `register/experts/${expertId}`);
    await looksWell(window, 'ru', 24);
    await admin(window, `register/experts?code=${code}`);
    await looksWell(window, 'ru', 24);
  });

  it('March: X01 to X05: the new expert reads a case without a name at the desk and signs a decision; the panel agrees', async () => {
    await world.moveTo('2027-03-09', '10:00');
    // Of experts with nothing open the longest pause comes first, then the draw: once every other one has a case it is the new one.
    let sent = await sendRemoteForm(world);
    const dealt = async () => {
      parts = await partsOfForm(world, sent.formId);
      return parts.find((each) => each.expertId === expertId);
    };
    let own = await dealt();
    for (let tries = 0; !own && tries < 16; tries += 1) {
      sent = await sendRemoteForm(world);
      own = await dealt();
    }
    expect(own).toBeDefined();
    const window = await expert();
    const { page } = window;
    await admin(window, 'cases', 'kk');
    await looksWell(window, 'kk', 24);
    await admin(window, `cases/${own?.assignmentId ?? ''}/decision`, 'kk');
    await page.locator('input[name=kind][value=conclusion]').check();
    await page.locator('input[name="disability.outcome"][value=group-2]').check();
    await page.locator('#disability\\.cause').selectOption('general-disease');
    await page.locator('#disability\\.term').selectOption('months-12');
    await page.locator('#diagnosis').fill('Сүт безінің қатерлі ісігі, II саты');
    await page.locator('#reasons').fill('Тұрақты, айқын бұзылыстар бар');
    await looksWell(window, 'kk', 24);
    await leave(page, () => part(page, 'to-signing').click());
    await sign(window, doctor.iin);
    for (const each of parts) if (each !== own) await decide(each);
    const [row] = await world.sql<{ state: string }[]>`
      select state from examination_case where form_id = ${sent.formId}`;
    expect(row?.state).toBe('concluded');
  });

  /** Another of the panel decides through the calls of the desk. */
  async function decide({ expertIin, assignmentId }: ExpertPart) {
    const { expertDesk, signing } = apiClient(world, await signInStaffOverApi(world, expertIin), 'kk');
    const typed = {
      kind: 'conclusion',
      'disability.outcome': 'group-2',
      'disability.cause': 'general-disease',
      'disability.term': 'months-12',
      diagnosis: 'Сүт безінің қатерлі ісігі, II саты',
      reasons: 'Тұрақты, айқын бұзылыстар бар',
    };
    await expertDesk.saveDraft.mutate({ assignmentId, version: 0, typed });
    const started = await expertDesk.startSigning.mutate({ assignmentId });
    if (!started.ok) throw new Error(JSON.stringify(started));
    const { text } = await signing.get.query({ signingId: started.signingId });
    const cms = await signWithNcalayer(world, expertIin, Buffer.from(text));
    expect(await expertDesk.sign.mutate({ assignmentId, signingId: started.signingId, cms })).toMatchObject({
      ok: true,
    });
  }

  const settle = async (window: Window, month: string) => {
    await admin(window, `pay?month=${month}`);
    const run = window.page.locator('form[action="?/run"] button');
    if (await run.count()) await leave(window.page, () => run.click());
  };
  const monthOf = ({ page }: Window, month: string) =>
    page.locator('section', {
      has: page.locator('h2', { hasText: `${month.slice(5, 7)}.${month.slice(0, 4)}` }),
    });

  it('April: AS-01, AS-06, PY-03: March is assessed and signed with a remark; without a tariff no act is formed, and the page says why', async () => {
    await world.moveTo('2027-04-05', '10:00');
    const committee = await official(0);
    await settle(committee, '2027-03-01');
    expect(await committee.page.locator('main').innerText()).toContain(code);
    await looksWell(committee, 'ru', 24);
    const window = await expert();
    const { page } = window;
    await admin(window, 'my-months', 'kk');
    await looksWell(window, 'kk', 24);
    await monthOf(window, '2027-03-01').locator('textarea').fill('Келісемін');
    await leave(page, () => monthOf(window, '2027-03-01').getByTestId('sign-assessment').click());
    await sign(window, doctor.iin);
    await admin(window, 'my-months', 'kk');
    expect(await monthOf(window, '2027-03-01').innerText()).toContain(
      'Жыл тарифін Комитет әлі белгілеген жоқ',
    );
    expect(await monthOf(window, '2027-03-01').getByTestId('form-act').count()).toBe(0);
    await looksWell(window, 'kk', 24);
  });

  it('April: PY-03: one administrator proposes the tariff from March on, another approves it', async () => {
    await world.moveTo('2027-04-07', '10:00');
    const first = await official(0);
    const section = (window: Window) => window.page.locator('[data-policy="payment.tariff"]');
    await admin(first, 'register/settings');
    await section(first).locator('summary').click();
    await section(first).locator('[name=tenge]').fill('1850,75');
    await section(first).locator('[name=validFrom]').fill('2027-03-02');
    await section(first).locator('[name=basis]').fill('Приказ Комитета');
    await leave(first.page, () => section(first).getByTestId('propose').click());
    expect(await first.page.locator('main').innerText()).toContain('с первого дня месяца');
    await section(first).locator('summary').click();
    await section(first).locator('[name=tenge]').fill('1850,75');
    await section(first).locator('[name=validFrom]').fill('2027-03-01');
    await section(first).locator('[name=basis]').fill('Приказ Комитета');
    await leave(first.page, () => section(first).getByTestId('propose').click());
    await looksWell(first, 'ru', 24);
    const second = await official(1);
    await admin(second, 'register/settings');
    await leave(second.page, () => section(second).getByTestId('approve').click());
    expect(await section(second).getByTestId('value').innerText()).toContain('1850.75');
  });

  it('April: PY-01, PY-02: the act is formed, signed and accepted; its amount is tariff × assessment × services', async () => {
    await world.moveTo('2027-04-08', '10:00');
    const window = await expert();
    const { page } = window;
    await admin(window, 'my-months', 'kk');
    await page.locator('#bank').fill('Халық банкі');
    await page.locator('#bic').fill('HSBKKZKX');
    await page.locator('#iban').fill('KZ86 125K ZT50 0410 0100');
    await leave(page, () => page.locator('form[action*="account"] button').click());
    await until('the tariff has reached the page', async () => {
      await admin(window, 'my-months', 'kk');
      return (await monthOf(window, '2027-03-01').getByTestId('form-act').count()) === 1;
    });
    await leave(page, () => monthOf(window, '2027-03-01').getByTestId('form-act').click());
    // One service, agreed in time: 100 %.
    expect(await page.locator('main').innerText()).toContain('1850.75');
    await looksWell(window, 'kk', 24);
    await press(page, 'sign-act');
    await sign(window, doctor.iin);
    const committee = await official(0);
    await admin(committee, 'pay?month=2027-03-01');
    await leave(committee.page, () => committee.page.getByRole('link', { name: code }).last().click());
    await looksWell(committee, 'ru', 24);
    await press(committee.page, 'sign-act');
    await sign(committee, administrators[0]?.iin ?? '');
    await admin(committee, 'pay?month=2027-03-01');
    expect(await committee.page.locator('main').innerText()).toContain('Сумма принятых актов: 1850.75');
    await looksWell(committee, 'ru', 24);
    await admin(committee, 'experts-work?month=2027-03-01');
    await looksWell(committee, 'ru', 24);
    const report = await committee.page.request.get(
      `${world.at.admin}/ru/experts-work/report.pdf?month=2027-03-01`,
    );
    expect([report.status(), report.headers()['content-type']]).toEqual([200, 'application/pdf']);
  });

  it('July: X07, PX-17: the expert reports leave and sees what moves', async () => {
    await world.moveTo('2027-07-12', '10:00');
    const window = await expert();
    await admin(window, 'absence', 'kk');
    await window.page.locator('#until').fill('2027-07-16');
    await press(window.page, 'check-absence');
    await looksWell(window, 'kk', 24);
    await press(window.page, 'confirm-absence');
    expect(await window.page.locator('[data-state=now]').count()).toBe(1);
    await looksWell(window, 'kk', 24);
  });

  it('September: RG-30, RG-32, RG-34: the expert asks to leave; an administrator sees the effect and confirms', async () => {
    await world.moveTo('2027-09-14', '10:00');
    const own = await candidate(doctor);
    await portal(own, 'cabinet/experts');
    await looksWell(own, 'kk', 44);
    await own.page.locator('[name=reason]').fill('Басқа жұмысқа ауысамын');
    await press(own.page, 'leave');
    const committee = await official(1);
    await admin(committee, 'register/exclusions');
    await looksWell(committee, 'ru', 24);
    await admin(committee, `register/experts/${expertId}`);
    expect(await part(committee.page, 'effect').getAttribute('data-parts')).toMatch(/^\d+$/);
    await press(committee.page, 'confirm-exclusion');
    expect(await part(committee.page, 'excluded').count()).toBe(1);
    await looksWell(committee, 'ru', 24);
    const [person] = await world.sql<{ phone: string }[]>`select phone from person where iin = ${doctor.iin}`;
    await waitForSms(world, person?.phone ?? '', /шығарылдыңыз|исключены|excluded/);
  });

  it('February 2028: AS-07: the year is assessed, and who left still signs it', async () => {
    await world.moveTo('2028-02-05', '10:00');
    await until(
      'the yearly assessment',
      async () => {
        const [row] = await world.sql<{ id: string }[]>`
          select id from assessment where expert_id = ${expertId} and period = 'year' and from_day = '2027-01-01'`;
        return row !== undefined;
      },
      90,
    );
    const window = await expert();
    const { page } = window;
    await admin(window, 'my-months', 'kk');
    await looksWell(window, 'kk', 24);
    const year = page.locator('section', { has: page.locator('h2', { hasText: '2027 жыл' }) });
    expect(await year.innerText()).toContain('100.00 %');
    await leave(page, () => year.getByTestId('sign-assessment').click());
    await sign(window, doctor.iin);
    expect(await page.locator('[role=status]').first().innerText()).toContain('Бағаға қол қойылды');
    // The desk is closed to them.
    expect(await admin(window, 'cases', 'kk')).toBe(404);
    for (const { complaints } of windows) expect(complaints).toEqual([]);
  });
});
