import {
  assignments,
  auditEvents,
  cases,
  decisions,
  expertAbsences,
  expertApplications,
  expertChanges,
  expertContracts,
  expertExclusions,
  expertNosologies,
  experts,
  expertSetups,
  messages,
  nosologyGroups,
  policies,
  staffRoles,
  testResults,
} from '@mse/db/schema';
import { policyOn } from '@mse/domain/policies';
import { addDays, plainDate, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GOOD_CANDIDATE } from '../../../test/candidate-fakes.ts';
import { local, type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { signedBy, signedByVerifier } from '../../../test/signed-by.ts';
import { readFeeds } from './read-feeds.ts';
import { settleIndicators, settleOverdue } from './settle-overdue.ts';
import { inviteOnPlatform } from './start-register-jobs.ts';

let world: World;
type Person = Awaited<ReturnType<World['person']>>;
type Client = Awaited<ReturnType<World['signIn']>>['client'];
let first: { person: Person; client: Client };
let second: { person: Person; client: Client };
let announcementId: string;
let groups: string[];

const START = '2026-11-23T10:00';
const text = { kk: 'мәтін', ru: 'текст', en: 'text' };
const content = { procedure: text, body: text, work: text, requirements: text, documents: text };

beforeAll(async () => {
  world = await startWorld({ now: START, signatures: signedByVerifier });
  groups = (await world.db.select({ code: nosologyGroups.code }).from(nosologyGroups).limit(3)).map(
    ({ code }) => code,
  );
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set(START);
  world.candidates.answerAgain();
  first = await official();
  second = await official();
});

async function official() {
  const person = await world.staff('registry-administrator');
  return { person, client: (await world.signIn(person.id, { audience: 'staff' })).client };
}

/** Sessions end after half an hour without use; whoever acts after a jump of the clock signs in anew. */
async function again(who: { person: Person; client: Client }, audience: 'staff' | 'citizen' = 'staff') {
  who.client = (await world.signIn(who.person.id, { audience, trust: 'signature' })).client;
  return who;
}

async function candidate(changes: Partial<typeof GOOD_CANDIDATE> = {}) {
  const person = await world.person();
  world.candidates.put(person.iin, { ...GOOD_CANDIDATE, ...changes });
  return { person, client: (await world.signIn(person.id, { trust: 'signature' })).client };
}

/** An announcement whose intake is open now. */
async function opened(places = 10): Promise<string> {
  world.clock.set('2026-11-02T09:00');
  const client = (await world.signIn(first.person.id, { audience: 'staff' })).client;
  const saved = await client.expertRegister.saveAnnouncement({
    content,
    places,
    intakeFrom: '2026-11-16',
    intakeUntil: '2027-06-30',
  });
  if (!saved.ok) throw new Error(saved.refusal);
  expect(await client.expertRegister.publishAnnouncement({ id: saved.id })).toEqual({ ok: true });
  world.clock.set(START);
  return saved.id;
}

const FIELDS = () => ({
  groups: groups.slice(0, 2),
  address: 'Көкшетау, Абай 1',
  email: 'a@mail.kz',
  phone: '+77015550000',
  consent: true,
  warned: true,
  computer: true,
  modem: true,
  tariffs: true,
  informed: true,
});

/** A complete draft whose systems were asked. */
async function drafted(who: { person: Person; client: Client }) {
  const started = await who.client.expertApplication.start({ announcementId });
  if (!started.ok) throw new Error(started.refusal);
  const { id } = started;
  expect(await who.client.expertApplication.askSystems({ id })).toMatchObject({ ok: true });
  expect(await who.client.expertApplication.save({ id, ...FIELDS() })).toEqual({ ok: true, missing: [] });
  return id;
}

async function sent(who: { person: Person; client: Client }) {
  const id = await drafted(who);
  const open = await who.client.expertApplication.openSubmit({ id });
  if (!open.ok) throw new Error(open.refusal);
  const { signingId } = open;
  const answer = await who.client.expertApplication.submit({
    id,
    signingId,
    cms: signedBy(who.person, open.text),
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return id;
}

async function invited(who: { person: Person; client: Client }) {
  const id = await sent(who);
  expect(await first.client.expertRegister.invite({ id })).toEqual({ ok: true });
  return id;
}

const rowOf = async (id: string) =>
  present((await world.db.select().from(expertApplications).where(eq(expertApplications.id, id)))[0]);

let events = 0;
function resultOf(row: { testCode: string | null; attempt: number }, change: object = {}) {
  events += 1;
  return JSON.stringify({
    eventId: `event-${String(events).padStart(6, '0')}`,
    code: row.testCode,
    attempt: row.attempt,
    percent: '70.00',
    proctoring: 'positive',
    finishedAt: world.clock.now().toISOString(),
    ...change,
  });
}
async function callback(body: string, headers: Record<string, string> = world.candidates.signed(body)) {
  const response = await world.http.request('/integration/v1/skills/results', {
    method: 'POST',
    headers,
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function passed(who: { person: Person; client: Client }) {
  const id = await invited(who);
  expect((await callback(resultOf(await rowOf(id)))).body).toMatchObject({ outcome: 'passed' });
  return id;
}

async function contractSent(who: { person: Person; client: Client }, indicator = 40) {
  const id = await passed(who);
  const open = await first.client.expertRegister.openContract({ id, indicator });
  if (!open.ok) throw new Error(open.refusal);
  expect(
    await first.client.expertRegister.sendContract({
      id,
      indicator,
      signingId: open.signingId,
      cms: signedBy(first.person, open.text),
    }),
  ).toEqual({ ok: true });
  return id;
}

async function contractSigned(who: { person: Person; client: Client }, indicator = 40) {
  const id = await contractSent(who, indicator);
  const open = await who.client.expertApplication.openContract({ id });
  if (!open.ok) throw new Error(open.refusal);
  expect(
    await who.client.expertApplication.signContract({
      id,
      signingId: open.signingId,
      cms: signedBy(who.person, open.text),
    }),
  ).toEqual({ ok: true });
  return id;
}

/** An expert of the register, by the whole way. */
async function entered(indicator = 40) {
  const who = await candidate();
  const id = await contractSigned(who, indicator);
  const answer = await first.client.expertRegister.enter({ id, regionCode: '75' });
  if (!answer.ok) throw new Error(answer.refusal);
  return { ...who, applicationId: id, expertId: answer.expertId, code: answer.code };
}

const lastMessage = async (personId: string, template: string) =>
  (
    await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, personId), like(messages.template, template)))
      .orderBy(desc(messages.createdAt), desc(messages.id))
  )[0];

/** A case that a person's form opened, dealt to an expert. */
async function openPart(expertId: string, groupCode = present(groups[0]), seat = 1) {
  const person = await world.person();
  const form = await world.form(person.id, { track: 'remote-proactive' });
  const at = world.clock.now();
  const caseId = world.random.id(at);
  await world.db.insert(cases).values({
    id: caseId,
    formId: form.id,
    personId: person.id,
    regionCode: '11',
    track: 'ordinary',
    nosologyGroup: groupCode,
    purpose: 'disability-first',
    state: 'deciding',
    stateAt: at,
    acceptedAt: at,
    draftActNo: `D-${caseId.slice(-12)}`,
    dealtAt: at,
    dueAt: at,
  });
  const [row] = await world.db
    .insert(assignments)
    .values({
      id: world.random.id(at),
      caseId,
      seat,
      expertId,
      caseCode: world.random.id(at),
      state: 'open',
      stateAt: at,
      cause: 'dealt',
      arrivedAt: at,
      dueAt: at,
    })
    .returning();
  return { caseId, assignmentId: present(row).id };
}

describe('RG-01, RG-02: announcements', () => {
  it('RG-01: intake less than ten working days after publication is refused; published, it stands on the public page without a sign-in', async () => {
    const { client } = first;
    const draft = { content, places: 10, intakeFrom: '2026-12-04', intakeUntil: '2026-12-31' };
    const saved = await client.expertRegister.saveAnnouncement(draft);
    if (!saved.ok) throw new Error(saved.refusal);
    const { id } = saved;
    expect((await client.expertRegister.announcement({ id })).earliestIntake).toBe('2026-12-07');
    expect(await client.expertRegister.publishAnnouncement({ id })).toEqual({
      ok: false,
      refusal: 'intake-too-early',
    });
    await expect(world.client(null).expertApplication.announcement({ id })).rejects.toThrow('not-found');
    await client.expertRegister.saveAnnouncement({ ...draft, id, intakeFrom: '2026-12-07' });
    expect(await client.expertRegister.publishAnnouncement({ id })).toEqual({ ok: true });
    expect((await world.client(null).expertApplication.announcement({ id })).announcement).toMatchObject({
      number: '2026-1',
      state: 'announced',
      publishedOn: '2026-11-23',
    });
    expect(await client.expertRegister.saveAnnouncement({ ...draft, id })).toEqual({
      ok: false,
      refusal: 'published-already',
    });
    // Nor behind the back of the rule.
    const { announcements } = await import('@mse/db/schema');
    await expect(
      world.db
        .update(announcements)
        .set({ intakeFrom: plainDate('2026-11-24') })
        .where(eq(announcements.id, id)),
    ).rejects.toThrow();
    const { client: other } = await candidate();
    expect(await other.expertApplication.start({ announcementId: id })).toEqual({
      ok: false,
      refusal: 'intake-not-open',
    });
    expect(await client.expertRegister.withdrawAnnouncement({ id, reason: 'қате' })).toEqual({ ok: true });
    expect((await world.client(null).expertApplication.announcement({ id })).announcement.state).toBe(
      'withdrawn',
    );
  });

  it('RG-02: an announcement with a part missing in a language is not published', async () => {
    const saved = await first.client.expertRegister.saveAnnouncement({
      content: { ...content, work: { ...text, kk: '' } },
      places: 10,
      intakeFrom: '2026-12-20',
      intakeUntil: '2026-12-31',
    });
    if (!saved.ok) throw new Error(saved.refusal);
    expect(await first.client.expertRegister.publishAnnouncement({ id: saved.id })).toEqual({
      ok: false,
      refusal: 'incomplete',
    });
    expect((await first.client.expertRegister.announcement({ id: saved.id })).missing).toEqual(['work']);
  });
});

describe('RG-06…RG-10: the application and its check', () => {
  beforeAll(async () => {
    first = await official();
    announcementId = await opened(1000);
  });

  it('RG-06, RG-09, C7: a draft is filled from the systems, kept, signed and sent with the consent of the day', async () => {
    const who = await candidate();
    const id = await drafted(who);
    const draft = await who.client.expertApplication.get({ id });
    expect(draft.uploadsOpen).toEqual([]);
    expect(draft.application.consentVersion).toBe('order-393');
    const open = await who.client.expertApplication.openSubmit({ id });
    if (!open.ok) throw new Error(open.refusal);
    expect(open.text).toContain(
      'Жалған ақпарат пен дәйексіз (жасанды) құжаттар бергенім үшін жауапкершілік туралы ескертілдім',
    );
    expect(open.text).not.toContain('141140008702');
    const stranger = await world.person();
    const submit = (cms: string) =>
      who.client.expertApplication.submit({ id, signingId: open.signingId, cms });
    expect(await submit(signedBy(stranger, open.text))).toEqual({ ok: false, refusal: 'other-person' });
    const answer = await submit(signedBy(who.person, open.text));
    expect(answer).toMatchObject({ ok: true, number: expect.stringMatching(/^A-\d{6}$/) as string });
    expect(await rowOf(id)).toMatchObject({
      state: 'checking',
      consentVersion: 'order-393',
      dueOn: '2026-12-03',
      text: open.text,
    });
    expect(await submit(signedBy(who.person, open.text))).toMatchObject({ ok: false });
    await expect(
      world.db.update(expertApplications).set({ fields: {} }).where(eq(expertApplications.id, id)),
    ).rejects.toThrow();
  });

  it('RG-09: a draft changed after its text was shown is not sent by that signature', async () => {
    const who = await candidate();
    const id = await drafted(who);
    const open = await who.client.expertApplication.openSubmit({ id });
    if (!open.ok) throw new Error(open.refusal);
    await who.client.expertApplication.save({ id, ...FIELDS(), address: 'Астана' });
    expect(
      await who.client.expertApplication.submit({
        id,
        signingId: open.signingId,
        cms: signedBy(who.person, open.text),
      }),
    ).toEqual({ ok: false, refusal: 'other-document' });
  });

  it('RG-09: what is missing is named, and nothing is signed before', async () => {
    const who = await candidate();
    const started = await who.client.expertApplication.start({ announcementId });
    if (!started.ok) throw new Error(started.refusal);
    const { id } = started;
    expect(await who.client.expertApplication.save({ id, ...FIELDS(), tariffs: false })).toEqual({
      ok: true,
      missing: ['tariffs'],
    });
    expect(await who.client.expertApplication.openSubmit({ id })).toEqual({
      ok: false,
      refusal: 'fields-missing',
    });
    await who.client.expertApplication.save({ id, ...FIELDS() });
    expect(await who.client.expertApplication.openSubmit({ id })).toEqual({
      ok: false,
      refusal: 'systems-not-asked',
    });
    expect(await who.client.expertApplication.save({ id, ...FIELDS(), groups: ['no-such'] })).toEqual({
      ok: false,
      refusal: 'group-unknown',
    });
  });

  it('Two applications begun at once are one; a second one is refused', async () => {
    const who = await candidate();
    const answers = await Promise.all(
      [1, 2, 3].map(() => who.client.expertApplication.start({ announcementId })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe('application-under-way');
    expect((await who.client.expertApplication.mine()).applications).toHaveLength(1);
  });

  it('RG-06: without the consent through the access control service no system is asked', async () => {
    const who = await candidate();
    const started = await who.client.expertApplication.start({ announcementId });
    if (!started.ok) throw new Error(started.refusal);
    for (const kind of ['waiting', 'declined'] as const) {
      world.candidates.consent(who.person.iin, kind);
      expect(await who.client.expertApplication.askSystems({ id: started.id })).toEqual({
        ok: false,
        refusal: `consent-${kind}`,
      });
    }
    expect((await rowOf(started.id)).facts).toBeNull();
  });

  it('RG-08: a silent system is never a no: what was known stays, and the application waits', async () => {
    const who = await candidate();
    world.candidates.silence('psychiatry');
    const id = await sent(who);
    const seen = await first.client.expertRegister.application({ id });
    expect(seen.facts.find(({ item }) => item === 'psychiatry')?.finding).toBe('silent');
    expect(seen.suggested).toEqual([]);
    expect(await first.client.expertRegister.invite({ id })).toEqual({
      ok: false,
      refusal: 'not-everything-held',
    });
    world.candidates.answerAgain();
    world.candidates.silence('diploma');
    expect(await first.client.expertRegister.askSystems({ id })).toEqual({ ok: true, silent: 1 });
    // The diploma keeps what the system said before.
    expect(await first.client.expertRegister.invite({ id })).toEqual({ ok: true });
  });

  it('RG-10: a refusal needs a second person; SMS and cabinet name the reasons of law that apply', async () => {
    const who = await candidate({
      certificate: [
        {
          number: '1',
          specialty: 'т',
          issuedOn: plainDate('2020-01-01'),
          validUntil: plainDate('2025-01-01'),
        },
      ],
      narcology: { registered: true },
    });
    const id = await sent(who);
    const seen = await first.client.expertRegister.application({ id });
    expect(seen.suggested).toEqual(['incomplete-or-expired', 'disqualifying']);
    expect(await first.client.expertRegister.invite({ id })).toEqual({
      ok: false,
      refusal: 'not-everything-held',
    });
    expect(
      await first.client.expertRegister.proposeRefusal({
        id,
        reasons: ['disqualifying', 'incomplete-or-expired'],
        note: 'сертификат',
      }),
    ).toEqual({ ok: true });
    expect((await who.client.expertApplication.get({ id })).application).toMatchObject({
      state: 'checking',
      reasons: [],
    });
    expect(await first.client.expertRegister.confirmRefusal({ id })).toEqual({
      ok: false,
      refusal: 'own-proposal',
    });
    expect(await second.client.expertRegister.confirmRefusal({ id })).toEqual({ ok: true });
    expect((await who.client.expertApplication.get({ id })).application).toMatchObject({
      state: 'refused',
      reasons: ['incomplete-or-expired', 'disqualifying'],
    });
    const sms = await lastMessage(who.person.id, 'register-refused-papers');
    expect(sms?.params.reasons).toBe(
      '- құжаттардың толық емес топтамасын ұсыну және (немесе) олардың жарамдылық мерзімінің аяқталуы; - осы Алгоритмнің 6-тармағында көрсетілген ақпараттардың анықталуы',
    );
  });

  it('RG-10: a second person may turn the refusal down, and the check goes on', async () => {
    const who = await candidate();
    const id = await sent(who);
    await first.client.expertRegister.proposeRefusal({ id, reasons: ['no-proof'], note: 'n' });
    expect(await first.client.expertRegister.turnDownRefusal({ id, note: 'n' })).toEqual({
      ok: false,
      refusal: 'own-proposal',
    });
    expect(await second.client.expertRegister.turnDownRefusal({ id, note: 'жарайды' })).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: 'checking', reasons: [] });
    expect(await second.client.expertRegister.confirmRefusal({ id })).toEqual({
      ok: false,
      refusal: 'changed-meanwhile',
    });
  });

  it('GV-08: who is refused asks a human once; whoever refused does not review', async () => {
    const who = await candidate();
    const id = await sent(who);
    await first.client.expertRegister.proposeRefusal({ id, reasons: ['no-proof'], note: 'n' });
    await second.client.expertRegister.confirmRefusal({ id });
    expect(await who.client.expertApplication.askReview({ id, text: 'Құжатым бар' })).toEqual({ ok: true });
    const decide = { id, outcome: 'back-to-check', note: 'қайта' } as const;
    for (const official of [first, second])
      expect(await official.client.expertRegister.decideReview(decide)).toEqual({
        ok: false,
        refusal: 'own-proposal',
      });
    const third = await official();
    expect(await third.client.expertRegister.decideReview(decide)).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: 'checking', reasons: [], reviews: 1 });
    expect(await lastMessage(who.person.id, 'register-review')).toBeDefined();
    await first.client.expertRegister.proposeRefusal({ id, reasons: ['no-proof'], note: 'n' });
    await second.client.expertRegister.confirmRefusal({ id });
    expect(await who.client.expertApplication.askReview({ id, text: 'тағы' })).toEqual({
      ok: false,
      refusal: 'reviewed-before',
    });
    // RG-14: refused under this announcement, nobody applies under it again.
    expect(await who.client.expertApplication.start({ announcementId })).toEqual({
      ok: false,
      refusal: 'applied-before',
    });
  });
});

describe('RG-07: uploads', () => {
  beforeAll(async () => {
    first = await official();
    announcementId = await opened(1000);
  });
  const PDF = '%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer\n%%EOF\n';

  async function upload(token: string, id: string, item: string, body: string | Buffer, name = 'диплом.pdf') {
    const response = await world.http.request(
      `/files/expert-application/${id}/${item}?name=${encodeURIComponent(name)}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: new Uint8Array(Buffer.from(body)),
      },
    );
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  async function withoutDiploma() {
    const { person } = await candidate({ diploma: [] });
    const { token, client } = await world.signIn(person.id, { trust: 'signature' });
    const id = await drafted({ person, client });
    return { person, token, client, id };
  }

  it('RG-07: a copy is taken only for what the systems lack, recognised by its content, and never for items 5) to 7)', async () => {
    const { token, client, id, person } = await withoutDiploma();
    expect((await client.expertApplication.get({ id })).uploadsOpen).toEqual(['diploma']);
    expect((await upload(token, id, 'diploma', PDF)).body).toMatchObject({ ok: true });
    expect((await client.expertApplication.get({ id })).files).toMatchObject([
      { item: 'diploma', name: 'диплом.pdf', kind: 'pdf' },
    ]);
    for (const item of ['experience', 'psychiatry', 'narcology', 'criminal-record', 'nonsense'])
      expect((await upload(token, id, item, PDF)).body).toEqual({ ok: false, refusal: 'item-not-open' });
    const refused: [string | Buffer, string][] = [
      ['', 'empty'],
      ['MZ program', 'kind'],
      ['<html>', 'kind'],
      ['%PDF-1.7\n<</OpenAction 1 0 R>>\n%%EOF', 'hostile'],
      [Buffer.alloc(5 * 1024 * 1024 + 1, '%PDF-'), 'too-large'],
    ];
    for (const [body, refusal] of refused)
      expect((await upload(token, id, 'diploma', body, 'x.pdf')).body).toEqual({ ok: false, refusal });
    const { deflateSync } = await import('node:zlib');
    const packed = (content: Buffer | string) =>
      Buffer.concat([
        Buffer.from('%PDF-1.7\n1 0 obj <<>> stream\n'),
        deflateSync(content),
        Buffer.from('\nendstream\n%%EOF\n'),
      ]);
    expect((await upload(token, id, 'diploma', packed('<</S/JavaScript/JS(app.alert(1))>>'))).body).toEqual({
      ok: false,
      refusal: 'hostile',
    });
    expect((await upload(token, id, 'diploma', packed(Buffer.alloc(30 * 1024 * 1024)))).body).toEqual({
      ok: false,
      refusal: 'hostile',
    });
    const lines = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.personId, person.id), eq(auditEvents.action, 'expertApplication.upload')));
    expect(lines.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(lines.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(9);
  });

  it('RG-07: the copy is read by the Committee after it was sent, by its owner always, and by nobody else', async () => {
    const { token, client, id, person } = await withoutDiploma();
    const { body } = await upload(token, id, 'diploma', PDF);
    const get = async (by: string) =>
      world.http.request(`/files/expert-application/${id}/${String(body.id)}`, {
        headers: { authorization: `Bearer ${by}` },
      });
    const committee = (await world.signIn(first.person.id, { audience: 'staff' })).token;
    expect((await get(committee)).status).toBe(404);
    const open = await client.expertApplication.openSubmit({ id });
    if (!open.ok) throw new Error(open.refusal);
    await client.expertApplication.submit({
      id,
      signingId: open.signingId,
      cms: signedBy(person, open.text),
    });
    const file = await get(committee);
    expect([file.status, file.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([
      200,
      true,
    ]);
    expect((await get(token)).status).toBe(200);
    const stranger = await world.signIn((await world.person()).id, { trust: 'signature' });
    expect((await get(stranger.token)).status).toBe(404);
    expect((await upload(stranger.token, id, 'diploma', PDF)).status).toBe(404);
    expect((await upload(token, id, 'diploma', PDF)).body).toEqual({
      ok: false,
      refusal: 'changed-meanwhile',
    });
    // The copy was read by a person: the application can go on.
    expect(await first.client.expertRegister.invite({ id })).toEqual({ ok: true });
  });
});

describe('RG-11…RG-16: the test and its callback', () => {
  beforeAll(async () => {
    first = await official();
    announcementId = await opened(1000);
  });

  it('RG-11: the invitation goes by SMS, cabinet and to the platform, with ten calendar days', async () => {
    const who = await candidate();
    const id = await invited(who);
    expect(await rowOf(id)).toMatchObject({ state: 'invited', dueOn: '2026-12-03', attempt: 1 });
    expect((await lastMessage(who.person.id, 'register-test'))?.params).toEqual({ due: '03.12.2026' });
    await inviteOnPlatform(world.deps, id);
    const { testCode } = await rowOf(id);
    expect(world.candidates.invitations.at(-1)).toMatchObject({
      code: testCode,
      attempt: 1,
      dueOn: '2026-12-03',
    });
    expect((await who.client.expertApplication.get({ id })).application.testLink).toContain(testCode);
    world.candidates.refuseInvitations(true);
    await expect(inviteOnPlatform(world.deps, id)).rejects.toThrow('503');
    world.candidates.refuseInvitations(false);
  });

  it('RG-13, RG-15: 70.00 % with positive proctoring passes; the same message twice is one result', async () => {
    const who = await candidate();
    const id = await invited(who);
    const body = resultOf(await rowOf(id));
    const answers = await Promise.all([callback(body), callback(body), callback(body)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.filter(({ body: { repeated } }) => repeated === false)).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ state: 'passed', dueOn: null });
    expect(await world.db.select().from(testResults).where(eq(testResults.applicationId, id))).toHaveLength(
      1,
    );
    expect((await who.client.expertApplication.get({ id })).tests).toMatchObject([
      { percent: '70.00', outcome: 'passed' },
    ]);
    const other = body.replace('70.00', '99.00');
    expect(await callback(other)).toMatchObject({ status: 409, body: { error: 'event-reused' } });
  });

  it.each([
    [
      'a forged signature',
      (body: string) => ({ ...world.candidates.signed(body), 'x-skills-signature': `v1=${'0'.repeat(64)}` }),
    ],
    ['a signature of another body', () => world.candidates.signed('{}')],
    ['a message of ten minutes ago', (body: string) => world.candidates.signed(body, 600)],
    ['a message of the future', (body: string) => world.candidates.signed(body, -600)],
    ['no signature', () => ({ 'content-type': 'application/json' })],
  ])('RG-13: %s changes nothing, is refused and stands in the audit', async (_, headers) => {
    const id = await invited(await candidate());
    const body = resultOf(await rowOf(id), { percent: '100.00' });
    const before = await world.db.$count(auditEvents, eq(auditEvents.action, 'expertRegister.testResult'));
    expect(await callback(body, headers(body) as Record<string, string>)).toMatchObject({
      status: 401,
      body: { error: 'signature-invalid' },
    });
    expect((await rowOf(id)).state).toBe('invited');
    expect(await world.db.$count(auditEvents, eq(auditEvents.action, 'expertRegister.testResult'))).toBe(
      before + 1,
    );
  });

  it('RG-13: what cannot be read, or is about nobody, is refused', async () => {
    const id = await invited(await candidate());
    const row = await rowOf(id);
    for (const change of [
      { percent: '70.001' },
      { percent: 'seventy' },
      { proctoring: 'maybe' },
      { extra: 1 },
    ])
      expect((await callback(resultOf(row, change))).status).toBe(400);
    expect(await callback(resultOf({ ...row, testCode: 'A'.repeat(22) }))).toMatchObject({ status: 404 });
    expect((await callback('x'.repeat(20_000))).status).toBe(413);
    expect((await rowOf(id)).state).toBe('invited');
  });

  it('RG-14, RG-16: the first failure opens one retake with fresh ten days, the second refuses with only the reasons that apply', async () => {
    const who = await candidate();
    const id = await invited(who);
    expect((await callback(resultOf(await rowOf(id), { percent: '69.99' }))).body).toMatchObject({
      outcome: 'failed',
    });
    expect(await rowOf(id)).toMatchObject({ state: 'retake', attempt: 2, dueOn: '2026-12-03' });
    // The first attempt told again under another id is about an attempt that is over.
    expect((await callback(resultOf({ ...(await rowOf(id)), attempt: 1 }))).body).toMatchObject({
      outcome: 'wrong-attempt',
    });
    expect(
      (await callback(resultOf(await rowOf(id), { percent: '100', proctoring: 'negative' }))).body,
    ).toMatchObject({ outcome: 'failed-again' });
    expect(await rowOf(id)).toMatchObject({
      state: 'refused',
      reasons: ['proctoring-negative'],
      refusedFrom: 'retake',
    });
    const sms = await lastMessage(who.person.id, 'register-refused');
    expect(sms?.params.reasons).toBe(
      '- skills.enbek.kz платформасында прокторинг жүйесінің теріс қорытындысына байланысты',
    );
    expect((await callback(resultOf(await rowOf(id)))).body).toMatchObject({ outcome: 'not-waiting' });
    expect((await rowOf(id)).state).toBe('refused');
  });

  it('RG-14: a technical failure by act opens the test anew and leaves the retake', async () => {
    const id = await invited(await candidate());
    expect(await first.client.expertRegister.recordFailure({ id, actNo: '7', actOn: '2026-11-23' })).toEqual({
      ok: true,
    });
    expect(await rowOf(id)).toMatchObject({ state: 'invited', attempt: 2, usedRetakes: 0 });
    expect((await callback(resultOf(await rowOf(id), { percent: '0' }))).body).toMatchObject({
      outcome: 'failed',
    });
    expect((await rowOf(id)).state).toBe('retake');
  });

  it('RG-11, RG-16: the tenth day counts whole, on the eleventh the refusal comes by itself, once', async () => {
    const who = await candidate();
    const id = await invited(who);
    await settleOverdue(world.deps, local('2026-12-03T23:59'));
    expect((await rowOf(id)).state).toBe('invited');
    const at = local('2026-12-04T00:00');
    const refused = await Promise.all([settleOverdue(world.deps, at), settleOverdue(world.deps, at)]);
    expect(refused[0] + refused[1]).toBeGreaterThan(0);
    expect(await rowOf(id)).toMatchObject({ state: 'refused', reasons: ['test-not-taken'] });
    expect(
      await world.db.$count(
        messages,
        and(eq(messages.personId, who.person.id), eq(messages.template, 'register-refused')),
      ),
    ).toBe(1);
    // A result of the last day that comes late is kept, and the review can take it up.
    expect((await callback(resultOf(await rowOf(id)))).body).toMatchObject({ outcome: 'not-waiting' });
    expect(await who.client.expertApplication.askReview({ id, text: 'Уақытында тапсырдым' })).toEqual({
      ok: true,
    });
    expect(
      await second.client.expertRegister.decideReview({ id, outcome: 'back-to-passed', note: 'нәтиже бар' }),
    ).toEqual({ ok: true });
    expect((await rowOf(id)).state).toBe('passed');
  });

  it('RG-16: a retake that was missed names what made it necessary, too', async () => {
    const id = await invited(await candidate());
    await callback(resultOf(await rowOf(id), { percent: '10', proctoring: 'negative' }));
    await settleOverdue(world.deps, local('2026-12-04T08:00'));
    expect((await rowOf(id)).reasons).toEqual(['test-negative', 'proctoring-negative', 'test-not-taken']);
  });
});

describe('RG-20…RG-24: contract, entry and work set-up', () => {
  beforeAll(async () => {
    first = await official();
    announcementId = await opened(1000);
  });

  it('RG-20: the contract is signed by both sides; another person’s key and a second signature are refused', async () => {
    const who = await candidate();
    const id = await contractSent(who);
    expect(await rowOf(id)).toMatchObject({ state: 'contract-sent', dueOn: '2026-11-26' });
    expect((await lastMessage(who.person.id, 'register-contract'))?.params.due).toBe('26.11.2026');
    const open = await who.client.expertApplication.openContract({ id });
    if (!open.ok) throw new Error(open.refusal);
    expect(open.text).toContain('Жоспарлы көрсеткіш: айына 40');
    const { signingId } = open;
    const sign = (person: Person) =>
      who.client.expertApplication.signContract({ id, signingId, cms: signedBy(person, open.text) });
    expect(await sign(await world.person())).toEqual({ ok: false, refusal: 'other-person' });
    const both = await Promise.all([sign(who.person), sign(who.person)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ state: 'contract-signed', dueOn: '2026-11-26' });
    const [contract] = await world.db
      .select()
      .from(expertContracts)
      .where(eq(expertContracts.applicationId, id));
    expect(contract?.signature && contract.committeeSignature).toBeTruthy();
    const pdf = async (token: string) =>
      world.http.request(`/files/expert-application/${id}/contract/${present(contract).id}?lang=ru`, {
        headers: { authorization: `Bearer ${token}` },
      });
    const own = await pdf((await world.signIn(who.person.id, { trust: 'signature' })).token);
    expect([own.status, own.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await own.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect((await pdf((await world.signIn(first.person.id, { audience: 'staff' })).token)).status).toBe(200);
    expect(
      (await pdf((await world.signIn((await world.person()).id, { trust: 'signature' })).token)).status,
    ).toBe(404);
    await expect(
      world.db.update(expertContracts).set({ indicator: 1 }).where(eq(expertContracts.applicationId, id)),
    ).rejects.toThrow();
  });

  it('RG-20, RG-16: not signed on the third working day, it is refused by itself', async () => {
    const who = await candidate();
    const id = await contractSent(who);
    await settleOverdue(world.deps, local('2026-11-26T23:59'));
    expect((await rowOf(id)).state).toBe('contract-sent');
    world.clock.set('2026-11-27T00:01');
    await again(who, 'citizen');
    expect(await who.client.expertApplication.openContract({ id })).toEqual({
      ok: false,
      refusal: 'too-late',
    });
    await settleOverdue(world.deps, world.clock.now());
    expect(await rowOf(id)).toMatchObject({ state: 'refused', reasons: ['contract-not-signed'] });
  });

  it('RG-02(5): no more contracts than places; the last place is given once', async () => {
    announcementId = await opened(1);
    const [left, right] = [await candidate(), await candidate()];
    const [one, two] = [await passed(left), await passed(right)];
    const texts = await Promise.all(
      [one, two].map((id) => first.client.expertRegister.openContract({ id, indicator: 10 })),
    );
    const answers = await Promise.all(
      [one, two].map((id, index) => {
        const open = texts[index];
        if (!open?.ok) throw new Error('not opened');
        return first.client.expertRegister.sendContract({
          id,
          indicator: 10,
          signingId: open.signingId,
          cms: signedBy(first.person, open.text),
        });
      }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: 'no-places-left' });
    announcementId = await opened(1000);
  });

  it('RG-21, RG-22, RG-23, R05: entry makes the rows the dealing reads, the role, the training term and the history', async () => {
    const expert = await entered();
    expect(await world.db.select().from(experts).where(eq(experts.id, expert.expertId))).toMatchObject([
      { kind: 'independent', regionCode: '75', enteredOn: '2026-11-23', code: expert.code },
    ]);
    expect(
      await world.db.select().from(expertNosologies).where(eq(expertNosologies.expertId, expert.expertId)),
    ).toHaveLength(2);
    expect(
      await world.db.select().from(staffRoles).where(eq(staffRoles.personId, expert.person.id)),
    ).toMatchObject([{ role: 'expert' }]);
    expect(
      await world.db.select().from(expertSetups).where(eq(expertSetups.expertId, expert.expertId)),
    ).toMatchObject([{ indicator: 40, trainingDueOn: '2026-12-23' }]);
    expect(await first.client.expertRegister.enter({ id: expert.applicationId, regionCode: '75' })).toEqual({
      ok: false,
      refusal: 'changed-meanwhile',
    });
    expect(await expert.client.expertApplication.start({ announcementId })).toEqual({
      ok: false,
      refusal: 'expert-already',
    });
    const id = expert.expertId;
    expect(
      await first.client.expertRegister.changeExpert({
        id,
        groups: [present(groups[2])],
        regionCode: '11',
        dailyCap: 5,
      }),
    ).toEqual({ ok: true });
    expect(
      await first.client.expertRegister.changeExpert({
        id,
        groups: [present(groups[2])],
        regionCode: '11',
        dailyCap: 5,
      }),
    ).toEqual({ ok: false, refusal: 'same-as-now' });
    const { history } = await first.client.expertRegister.expert({ id });
    expect(history[0]).toMatchObject({
      change: 'changed',
      before: { groups: groups.slice(0, 2).sort(), regionCode: '75', dailyCap: null },
      after: { groups: [groups[2]], regionCode: '11', dailyCap: 5 },
    });
    expect((await first.client.expertRegister.expert({ id })).expert.groups).toEqual([groups[2]]);
  });

  it('RG-23, RG-24: training is recorded once; a modem is with one expert and comes back by its act', async () => {
    const [one, two] = [await entered(), await entered()];
    const training = { id: one.expertId, trainedOn: '2026-11-23' };
    expect(
      await first.client.expertRegister.recordTraining({ ...training, trainedOn: '2026-11-24' }),
    ).toEqual({ ok: false, refusal: 'day-not-fitting' });
    expect(await first.client.expertRegister.recordTraining(training)).toEqual({ ok: true });
    expect(await first.client.expertRegister.recordTraining(training)).toEqual({
      ok: false,
      refusal: 'trained-already',
    });
    const modem = { number: `M-${one.code}`, issuedOn: '2026-11-23', act: '1' };
    expect(await first.client.expertRegister.issueModem({ id: one.expertId, ...modem })).toEqual({
      ok: true,
    });
    expect(
      await first.client.expertRegister.issueModem({ id: one.expertId, ...modem, number: 'other' }),
    ).toEqual({ ok: false, refusal: 'modem-with-expert' });
    expect(await first.client.expertRegister.issueModem({ id: two.expertId, ...modem })).toEqual({
      ok: false,
      refusal: 'modem-with-another',
    });
    expect(
      await first.client.expertRegister.returnModem({ id: one.expertId, returnedOn: '2026-11-22', act: '2' }),
    ).toEqual({ ok: false, refusal: 'day-not-fitting' });
    expect(
      await first.client.expertRegister.returnModem({ id: one.expertId, returnedOn: '2026-11-23', act: '2' }),
    ).toEqual({ ok: true });
    expect(await first.client.expertRegister.issueModem({ id: two.expertId, ...modem })).toEqual({
      ok: true,
    });
  });
});

describe('R05: the register', () => {
  beforeAll(async () => {
    first = await official();
    announcementId = await opened(1000);
  });

  it('R05: it is searched by code, surname, form, region, kind, presence and load', async () => {
    const expert = await entered();
    const { client } = first;
    const codes = async (filter: Parameters<Client['expertRegister']['experts']>[0]) =>
      (await client.expertRegister.experts(filter)).experts.map(({ code }) => code);
    expect(await codes({ code: expert.code })).toEqual([expert.code]);
    expect(
      await codes({ code: expert.code.toLowerCase(), surname: expert.person.surname.slice(0, 4) }),
    ).toEqual([expert.code]);
    expect(await codes({ surname: '%' })).toEqual([]);
    for (const [filter, inside] of [
      [{ group: present(groups[0]) }, true],
      [{ group: present(groups[2]) }, false],
      [{ region: '75' }, true],
      [{ region: '10' }, false],
      [{ kind: 'independent' }, true],
      [{ kind: 'department-head' }, false],
      [{ presence: 'here' }, true],
      [{ presence: 'away' }, false],
      [{ load: 'none' }, true],
      [{ load: 'some' }, false],
      [{ load: 'full' }, false],
      [{ state: 'excluded' }, false],
      [{ state: 'all' }, true],
    ] as const)
      expect([filter, (await codes({ ...filter, code: expert.code })).length === 1]).toEqual([
        filter,
        inside,
      ]);
    await openPart(expert.expertId);
    expect(await codes({ load: 'some', code: expert.code })).toEqual([expert.code]);
    await world.db.update(experts).set({ dailyCap: 1 }).where(eq(experts.id, expert.expertId));
    expect(await codes({ load: 'full', code: expert.code })).toEqual([expert.code]);
  });

  it('R05: the export holds no formula, and every person of it leaves an audit row', async () => {
    const who = await candidate();
    await world.owner
      .update((await import('@mse/db/schema')).persons)
      .set({ surname: '=cmd|x' })
      .where(eq((await import('@mse/db/schema')).persons.id, who.person.id));
    const id = await contractSigned(who);
    const answer = await first.client.expertRegister.enter({ id, regionCode: '75' });
    if (!answer.ok) throw new Error(answer.refusal);
    const csv = await first.client.expertRegister.export({ code: answer.code, format: 'csv' });
    const text = Buffer.from(csv.base64, 'base64').toString('utf8');
    expect(text).toContain("'=cmd|x");
    expect(text.split('\r\n').filter(Boolean)).toHaveLength(2);
    const xlsx = await first.client.expertRegister.export({ code: answer.code, format: 'xlsx' });
    const bytes = Buffer.from(xlsx.base64, 'base64');
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.includes('<f>')).toBe(false);
    const seen = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.personId, who.person.id), eq(auditEvents.action, 'expertRegister.export')));
    expect(seen).toHaveLength(2);
  });
});

describe('RG-30…RG-34, X07: absence and exclusion', () => {
  beforeAll(async () => {
    first = await official();
    announcementId = await opened(1000);
  });

  it('RG-30(1), RG-32, RG-34: the expert asks to leave, an official sees the effect and confirms, and the open cases leave at once', async () => {
    const expert = await entered();
    const { assignmentId, caseId } = await openPart(expert.expertId);
    expect(await expert.client.expertApplication.askExclusion({ reason: 'Көшемін' })).toEqual({ ok: true });
    expect(await expert.client.expertApplication.askExclusion({ reason: 'тағы' })).toEqual({
      ok: false,
      refusal: 'proposed-already',
    });
    const { proposed } = await first.client.expertRegister.exclusions();
    const { id } = present(proposed.find(({ expertId }) => expertId === expert.expertId));
    const effect = await first.client.expertRegister.exclusionEffect({ expertId: expert.expertId });
    expect(effect).toMatchObject({ parts: 1, groups: [{ group: groups[0], parts: 1 }] });
    await openPart(expert.expertId);
    expect(await first.client.expertRegister.confirmExclusion({ id, shownParts: 1 })).toEqual({
      ok: false,
      refusal: 'effect-changed',
    });
    const done = await first.client.expertRegister.confirmExclusion({ id, shownParts: 2 });
    if (!done.ok) throw new Error(done.refusal);
    expect(done.moved + done.left).toBe(2);
    expect(await world.db.select().from(experts).where(eq(experts.id, expert.expertId))).toMatchObject([
      { excludedOn: '2026-11-23', exclusionGround: 'own-application' },
    ]);
    expect(
      (await world.db.select().from(assignments).where(eq(assignments.id, assignmentId)))[0]?.state,
    ).toBe('moved');
    expect((await world.db.select().from(cases).where(eq(cases.id, caseId)))[0]?.state).toMatch(
      /^(waiting|deciding)$/,
    );
    // The role has ended: nothing of the staff is reached any more.
    const staff = await world.signIn(expert.person.id, { audience: 'staff' });
    await expect(staff.client.expertPresence.mine()).rejects.toThrow('not-found');
    // RG-33: this ground bars nobody.
    announcementId = await opened(1000);
    expect(await expert.client.expertApplication.start({ announcementId })).toMatchObject({ ok: true });
  });

  it('RG-02(5), RG-30: an exclusion frees the place of its announcement for a candidate who has passed', async () => {
    announcementId = await opened(1);
    const expert = await entered();
    const who = await candidate();
    const id = await passed(who);
    expect(await first.client.expertRegister.openContract({ id, indicator: 10 })).toEqual({
      ok: false,
      refusal: 'no-places-left',
    });
    await expert.client.expertApplication.askExclusion({ reason: 'Көшемін' });
    const { proposed } = await first.client.expertRegister.exclusions();
    const proposal = present(proposed.find(({ expertId }) => expertId === expert.expertId));
    expect(
      await first.client.expertRegister.confirmExclusion({ id: proposal.id, shownParts: 0 }),
    ).toMatchObject({ ok: true });
    expect(await first.client.expertRegister.openContract({ id, indicator: 10 })).toMatchObject({ ok: true });
    announcementId = await opened(1000);
  });

  it('AS-06, RG-30: who is excluded reaches the own months and nothing else of the staff; the dead reach nothing', async () => {
    const [left, dead] = [await entered(), await entered()];
    await left.client.expertApplication.askExclusion({ reason: 'Көшемін' });
    const { proposed } = await first.client.expertRegister.exclusions();
    const { id } = present(proposed.find(({ expertId }) => expertId === left.expertId));
    expect(await first.client.expertRegister.confirmExclusion({ id, shownParts: 0 })).toMatchObject({
      ok: true,
    });
    const { client } = await world.signIn(left.person.id, { audience: 'staff' });
    expect(await client.expertPay.myMonths()).toMatchObject({ independent: true, months: [] });
    await expect(client.expertDesk.list({})).rejects.toThrow('not-found');
    world.candidates.life.push({
      id: `life-${dead.code}`,
      iin: dead.person.iin,
      kind: 'death',
      on: plainDate('2026-11-22'),
    });
    await readFeeds(world.deps, world.clock.now());
    const gone = await world.signIn(dead.person.id, { audience: 'staff' });
    await expect(gone.client.expertPay.myMonths()).rejects.toThrow('not-found');
  });

  it('RG-32: four eyes: who proposed does not confirm; somebody else may turn it down', async () => {
    const expert = await entered();
    const { expertId } = expert;
    expect(
      await first.client.expertRegister.proposeExclusion({ expertId, ground: 'indicator', reason: 'r' }),
    ).toEqual({ ok: false, refusal: 'not-failed-enough' });
    expect(
      await first.client.expertRegister.proposeExclusion({
        expertId,
        ground: 'own-application',
        reason: 'r',
      }),
    ).toEqual({ ok: true });
    const { proposed } = await first.client.expertRegister.exclusions();
    const { id } = present(proposed.find((each) => each.expertId === expertId));
    expect(await first.client.expertRegister.confirmExclusion({ id, shownParts: 0 })).toEqual({
      ok: false,
      refusal: 'own-proposal',
    });
    expect(await second.client.expertRegister.turnDownExclusion({ id })).toEqual({ ok: true });
    expect(await second.client.expertRegister.confirmExclusion({ id, shownParts: 0 })).toEqual({
      ok: false,
      refusal: 'not-proposed',
    });
  });

  it('RG-30(5), RG-33: the fourth month under the planned indicator proposes exclusion, and its confirmation bars for good', async () => {
    const expert = await entered(2);
    const { expertId } = expert;
    await world.db
      .update(experts)
      .set({ enteredOn: plainDate('2026-12-01') })
      .where(eq(experts.id, expertId));
    for (const [month, proposedSoFar] of [
      ['2027-02-01', 0],
      ['2027-03-01', 0],
      ['2027-04-01', 0],
      ['2027-05-01', 1],
    ] as const) {
      await settleIndicators(world.deps, local(`${month}T00:10`));
      await settleIndicators(world.deps, local(`${month}T00:20`));
      const open = await world.db.$count(expertExclusions, eq(expertExclusions.expertId, expertId));
      expect([month, open]).toEqual([month, proposedSoFar]);
    }
    world.clock.set('2027-05-03T10:00');
    await again(first);
    await again(second);
    const { proposed } = await first.client.expertRegister.exclusions();
    const proposal = present(proposed.find((each) => each.expertId === expertId));
    expect(proposal).toMatchObject({ ground: 'indicator', by: 'system' });
    expect((await first.client.expertRegister.expert({ id: expertId })).failures).toBe(4);
    expect(
      await first.client.expertRegister.confirmExclusion({ id: proposal.id, shownParts: 0 }),
    ).toMatchObject({ ok: true });
    await again(expert, 'citizen');
    expect(await expert.client.expertApplication.start({ announcementId })).toEqual({
      ok: false,
      refusal: 'barred',
    });
    expect((await expert.client.expertApplication.mine()).barred).toBe(true);
  });

  it('RG-30(5), PX-14: a month in which nobody is dealt cases is no failure', async () => {
    const expert = await entered(1);
    await settleIndicators(world.deps, local('2027-01-01T00:10'));
    await settleIndicators(world.deps, local('2027-02-01T00:10'));
    world.clock.set('2027-02-01T10:00');
    await again(first);
    // December is passed over, January counts.
    expect((await first.client.expertRegister.expert({ id: expert.expertId })).indicators).toEqual([
      { month: '2027-01-01', target: 1, done: 0 },
    ]);
  });

  it('RG-30(5): a month with enough signed decisions, or one spent away, is no failure', async () => {
    const [busy, away] = [await entered(1), await entered(1)];
    for (const { expertId } of [busy, away])
      await world.db
        .update(experts)
        .set({ enteredOn: plainDate('2026-10-01') })
        .where(eq(experts.id, expertId));
    const { caseId, assignmentId } = await openPart(busy.expertId);
    await world.db.insert(decisions).values({
      id: world.random.id(world.clock.now()),
      assignmentId,
      caseId,
      expertId: busy.expertId,
      content: { kind: 'nonconformity', kinds: ['evidence'], reasons: 'r' },
      text: 't',
      signature: Buffer.from('s'),
      signerSerial: '1',
      signedAt: local('2026-11-30T23:59'),
      inTime: true,
    });
    await world.db.insert(expertAbsences).values({
      id: world.random.id(world.clock.now()),
      expertId: away.expertId,
      kind: 'leave',
      from: plainDate('2026-11-01'),
      until: plainDate('2026-11-20'),
      createdBy: away.person.id,
      createdAt: world.clock.now(),
    });
    await settleIndicators(world.deps, local('2026-12-01T00:10'));
    world.clock.set('2026-12-01T10:00');
    await again(first);
    expect((await first.client.expertRegister.expert({ id: busy.expertId })).indicators).toEqual([
      { month: '2026-11-01', target: 1, done: 1 },
    ]);
    expect((await first.client.expertRegister.expert({ id: away.expertId })).indicators).toEqual([]);
  });

  it.each(['death', 'left-country', 'incapable'] as const)(
    'RG-31: %s comes from the registry and excludes by itself, once',
    async (kind) => {
      const expert = await entered();
      await openPart(expert.expertId);
      const event = { id: `life-${expert.code}`, iin: expert.person.iin, kind, on: plainDate('2026-11-22') };
      world.candidates.silence('life-events');
      world.candidates.life.push(event, { ...event, id: `${event.id}-other`, iin: '000000000000' });
      await readFeeds(world.deps, world.clock.now());
      expect(
        (await world.db.select().from(experts).where(eq(experts.id, expert.expertId)))[0]?.excludedOn,
      ).toBeNull();
      world.candidates.answerAgain();
      await Promise.allSettled([
        readFeeds(world.deps, world.clock.now()),
        readFeeds(world.deps, world.clock.now()),
      ]);
      await readFeeds(world.deps, world.clock.now());
      expect((await world.db.select().from(experts).where(eq(experts.id, expert.expertId)))[0]).toMatchObject(
        { excludedOn: '2026-11-23', exclusionGround: kind },
      );
      expect(await world.db.$count(expertExclusions, eq(expertExclusions.expertId, expert.expertId))).toBe(1);
      expect(
        await world.db.$count(
          assignments,
          and(eq(assignments.expertId, expert.expertId), eq(assignments.state, 'open')),
        ),
      ).toBe(0);
      // The dead are not written to.
      expect((await lastMessage(expert.person.id, 'register-excluded')) === undefined).toBe(kind === 'death');
      expect(
        await first.client.expertRegister.proposeExclusion({
          expertId: expert.expertId,
          ground: 'own-application',
          reason: 'r',
        }),
      ).toEqual({ ok: false, refusal: 'excluded-already' });
    },
  );

  it('X07, PX-17: an expert reports leave, sees the affected cases first, and they move at once', async () => {
    const expert = await entered();
    const { client } = await world.signIn(expert.person.id, { audience: 'staff' });
    await openPart(expert.expertId);
    const leave = { kind: 'leave', from: '2026-11-23', until: '2026-11-27' } as const;
    expect(await client.expertPresence.preview(leave)).toMatchObject({ ok: true, effect: { parts: 1 } });
    expect(await client.expertPresence.report({ ...leave, shownParts: 0 })).toEqual({
      ok: false,
      refusal: 'affected-changed',
    });
    const done = await client.expertPresence.report({ ...leave, shownParts: 1 });
    if (!done.ok) throw new Error(done.refusal);
    expect(done.moved + done.left).toBe(1);
    expect(await client.expertPresence.report({ ...leave, shownParts: 0 })).toEqual({
      ok: false,
      refusal: 'overlaps',
    });
    expect(await client.expertPresence.preview({ ...leave, kind: 'sick-leave' })).toEqual({
      ok: false,
      refusal: 'from-registry',
    });
    expect((await first.client.expertRegister.experts({ code: expert.code, presence: 'away' })).total).toBe(
      1,
    );
    const mine = await client.expertPresence.mine();
    expect(mine.absences).toMatchObject([{ state: 'now', mayCancel: true }]);
    expect(await client.expertPresence.cancel({ id: present(mine.absences[0]).id })).toEqual({ ok: true });
    expect((await first.client.expertRegister.experts({ code: expert.code, presence: 'here' })).total).toBe(
      1,
    );
    const changes = await world.db
      .select()
      .from(expertChanges)
      .where(eq(expertChanges.expertId, expert.expertId));
    expect(changes.map(({ change }) => change)).toEqual(['entered', 'absent', 'absence-ended']);
  });

  it('X07, PX-17: leave reported ahead moves nothing now; on its first day the expert is away for the register', async () => {
    const expert = await entered();
    const { client } = await world.signIn(expert.person.id, { audience: 'staff' });
    await openPart(expert.expertId);
    const leave = { kind: 'leave', from: '2026-11-25', until: '2026-11-27' } as const;
    expect(await client.expertPresence.preview(leave)).toEqual({
      ok: true,
      effect: { parts: 0, groups: [] },
    });
    expect(await client.expertPresence.report({ ...leave, shownParts: 0 })).toEqual({
      ok: true,
      moved: 0,
      left: 0,
    });
    const open = () =>
      world.db.$count(
        assignments,
        and(eq(assignments.expertId, expert.expertId), eq(assignments.state, 'open')),
      );
    expect(await open()).toBe(1);
    const away = async () => {
      await again(first);
      return (await first.client.expertRegister.experts({ code: expert.code, presence: 'away' })).total;
    };
    world.clock.set('2026-11-24T23:00');
    expect(await away()).toBe(0);
    world.clock.set('2026-11-25T00:01');
    expect(await away()).toBe(1);
  });

  it('PX-17: a sick list makes the expert absent and its closing ends it', async () => {
    const expert = await entered();
    await openPart(expert.expertId);
    const list = { iin: expert.person.iin, number: 'Л-1', from: plainDate('2026-11-23') };
    world.candidates.sick.push({ id: `${expert.code}-1`, ...list, until: null });
    await readFeeds(world.deps, world.clock.now());
    const absence = async () =>
      world.db.select().from(expertAbsences).where(eq(expertAbsences.expertId, expert.expertId));
    expect(await absence()).toMatchObject([{ kind: 'sick-leave', from: '2026-11-23', until: null }]);
    expect(
      await world.db.$count(
        assignments,
        and(eq(assignments.expertId, expert.expertId), eq(assignments.state, 'open')),
      ),
    ).toBe(0);
    const { client } = await world.signIn(expert.person.id, { audience: 'staff' });
    expect(await client.expertPresence.cancel({ id: present((await absence())[0]).id })).toEqual({
      ok: false,
      refusal: 'from-registry',
    });
    world.candidates.sick.push({
      id: `${expert.code}-2`,
      ...list,
      until: addDays(toBusinessDate(world.clock.now()), 4),
    });
    await readFeeds(world.deps, world.clock.now());
    expect(await absence()).toMatchObject([{ until: '2026-11-27' }]);
  });
});

describe('The settings of the register', () => {
  it('PY-03: the tariff is set with four eyes from any month that has no acts yet, and read at once', async () => {
    const tariff = { key: 'payment.tariff', basis: 'бұйрық', assumed: false } as const;
    const propose = (validFrom: string, tenge: string) =>
      first.client.expertRegister.proposePolicy({ ...tariff, validFrom, value: { tenge } });
    expect(await propose('2026-10-02', '1000')).toEqual({ ok: false, refusal: 'not-first-of-month' });
    expect(await propose('2026-10-01', '0')).toEqual({ ok: false, refusal: 'value-unreadable' });
    expect(await propose('2026-10-01', '1000.50')).toEqual({ ok: true });
    const proposal = async () => {
      const { policies: shown } = await first.client.expertRegister.settings();
      return present(present(shown.find(({ key }) => key === 'payment.tariff')).proposal).id;
    };
    const id = await proposal();
    expect(await first.client.expertRegister.approvePolicy({ id })).toEqual({
      ok: false,
      refusal: 'own-proposal',
    });
    expect(await second.client.expertRegister.approvePolicy({ id })).toEqual({ ok: true });
    expect(policyOn(world.reference.policies(), 'payment.tariff', plainDate('2026-11-01'))).toEqual({
      tenge: '1000.50',
    });
  });

  it('GV-01, RG-04: an assumed number is corrected by a new dated row with four eyes, and the old one still counts for its days', async () => {
    const { client } = first;
    const shown = async () =>
      present(
        (await client.expertRegister.settings()).policies.find(({ key }) => key === 'register.experience'),
      );
    expect(await shown()).toMatchObject({ value: { years: null }, assumed: true, proposal: null });
    const wanted = {
      key: 'register.experience',
      value: { years: 3 },
      validFrom: '2026-12-01',
      basis: 'Бұйрық 393, 5-тармақ',
    } as const;
    expect(await client.expertRegister.proposePolicy({ ...wanted, value: { years: -3 } })).toEqual({
      ok: false,
      refusal: 'value-unreadable',
    });
    expect(await client.expertRegister.proposePolicy({ ...wanted, validFrom: '2026-11-23' })).toEqual({
      ok: false,
      refusal: 'day-passed',
    });
    expect(await client.expertRegister.proposePolicy(wanted)).toEqual({ ok: true });
    const proposal = present((await shown()).proposal);
    expect(await client.expertRegister.approvePolicy({ id: proposal.id })).toEqual({
      ok: false,
      refusal: 'own-proposal',
    });
    expect(await second.client.expertRegister.approvePolicy({ id: proposal.id })).toEqual({ ok: true });
    expect(await second.client.expertRegister.approvePolicy({ id: proposal.id })).toEqual({
      ok: false,
      refusal: 'not-proposed',
    });
    expect(await shown()).toMatchObject({ value: { years: null }, assumed: true });
    world.clock.set('2026-12-01T10:00');
    await again(first);
    const counts = present(
      (await first.client.expertRegister.settings()).policies.find(
        ({ key }) => key === 'register.experience',
      ),
    );
    expect(counts).toMatchObject({
      value: { years: 3 },
      assumed: false,
      rows: [{ inForce: false }, { inForce: true }],
    });
    await expect(
      world.db.update(policies).set({ basis: 'x' }).where(eq(policies.key, 'register.experience')),
    ).rejects.toThrow();
  });

  it('R01: the dashboard counts applications by stage with the days left', async () => {
    announcementId = await opened(1000);
    const id = await sent(await candidate());
    const before = await first.client.expertRegister.dashboard();
    expect(before.stages.find(({ state }) => state === 'checking')?.count).toBeGreaterThan(0);
    expect(before.policies.assumed).toBeGreaterThan(3);
    world.clock.set('2026-12-04T10:00');
    await again(first);
    const late = await first.client.expertRegister.dashboard();
    expect(late.soonest.find((line) => line.id === id)?.daysLeft).toBe(-1);
    expect(late.stages.find(({ state }) => state === 'checking')?.overdue).toBeGreaterThan(0);
  });
});
