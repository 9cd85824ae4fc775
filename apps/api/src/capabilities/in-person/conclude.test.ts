import {
  assignments,
  cases,
  conclusions,
  consultations,
  forms,
  inPersonApplications,
  messages,
  nosologyGroups,
  outboundMessages,
  visits,
} from '@mse/db/schema';
import type { DecisionTyped } from '@mse/domain/examination';
import type { HandedDocument, InPersonDocument } from '@mse/domain/in-person';
import { plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEPARTMENT_1, startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { openCase } from '../examination/index.ts';
import { keepInvitations } from '../examination/keep-invitations.ts';

let world: World;
let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators();
  // The authority of the tests lives in the present, so this world does too.
  world = await startWorld({
    now: machineNow(),
    signatures: simulatedVerifier(simulators, { ocspCacheMs: 0 }),
  });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});

type Person = Awaited<ReturnType<World['person']>>;
async function staff(role: 'clerk' | 'department-head' | 'methodologist', departmentId: string | null) {
  const person = await world.staff(role, departmentId);
  return { person, client: (await world.signIn(person.id, { audience: 'staff' })).client };
}

const rows = (...documents: InPersonDocument[]): HandedDocument[] =>
  documents.map((document) => ({ document, source: 'paper', sheets: 1, validUntil: null }));
const FIELDS = {
  byRepresentative: false,
  working: false,
  first: false,
  injury: 'none' as const,
  earlyReason: '',
  consented: true,
  documents: rows('identity', 'registration', 'referral', 'outpatient-card'),
};
const TYPED: DecisionTyped = {
  'disability.outcome': 'group-2',
  'disability.cause': 'general-disease',
  'disability.term': 'months-12',
  diagnosis: 'Клиникалық-сараптамалық диагноз',
  reasons: 'Функциялардың тұрақты бұзылуы',
};

/** Somebody whose application is accepted, either in service or invited, with a head to decide. */
async function accepted(way: 'visit' | 'invited') {
  const person = await world.person({ unitCode: UNIT_1 });
  const form = await world.form(person.id, {
    purpose: 'disability-repeated',
    track: way === 'visit' ? 'in-person' : 'remote-proactive',
  });
  await world.consent(person.id);
  const clerk = (await staff('clerk', DEPARTMENT_1)).client;
  const head = await staff('department-head', DEPARTMENT_1);
  let subject: { visitId: string } | { caseId: string };
  if (way === 'visit') {
    const joined = await clerk.desk.joinLiveQueue({ formId: form.id });
    if (!joined.ok) throw new Error(joined.refusal);
    await clerk.desk.changeVisit({ visitId: joined.visitId, event: 'call', room: '14' });
    await clerk.desk.changeVisit({ visitId: joined.visitId, event: 'start' });
    // Whatever the hour of the test, the person came within the hours of intake (FF-02).
    await world.db
      .update(visits)
      .set({ arrivedAt: toInstant(toBusinessDate(world.clock.now()), plainTime('09:00')) })
      .where(eq(visits.id, joined.visitId));
    subject = { visitId: joined.visitId };
  } else subject = { caseId: await invitedCase(person, form.id) };
  const opened = await clerk.inPerson.open(subject);
  if (!opened.ok) throw new Error(opened.refusal);
  const { applicationId } = opened;
  await clerk.inPerson.save({ applicationId, version: 1, fields: FIELDS });
  expect(await clerk.inPerson.accept({ applicationId, version: 2 })).toMatchObject({ ok: true });
  return { person, form, clerk, head, applicationId, ...subject };
}

async function invitedCase(person: Person, formId: string): Promise<string> {
  const at = world.clock.now();
  const [group] = await world.db.select().from(nosologyGroups).limit(1);
  const caseId = await openCase(
    world.deps,
    world.db,
    {
      formId,
      personId: person.id,
      representativeId: null,
      regionCode: '11',
      departmentId: DEPARTMENT_1,
      track: 'ordinary',
      nosologyGroup: present(group).code,
      purpose: 'disability-repeated',
    },
    at,
  );
  await world.db
    .update(cases)
    .set({ state: 'invited', stateAt: at, invitedAt: at, repeatAt: at, closeAt: at })
    .where(eq(cases.id, caseId));
  return caseId;
}

/** Saves the conclusion and gives the text to sign with the head's signature over it. */
async function signed(head: Awaited<ReturnType<typeof staff>>, applicationId: string, typed = TYPED) {
  const { version } = await head.client.inPerson.conclusion({ applicationId });
  await head.client.inPerson.saveConclusion({ applicationId, version, typed });
  const started = await head.client.inPerson.startConclusion({ applicationId });
  if (!started.ok) throw new Error(started.refusal);
  const { text } = await head.client.signing.get({ signingId: started.signingId });
  const { iin, surname, name, patronymic } = head.person;
  const cms = await simulators.sign({ iin, surname, name, patronymic }, Buffer.from(text), {
    purpose: 'sign',
  });
  return { applicationId, signingId: started.signingId, cms: cms.toString('base64'), text };
}
const only = ({ text: _, ...input }: Awaited<ReturnType<typeof signed>>) => input;

