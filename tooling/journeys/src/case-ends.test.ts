import { dataFolder, type Service, startService } from '@mse/run';
import { addWorkingDays, type CalendarDay, workingCalendar } from '@mse/domain/calendar';
import { addDays, plainDate, toBusinessDate } from '@mse/domain/shared';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { enter, leave, part } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast, type DemoCitizen, freshPerson } from './steps/people.ts';
import { type ExpertPart, partsOfForm, sendRemoteForm } from './steps/remote-case.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, signWithNcalayer, smsTo, waitForSms } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** Folder for pictures of the pages, when somebody wants to look at them. */
const PICTURES = process.env.CASE_PICTURES;

const EXTRACT = {
  kind: 'inpatient-extract',
  text: 'Выписка из стационара. Диагноз: рак молочной железы. Проведено шесть курсов химиотерапии. Состояние средней тяжести.',
};
const AGREED = {
  kind: 'conclusion',
  'disability.outcome': 'group-2',
  'disability.cause': 'general-disease',
  'disability.term': 'months-12',
  diagnosis: 'Сүт безінің қатерлі ісігі, II саты',
  reasons: 'Тұрақты, айқын бұзылыстар бар',
};
/** A drawing too large to be covered without a look. */
const DRAWING =
  '<svg width="420" height="300" viewBox="0 0 42 30"><rect width="42" height="30" fill="#444"/><circle cx="20" cy="14" r="9" fill="#bbb"/></svg>';

/**
 * The ways a remote case may go besides agreement and mismatch: its papers wait for a person, an expert steps back, one head decides, the
 * person does not come. On a service of its own, because its clock moves over days.
 */
