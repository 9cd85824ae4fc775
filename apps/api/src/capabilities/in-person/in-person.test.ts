import { auditEvents, bookings, forms, inPersonApplications, persons, visits } from '@mse/db/schema';
import type { HandedDocument, InPersonDocument } from '@mse/domain/in-person';
import { plainDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ placesPerStart: 5 });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set('2026-11-23T09:05'));

async function staff(role: 'clerk' | 'department-head', departmentId = DEPARTMENT_1) {
  return (await world.signIn((await world.staff(role, departmentId)).id, { audience: 'staff' })).client;
}

/** Somebody who came to the live queue and is in service. */
async function inService() {
  const person = await world.person({ unitCode: UNIT_1 });
  const form = await world.form(person.id, { purpose: 'disability-repeated' });
  await world.consent(person.id);
  const clerk = await staff('clerk');
  const joined = await clerk.desk.joinLiveQueue({ formId: form.id });
  if (!joined.ok) throw new Error(joined.refusal);
  await clerk.desk.changeVisit({ visitId: joined.visitId, event: 'call', room: '14' });
  await clerk.desk.changeVisit({ visitId: joined.visitId, event: 'start' });
  return { person, form, clerk, visitId: joined.visitId };
}

const rows = (...documents: InPersonDocument[]): HandedDocument[] =>
  documents.map((document) => ({ document, source: 'paper', sheets: 2, validUntil: null }));
const complete = rows('identity', 'registration', 'referral', 'outpatient-card');
const fields = (changes: object = {}) => ({
  byRepresentative: false,
  working: false,
  first: false,
  injury: 'none' as const,
  earlyReason: '',
  consented: true,
  documents: complete,
  ...changes,
});

async function opened() {
  const who = await inService();
  const answer = await who.clerk.inPerson.open({ visitId: who.visitId });
  if (!answer.ok) throw new Error(answer.refusal);
  return { ...who, applicationId: answer.applicationId };
}

