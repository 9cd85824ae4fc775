import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from './steps/api.ts';
import { closeBrowser, go, type Window } from './steps/browser.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { type ExpertPart, partsOfForm, sendRemoteForm } from './steps/remote-case.ts';
import { openSignedIn, signInStaffOverApi } from './steps/sessions.ts';
import { resetSimulators, signWithNcalayer, smsTo, waitForSms } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** The life of remote cases: dealt, decided, compared; the invitation of those whose panel did not agree; the Committee's page. */
describe('the life of a remote case', () => {
  let world: World;
  let committee: Window;
  const windows: Window[] = [];
  let sent: Awaited<ReturnType<typeof sendRemoteForm>>;
  let parts: ExpertPart[];

  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    sent = await sendRemoteForm(world);
    parts = await partsOfForm(world, sent.formId);
    const administrator = await cast(world, 'registry-admin');
    committee = await openSignedIn(world, 'admin', await signInStaffOverApi(world, administrator.iin), {
      language: 'kk',
      width: 320,
    });
    windows.push(committee);
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await closeBrowser();
    await world?.close();
  });

  /** An expert decides through the calls of the desk and signs with the key. */
  async function decide(
    { expertIin, assignmentId }: ExpertPart,
    typed: Record<string, string>,
  ): Promise<void> {
    const token = await signInStaffOverApi(world, expertIin);
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
  const group = (outcome: string) => ({
    kind: 'conclusion',
    'disability.outcome': outcome,
    'disability.cause': 'general-disease',
    'disability.term': 'months-12',
    diagnosis: 'Сүт безінің қатерлі ісігі, II саты',
    reasons: 'Тұрақты, айқын бұзылыстар бар',
  });
  const stateOf = async (formId: string) => {
    const [row] = await world.sql<
      { state: string }[]
    >`select state from examination_case where form_id = ${formId}`;
    return row?.state;
  };
  const looksWell = async ({ page }: Window) =>
    expect(
      await checkPage(page, { language: 'kk', target: 24, names: [sent.person.surname, sent.person.iin] }),
    ).toEqual([]);

  it('PX-10, PX-11, PX-12: a clinic’s message is dealt by itself to a head, a chief specialist and an independent expert of other regions', async () => {
    const rows = await world.sql<{ kind: string; region: string; own: string }[]>`
      select e.kind, e.region_code as region, c.region_code as own from assignment a join expert e on e.id = a.expert_id join examination_case c on c.id = a.case_id
       where c.form_id = ${sent.formId} order by a.seat`;
    expect(rows.map(({ kind }) => kind)).toHaveLength(3);
    expect(rows.slice(0, 2).map(({ kind }) => kind)).toEqual(['department-head', 'chief-specialist']);
    for (const { region, own } of rows) expect(region).not.toBe(own);
  });

  it('PX-33, PX-34: three different groups invite the person to the department by SMS, and tell the clinic’s system', async () => {
    for (const [index, each] of parts.entries())
      await decide(each, group(['group-1', 'group-2', 'group-3'][index] ?? 'group-1'));
    expect(await stateOf(sent.formId)).toBe('invited');
    await waitForSms(world, sent.person.phone, /15\.30/);
    expect(await smsTo(world, sent.person.phone)).not.toEqual([]);
    await until(
      'the notice to the Ministry of Health',
      async () => {
        const [row] = await world.sql<{ state: string }[]>`
          select state from outbound_message where kind = 'form-031.invite' and payload ->> 'form' = ${sent.formId}`;
        return row?.state === 'acknowledged';
      },
      30,
    );
  });

  it('PX-31, PX-34: two decisions of nonconformity of three do the same', async () => {
    const other = await sendRemoteForm(world);
    const [first, second, third] = await partsOfForm(world, other.formId);
    if (!first || !second || !third) throw new Error('A panel has three');
    const unfit = {
      kind: 'nonconformity',
      'kinds.evidence': 'on',
      kinds: 'evidence',
      reasons: 'Зерттеулер жеткіліксіз',
    };
    await decide(first, unfit);
    await decide(second, unfit);
    await decide(third, group('group-2'));
    expect(await stateOf(other.formId)).toBe('invited');
  });

  it('PX-15, R07: the Committee sees the dealing without a name, in Kazakh at 320 px, and why an expert was chosen', async () => {
    const { page } = committee;
    await go(page, `${world.at.admin}/kk/redistribution`);
    await looksWell(committee);
    expect(await page.content()).not.toContain(sent.person.iin);
    await go(page, `${world.at.admin}/kk/redistribution/${parts[0]?.assignmentId}`);
    await looksWell(committee);
    expect(await page.content()).toContain(parts[0]?.expertCode);
  });

  it('PX-17, R07: an absence is tried before it is confirmed, and its parts go to others', async () => {
    const third = await sendRemoteForm(world);
    const [part] = await partsOfForm(world, third.formId);
    if (!part) throw new Error('No part');
    const { page } = committee;
    await go(page, `${world.at.admin}/kk/redistribution?expert=${part.expertCode}`);
    await looksWell(committee);
    const open = async () => {
      const [row] = await world.sql<{ n: number }[]>`
        select count(*)::int as n from assignment where expert_id = ${part.expertId} and state = 'open'`;
      return row?.n ?? 0;
    };
    expect(await open()).toBeGreaterThan(0);
    await page.check('input[name="kind"][value="sick-leave"]');
    await page.click('#confirm');
    await page.waitForLoadState();
    expect(await open()).toBe(0);
    const now = await partsOfForm(world, third.formId);
    expect(now.map(({ expertId }) => expertId)).not.toContain(part.expertId);
    expect(committee.complaints).toEqual([]);
  });
});