describe('how remote cases end', () => {
  let service: Service;
  let world: World;
  const windows: Window[] = [];
  let held: { person: DemoCitizen; formId: string };
  let special: { person: DemoCitizen; formId: string };
  let missed: { person: DemoCitizen; formId: string };

  beforeAll(async () => {
    service = await startService({
      dataDir: join(dataFolder(), `case-ends-${process.pid}`),
      ephemeral: true,
      fast: true,
    });
    world = openWorld(service);
    await resetSimulators(world);
    // The pilot of the special mechanism is over; its prolongation is what an order would bring.
    await world.sql`
      insert into policy (key, valid_from, value, basis, assumed)
      values ('intake.special-mechanism', current_date - 30, '[{"regions": ["11"], "systems": null}]', 'prolongation assumed in a journey', true)`;
    // Policies are read anew every ten seconds.
    await pause(11_000);
    const days = await world.sql<CalendarDay[]>`select date::text as date, kind from calendar_day`;
    const calendar = workingCalendar(days);
    await world.moveTo(addWorkingDays(calendar, toBusinessDate(await world.now()), 1), '09:30');
    const people = [await freshPerson(world), await freshPerson(world), await freshPerson(world)] as const;
    held = await sendRemoteForm(
      world,
      [
        {
          kind: 'inpatient-extract',
          text: `Выписка из стационара. Пациентка ${people[0].surname} ${people[0].name}. Диагноз: рак молочной железы. ${DRAWING}`,
        },
      ],
      people[0],
      { anamnesis: 'Болеет около года. Ухаживает соседка Мельник Прасковья, с её слов аппетит снижен' },
    );
    special = await sendRemoteForm(
      world,
      ['inpatient-extract', 'orthopaedist-conclusion', 'limb-x-ray'].map((kind) => ({ ...EXTRACT, kind })),
      people[1],
      { icd10: 'S88.1', diagnosis: 'Ампутационная культя левой голени' },
    );
    missed = await sendRemoteForm(world, [EXTRACT], people[2]);
  }, 240_000);
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
    await service?.stop();
  }, 60_000);

  const open = async (iin: string) => {
    const window = await openSignedIn(world, 'admin', await signInStaffOverApi(world, iin, 'kk'), {
      language: 'kk',
      width: 320,
    });
    windows.push(window);
    return window;
  };
  async function looksWell(window: Window, name: string, person: DemoCitizen, target: 24 | 44 = 24) {
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await window.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
    }
    const defects = await checkPage(window.page, {
      language: 'kk',
      target,
      names: [person.surname, person.iin],
    });
    expect(defects.map((defect) => `${name}: ${defect}`)).toEqual([]);
  }
  async function decide({ expertIin, assignmentId }: ExpertPart, typed: Record<string, string> = AGREED) {
    const token = await signInStaffOverApi(world, expertIin, 'kk');
    const { expertDesk, signing } = apiClient(world, token, 'kk');
    const saved = await expertDesk.saveDraft.mutate({ assignmentId, version: 0, typed });
    if (!saved.ok) throw new Error(saved.refusal);
    const started = await expertDesk.startSigning.mutate({ assignmentId });
    if (!started.ok) throw new Error(JSON.stringify(started));
    const { text } = await signing.get.query({ signingId: started.signingId });
    const cms = await signWithNcalayer(world, expertIin, Buffer.from(text));
    const signed = await expertDesk.sign.mutate({ assignmentId, signingId: started.signingId, cms });
    if (!signed.ok) throw new Error(JSON.stringify(signed));
  }
  async function caseOf({ formId }: { formId: string }) {
    const [row] = await world.sql<
      { id: string; state: string; repeatAt: Date | null; closeAt: Date | null }[]
    >`
      select id, state, repeat_at as "repeatAt", close_at as "closeAt" from examination_case where form_id = ${formId}`;
    if (!row) throw new Error('There is no such case');
    return row;
  }
  const untilState = (of: { formId: string }, state: string, seconds = 150) =>
    until(`a case that is ${state}`, async () => (await caseOf(of)).state === state, seconds);
  const moveJustBehind = async (instant: Date | null) => {
    if (!instant) throw new Error('No such moment is set');
    const minutes = Math.ceil((instant.getTime() - (await world.now()).getTime()) / 60_000) + 1;
    if (minutes > 0) await world.move(minutes);
  };

  it('PX-04: papers that tell of somebody wait for a methodologist, who mends a text and a page at 320 px in Kazakh; then the case goes on', async () => {
    await untilState(held, 'held');
    const { id: caseId } = await caseOf(held);
    const items = await world.sql<{ id: string; kind: string }[]>`
      select id, kind from dossier_item where case_id = ${caseId} and state = 'held' order by kind desc`;
    expect(items.map(({ kind }) => kind)).toEqual(['section', 'page']);
    const [text, paper] = [items[0]?.id ?? '', items[1]?.id ?? ''];
    const methodologist = await open((await cast(world, 'methodologist')).iin);
    const { page } = methodologist;
    await go(page, `${world.at.admin}/kk/held-papers`);
    await looksWell(methodologist, 'held-list', held.person);
    expect(await page.content()).not.toContain(held.person.surname);

    // The text: a name of the person is refused, even in brackets and with the tick; a mended text goes. All of it by the keyboard.
    await page.locator(`a[href$="${text}"]`).focus();
    await leave(page, () => page.keyboard.press('Enter'));
    await looksWell(methodologist, 'held-text', held.person);
    await page.locator('#text').fill(`Болеет около года, ухаживает [${held.person.surname}]`);
    await page.locator('#sure').focus();
    await page.keyboard.press('Space');
    await part(page, 'release').focus();
    await leave(page, () => page.keyboard.press('Enter'));
    expect(await page.locator('.error-summary a').getAttribute('href')).toBe('#text');
    await looksWell(methodologist, 'held-text-refused', held.person);
    await page.locator('#text').fill('Болеет около года. Ухаживает [адам], с её слов аппетит снижен');
    await leave(page, () => part(page, 'release').click());
    expect(new URL(page.url()).pathname).toBe('/kk/held-papers');

    // The page: the rectangles over the name are taken away; it is read again, refused, and its places are proposed.
    await go(page, `${world.at.admin}/kk/held-papers/${paper}`);
    await looksWell(methodologist, 'held-page', held.person);
    for (const input of await page.locator('input[name^="box."]').all()) await input.fill('');
    await leave(page, () => part(page, 'release').click());
    const first = (await page.locator('.error-summary a').getAttribute('href')) ?? '';
    expect(first).toMatch(/^#box\.\d+\.x$/);
    expect(await page.locator(`[id="${first.slice(1)}"]`).inputValue()).toMatch(/^\d+$/);
    await looksWell(methodologist, 'held-page-refused', held.person);
    expect((await caseOf(held)).state).toBe('held');
    await leave(page, () => part(page, 'release').click());
    expect(new URL(page.url()).pathname).toBe('/kk/held-papers');
    expect(methodologist.complaints).toEqual([]);

    // The case goes on, and what the experts see names nobody.
    const parts = await partsOfForm(world, held.formId);
    expect(parts).toHaveLength(3);
    const expert = await open((parts[0] as ExpertPart).expertIin);
    const assignmentId = (parts[0] as ExpertPart).assignmentId;
    for (const path of ['', '/decision']) {
      await go(expert.page, `${world.at.admin}/kk/cases/${assignmentId}${path}`);
      const html = await expert.page.content();
      const { surname, name, iin, phone, id } = held.person;
      for (const mark of [
        surname,
        surname.slice(0, -1),
        name,
        iin,
        phone.slice(2),
        id,
        'Мельник',
        'Прасковь',
      ])
        expect(html.toLowerCase().includes(mark.toLowerCase()), `a mark on cases${path}`).toBe(false);
    }
    expect(await expert.page.content()).not.toContain(caseId);
  }, 300_000);

  it('PX-17, X03: an expert steps back; another one decides in their place, and the conclusion comes', async () => {
    const before = await partsOfForm(world, held.formId);
    const gone = before[2] as ExpertPart;
    const window = await open(gone.expertIin);
    const { page } = window;
    await go(page, `${world.at.admin}/kk/cases/${gone.assignmentId}/recusal`);
    await looksWell(window, 'recusal', held.person);
    await leave(page, () => part(page, 'recuse').click());
    expect(await page.locator('.error-summary').count()).toBe(1);
    await looksWell(window, 'recusal-empty', held.person);
    await page.locator('input[name=reason]').first().check();
    await leave(page, () => part(page, 'recuse').click());
    // The case is gone from the desk of whoever stepped back.
    await go(page, `${world.at.admin}/kk/cases`);
    await looksWell(window, 'work-list-after', held.person);
    expect(await page.content()).not.toContain(gone.caseCode);
    const parts = await until('another expert', async () => {
      const now = await partsOfForm(world, held.formId);
      return now.length === 3 ? now : null;
    });
    expect(parts.map(({ expertId }) => expertId)).not.toContain(gone.expertId);
    for (const each of parts) await decide(each);
    await untilState(held, 'concluded', 30);
    const deciders = await world.sql<{ expertId: string }[]>`
      select expert_id as "expertId" from decision where case_id = ${(await caseOf(held)).id}`;
    expect(deciders.map(({ expertId }) => expertId).toSorted()).toEqual(
      parts.map(({ expertId }) => expertId).toSorted(),
    );
    expect(window.complaints).toEqual([]);
  }, 240_000);

  it('SN-05, SN-06: a special form is decided by one head of department within a working day, and the conclusion is of the same day', async () => {
    const parts = await partsOfForm(world, special.formId);
    expect(parts).toHaveLength(1);
    const [only] = parts as [ExpertPart];
    const [facts] = await world.sql<
      { kind: string; track: string; minutes: number; day: string; due: string }[]
    >`
      select e.kind, c.track, extract(epoch from a.due_at - a.arrived_at)::float8 / 60 as minutes,
             (a.arrived_at at time zone 'Asia/Almaty')::date::text as day, (a.due_at at time zone 'Asia/Almaty')::date::text as due
        from assignment a join expert e on e.id = a.expert_id join examination_case c on c.id = a.case_id where a.id = ${only.assignmentId}`;
    expect(facts).toMatchObject({ kind: 'department-head', track: 'special' });
    // One working day: the same day or, over a weekend, a few days later at most.
    expect(facts?.due && facts.due <= addDays(plainDate(facts.day), 4)).toBe(true);
    const window = await open(only.expertIin);
    await go(window.page, `${world.at.admin}/kk/cases/${only.assignmentId}`);
    await looksWell(window, 'special-case', special.person);
    await decide(only, {
      ...AGREED,
      'disability.outcome': 'group-3',
      diagnosis: 'Сол жақ балтырдың ампутациялық тұқылы',
    });
    await untilState(special, 'concluded', 30);
    const [conclusion] = await world.sql<{ examined: string; actNo: string; today: string }[]>`
      select examined_on::text as examined, act_no as "actNo", (concluded_at at time zone 'Asia/Almaty')::date::text as today from conclusion where form_id = ${special.formId}`;
    expect(conclusion?.examined).toBe(conclusion?.today);
    expect(conclusion?.actNo).toBeTruthy();
    await waitForSms(world, special.person.phone, /қорытындысы шығарылды|заключение МСЭ вынесено/);
    expect(window.complaints).toEqual([]);
  }, 240_000);

  it('PX-36, PX-37, C18: who comes after neither call has their case closed on the fourth working day; the clinic is told, and so is the person', async () => {
    const parts = await partsOfForm(world, missed.formId);
    for (const [index, each] of parts.entries())
      await decide(each, {
        ...AGREED,
        'disability.outcome': ['group-1', 'group-2', 'group-3'][index] ?? 'group-1',
      });
    await untilState(missed, 'invited', 30);
    const first = await waitForSms(world, missed.person.phone, /15[.:]30/);

    const citizen = await openWindow({ language: 'kk', width: 320, scripts: false });
    windows.push(citizen);
    await enter(world, citizen.page, missed.person, 'kk');
    const casePage = `${world.at.portal}/kk/cabinet/cases/${missed.formId}`;
    const headline = () => part(citizen.page, 'case-headline').getAttribute('data-headline');
    await go(citizen.page, casePage);
    expect(await headline()).toBe('invited');
    await looksWell(citizen, 'c18-invited', missed.person, 44);

    const invited = await caseOf(missed);
    await moveJustBehind(invited.repeatAt);
    await untilState(missed, 'invited-again', 60);
    // An SMS waits for the hours in which people may be called.
    const [second] = await world.sql<{ dueAt: Date }[]>`
      select due_at as "dueAt" from message where form_id = ${missed.formId} and once_key like 'm-01:%:again'`;
    await moveJustBehind(second?.dueAt ?? null);
    await until(
      'the second call',
      async () =>
        (await smsTo(world, missed.person.phone)).some(
          ({ number, text }) => number > first.number && /15[.:]30/.test(text),
        ),
      90,
    );
    const again = await caseOf(missed);
    await moveJustBehind(again.closeAt);
    await untilState(missed, 'closed-no-show', 60);
    await until(
      'the word to the clinic',
      async () => {
        const [row] = await world.sql<{ state: string }[]>`
          select state from outbound_message where kind = 'form-031.poorlyCompleted' and payload ->> 'form' = ${missed.formId}`;
        return row?.state === 'acknowledged';
      },
      60,
    );
    // Days have gone by: the session is over.
    await enter(world, citizen.page, missed.person, 'kk');
    await go(citizen.page, casePage);
    expect(await headline()).toBe('closed-no-show');
    const words = await citizen.page.locator('main').innerText();
    expect(words).toContain('Сараптама жабылды: қабылдауға келмедіңіз');
    expect(words).toContain('Жаңа жолдама алу үшін сізді жіберген емханаға барыңыз.');
    for (const { expertCode, expertIin } of parts)
      for (const mark of [expertCode, expertIin]) expect(words.includes(mark)).toBe(false);
    await looksWell(citizen, 'c18-closed', missed.person, 44);
    expect(citizen.complaints).toEqual([]);
  }, 300_000);
});
