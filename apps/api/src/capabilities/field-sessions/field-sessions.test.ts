import {
  auditEvents,
  bookings,
  conclusions,
  fieldPlaces,
  fieldSessions,
  messages,
  placeRequestFiles,
  placeRequests,
  visits,
  waitEntries,
} from '@mse/db/schema';
import type { DecisionTyped } from '@mse/domain/examination';
import type { VisitedPlace } from '@mse/domain/field-sessions';
import type { HandedDocument } from '@mse/domain/in-person';
import {
  addDays,
  type PlainDate,
  plainDate,
  plainTime,
  toBusinessDate,
  toBusinessTime,
} from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  builtinVerifier,
  DEPARTMENT_1,
  DEPARTMENT_2,
  startWorld,
  UNIT_1,
  UNIT_ELSEWHERE,
  type World,
} from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { renderMessage } from '../notifications/render-message.ts';

let world: World;
let simulators: Simulators;
let today: PlainDate;
beforeAll(async () => {
  simulators = await startSimulators();
  // The authority of the tests lives in the present; the day is a working one, whatever the calendar of the test says.
  const { date, time } = toBusinessTime(new Date());
  world = await startWorld({
    now: `${date}T${time}`,
    placesPerStart: 20,
    signatures: builtinVerifier({
      trustAnchorsPem: simulators.trustAnchorsPem,
      revocation: 'ocsp',
      ocspCacheMs: 0,
      clock: { now: () => new Date() },
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    }),
  });
  today = toBusinessDate(world.clock.now());
  const calendar = world.reference.calendar;
  world.deps.reference.calendar = () => ({
    ...calendar(),
    isWorkingDay: (day) => day !== plainDate('2099-01-01'),
  });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});

async function staff(role: 'clerk' | 'department-head', departmentId = DEPARTMENT_1) {
  const person = await world.staff(role, departmentId);
  return { person, client: (await world.signIn(person.id, { audience: 'staff' })).client };
}
type Staff = Awaited<ReturnType<typeof staff>>;

const CONCLUSION = { conclusionNumber: '45', ground: null, consented: true, fileIds: [] };
const asking = (formId: string, changes: object = {}) => ({
  formId,
  place: 'home' as const,
  ...CONCLUSION,
  conclusionDay: today,
  institution: '',
  address: 'Көкшетау, Абай 5, 12-пәтер',
  ...changes,
});

async function citizen(unitCode: string | null = UNIT_1) {
  const person = await world.person({ unitCode });
  const form = await world.form(person.id, { purpose: 'disability-repeated' });
  await world.consent(person.id);
  const { client, token } = await world.signIn(person.id);
  return { person, form, client, token };
}

async function plan(clerk: Staff, place: VisitedPlace = 'home', changes: object = {}) {
  const planned = await clerk.client.fieldSessions.plan({
    place,
    institution: place === 'home' ? '' : 'Мекеме',
    address: 'Көкшетау',
    day: today,
    startsAt: plainTime('10:00'),
    capacity: 5,
    members: [clerk.person.id],
    ...changes,
  });
  if (!planned.ok) throw new Error(planned.refusal);
  return planned.sessionId;
}

/** Somebody whose request for an examination at home was granted. */
async function granted(head: Staff, place: 'home' | 'in-absentia' = 'home') {
  const who = await citizen();
  const asked = await who.client.placeRequests.ask(
    asking(who.form.id, place === 'home' ? {} : { place, ground: 'not-transportable' }),
  );
  if (!asked.ok) throw new Error(asked.refusal);
  const { requestId } = asked;
  expect(
    await head.client.fieldSessions.answerRequest({ requestId, grant: true, reasons: [], note: '' }),
  ).toEqual({ ok: true });
  return { ...who, requestId };
}

const version = async (client: Staff['client'], sessionId: string) =>
  (await client.fieldSessions.get({ sessionId })).version;
async function step(client: Staff['client'], sessionId: string, event: 'announce' | 'hold' | 'close') {
  return client.fieldSessions.step({ sessionId, version: await version(client, sessionId), event });
}
const sent = async (personId: string) =>
  (await world.db.select().from(messages).where(eq(messages.personId, personId))).filter(({ template }) =>
    /^(field|place)-/.test(template),
  );