describe('application', () => {
  test('FF-11: opened for somebody in service, with what the registries already hold; opened twice it is the same', async () => {
    const { clerk, visitId, person, form, applicationId } = await opened();
    expect(await clerk.inPerson.open({ visitId })).toEqual({ ok: true, applicationId });
    const view = await clerk.inPerson.application({ applicationId });
    expect(view).toMatchObject({
      state: 'open',
      invited: false,
      mayDecide: false,
      person: { birthDate: person.birthDate, phone: person.phone },
      form: { number: form.number, purpose: 'disability-repeated' },
      registeredHere: true,
      check: { grounds: ['documents-incomplete', 'no-consent'], missing: [['outpatient-card']] },
    });
    expect(view.fields.documents.map((row) => row.document)).toEqual([
      'identity',
      'registration',
      'referral',
    ]);
    const [seen] = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `application:${applicationId}`));
    expect(seen).toMatchObject({ action: 'inPerson.open', outcome: 'done', personId: person.id });
  });

  test('FF-11: of two clerks who open at once both get the one application', async () => {
    const { clerk, visitId } = await inService();
    const other = await staff('clerk');
    const answers = await Promise.all(
      [clerk, other, clerk, other].map((each) => each.inPerson.open({ visitId })),
    );
    expect(new Set(answers.map((answer) => (answer.ok ? answer.applicationId : answer.refusal))).size).toBe(
      1,
    );
  });

  test('FF-10: nobody is taken in before the visit has begun', async () => {
    const person = await world.person();
    const form = await world.form(person.id);
    await world.consent(person.id);
    const clerk = await staff('clerk');
    const joined = await clerk.desk.joinLiveQueue({ formId: form.id });
    if (!joined.ok) throw new Error(joined.refusal);
    expect(await clerk.inPerson.open({ visitId: joined.visitId })).toEqual({
      ok: false,
      refusal: 'not-in-service',
    });
  });

  test('FF-02: who came after the end of intake is not taken in, who came before it is, however late it has become', async () => {
    const early = await inService();
    await world.db
      .update(visits)
      .set({ arrivedAt: new Date('2026-11-23T10:31:00Z') })
      .where(eq(visits.id, early.visitId));
    expect(await early.clerk.inPerson.open({ visitId: early.visitId })).toEqual({
      ok: false,
      refusal: 'outside-hours',
    });
    await world.db
      .update(visits)
      .set({ arrivedAt: new Date('2026-11-23T10:30:00Z') })
      .where(eq(visits.id, early.visitId));
    world.clock.set('2026-11-23T16:40');
    const clerk = await staff('clerk');
    expect((await clerk.inPerson.open({ visitId: early.visitId })).ok).toBe(true);
  });

  test('FF-11: a save on an older page changes nothing', async () => {
    const { clerk, applicationId } = await opened();
    const first = await clerk.inPerson.save({ applicationId, version: 1, fields: fields() });
    expect(first).toMatchObject({ ok: true, version: 2, check: { grounds: [] } });
    expect(
      await clerk.inPerson.save({ applicationId, version: 1, fields: fields({ working: true }) }),
    ).toEqual({ ok: false, refusal: 'changed-meanwhile' });
    expect((await clerk.inPerson.application({ applicationId })).fields.working).toBe(false);
  });

  test('FF-04, FF-10: accepted only when nothing stands against it; otherwise every ground is named', async () => {
    const { clerk, applicationId, person, form } = await opened();
    await clerk.inPerson.save({
      applicationId,
      version: 1,
      fields: fields({
        consented: false,
        documents: rows('identity', 'registration', 'referral').map((row) => ({
          ...row,
          validUntil: plainDate('2026-11-22'),
        })),
      }),
    });
    world.registries.silence('persons');
    await world.db
      .update(persons)
      .set({ unitCode: null, personsAsOf: world.clock.now() })
      .where(eq(persons.id, person.id));
    const answer = await clerk.inPerson.accept({ applicationId, version: 2 });
    world.registries.answerAgain();
    expect(answer).toMatchObject({
      ok: false,
      refusal: 'grounds',
      check: {
        grounds: ['documents-expired', 'documents-incomplete', 'other-territory', 'no-consent'],
        missing: [['outpatient-card']],
        expired: ['identity', 'registration', 'referral'],
      },
    });
    await world.db.update(persons).set({ unitCode: UNIT_1 }).where(eq(persons.id, person.id));
    await clerk.inPerson.save({ applicationId, version: 2, fields: fields() });
    expect(await clerk.inPerson.accept({ applicationId, version: 3 })).toMatchObject({ ok: true });
    expect((await clerk.inPerson.application({ applicationId })).state).toBe('accepted');
    const [still] = await world.db.select().from(forms).where(eq(forms.id, form.id));
    expect(still?.state).toBe('accepted');
  });

  test('FF-04: the head decides a refusal, never the one who proposed it; the person can book again', async () => {
    const { clerk, applicationId, form, visitId } = await opened();
    const version = { applicationId, version: 1 };
    expect(
      await clerk.inPerson.proposeRefusal({ ...version, grounds: ['no-consent'], note: 'Келісім жоқ' }),
    ).toMatchObject({ ok: true });
    const head = await staff('department-head');
    expect(await head.inPerson.decideRefusal({ applicationId, confirm: false })).toMatchObject({ ok: true });
    expect((await head.inPerson.application({ applicationId })).state).toBe('open');

    await head.inPerson.proposeRefusal({
      applicationId,
      version: 3,
      grounds: ['documents-incomplete'],
      note: 'Амбулаториялық карта жоқ',
    });
    expect(await head.inPerson.decideRefusal({ applicationId, confirm: true })).toEqual({
      ok: false,
      refusal: 'own-proposal',
    });
    const other = await staff('department-head');
    expect(await other.inPerson.decideRefusal({ applicationId, confirm: true })).toMatchObject({ ok: true });
    const [row] = await world.db
      .select()
      .from(inPersonApplications)
      .where(eq(inPersonApplications.id, applicationId));
    expect(row).toMatchObject({ state: 'refused', grounds: ['documents-incomplete'] });
    const [visit] = await world.db.select().from(visits).where(eq(visits.id, visitId));
    expect(visit?.state).toBe('done');
    const [kept] = await world.db.select().from(forms).where(eq(forms.id, form.id));
    expect(kept?.state).toBe('accepted');
    expect((await clerk.desk.joinLiveQueue({ formId: form.id })).ok).toBe(true);
  });

  test('FF-04: the database itself knows no refusal by one person', async () => {
    const { applicationId } = await opened();
    const { id } = await world.staff('clerk', DEPARTMENT_1);
    await expect(
      world.db
        .update(inPersonApplications)
        .set({ state: 'refused', endedAt: world.clock.now(), proposedBy: id, decidedBy: id })
        .where(eq(inPersonApplications.id, applicationId)),
    ).rejects.toThrow();
  });

  test('FF-11: a withdrawn application leaves the visit in service and another can be opened', async () => {
    const { clerk, applicationId, visitId } = await opened();
    expect(await clerk.inPerson.withdraw({ applicationId })).toMatchObject({ ok: true });
    expect(await clerk.inPerson.withdraw({ applicationId })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
    const again = await clerk.inPerson.open({ visitId });
    expect(again.ok && again.applicationId !== applicationId).toBe(true);
  });

  test('FF-04: a refused person’s booking ends without holding the form', async () => {
    const person = await world.person({ unitCode: UNIT_1 });
    const form = await world.form(person.id);
    await world.consent(person.id);
    world.clock.set('2026-11-23T08:50');
    const { client } = await world.signIn(person.id);
    const booked = await client.queue.bookPlace({
      formId: form.id,
      day: plainDate('2026-11-23'),
      startsAt: '09:00' as never,
      requestKey: world.random.id(world.clock.now()),
    });
    if (!booked.ok) throw new Error(booked.refusal);
    const clerk = await staff('clerk');
    const arrived = await clerk.desk.markArrival({ bookingId: booked.bookingId });
    if (!arrived.ok) throw new Error(arrived.refusal);
    world.clock.set('2026-11-23T09:01');
    const [visit] = await world.db.select().from(visits).where(eq(visits.bookingId, booked.bookingId));
    const visitId = present(visit).id;
    await clerk.desk.changeVisit({ visitId, event: 'call', room: '14' });
    await clerk.desk.changeVisit({ visitId, event: 'start' });
    const answer = await clerk.inPerson.open({ visitId });
    if (!answer.ok) throw new Error(answer.refusal);
    const { applicationId } = answer;
    await clerk.inPerson.proposeRefusal({ applicationId, version: 1, grounds: ['no-consent'], note: 'жоқ' });
    await (await staff('department-head')).inPerson.decideRefusal({ applicationId, confirm: true });
    const [booking] = await world.db.select().from(bookings).where(eq(bookings.id, booked.bookingId));
    expect(booking?.state).toBe('annulled');
    expect((await client.queue.eligibility({ formId: form.id })).checks).toBeDefined();
  });

  test('T03: another department finds no application, no visit and nobody invited', async () => {
    const { applicationId, visitId } = await opened();
    const stranger = await staff('department-head', DEPARTMENT_2);
    for (const attempt of [
      () => stranger.inPerson.application({ applicationId }),
      () => stranger.inPerson.open({ visitId }),
      () => stranger.inPerson.save({ applicationId, version: 1, fields: fields() }),
      () => stranger.inPerson.withdraw({ applicationId }),
      () => stranger.inPerson.decideRefusal({ applicationId, confirm: true }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await stranger.inPerson.invited()).invited).toEqual([]);
  });
});
