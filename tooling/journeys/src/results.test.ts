import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { enter, leave, part, press } from './steps/citizen.ts';
import { checkPage } from './steps/page-checks.ts';
import { type DemoCitizen, freshSigner } from './steps/people.ts';
import { type ExpertPart, partsOfForm, sendRemoteForm } from './steps/remote-case.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, setNcalayer, signWithNcalayer, waitForSms } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** Folder for pictures of the pages, when somebody wants to look at them. */
const PICTURES = process.env.RESULTS_PICTURES;

describe('from the clinic’s form to the documents', () => {
  let world: World;
  let person: DemoCitizen;
  let formId: string;
  let window: Window;
  let documentId = '';
  const windows: Window[] = [];

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    person = await freshSigner(world);
    ({ formId } = await sendRemoteForm(world, undefined, person));
    // Without scripts: everything here is plain pages and forms.
    window = await openWindow({ language: 'kk', width: 320, scripts: false });
    windows.push(window);
    await enter(world, window.page, person, 'kk');
  });
  afterAll(async () => {
    for (const each of windows) await each.close();
    await closeBrowser();
    await world?.close();
  });

  const open = (path: string) => go(window.page, `${world.at.portal}/kk${path}`);
  async function look(name: string, seen: Window = window, target: 24 | 44 = 44): Promise<void> {
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await seen.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
    }
    const defects = await checkPage(seen.page, {
      language: 'kk',
      target,
      names: [person.surname, person.name, person.phone],
    });
    expect(defects.map((defect) => `${name}: ${defect}`)).toEqual([]);
  }
  const stages = () =>
    part(window.page, 'stages')
      .locator('li')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-state')));

  /** One expert decides and signs, through the calls of the desk. */
  async function decide({ expertIin, assignmentId }: ExpertPart): Promise<void> {
    const { expertDesk } = apiClient(world, await signInStaffOverApi(world, expertIin), 'kk');
    const saved = await expertDesk.saveDraft.mutate({
      assignmentId,
      version: 0,
      typed: {
        kind: 'conclusion',
        'disability.outcome': 'group-2',
        'disability.cause': 'general-disease',
        'disability.term': 'months-12',
        diagnosis: 'Сүт безінің қатерлі ісігі, II саты',
        reasons: 'Тұрақты, айқын бұзылыстар бар',
      },
    });
    if (!saved.ok) throw new Error(saved.refusal);
    const started = await expertDesk.startSigning.mutate({ assignmentId });
    if (!started.ok) throw new Error(JSON.stringify(started));
    const { text } = await apiClient(
      world,
      await signInStaffOverApi(world, expertIin),
      'kk',
    ).signing.get.query({ signingId: started.signingId });
    const cms = await signWithNcalayer(world, expertIin, Buffer.from(text));
    const signed = await expertDesk.sign.mutate({ assignmentId, signingId: started.signingId, cms });
    if (!signed.ok) throw new Error(JSON.stringify(signed));
  }

  it('C08, C18: the person sees at 320 px, in Kazakh and without JavaScript, which stage it is and whose move', async () => {
    const parts = await partsOfForm(world, formId);
    await open('/cabinet');
    expect(await part(window.page, 'case-card').getAttribute('data-headline')).toBe('deciding');
    await look('cabinet');
    await press(window.page, 'open-case');
    expect(await stages()).toEqual(['done', 'done', 'done', 'now', 'ahead', 'ahead', 'ahead']);
    const html = await window.page.content();
    for (const { expertIin, expertCode, caseCode } of parts)
      for (const mark of [expertIin, expertCode, caseCode]) expect(html.includes(mark)).toBe(false);
    await look('case');
    await open('/cabinet/documents');
    expect(await part(window.page, 'no-documents').count()).toBe(1);
    await look('no-documents');
  });

  it('PX-38, C18: after the decisions the SMS comes, and the case ends in documents', async () => {
    for (const each of await partsOfForm(world, formId)) await decide(each);
    await waitForSms(world, person.phone, /қорытындысы шығарылды|заключение МСЭ вынесено/);
    await until(
      'the files of the documents',
      async () => {
        const [row] = await world.sql<{ files: number }[]>`
          select count(*)::int as files from document_file f join issued_document d on d.id = f.document_id join conclusion c on c.id = d.conclusion_id
           where c.form_id = ${formId}`;
        return (row?.files ?? 0) >= 2;
      },
      60,
    );
    await open(`/cabinet/cases/${formId}`);
    expect(await part(window.page, 'case-headline').getAttribute('data-headline')).toBe('done');
    expect(await stages()).toEqual(Array.from({ length: 7 }, () => 'done'));
    await look('case-done');
  });

  it('C19, PX-52: signed in by SMS one sees that there are documents; with a signature one reads them', async () => {
    await press(window.page, 'to-documents');
    expect(await part(window.page, 'step-up').count()).toBe(1);
    expect(await part(window.page, 'document').count()).toBe(0);
    await look('documents-locked');

    const signed = await openWindow({ language: 'kk', width: 320 });
    windows.push(signed);
    // The same session with scripts: NCALayer is reached by one.
    await signed.context.addCookies(await window.context.cookies());
    await go(signed.page, `${world.at.portal}/kk/cabinet/documents`);
    await press(signed.page, 'step-up');
    await press(signed.page, 'step-up-signature');
    await press(signed.page, 'show-text');
    await setNcalayer(world, { signer: person.iin, mode: 'auto' });
    await leave(signed.page, () => part(signed.page, 'sign').click());
    await signed.page.waitForURL((url) => url.pathname.endsWith('/cabinet/documents'));
    window = signed;
    await look('documents');
    const kinds = await signed.page
      .locator('[data-testid=document]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-kind')));
    expect(kinds).toEqual(['disability-certificate']);
    // PX-57: a benefit is applied for once.
    await leave(signed.page, () => signed.page.locator('[data-benefit=state-social-benefit] button').click());
    expect(await signed.page.locator('[data-benefit=state-social-benefit]').getAttribute('data-chosen')).toBe(
      'true',
    );
    await press(signed.page, 'open-document');
    documentId = new URL(signed.page.url()).pathname.split('/').at(-1) ?? '';
    expect(await signed.page.locator('h1').innerText()).toBe('Мүгедектік туралы анықтама');
    await look('document');
    expect(signed.complaints).toEqual([]);
  });

  it('C19, C35: PDF and signature file are given to the owner; the QR of the paper leads to a check that names nobody', async () => {
    const { context } = window;
    const path = `${world.at.portal}/kk/cabinet/documents/${documentId}`;
    const pdf = await context.request.get(`${path}/kk.pdf`);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await context.request.get(`${path}/ru.p7s`)).headers()['content-type']).toBe(
      'application/pkcs7-signature',
    );
    const [stored] = await world.sql<{ code: string; number: string }[]>`
      select code, number from issued_document where id = ${documentId}`;
    const link = await part(window.page, 'check-link').getAttribute('href');
    expect(link).toBe(`${world.at.portal}/d/${stored?.code}`);

    const stranger = await openWindow({ language: 'kk', width: 320, scripts: false });
    windows.push(stranger);
    await go(stranger.page, link ?? '');
    expect(await part(stranger.page, 'document-state').getAttribute('data-state')).toBe('valid');
    expect(await stranger.page.locator('main').innerText()).toContain(stored?.number);
    expect(await stranger.page.content()).not.toContain(person.surname);
    await look('check', stranger);
    await go(stranger.page, `${world.at.portal}/kk/d/AAAAAAAAAAAAAAAAAAAAAA`);
    expect(await part(stranger.page, 'document-state').getAttribute('data-state')).toBe('void');
    await look('check-void', stranger);
    expect(await go(stranger.page, path)).toBe(200);
    expect(new URL(stranger.page.url()).pathname).toContain('/sign-in');
  });

  it('JR-01, JR-03: the head finds the row in the journal of the department, corrects a cell and signs', async () => {
    const [row] = await world.sql<{ iin: string; protocolId: string; rowId: string; place: number }[]>`
      select p.iin, r.protocol_id as "protocolId", r.id as "rowId", r.place from protocol_row r join conclusion c on c.id = r.conclusion_id
        join staff_role s on s.role = 'department-head' and s.department_id = c.department_id join person p on p.id = s.person_id
       where c.form_id = ${formId} limit 1`;
    if (!row) throw new Error('The department has no head');
    const desk = await openSignedIn(world, 'admin', await signInStaffOverApi(world, row.iin, 'kk'), {
      language: 'kk',
      width: 1280,
    });
    windows.push(desk);
    const { page } = desk;
    await go(page, `${world.at.admin}/kk/journals`);
    await look('journals', desk, 24);
    await go(page, `${world.at.admin}/kk/journals/${row.protocolId}`);
    await look('protocol', desk, 24);
    await press(page, `correct-${row.place}`);
    await press(page, 'to-signing');
    expect(await page.locator('.error-summary').count()).toBe(1);
    await look('correction', desk, 24);
    await page.locator('#column').selectOption('6');
    await page.locator('#kk').fill('Мектеп');
    await page.locator('#ru').fill('Школа');
    await page.locator('#reason').fill('Жұмыс орны жазылмаған');
    await press(page, 'to-signing');
    await look('journal-signing', desk, 24);
    await setNcalayer(world, { signer: row.iin, mode: 'auto' });
    await leave(page, () => part(page, 'sign').click());
    await page.waitForURL((url) => url.pathname.endsWith(row.protocolId));
    expect(await part(page, 'corrections').innerText()).toContain('Мектеп');
    await look('protocol-corrected', desk, 24);
    const pdf = await desk.context.request.get(
      `${world.at.admin}/kk/journals/${row.protocolId}/protocol.pdf`,
    );
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    await go(page, `${world.at.admin}/kk/journals/military`);
    await look('military', desk, 24);
    await go(page, `${world.at.admin}/kk/executions`);
    await look('executions', desk, 24);
    expect(desk.complaints).toEqual([]);
  });
});