const book = (who: Awaited<ReturnType<typeof citizen>>, day: PlainDate, startsAt = '09:00') =>
  who.client.queue.bookPlace({
    formId: who.form.id,
    day,
    startsAt: plainTime(startsAt),
    requestKey: world.random.id(world.clock.now()),
  });
/** The first day with a place, after today. */
async function bookableDay(): Promise<PlainDate> {
  for (let day = addDays(today, 1); ; day = addDays(day, 1)) {
    const [found] = await world.db.execute<{ free: boolean }>(
      `select exists (select from place where day = '${day}') as free`,
    );
    if (found?.free) return day;
  }
}

const rows: HandedDocument[] = (['identity', 'registration', 'referral', 'outpatient-card'] as const).map(
  (document) => ({ document, source: 'paper', sheets: 1, validUntil: null }),
);
const FIELDS = {
  byRepresentative: false,
  working: false,
  first: false,
  injury: 'none' as const,
  earlyReason: '',
  consented: true,
  placeConsented: true,
  documents: rows,
};
const TYPED: DecisionTyped = {
  'disability.outcome': 'group-1',
  'disability.cause': 'general-disease',
  'disability.term': 'months-12',
  diagnosis: 'Клиникалық-сараптамалық диагноз',
  reasons: 'Функциялардың тұрақты бұзылуы',
};