describe('conclusion in person', () => {
  test('PX-35, FF-01: the head signs and the journey of the queue ends in a result the same day', async () => {
    const { person, form, head, applicationId, ...way } = await accepted('visit');
    const input = await signed(head, applicationId);
    expect(input.text).toContain(person.iin);
    expect(input.text).toContain('екінші топ');
    const answer = await head.client.inPerson.conclude(only(input));
    expect(answer).toMatchObject({ ok: true });
    const [conclusion] = await world.db.select().from(conclusions).where(eq(conclusions.formId, form.id));
    expect(conclusion).toMatchObject({
      basis: 'in-person',
      departmentId: DEPARTMENT_1,
      signedBy: head.person.id,
      text: input.text,
      caseId: null,
    });
    expect(conclusion?.actNo).toBe(answer.ok ? answer.actNo : '');
    const [served] = await world.db.select().from(forms).where(eq(forms.id, form.id));
    expect(served?.state).toBe('served');
    const visitId = 'visitId' in way ? way.visitId : '';
    const [visit] = await world.db.select().from(visits).where(eq(visits.id, visitId));
    expect(visit?.state).toBe('done');
    const sent = await world.db.select().from(messages).where(eq(messages.formId, form.id));
    expect(sent.map((message) => message.template)).toContain('m-03');
    const view = await head.client.inPerson.application({ applicationId });
    expect(view).toMatchObject({ state: 'concluded', actNo: conclusion?.actNo });
  });

  test('PX-34, PX-35: somebody invited is concluded, and the case ends with it', async () => {
    const { form, head, applicationId, ...way } = await accepted('invited');
    const answer = await head.client.inPerson.conclude(only(await signed(head, applicationId)));
    expect(answer.ok).toBe(true);
    const caseId = 'caseId' in way ? way.caseId : '';
    const [found] = await world.db.select().from(cases).where(eq(cases.id, caseId));
    expect(found).toMatchObject({ state: 'concluded-in-person', formId: form.id });
    const [conclusion] = await world.db.select().from(conclusions).where(eq(conclusions.formId, form.id));
    expect(conclusion?.caseId).toBe(caseId);
    expect(await world.db.select().from(assignments).where(eq(assignments.caseId, caseId))).toEqual([]);
  });

  test('T12: of two signatures sent at once one concludes; the other changes nothing', async () => {
    const { form, head, applicationId } = await accepted('visit');
    const input = only(await signed(head, applicationId));
    const answers = await Promise.all([1, 2, 3].map(() => head.client.inPerson.conclude(input)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await world.db.$count(conclusions, eq(conclusions.formId, form.id))).toBe(1);
  });

  test('T12: a text that was signed before the draft changed concludes nothing', async () => {
    const { form, head, applicationId } = await accepted('visit');
    const input = only(await signed(head, applicationId));
    const { version } = await head.client.inPerson.conclusion({ applicationId });
    await head.client.inPerson.saveConclusion({
      applicationId,
      version,
      typed: { ...TYPED, 'disability.outcome': 'group-1' },
    });
    expect(await head.client.inPerson.conclude(input)).toEqual({ ok: false, refusal: 'other-document' });
    expect(await world.db.$count(conclusions, eq(conclusions.formId, form.id))).toBe(0);
  });

  test("PX-35: another head's signature does not do", async () => {
    const { head, applicationId } = await accepted('visit');
    const other = await staff('department-head', DEPARTMENT_1);
    const input = await signed(head, applicationId);
    const { iin, surname, name, patronymic } = other.person;
    const cms = await simulators.sign({ iin, surname, name, patronymic }, Buffer.from(input.text), {
      purpose: 'sign',
    });
    expect(await head.client.inPerson.conclude({ ...only(input), cms: cms.toString('base64') })).toEqual({
      ok: false,
      refusal: 'other-person',
    });
    expect((await other.client.inPerson.conclude(only(input))).ok).toBe(false);
  });

  test('PX-30: an incomplete conclusion has no text to sign, and everything wrong is named', async () => {
    const { head, applicationId } = await accepted('visit');
    const { version } = await head.client.inPerson.conclusion({ applicationId });
    await head.client.inPerson.saveConclusion({
      applicationId,
      version,
      typed: { 'disability.outcome': 'child', diagnosis: 'x' },
    });
    expect(await head.client.inPerson.startConclusion({ applicationId })).toEqual({
      ok: false,
      refusal: 'incomplete',
    });
    const { problems, typed } = await head.client.inPerson.conclusion({ applicationId });
    expect(problems.map(({ field }) => field)).toEqual(['disability.outcome', 'reasons']);
    expect(typed.diagnosis).toBe('x');
  });

  test('PX-37: who declines to be examined ends the case; clinic and person are told', async () => {
    const person = await world.person({ unitCode: UNIT_1 });
    const form = await world.form(person.id, { track: 'remote-proactive' });
    const caseId = await invitedCase(person, form.id);
    const { client } = await staff('clerk', DEPARTMENT_1);
    expect((await client.inPerson.invited()).invited.map((row) => row.caseId)).toContain(caseId);
    expect(await client.inPerson.refuseVisit({ caseId })).toEqual({ ok: true });
    expect(await client.inPerson.refuseVisit({ caseId })).toEqual({ ok: false, refusal: 'not-invited' });
    const [found] = await world.db.select().from(cases).where(eq(cases.id, caseId));
    expect(found?.state).toBe('closed-refused');
    const told = await world.db
      .select()
      .from(outboundMessages)
      .where(eq(outboundMessages.personId, person.id));
    expect(told.map((message) => message.kind)).toContain('form-031.poorlyCompleted');
    const sent = await world.db.select().from(messages).where(eq(messages.personId, person.id));
    expect(sent.map((message) => message.template)).toContain('m-02');
  });

  test('PX-37: the clock does not close the case of somebody who is at the counter', async () => {
    const { head, applicationId, ...way } = await accepted('invited');
    const caseId = 'caseId' in way ? way.caseId : '';
    world.clock.forward(1);
    await world.db.update(cases).set({ state: 'invited-again' }).where(eq(cases.id, caseId));
    await keepInvitations(world.deps, world.clock.now());
    expect((await head.client.inPerson.conclude(only(await signed(head, applicationId)))).ok).toBe(true);
  });

  test('PX-37: nobody can decline while an application is open', async () => {
    const { clerk, ...way } = await accepted('invited');
    const caseId = 'caseId' in way ? way.caseId : '';
    expect(await clerk.inPerson.refuseVisit({ caseId })).toEqual({ ok: false, refusal: 'application-open' });
  });
});

describe('consultation', () => {
  test('PX-22: the question goes with its preliminary conclusion, the answer brings the application back, once', async () => {
    const { head, applicationId, person } = await accepted('visit');
    const { version } = await head.client.inPerson.conclusion({ applicationId });
    await head.client.inPerson.saveConclusion({ applicationId, version, typed: TYPED });
    expect(
      await head.client.inPerson.askConsultation({ applicationId, question: 'Топ дұрыс па?' }),
    ).toMatchObject({ ok: true });
    expect(await head.client.inPerson.startConclusion({ applicationId })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
    const { client } = await staff('methodologist', null);
    const [row] = await world.db
      .select()
      .from(consultations)
      .where(eq(consultations.applicationId, applicationId));
    const consultationId = present(row).id;
    expect((await client.inPerson.consultations()).consultations[0]).toMatchObject({ departmentNumber: 1 });
    const view = await client.inPerson.consultation({ consultationId });
    expect(view).toMatchObject({ question: 'Топ дұрыс па?', preliminary: TYPED });
    for (const secret of [person.iin, person.surname]) expect(JSON.stringify(view)).not.toContain(secret);
    expect(await client.inPerson.answerConsultation({ consultationId, answer: 'Иә' })).toEqual({ ok: true });
    expect(await client.inPerson.answerConsultation({ consultationId, answer: 'Жоқ' })).toEqual({
      ok: false,
      refusal: 'already-answered',
    });
    const after = await head.client.inPerson.application({ applicationId });
    expect(after).toMatchObject({ state: 'accepted', consultation: { answer: 'Иә' } });
    expect((await head.client.inPerson.conclude(only(await signed(head, applicationId)))).ok).toBe(true);
  });

  test('PX-22: a withdrawn application asks nothing any more', async () => {
    const { head, clerk, applicationId } = await accepted('visit');
    await head.client.inPerson.askConsultation({ applicationId, question: 'Қалай?' });
    expect(await clerk.inPerson.withdraw({ applicationId })).toMatchObject({ ok: true });
    const [row] = await world.db
      .select()
      .from(consultations)
      .where(eq(consultations.applicationId, applicationId));
    const { client } = await staff('methodologist', null);
    const open = (await client.inPerson.consultations()).consultations;
    expect(open.map((each) => each.consultationId)).not.toContain(row?.id);
    const [ended] = await world.db
      .select()
      .from(inPersonApplications)
      .where(eq(inPersonApplications.id, applicationId));
    expect(ended?.endedAt).not.toBeNull();
  });
});