/** Application, acceptance, conclusion and signature for a place outside the queue. */
async function examine(head: Staff, fieldPlaceId: string) {
  const opened = await head.client.inPerson.open({ fieldPlaceId });
  if (!opened.ok) throw new Error(opened.refusal);
  const { applicationId } = opened;
  await head.client.inPerson.save({ applicationId, version: 1, fields: FIELDS });
  expect(await head.client.inPerson.accept({ applicationId, version: 2 })).toMatchObject({ ok: true });
  await head.client.inPerson.saveConclusion({ applicationId, version: 3, typed: TYPED });
  const started = await head.client.inPerson.startConclusion({ applicationId });
  if (!started.ok) throw new Error(started.refusal);
  const { text } = await head.client.signing.get({ signingId: started.signingId });
  const { iin, surname, name, patronymic } = head.person;
  const cms = await simulators.sign({ iin, surname, name, patronymic }, Buffer.from(text), {
    purpose: 'sign',
  });
  const answer = await head.client.inPerson.conclude({
    applicationId,
    signingId: started.signingId,
    cms: cms.toString('base64'),
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return { applicationId, text, actNo: answer.actNo };
}

describe('request', () => {
  test('FF-03, FF-11: the person asks, sees whose move it is, hears the answer by SMS and in words, and can ask again', async () => {
    const { client, form, person } = await citizen();
    expect(await client.placeRequests.form({ formId: form.id })).toMatchObject({
      closed: null,
      request: null,
      booked: false,
      department: { number: 1 },
    });
    const asked = await client.placeRequests.ask(asking(form.id));
    expect(asked.ok).toBe(true);
    expect(await client.placeRequests.ask(asking(form.id))).toEqual({ ok: false, refusal: 'already-asked' });
    expect((await client.placeRequests.form({ formId: form.id })).request).toMatchObject({
      state: 'asked',
      turn: 'department-answers',
    });
    const clerk = await staff('clerk');
    const head = await staff('department-head');
    const [request] = (await clerk.client.fieldSessions.requests()).requests.filter(
      ({ formId }) => formId === form.id,
    );
    const { requestId } = present(request);
    const answer = { requestId, grant: false, reasons: [], note: '' };
    await expect(clerk.client.fieldSessions.answerRequest(answer)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await head.client.fieldSessions.answerRequest(answer)).toEqual({
      ok: false,
      refusal: 'reason-missing',
    });
    expect(
      await head.client.fieldSessions.answerRequest({
        ...answer,
        reasons: ['conclusion-allows-coming'],
        note: 'Бөлімге келіңіз',
      }),
    ).toEqual({ ok: true });
    expect((await client.placeRequests.form({ formId: form.id })).request).toMatchObject({
      state: 'refused',
      turn: 'you',
      reasons: ['conclusion-allows-coming'],
      note: 'Бөлімге келіңіз',
    });
    const [told] = await sent(person.id);
    expect(told).toMatchObject({ template: 'place-answered', language: 'kk', state: 'queued' });
    const rendered = await renderMessage(world.deps, world.db, present(told));
    expect(rendered.ok && rendered.text).toContain('жауап берді');
    expect((await client.placeRequests.ask(asking(form.id))).ok).toBe(true);
  });

  test.each([
    [{ consented: false }, 'consent-missing'],
    [{ conclusionNumber: '' }, 'conclusion-missing'],
    [{ address: '' }, 'address-missing'],
    [{ place: 'hospital' }, 'institution-missing'],
    [{ place: 'in-absentia' }, 'ground-missing'],
    [{ fileIds: ['018f0000-0000-7000-8000-00000000dead'] }, 'unknown-file'],
  ])('FF-03: with %j the request is refused: %s', async (changes, refusal) => {
    const { client, form } = await citizen();
    expect(await client.placeRequests.ask(asking(form.id, changes))).toEqual({ ok: false, refusal });
    expect(await world.db.$count(placeRequests, eq(placeRequests.formId, form.id))).toBe(0);
  });

  test('EQ-07, FF-03: a guardian asks for a ward; a stranger finds no form', async () => {
    const guardian = await citizen();
    const ward = await citizen();
    await world.guardian(guardian.person, ward.person);
    expect((await guardian.client.placeRequests.ask(asking(ward.form.id))).ok).toBe(true);
    const stranger = await citizen();
    await expect(stranger.client.placeRequests.form({ formId: ward.form.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(stranger.client.placeRequests.ask(asking(ward.form.id))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('FF-03: a copy of the conclusion does instead of its number; what it is its content decides', async () => {
    const { client, form, token } = await citizen();
    const upload = (body: Uint8Array<ArrayBuffer>) =>
      world.http.request(`/files/place-requests/${form.id}?name=${encodeURIComponent('қорытынды.pdf')}`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${token}` },
      });
    expect(await (await upload(new TextEncoder().encode('<html>'))).json()).toEqual({
      ok: false,
      refusal: 'kind',
    });
    const pdf = new TextEncoder().encode(
      '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    );
    const answer = (await (await upload(pdf)).json()) as { ok: boolean; id: string };
    expect(answer.ok).toBe(true);
    const without = { conclusionNumber: '', conclusionDay: null };
    expect(await client.placeRequests.ask(asking(form.id, without))).toEqual({
      ok: false,
      refusal: 'conclusion-missing',
    });
    const asked = await client.placeRequests.ask(asking(form.id, { ...without, fileIds: [answer.id] }));
    if (!asked.ok) throw new Error(asked.refusal);
    const path = `/files/place-requests/${asked.requestId}/${answer.id}`;
    const get = (bearer: string) =>
      world.http.request(path, { headers: { authorization: `Bearer ${bearer}` } });
    expect((await get(token)).headers.get('content-type')).toBe('application/pdf');
    const own = await world.signIn((await world.staff('clerk', DEPARTMENT_1)).id, { audience: 'staff' });
    expect((await get(own.token)).status).toBe(200);
    const other = await world.signIn((await world.staff('clerk', DEPARTMENT_2)).id, { audience: 'staff' });
    expect((await get(other.token)).status).toBe(404);
    expect((await get((await citizen()).token)).status).toBe(404);
    expect(await world.db.$count(placeRequestFiles, eq(placeRequestFiles.requestId, asked.requestId))).toBe(
      1,
    );
  });

  test('FF-03: staff enter a paper request for somebody found by number', async () => {
    const { person, form } = await citizen();
    const clerk = await staff('clerk');
    const { formId: _, fileIds: __, ...fields } = asking(form.id);
    expect(await clerk.client.fieldSessions.enterRequest({ ...fields, iin: person.iin })).toMatchObject({
      ok: true,
    });
    expect(await clerk.client.fieldSessions.enterRequest({ ...fields, iin: '900101350017' })).toMatchObject({
      ok: false,
      refusal: 'nobody-found',
    });
    const [request] = await world.db.select().from(placeRequests).where(eq(placeRequests.formId, form.id));
    expect(request).toMatchObject({ channel: 'desk', askedBy: clerk.person.id, state: 'asked' });
  });
});

describe('session', () => {
  test('FF-03: at home, from the request over the SMS to the conclusion, which names the place and what it rests on', async () => {
    const head = await staff('department-head');
    const who = await granted(head);
    const sessionId = await plan(head);
    const view = await head.client.fieldSessions.get({ sessionId });
    expect(view).toMatchObject({ state: 'planned', minutes: 240, waiting: 0 });
    expect(view.candidates.map(({ formId }) => formId)).toContain(who.form.id);
    const put = await head.client.fieldSessions.put({ sessionId, formId: who.form.id });
    if (!put.ok) throw new Error(put.refusal);
    const { fieldPlaceId } = put;
    // A session that is only planned is nobody's appointment yet.
    expect((await sent(who.person.id)).map(({ template }) => template)).toEqual(['place-answered']);
    expect((await who.client.placeRequests.form({ formId: who.form.id })).appointed).toBeNull();
    expect(await head.client.inPerson.open({ fieldPlaceId })).toEqual({
      ok: false,
      refusal: 'session-not-held',
    });
    expect(await step(head.client, sessionId, 'announce')).toEqual({ ok: true });
    const [on] = (await sent(who.person.id)).filter(({ template }) => template === 'field-on');
    const rendered = await renderMessage(world.deps, world.db, present(on));
    expect(rendered.ok && rendered.text).toContain('Абай 5');
    expect(await who.client.placeRequests.form({ formId: who.form.id })).toMatchObject({
      request: { turn: 'department-comes' },
      appointed: { place: 'home', day: today },
    });
    expect(await step(head.client, sessionId, 'hold')).toEqual({ ok: true });
    expect(await step(head.client, sessionId, 'close')).toEqual({ ok: false, refusal: 'people-waiting' });

    const { applicationId, text, actNo } = await examine(head, fieldPlaceId);
    for (const part of ['үйде: Көкшетау, Абай 5', '№ 45', 'на дому', 'строка 12'])
      expect(text).toContain(part);
    const [conclusion] = await world.db.select().from(conclusions).where(eq(conclusions.formId, who.form.id));
    expect(conclusion).toMatchObject({ actNo, basis: 'in-person', place: 'home' });
    expect(await head.client.inPerson.application({ applicationId })).toMatchObject({
      state: 'concluded',
      place: { kind: 'home', sessionId, minutes: 240 },
    });
    const after = await head.client.fieldSessions.get({ sessionId });
    expect(after.peopleOn).toMatchObject([{ state: 'examined', actNo }]);
    expect(await step(head.client, sessionId, 'close')).toEqual({ ok: true });
    expect((await who.client.placeRequests.form({ formId: who.form.id })).request).toMatchObject({
      state: 'done',
      turn: 'nobody',
    });
  });

  test('FF-03: in absentia there is no visit and no session; ground, consent and commission stand in the signed text', async () => {
    const head = await staff('department-head');
    const who = await granted(head, 'in-absentia');
    const [row] = (await head.client.fieldSessions.requests()).requests.filter(
      ({ formId }) => formId === who.form.id,
    );
    const { text } = await examine(head, present(present(row).fieldPlaceId));
    for (const part of ['сырттай куәландыру', 'тасымалдауға келмейді', 'нетранспортабельно', '№ 45'])
      expect(text).toContain(part);
    const [conclusion] = await world.db.select().from(conclusions).where(eq(conclusions.formId, who.form.id));
    expect(conclusion).toMatchObject({ basis: 'in-person', place: 'in-absentia' });
    expect(await world.db.$count(visits, eq(visits.formId, who.form.id))).toBe(0);
  });

  test('FF-04, FF-03: a refusal in absentia gives the move back to the person, who can ask again; at home the grant stands', async () => {
    const head = await staff('department-head');
    const other = await staff('department-head');
    const refuseAt = async (fieldPlaceId: string) => {
      const opened = await head.client.inPerson.open({ fieldPlaceId });
      if (!opened.ok) throw new Error(opened.refusal);
      const { applicationId } = opened;
      await head.client.inPerson.proposeRefusal({
        applicationId,
        version: 1,
        grounds: ['documents-incomplete'],
        note: 'Амбулаториялық карта жоқ',
      });
      expect(await other.client.inPerson.decideRefusal({ applicationId, confirm: true })).toMatchObject({
        ok: true,
      });
    };
    const absent = await granted(head, 'in-absentia');
    const [row] = (await head.client.fieldSessions.requests()).requests.filter(
      ({ formId }) => formId === absent.form.id,
    );
    await refuseAt(present(present(row).fieldPlaceId));
    expect((await absent.client.placeRequests.form({ formId: absent.form.id })).request).toMatchObject({
      state: 'refused',
      turn: 'you',
      note: 'Амбулаториялық карта жоқ',
    });
    world.clock.forward(1);
    expect((await absent.client.placeRequests.ask(asking(absent.form.id))).ok).toBe(true);

    const home = await granted(head);
    const sessionId = await plan(head);
    const put = await head.client.fieldSessions.put({ sessionId, formId: home.form.id });
    await step(head.client, sessionId, 'announce');
    await step(head.client, sessionId, 'hold');
    await refuseAt(put.ok ? put.fieldPlaceId : '');
    expect((await head.client.fieldSessions.get({ sessionId })).peopleOn).toMatchObject([
      { state: 'refused' },
    ]);
    expect((await home.client.placeRequests.form({ formId: home.form.id })).request).toMatchObject({
      state: 'granted',
      turn: 'department-plans',
    });
  });

  test('FF-03: without the consent of row 12 nobody is accepted at home, and no ground of refusal is made of it', async () => {
    const head = await staff('department-head');
    const who = await granted(head);
    const sessionId = await plan(head);
    const put = await head.client.fieldSessions.put({ sessionId, formId: who.form.id });
    if (!put.ok) throw new Error(put.refusal);
    await step(head.client, sessionId, 'announce');
    await step(head.client, sessionId, 'hold');
    const opened = await head.client.inPerson.open({ fieldPlaceId: put.fieldPlaceId });
    if (!opened.ok) throw new Error(opened.refusal);
    const { applicationId } = opened;
    await head.client.inPerson.save({
      applicationId,
      version: 1,
      fields: { ...FIELDS, placeConsented: false },
    });
    expect(await head.client.inPerson.accept({ applicationId, version: 2 })).toMatchObject({
      ok: false,
      refusal: 'grounds',
      check: { grounds: [], place: ['consent-missing'] },
    });
    expect(await head.client.fieldSessions.notMet({ fieldPlaceId: put.fieldPlaceId })).toEqual({
      ok: false,
      refusal: 'application-open',
    });
  });

  test('FF-03: moved and cancelled sessions tell everybody who was told, once for each; an old SMS is not sent any more', async () => {
    const head = await staff('department-head');
    const [one, two] = [await granted(head), await granted(head)];
    const sessionId = await plan(head);
    await head.client.fieldSessions.put({ sessionId, formId: one.form.id });
    await step(head.client, sessionId, 'announce');
    await head.client.fieldSessions.put({ sessionId, formId: two.form.id });
    const day = addDays(today, 3);
    expect(
      await head.client.fieldSessions.move({
        sessionId,
        version: await version(head.client, sessionId),
        day,
        startsAt: plainTime('11:00'),
      }),
    ).toEqual({ ok: true, told: 2 });
    for (const who of [one, two]) {
      const told = await sent(who.person.id);
      expect(told.map(({ template }) => template).sort()).toEqual([
        'field-moved',
        'field-on',
        'place-answered',
      ]);
      const renders = await Promise.all(
        told.map(async (message) => [
          message.template,
          (await renderMessage(world.deps, world.db, message)).ok,
        ]),
      );
      expect(Object.fromEntries(renders)).toEqual({
        'field-on': false,
        'field-moved': true,
        'place-answered': true,
      });
    }
    expect(await step(head.client, sessionId, 'hold')).toEqual({ ok: false, refusal: 'not-its-day' });
    expect(
      await head.client.fieldSessions.move({
        sessionId,
        version: await version(head.client, sessionId),
        day: addDays(one.form.validUntil, 1),
        startsAt: plainTime('11:00'),
      }),
    ).toEqual({ ok: false, refusal: 'form-ends-before' });
    expect(
      await head.client.fieldSessions.cancel({
        sessionId,
        version: await version(head.client, sessionId),
        reason: 'Жол жабық',
      }),
    ).toEqual({ ok: true, told: 2 });
    expect((await sent(one.person.id)).map(({ template }) => template)).toContain('field-cancelled');
    // The form is free: the grant stands, and another session takes it.
    const another = await plan(head);
    expect((await head.client.fieldSessions.put({ sessionId: another, formId: one.form.id })).ok).toBe(true);
  });

  test('FF-03: who was not met is free again; one who is moved never loses the place for one that is full', async () => {
    const head = await staff('department-head');
    const [one, two] = [await granted(head), await granted(head)];
    const held = await plan(head);
    const full = await plan(head, 'home', { day: addDays(today, 2), capacity: 1 });
    const other = await granted(head);
    await head.client.fieldSessions.put({ sessionId: full, formId: other.form.id });
    const places: string[] = [];
    for (const who of [one, two]) {
      const put = await head.client.fieldSessions.put({ sessionId: held, formId: who.form.id });
      if (!put.ok) throw new Error(put.refusal);
      places.push(put.fieldPlaceId);
    }
    const [first = '', second = ''] = places;
    await step(head.client, held, 'announce');
    await step(head.client, held, 'hold');
    expect(await head.client.fieldSessions.movePerson({ fieldPlaceId: first, sessionId: full })).toEqual({
      ok: false,
      refusal: 'session-full',
    });
    const [kept] = await world.db.select().from(fieldPlaces).where(eq(fieldPlaces.id, first));
    expect(kept?.state).toBe('on');
    const later = await plan(head, 'home', { day: addDays(today, 2) });
    expect(
      await head.client.fieldSessions.movePerson({ fieldPlaceId: first, sessionId: later }),
    ).toMatchObject({ ok: true });
    expect(await head.client.fieldSessions.notMet({ fieldPlaceId: second })).toEqual({ ok: true });
    expect(await head.client.fieldSessions.notMet({ fieldPlaceId: second })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
    expect(
      (await head.client.fieldSessions.get({ sessionId: held })).peopleOn.map(({ state }) => state).sort(),
    ).toEqual(['moved', 'not-met']);
    expect(await step(head.client, held, 'close')).toEqual({ ok: true });
    const { ended } = await head.client.fieldSessions.list();
    expect(ended.find(({ id }) => id === held)).toMatchObject({ people: 0, state: 'closed' });
  });

  test('FF-03: institutions are visited where they are: a person of another territory is found by number, at the clinic not', async () => {
    const clerk = await staff('clerk');
    const away = await citizen(UNIT_ELSEWHERE);
    const penal = await plan(clerk, 'penal-institution');
    const { found } = await clerk.client.fieldSessions.find({ sessionId: penal, iin: away.person.iin });
    expect(found.map(({ formId }) => formId)).toEqual([away.form.id]);
    const clinic = await plan(clerk, 'medical-institution');
    expect(await clerk.client.fieldSessions.put({ sessionId: clinic, formId: away.form.id })).toEqual({
      ok: false,
      refusal: 'other-territory',
    });
    expect((await clerk.client.fieldSessions.put({ sessionId: penal, formId: away.form.id })).ok).toBe(true);
    const waiting = await citizen();
    const { candidates } = await clerk.client.fieldSessions.get({ sessionId: clinic });
    expect(candidates.map(({ formId }) => formId)).toContain(waiting.form.id);
  });

  test('FF-03: a step on an old page changes nothing, of two at once one counts', async () => {
    const head = await staff('department-head');
    const who = await granted(head);
    const sessionId = await plan(head);
    await head.client.fieldSessions.put({ sessionId, formId: who.form.id });
    const before = await version(head.client, sessionId);
    const answers = await Promise.all(
      [1, 2, 3].map(() => head.client.fieldSessions.step({ sessionId, version: before, event: 'announce' })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await sent(who.person.id)).filter(({ template }) => template === 'field-on')).toHaveLength(1);
  });

  test.each([
    [{ day: '2020-01-06' }, 'day-passed'],
    [{ day: '2099-01-01' }, 'not-a-working-day'],
    [{ institution: '', place: 'hospital' }, 'institution-missing'],
    [{ address: '' }, 'address-missing'],
    [{ members: ['018f0000-0000-7000-8000-00000000dead'] }, 'unknown-member'],
  ])('FF-03: a session with %j is not planned: %s', async (changes, refusal) => {
    const clerk = await staff('clerk');
    const { place = 'home', ...rest } = changes as { place?: VisitedPlace };
    await expect(plan(clerk, place, rest)).rejects.toThrow(refusal);
  });

  test('T03, FF-03: another department finds no session, nobody on it and no list', async () => {
    const head = await staff('department-head');
    const who = await granted(head);
    const sessionId = await plan(head);
    const put = await head.client.fieldSessions.put({ sessionId, formId: who.form.id });
    const stranger = await staff('department-head', DEPARTMENT_2);
    for (const attempt of [
      () => stranger.client.fieldSessions.get({ sessionId }),
      () => stranger.client.fieldSessions.put({ sessionId, formId: who.form.id }),
      () => stranger.client.fieldSessions.cancel({ sessionId, version: 1, reason: 'x' }),
      () => stranger.client.fieldSessions.takeOff({ fieldPlaceId: put.ok ? put.fieldPlaceId : '' }),
      () => stranger.client.inPerson.open({ fieldPlaceId: put.ok ? put.fieldPlaceId : '' }),
      () =>
        stranger.client.fieldSessions.answerRequest({
          requestId: who.requestId,
          grant: true,
          reasons: [],
          note: '',
        }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await stranger.client.fieldSessions.requests()).requests).toEqual([]);
  });

  test('FF-03: the list is a tagged PDF for the own department, leaves audit rows and holds no medical word', async () => {
    const head = await staff('department-head');
    const who = await granted(head);
    const sessionId = await plan(head);
    await head.client.fieldSessions.put({ sessionId, formId: who.form.id });
    const { token } = await world.signIn(head.person.id, { audience: 'staff' });
    const answer = await world.http.request(`/files/field-sessions/${sessionId}.pdf?lang=ru`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    for (const part of ['%PDF-', '/MarkInfo', '/StructTreeRoot', 'pdfuaid']) expect(pdf).toContain(part);
    const seen = await world.db
      .select()
      .from(auditEvents)
      .where(
        and(eq(auditEvents.subject, `field-session:${sessionId}`), eq(auditEvents.personId, who.person.id)),
      );
    expect(seen.map(({ outcome }) => outcome)).toContain('seen');
    const stranger = await world.signIn((await staff('clerk', DEPARTMENT_2)).person.id, {
      audience: 'staff',
    });
    const refused = await world.http.request(`/files/field-sessions/${sessionId}.pdf`, {
      headers: { authorization: `Bearer ${stranger.token}` },
    });
    expect(refused.status).toBe(404);
  });
});

describe('one live place of examination per form', () => {
  test('FF-03, EQ-13: who is booked is not put on a session, who is on one books nothing and joins no live queue', async () => {
    const head = await staff('department-head');
    const day = await bookableDay();
    const booked = await citizen();
    expect(await book(booked, day)).toMatchObject({ ok: true });
    const clinic = await plan(head, 'medical-institution');
    expect(await head.client.fieldSessions.put({ sessionId: clinic, formId: booked.form.id })).toEqual({
      ok: false,
      refusal: 'has-booking',
    });
    const on = await citizen();
    const waiting = await world.random.id(world.clock.now());
    await world.db.insert(waitEntries).values({
      id: waiting,
      formId: on.form.id,
      personId: on.person.id,
      askedBy: on.person.id,
      departmentId: DEPARTMENT_1,
      wantedFrom: day,
      wantedUntil: day,
      wantedTimes: [],
      state: 'waiting',
      createdAt: world.clock.now(),
      stateAt: world.clock.now(),
    });
    expect((await head.client.fieldSessions.put({ sessionId: clinic, formId: on.form.id })).ok).toBe(true);
    expect(await book(on, day)).toMatchObject({ ok: false, refusal: 'on-field-session' });
    expect(await head.client.desk.joinLiveQueue({ formId: on.form.id })).toEqual({
      ok: false,
      refusal: 'on-field-session',
    });
    expect(await on.client.queue.eligibility({ formId: on.form.id })).toMatchObject({
      canBook: false,
      fieldPlace: true,
    });
    const [entry] = await world.db.select().from(waitEntries).where(eq(waitEntries.id, waiting));
    expect(entry?.state).toBe('taken');
  });

  test('FF-03, EQ-13: of the queue and two sessions at once, exactly one gets the form, a hundred times', async () => {
    const head = await staff('department-head');
    const day = await bookableDay();
    const sessions = [
      await plan(head, 'medical-institution', { capacity: 100 }),
      await plan(head, 'medical-institution', { capacity: 100 }),
    ];
    const people = await Promise.all(Array.from({ length: 100 }, () => citizen()));
    const wins = { queue: 0, session: 0 };
    // Ten forms at a time, for each of them four who want it at once.
    for (let from = 0; from < people.length; from += 10)
      await Promise.all(
        people.slice(from, from + 10).map(async (who, index) => {
          const [booking, live, ...put] = await Promise.all([
            book(who, day, ['09:00', '10:00', '11:00', '12:00', '14:30'][index % 5]),
            head.client.desk.joinLiveQueue({ formId: who.form.id }),
            ...sessions.map((sessionId) => head.client.fieldSessions.put({ sessionId, formId: who.form.id })),
          ]);
          const onSessions = put.filter(({ ok }) => ok).length;
          // EQ-15: a turn of the live queue may go with a booking for another day; a place outside goes with neither.
          expect((booking.ok || live.ok ? 1 : 0) + onSessions).toBe(1);
          wins.queue += booking.ok || live.ok ? 1 : 0;
          wins.session += onSessions;
        }),
      );
    expect(wins.queue + wins.session).toBe(100);
    const [both] = await world.db.execute<{ count: number }>(`
      select count(*)::int as count from (
        select distinct form_id from (
          select form_id from booking where state in ('booked', 'arrived')
          union all select form_id from visit where kind = 'live' and state in ('waiting', 'called', 'in-service')) as queue
        union all select form_id from field_place where state = 'on') as live
       group by form_id having count(*) > 1 limit 1`);
    expect(both).toBeUndefined();
  });

  test('FF-03, EQ-13: the database itself knows no second live place, whatever the code does', async () => {
    const head = await staff('department-head');
    const day = await bookableDay();
    const who = await citizen();
    const booked = await book(who, day);
    if (!booked.ok) throw new Error(booked.refusal);
    const sessionId = await plan(head, 'medical-institution');
    const at = world.clock.now();
    const place = {
      id: world.random.id(at),
      formId: who.form.id,
      personId: who.person.id,
      departmentId: DEPARTMENT_1,
      place: 'medical-institution' as const,
      sessionId,
      state: 'on' as const,
      stateAt: at,
      putBy: head.person.id,
      putAt: at,
    };
    await expect(world.db.insert(fieldPlaces).values(place)).rejects.toThrow();
    await world.db.update(bookings).set({ state: 'annulled' }).where(eq(bookings.id, booked.bookingId));
    await world.db.insert(fieldPlaces).values(place);
    await expect(
      world.db.update(bookings).set({ state: 'booked' }).where(eq(bookings.id, booked.bookingId)),
    ).rejects.toThrow();
    await expect(
      world.db.insert(fieldPlaces).values({ ...place, id: world.random.id(at) }),
    ).rejects.toThrow();
    await expect(
      world.db.insert(visits).values({
        id: world.random.id(at),
        departmentId: DEPARTMENT_1,
        day: today,
        kind: 'live',
        formId: who.form.id,
        personId: who.person.id,
        ticketNo: 'L-999',
        state: 'waiting',
        arrivedAt: at,
      }),
    ).rejects.toThrow();
  });

  test('FF-03: the last place of a session is given once', async () => {
    const head = await staff('department-head');
    const sessionId = await plan(head, 'medical-institution', { capacity: 3 });
    const people = await Promise.all(Array.from({ length: 9 }, () => citizen()));
    const answers = await Promise.all(
      people.map(({ form }) => head.client.fieldSessions.put({ sessionId, formId: form.id })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === 'session-full')).toHaveLength(6);
    const [session] = await world.db.select().from(fieldSessions).where(eq(fieldSessions.id, sessionId));
    expect(session?.state).toBe('planned');
  });
});
