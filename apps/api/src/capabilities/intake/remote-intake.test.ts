import {
  auditEvents,
  cases,
  dispensaries,
  formContents,
  formFiles,
  forms,
  integrationClients,
  intakeMessages,
  messages,
  outboundMessages,
  persons,
  policies,
  technicalFailures,
} from '@mse/db/schema';
import { addDays, addMonths, type PlainDate, plainDate, toBusinessDate } from '@mse/domain/shared';
import { type RegistryName, type RegistryPerson, type Simulators, startSimulators } from '@mse/simulators';
import { eq, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { remoteRows, smallPdf, smallPng } from '../../../test/remote-forms.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { createRegistries } from '../../platform/gateways/registries.ts';
import { closeInvitations } from '../examination/index.ts';
import { startIntakeJobs } from './start-intake-jobs.ts';

const TOKEN = 'clinic-token-for-tests-0003';
const BIN = '990140000011';
const OTHER_BIN = '990140000022';
const CHAIR = {
  iin: '800101300001',
  surname: 'Төраға',
  name: 'Дина',
  patronymic: null,
  bin: BIN,
  organization: 'Емхана',
};

let simulators: Simulators;
let world: World;
let jobs: { stop(): Promise<void> };
let today: PlainDate;
let count = 0;

beforeAll(async () => {
  simulators = await startSimulators();
  world = await startWorld({
    now: machineNow(),
    settings: {
      REGISTRIES_URL: simulators.registriesUrl,
      REGISTRIES_TOKEN: simulators.registriesToken,
      REGISTRY_TIMEOUT_MS: 400,
    },
    signatures: simulatedVerifier(simulators, { timeoutMs: 500, ocspCacheMs: 60_000 }),
  });
  today = toBusinessDate(world.clock.now());
  await world.db.insert(integrationClients).values({
    id: world.random.id(world.clock.now()),
    name: 'Gateway of the Ministry of Health',
    tokenHash: createHash('sha256').update(TOKEN).digest('hex'),
  });
  jobs = await startIntakeJobs(world.deps, { sweepEveryMs: 300 });
});
afterAll(async () => {
  await jobs.stop();
  await world.close();
  await simulators.close();
});
beforeEach(() => {
  simulators.registries.setFault('all', { fault: 'none', rate: 1 });
  freshRegistries();
});

function freshRegistries(): void {
  const { settings, random, log, metrics } = world.deps;
  world.deps.registries = createRegistries(settings, { now: () => new Date() }, random, log, metrics);
}

/** Somebody known to the registries, attached to the clinic, who agreed by SMS. */
function patient(changes: Partial<RegistryPerson> = {}) {
  count += 1;
  const iin = `7101013${String(10_000 + count)}`;
  const phone = `+7705${String(1_000_000 + count)}`;
  const consentId = `consent-${count}`;
  const person: RegistryPerson = {
    iin,
    surname: `Әбенов${count}`,
    name: 'Самат',
    patronymic: null,
    birthDate: '1971-01-01',
    sex: 'male',
    status: 'alive',
    legalCapacity: 'capable',
    permanentRegistration: { unitCode: UNIT_1, kk: 'Көкшетау, Абай 1', ru: 'Кокшетау, Абая 1' },
    ...changes,
  };
  simulators.registries.change({
    person,
    phone: { iin, phone },
    attachment: { iin, organizationBin: BIN, attachedOn: '2020-01-01' },
    consent: { messageId: consentId, patientIin: iin, responder: phone },
  });
  return { ...person, phone, consentId };
}
type Patient = ReturnType<typeof patient>;
type Files = Record<string, { content: Buffer; kind?: string; mediaType?: string }>;

function store(files: Files, sha256?: string): void {
  for (const [fileId, { content }] of Object.entries(files))
    simulators.registries.change({
      file: { fileId, content: content.toString('base64'), ...(sha256 ? { sha256 } : {}) },
    });
}

/** A remote form without a flaw, its file in the store; `changes` overwrite rows. */
function formOf(who: Patient, changes: Record<string, unknown> = {}, files?: Files) {
  const named = files ?? { [`file-${who.iin}`]: { content: smallPdf(who.iin) } };
  if (!files) store(named);
  return {
    number: `031-${who.iin.slice(-5)}`,
    formedOn: today,
    purpose: 'disability-first',
    patient: {
      iin: who.iin,
      surname: who.surname,
      name: who.name,
      patronymic: who.patronymic,
      phone: who.phone,
    },
    organizationBin: BIN,
    organizationName: 'Көкшетау қалалық № 1 емханасы',
    diagnosis: 'Сүт безінің қатерлі ісігі',
    complaints: 'Шағымдар',
    anamnesis: 'Анамнез',
    objectiveStatus: 'Объективті',
    recommendations: 'Ұсыныстар',
    ...remoteRows({ responder: who.phone, consentId: who.consentId, files: named, today }),
    ...changes,
  };
}

interface Answer {
  messageId: string;
  state: string;
  formId: string | null;
  reasons: { code: string; detail: string | null; kk: string; ru: string; en: string }[];
}

const call = (path: string, body: unknown) =>
  world.http.request(`/integration/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function message(document: object, extra: Record<string, unknown> = {}, subject = CHAIR) {
  const bytes = Buffer.from(JSON.stringify(document));
  const signature = (await simulators.sign(subject, bytes)).toString('base64');
  return { messageId: `remote-${++count}`, document: bytes.toString('base64'), signature, ...extra };
}

async function send(sent: unknown) {
  const response = await call('/forms-031', sent);
  const answer = (await response.json()) as Answer;
  return { status: response.status, answer, codes: (answer.reasons ?? []).map(({ code }) => code) };
}
const sendForm = async (document: object, extra: Record<string, unknown> = {}) =>
  send(await message(document, extra));
const codesOf = async (document: object, extra: Record<string, unknown> = {}) =>
  (await sendForm(document, extra)).codes;

async function until<Value>(what: () => Promise<Value>, holds: (value: Value) => boolean, ms = 20_000) {
  const end = performance.now() + ms;
  for (;;) {
    const value = await what();
    if (holds(value)) return value;
    if (performance.now() > end) throw new Error(`It did not come to pass: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The gateway reads all alike (`registries.test.ts`), so each fault is tried on one registry and the first on all. */
const FAULTS = ['hang', 'error', 'garbage', 'old-data'] as const;

const childBorn = () => addDays(today, -3000);

describe('a remote form that passes', () => {
  it('IN-01, IN-05, IN-11, PX-02: is kept with its content and files, and a case is opened by registration and nosological form; no SMS-1 goes out', async () => {
    const who = patient();
    const { status, answer } = await sendForm(formOf(who));
    expect([status, answer.reasons]).toEqual([201, []]);
    const formId = answer.formId ?? '';
    const [form] = await world.db.select().from(forms).where(eq(forms.id, formId));
    expect(form).toMatchObject({ track: 'remote-proactive', state: 'accepted' });
    const [content] = await world.db.select().from(formContents).where(eq(formContents.formId, formId));
    expect(content?.document).toMatchObject({ icd10: 'C50.9', consultations: [{ specialist: 'Онколог' }] });
    const files = await world.db.select().from(formFiles).where(eq(formFiles.formId, formId));
    expect(files).toMatchObject([
      { storeId: `file-${who.iin}`, kind: 'other', mediaType: 'application/pdf', content: smallPdf(who.iin) },
    ]);
    const [opened] = await world.db.select().from(cases).where(eq(cases.formId, formId));
    expect(opened).toMatchObject({
      personId: form?.personId,
      regionCode: '11',
      track: 'ordinary',
      nosologyGroup: 'oncology',
      purpose: 'disability-first',
      state: 'accepted',
      failureId: null,
      termRule: 'conclusion',
      termFrom: null,
    });
    expect(opened?.departmentId).not.toBeNull();
    expect(await world.db.$count(messages, eq(messages.formId, formId))).toBe(0);
    const told = await world.db
      .select()
      .from(outboundMessages)
      .where(eq(outboundMessages.kind, 'form-031.accepted'));
    expect(told.map(({ payload }) => payload.messageId)).toContain(answer.messageId);
    expect(await world.db.$count(auditEvents, eq(auditEvents.subject, `form:${formId}`))).toBe(1);
  });

  it('IN-12: the same message again has the same answer and one case', async () => {
    const sent = await message(formOf(patient()));
    const answers = await Promise.all([send(sent), send(sent), send(sent)]);
    expect(new Set(answers.map(({ answer }) => answer.formId)).size).toBe(1);
    expect(await world.db.$count(cases, eq(cases.formId, answers[0]?.answer.formId ?? ''))).toBe(1);
  });

  it('F001, IN-06: a child is examined with the consent and the number of the representative', async () => {
    const mother = patient();
    const child = patient({ birthDate: childBorn() });
    simulators.registries.change({
      consent: { messageId: child.consentId, patientIin: child.iin, responder: mother.phone },
    });
    const { iin, surname, name, patronymic, phone } = mother;
    const form = formOf(child, { representative: { iin, surname, name, patronymic, phone } });
    form.consent.responder = mother.phone;
    const { answer } = await sendForm(form);
    expect(answer.reasons).toEqual([]);
    const [opened] = await world.db
      .select()
      .from(cases)
      .where(eq(cases.formId, answer.formId ?? ''));
    expect(opened?.representativeId).not.toBeNull();
  });

  it('SN-05, GV-05: a special form goes by the special mechanism while the pilot counts here', async () => {
    const files = (iin: string): Files => ({
      [`a-${iin}`]: { content: smallPdf(`a${iin}`), kind: 'inpatient-extract' },
      [`b-${iin}`]: { content: smallPdf(`b${iin}`), kind: 'orthopaedist-conclusion' },
      [`c-${iin}`]: { content: smallPng(), kind: 'limb-x-ray', mediaType: 'image/png' },
    });
    const trackNow = async () => {
      const who = patient();
      const own = files(who.iin);
      store(own);
      const { answer } = await sendForm(formOf(who, { icd10: 'S88.1' }, own));
      expect(answer.reasons).toEqual([]);
      const [opened] = await world.db
        .select()
        .from(cases)
        .where(eq(cases.formId, answer.formId ?? ''));
      expect(opened?.nosologyGroup).toBe('limb-defects');
      return opened?.track;
    };
    expect(await trackNow()).toBe('ordinary');
    await world.owner.insert(policies).values({
      key: 'intake.special-mechanism',
      validFrom: today,
      value: [{ regions: ['11'], systems: null }],
      basis: 'prolongation assumed in tests',
      assumed: true,
    });
    await world.reference.reload();
    expect(await trackNow()).toBe('special');
  });
});

describe('reasons of return of the remote track', () => {
  it('F001: no SMS of consent in the form, none in the service, one of somebody else, or one from a strange number', async () => {
    expect(await codesOf(formOf(patient(), { consent: undefined }))).toEqual(['F001']);
    const unknown = patient();
    simulators.registries.change({ removeConsent: { messageId: unknown.consentId } });
    expect(await codesOf(formOf(unknown))).toEqual(['F001']);
    const others = patient();
    simulators.registries.change({
      consent: { messageId: others.consentId, patientIin: patient().iin, responder: others.phone },
    });
    expect(await codesOf(formOf(others))).toEqual(['F001']);
    const strange = patient();
    simulators.registries.change({
      consent: { messageId: strange.consentId, patientIin: strange.iin, responder: '+77059999999' },
    });
    expect(await codesOf(formOf(strange))).toEqual(['F001']);
    const form = formOf(patient());
    form.consent.responder = '+77059999999';
    expect(await codesOf(form)).toEqual(['F001']);
  });

  it('F002: a remote message without a form is returned and told', async () => {
    const sent = { messageId: `remote-${++count}`, document: '', signature: '', service: 'remote-proactive' };
    expect((await send(sent)).codes).toEqual(['F002']);
  });

  it('F008: empty rows of the remote sections are named, entries of lists by number', async () => {
    const { answer } = await sendForm(
      formOf(patient(), { consultations: [{ specialist: 'Онколог' }], laboratory: [], rehabilitation: {} }),
    );
    expect(answer.reasons.map(({ code }) => code)).toEqual(['F008']);
    expect(answer.reasons[0]?.detail).toBe(
      'consultations.0.complaints, consultations.0.objective, consultations.0.dysfunction, consultations.0.diagnosis, consultations.0.recommendations, laboratory, rehabilitation.potential, rehabilitation.diagnosis, rehabilitation.route',
    );
  });

  it('F008, IN-07: a re-examination asks for the earlier group', async () => {
    const { answer } = await sendForm(formOf(patient(), { purpose: 'disability-repeated' }));
    expect(answer.reasons).toMatchObject([{ code: 'F008', detail: 'previousGroup.group' }]);
    expect(
      await codesOf(
        formOf(patient(), { purpose: 'disability-repeated', previousGroup: { group: 'group-2' } }),
      ),
    ).toEqual([]);
  });

  it('F008: an unusable entry of a list does not hide the others', async () => {
    const { answer } = await sendForm(
      formOf(patient(), { consultations: [{ dysfunction: 'enormous' }, 'text', 7], sender: 'damu' }),
    );
    expect(answer.reasons.map(({ code }) => code)).toEqual(['F008']);
    const named = answer.reasons[0]?.detail?.split(', ') ?? [];
    expect(named).toEqual(
      expect.arrayContaining(['consultations.0.dysfunction', 'consultations.1', 'sender']),
    );
  });

  it('F008, SN-01: a special form without its mandatory examinations names each of them', async () => {
    const { answer } = await sendForm(formOf(patient(), { icd10: 'S88.1', surgicalAmputation: true }));
    expect(answer.reasons).toMatchObject([
      {
        code: 'F008',
        detail:
          'examinations.inpatient-extract, examinations.orthopaedist-conclusion, examinations.limb-x-ray, examinations.inpatient-card-insert-10',
      },
    ]);
  });

  it('F009: the organisation is not the one of the attachment, unless it is a dispensary', async () => {
    const who = patient();
    simulators.registries.change({
      attachment: { iin: who.iin, organizationBin: OTHER_BIN, attachedOn: '2021-01-01' },
    });
    expect(await codesOf(formOf(who))).toEqual(['F009']);
    simulators.registries.change({ attachment: { iin: who.iin, organizationBin: null } });
    expect(await codesOf(formOf(who))).toEqual(['F009']);
    await world.owner.insert(dispensaries).values({
      bin: BIN,
      name: { kk: 'Диспансер', ru: 'Диспансер', en: 'Dispensary' },
      validFrom: plainDate('2020-01-01'),
      basis: 'test',
    });
    await world.reference.reload();
    expect(await codesOf(formOf(who))).toEqual([]);
    await world.owner.delete(dispensaries);
    await world.reference.reload();
  });

  it('F010: a message sent for the remote track whose form bears another mark, or none', async () => {
    const service = { service: 'remote-proactive' };
    expect(await codesOf(formOf(patient(), { track: 'in-person' }), service)).toEqual(['F010']);
    expect(await codesOf(formOf(patient(), { track: 'home' }), service)).toEqual(['F010']);
    expect(await codesOf(formOf(patient()), service)).toEqual([]);
  });

  it('F011: a purpose the remote track does not take', async () => {
    expect(await codesOf(formOf(patient(), { purpose: 'injured-worker-needs' }))).toEqual(['F011']);
  });

  it('F012: item 25.1 names a defect for which no questionnaire is filled', async () => {
    const who = patient();
    const means = { technicalMeans: [{ defect: 'S88-left', means: 'Протез' }] };
    expect(await codesOf(formOf(who, means))).toEqual(['F012']);
    simulators.registries.change({ questionnaires: { iin: who.iin, defects: ['S58-right'] } });
    expect(await codesOf(formOf(who, means))).toEqual(['F012']);
    simulators.registries.change({ questionnaires: { iin: who.iin, defects: ['S58-right', 's88-LEFT'] } });
    expect(await codesOf(formOf(who, means))).toEqual([]);
  });

  it('F013: a diagnosis of no nosological form, or one of children in an adult', async () => {
    expect(await codesOf(formOf(patient(), { icd10: 'I69.3' }))).toEqual(['F013']);
    expect(await codesOf(formOf(patient(), { icd10: 'E10.6' }))).toEqual(['F013']);
  });

  it('F014: the hash of a file is not the store’s; the identifier fills the words of the law', async () => {
    const who = patient();
    const files = { [`f14-${who.iin}`]: { content: smallPdf('one') } };
    store({ [`f14-${who.iin}`]: { content: smallPdf('another') } });
    const { answer } = await sendForm(formOf(who, {}, files));
    expect(answer.reasons).toMatchObject([{ code: 'F014', detail: `f14-${who.iin}` }]);
    expect(answer.reasons[0]?.kk).toBe(
      `f14-${who.iin} идентификатормен файлдың хэш қосындысы ХЭД сервисіндегі мәліметтермен сәйкес келмейді`,
    );
  });

  it('F015: files the store does not have are each a reason of its own', async () => {
    const files = { 'no-1': { content: smallPdf('1') }, 'no-2': { content: smallPdf('2') } };
    const { answer } = await sendForm(formOf(patient(), {}, files));
    expect(answer.reasons.map(({ code, detail }) => [code, detail])).toEqual([
      ['F015', 'no-1'],
      ['F015', 'no-2'],
    ]);
    expect(answer.reasons[1]?.ru).toBe('Файл по идентификатору no-2 отсутствует в сервисе ХЭД');
  });

  it('F016, F017: another content under an accepted id; a person whose case is open, even when the form is too old', async () => {
    const who = patient();
    const sent = await message(formOf(who));
    expect((await send(sent)).codes).toEqual([]);
    const other = await message(formOf(patient()), { messageId: sent.messageId });
    expect((await send(other)).codes).toEqual(['F016']);
    await world.owner
      .update(forms)
      .set({ validUntil: addDays(today, -1) })
      .where(eq(forms.number, `031-${who.iin.slice(-5)}`));
    expect(await codesOf(formOf(who, { number: 'next' }))).toEqual(['F017']);
    const [person] = await world.db.select().from(persons).where(eq(persons.iin, who.iin));
    await world.owner
      .update(cases)
      .set({ endedAt: world.clock.now(), state: 'concluded' })
      .where(eq(cases.personId, person?.id ?? ''));
    expect(await codesOf(formOf(who, { number: 'next' }))).toEqual([]);
  });

  it('PX-37, IN-09, F017: after a closed case a new form is taken, though the old one would still hold', async () => {
    const who = patient();
    expect(await codesOf(formOf(who))).toEqual([]);
    const [person] = await world.db.select().from(persons).where(eq(persons.iin, who.iin));
    const [row] = await world.owner
      .update(cases)
      .set({ state: 'invited-again' })
      .where(eq(cases.personId, person?.id ?? ''))
      .returning();
    expect(await codesOf(formOf(who, { number: 'next' }))).toEqual(['F017']);
    await world.db.transaction((tx) =>
      closeInvitations(world.deps, tx, [row?.id ?? ''], 'no-show', 'system:test', world.clock.now()),
    );
    expect(await codesOf(formOf(who, { number: 'next' }))).toEqual([]);
    const states = await world.db
      .select({ state: forms.state })
      .from(forms)
      .where(eq(forms.personId, person?.id ?? ''))
      .orderBy(forms.acceptedAt);
    expect(states.map(({ state }) => state)).toEqual(['poorly-completed', 'accepted']);
  });

  it('IN-06, IN-07, IN-08, M-05: everything that is wrong is told at once, in the order of the annex, and to the Ministry of Health', async () => {
    const who = patient({ status: 'dead', permanentRegistration: null });
    simulators.registries.change({
      attachment: { iin: who.iin, organizationBin: OTHER_BIN },
      removeConsent: { messageId: who.consentId },
    });
    const form = formOf(
      who,
      {
        number: '',
        formedOn: addMonths(addDays(today, -3), -1),
        track: 'in-person',
        purpose: 'disability-cause',
        icd10: 'I10',
        anamnesis: ' ',
        technicalMeans: [{ defect: 'x' }],
        patient: { iin: who.iin, surname: 'Басқа', name: who.name },
      },
      { absent: { content: smallPdf('absent') } },
    );
    const bytes = Buffer.from(JSON.stringify(form));
    const sent = {
      messageId: `remote-${++count}`,
      document: bytes.toString('base64'),
      signature: '',
      service: 'remote-proactive',
    };
    const { codes, answer } = await send(sent);
    expect(codes).toEqual([
      ...['F001', 'F003', 'F004', 'F005', 'F007', 'F008', 'F009', 'F010', 'F011', 'F012', 'F013', 'F015'],
      ...['REC001', 'REC002'],
    ]);
    const [told] = (
      await world.db.select().from(outboundMessages).where(eq(outboundMessages.kind, 'form-031.returned'))
    ).filter(({ payload }) => payload.messageId === sent.messageId);
    expect(told).toMatchObject({ destination: 'health-ministry', personId: null });
    expect(told?.payload).toMatchObject({
      kind: 'return',
      codes,
      reasons: answer.reasons,
      text: {
        kk: answer.reasons.map(({ code, kk }) => `${code}: ${kk}`).join('; '),
        ru: answer.reasons.map(({ code, ru }) => `${code}: ${ru}`).join('; '),
      },
    });
  });

  it('IN-09: a returned form sent again is judged anew, and each return is told', async () => {
    const who = patient();
    simulators.registries.change({ removeConsent: { messageId: who.consentId } });
    const sent = await message(formOf(who));
    expect((await send(sent)).codes).toEqual(['F001']);
    world.clock.forward(1);
    expect((await send(sent)).codes).toEqual(['F001']);
    simulators.registries.change({
      consent: { messageId: who.consentId, patientIin: who.iin, responder: who.phone },
    });
    expect((await send(sent)).status).toBe(201);
    const told = await world.db
      .select()
      .from(outboundMessages)
      .then((rows) => rows.filter(({ payload }) => payload.messageId === sent.messageId));
    expect(told.map(({ kind }) => kind).sort()).toEqual([
      'form-031.accepted',
      'form-031.returned',
      'form-031.returned',
    ]);
  });
});

describe('registries of the remote track that are silent', () => {
  const registries: RegistryName[] = [
    'persons',
    'mobile-citizens',
    'attached-population',
    'consents',
    'aid-questionnaires',
    'document-store',
  ];
  for (const registry of registries)
    for (const fault of registry === 'document-store' ? FAULTS : FAULTS.slice(0, 1))
      it(`T23: ${registry} with the fault "${fault}" delays a form and never returns it`, async () => {
        const who = patient();
        simulators.registries.change({ questionnaires: { iin: who.iin, defects: ['s88'] } });
        simulators.registries.setFault(registry, { fault });
        const { status, answer } = await sendForm(
          formOf(who, { technicalMeans: [{ defect: 'S88', means: 'Протез' }] }),
        );
        expect([status, answer.state, answer.reasons]).toEqual([202, 'waiting', []]);
        simulators.registries.setFault('all', { fault: 'none' });
        freshRegistries();
        await until(
          () => world.db.select().from(intakeMessages).where(eq(intakeMessages.messageId, answer.messageId)),
          ([row]) => row?.state === 'accepted',
        );
      }, 30_000);

  it('T23: what is certainly wrong is returned although a registry of the track is silent', async () => {
    simulators.registries.setFault('consents', { fault: 'error' });
    expect(await codesOf(formOf(patient(), { icd10: 'I10' }))).toEqual(['F013']);
  });

  it('IN-11: bytes that are not what the store says they are count as its silence, not as a difference', async () => {
    const who = patient();
    const right = smallPdf('right');
    const files = { [`torn-${who.iin}`]: { content: right } };
    store(
      { [`torn-${who.iin}`]: { content: smallPdf('torn') } },
      createHash('sha256').update(right).digest('hex'),
    );
    const { status } = await sendForm(formOf(who, {}, files));
    expect(status).toBe(202);
    store(files);
    await until(
      () =>
        world.db
          .select()
          .from(formFiles)
          .where(eq(formFiles.storeId, `torn-${who.iin}`)),
      (rows) => rows.length === 1,
    );
  }, 30_000);
});

describe('bad input leaves nothing behind', () => {
  const packed = (content: Buffer, dictionary: string) =>
    Buffer.concat([
      Buffer.from(`%PDF-1.5\n1 0 obj\n<< ${dictionary} /Length ${content.length} >>\nstream\n`),
      content,
      Buffer.from('\nendstream\nendobj\n%%EOF\n'),
    ]);
  const hostile: [string, { content: Buffer; mediaType?: string }, string][] = [
    ['an empty file', { content: Buffer.alloc(0) }, 'empty'],
    ['a ZIP that claims to be a PDF', { content: Buffer.from('PK\u0003\u0004 bomb') }, 'unknown-kind'],
    ['a GZIP bomb', { content: gzipSync(Buffer.alloc(5_000_000)) }, 'unknown-kind'],
    ['a program', { content: Buffer.from('MZ\u0090 program') }, 'unknown-kind'],
    ['a page of HTML', { content: Buffer.from('<html><script>alert(1)</script>') }, 'unknown-kind'],
    ['a PNG called a PDF', { content: smallPng() }, 'other-kind'],
    ['a PDF called a PNG', { content: smallPdf('x'), mediaType: 'image/png' }, 'other-kind'],
    ['a torn PNG', { content: smallPng().subarray(0, 50), mediaType: 'image/png' }, 'damaged'],
    [
      'a PNG that opens to a flood of pixels',
      { content: smallPng({ width: 60_000, height: 60_000 }), mediaType: 'image/png' },
      'too-many-pixels',
    ],
    [
      'a JPEG that opens to a flood of pixels',
      {
        content: Buffer.from('ffd8ffc0001108ffffffff03011100021100031100ffd9', 'hex'),
        mediaType: 'image/jpeg',
      },
      'too-many-pixels',
    ],
    [
      'a PDF with a script',
      { content: smallPdf('s', '/OpenAction << /S /JavaScript /JS (app.alert(1)) >> ') },
      'active-content',
    ],
    [
      'a PDF whose script hides its name',
      { content: smallPdf('h', '/OpenAction << /S /J#61vaScript >> ') },
      'active-content',
    ],
    ['a PDF that starts a program', { content: smallPdf('l', '/AA << /S /Launch >> ') }, 'active-content'],
    [
      'a PDF with a file inside',
      { content: smallPdf('e', '/Names << /EmbeddedFiles 9 0 R >> ') },
      'active-content',
    ],
    [
      'a PDF whose script is packed',
      {
        content: packed(
          deflateSync(Buffer.from('1 0 << /S /JavaScript /JS (x) >>')),
          '/Type /ObjStm /Filter /FlateDecode',
        ),
      },
      'active-content',
    ],
    [
      'a PDF that unpacks without end',
      { content: packed(deflateSync(Buffer.alloc(250_000_000)), '/Filter /FlateDecode') },
      'unpacks-too-far',
    ],
    [
      'a PDF with a huge picture',
      {
        content: packed(
          deflateSync(Buffer.from('x')),
          '/Subtype /Image /Width 90000 /Height 90000 /Filter /FlateDecode',
        ),
      },
      'too-many-pixels',
    ],
    ['a locked PDF', { content: Buffer.from('%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\n%%EOF') }, 'encrypted'],
    ['a torn PDF', { content: Buffer.from('%PDF-1.4\n1 0 obj\n<<') }, 'damaged'],
  ];
  it.each(hostile)('F008, IN-11: %s', async (_what, file, why) => {
    const who = patient();
    const files = { [`bad-${who.iin}`]: file };
    store(files);
    const { answer } = await sendForm(formOf(who, {}, files));
    expect(answer.reasons).toMatchObject([{ code: 'F008', detail: `attachments.0.${why}` }]);
    expect(await world.db.$count(formFiles, eq(formFiles.storeId, `bad-${who.iin}`))).toBe(0);
    expect(await world.db.$count(persons, eq(persons.iin, who.iin))).toBe(0);
  });

  it('F008: a file that is too large is named without being fetched, and one named twice counts once', async () => {
    const who = patient();
    const content = Buffer.alloc(16_000_000, 'x');
    const files = { [`large-${who.iin}`]: { content } };
    store(files);
    const form = formOf(who, {}, files);
    form.attachments.push(...form.attachments);
    const { answer } = await sendForm(form);
    expect(answer.reasons).toMatchObject([
      { code: 'F008', detail: 'attachments.0.too-large, attachments.1.twice' },
    ]);
  });

  it('F007: unsigned, signed by another organisation, and a signature of other bytes are returned; no person, form or file is kept', async () => {
    const unsigned = patient();
    const bytes = Buffer.from(JSON.stringify(formOf(unsigned))).toString('base64');
    expect((await send({ messageId: `remote-${++count}`, document: bytes, signature: '' })).codes).toEqual([
      'F007',
    ]);
    const foreign = patient();
    const other = await message(formOf(foreign), {}, { ...CHAIR, bin: OTHER_BIN });
    const { answer } = await send(other);
    expect(answer.reasons).toMatchObject([{ code: 'F007', detail: 'other-organization' }]);
    const changed = patient();
    const sent = await message(formOf(changed));
    const replaced = Buffer.from(JSON.stringify(formOf(changed, { diagnosis: 'Басқа' }))).toString('base64');
    expect((await send({ ...sent, document: replaced })).codes).toEqual(['F007']);
    for (const { iin } of [unsigned, foreign, changed])
      expect(await world.db.$count(persons, eq(persons.iin, iin))).toBe(0);
  });

  it('IN-12: a signature replayed under a new id for the same person is F017', async () => {
    const sent = await message(formOf(patient()));
    expect((await send(sent)).status).toBe(201);
    expect((await send({ ...sent, messageId: `remote-${++count}` })).codes).toEqual(['F017']);
  });

  /** What each table of the service holds, as a digest; files of forms are rows, so the file store is among them. */
  async function contents(): Promise<Map<string, string>> {
    const tables = await world.owner.execute<{ name: string }>(sql`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`);
    const digests = new Map<string, string>();
    for (const { name } of tables) {
      const [row] = await world.owner.execute<{ digest: string }>(
        sql`select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest from ${sql.raw(name)} t`,
      );
      digests.set(name, row?.digest ?? '');
    }
    return digests;
  }
  /** Calls are counted, whatever they bring. */
  const COUNTED = ['public.rate_limit'];
  /** The return itself: the message with its reasons, its audit row, and the word to the Ministry of Health. */
  const RETURNED = ['public.audit_event', 'public.intake_message', 'public.outbound_message', ...COUNTED];

  it('IN-08, IN-11, T17: unsigned, wrongly signed, replayed, oversized and hostile input has its code each, and no table and no file but the return itself changes', async () => {
    const accepted = await message(formOf(patient()));
    expect((await send(accepted)).status).toBe(201);
    const hostileFile = patient();
    const files = { [`bad-${hostileFile.iin}`]: { content: Buffer.from('MZ\u0090 program') } };
    store(files);
    const unsigned = patient();
    const mine = await message(formOf(patient()));
    const kinds: [string, () => Promise<string>][] = [
      [
        'unsigned',
        async () =>
          (
            await send({
              messageId: `remote-${++count}`,
              document: Buffer.from(JSON.stringify(formOf(unsigned))).toString('base64'),
              signature: '',
            })
          ).codes.join(),
      ],
      [
        'signed by another organisation',
        async () =>
          (await send(await message(formOf(patient()), {}, { ...CHAIR, bin: OTHER_BIN }))).codes.join(),
      ],
      [
        'a signature of other bytes',
        async () =>
          (
            await send({
              ...mine,
              document: Buffer.from(JSON.stringify(formOf(patient()))).toString('base64'),
            })
          ).codes.join(),
      ],
      [
        'replayed under a new id',
        async () => (await send({ ...accepted, messageId: `remote-${++count}` })).codes.join(),
      ],
      [
        'a hostile file',
        async () => (await sendForm(formOf(hostileFile, {}, files))).answer.reasons[0]?.code ?? '',
      ],
      ['the same message once more', async () => String((await send(accepted)).status)],
      ['oversized', async () => String((await send({ ...mine, document: 'A'.repeat(9_000_000) })).status)],
      ['no JSON', async () => String((await send('{' as never)).status)],
    ];
    const seen: [string, string, string[]][] = [];
    for (const [what, does] of kinds) {
      const before = await contents();
      const code = await does();
      const after = await contents();
      const changed = [...after]
        .filter(([name, digest]) => before.get(name) !== digest)
        .map(([name]) => name);
      seen.push([what, code, changed]);
    }
    expect(seen).toEqual([
      ['unsigned', 'F007', RETURNED],
      ['signed by another organisation', 'F007', RETURNED],
      ['a signature of other bytes', 'F007', RETURNED],
      ['replayed under a new id', 'F017', RETURNED],
      ['a hostile file', 'F008', RETURNED],
      ['the same message once more', '201', COUNTED],
      ['oversized', '413', COUNTED],
      ['no JSON', '400', COUNTED],
    ]);
  }, 60_000);
});

describe('the mode of technical failure', () => {
  it('PX-43: while the act is open F004 is off for its system, and the term counts from the earlier term or the day of sending', async () => {
    const proposer = await world.staff('portal-administrator');
    const approver = await world.staff('portal-administrator');
    const now = world.clock.now();
    await world.owner.insert(technicalFailures).values({
      id: world.random.id(now),
      systemCode: 'damu',
      from: new Date(now.getTime() - 3_600_000),
      until: new Date(now.getTime() + 86_400_000),
      actNumber: '1',
      actDay: today,
      act: Buffer.from('act'),
      actSha256: 'x',
      state: 'open',
      proposedBy: proposer.id,
      proposedAt: now,
      decidedBy: approver.id,
      decidedAt: now,
    });
    await world.reference.reload();
    const old = { formedOn: addMonths(today, -3) };
    const sentOn = addDays(today, -40);
    const caseOf = async (document: object) => {
      const { answer } = await sendForm(document);
      expect(answer.reasons).toEqual([]);
      const [opened] = await world.db
        .select()
        .from(cases)
        .where(eq(cases.formId, answer.formId ?? ''));
      return opened;
    };
    expect(await caseOf(formOf(patient(), { ...old, sender: { system: 'DAMU', sentOn } }))).toMatchObject({
      termRule: 'sent-day',
      termFrom: sentOn,
    });
    const until = addDays(today, -20);
    expect(
      await caseOf(
        formOf(patient(), {
          ...old,
          purpose: 'disability-repeated',
          previousGroup: { group: 'group-2', until },
        }),
      ),
    ).toMatchObject({ termRule: 'earlier-term', termFrom: until });
    expect(await codesOf(formOf(patient(), { ...old, sender: { system: 'avicenna', sentOn } }))).toEqual([
      'F004',
    ]);
    await world.owner.update(technicalFailures).set({ until: now });
    await world.reference.reload();
    expect(await codesOf(formOf(patient(), old))).toEqual(['F004']);
  });
});

describe('what a form lacks before the chair signs', () => {
  interface DraftAnswer {
    ready: boolean;
    nosology: { code: string; special: boolean; kk: string } | null;
    examinations: { code: string; required: boolean; present: boolean; kk: string; ru: string; en: string }[];
    rows: { row: string; kk: string; ru: string; en: string }[];
    reasons: { code: string }[];
  }
  const validate = async (document: object, patientBirthDate = '1971-01-01') => {
    const response = await call('/forms-031/validate', {
      document: Buffer.from(JSON.stringify(document)).toString('base64'),
      patientBirthDate,
    });
    expect(response.status).toBe(200);
    return (await response.json()) as DraftAnswer;
  };

  it('SN-02: names each missing examination in three languages, and is ready once they are there; nothing is stored', async () => {
    const who = patient();
    const before = await world.db.$count(intakeMessages);
    const draft = await validate(formOf(who, { icd10: 'Q90.9', diagnosisSet: true }), childBorn());
    expect(draft.ready).toBe(false);
    expect(draft.nosology).toMatchObject({ code: 'down-syndrome', special: true, kk: 'Даун синдромы' });
    const missing = draft.examinations.filter(({ required, present }) => required && !present);
    expect(missing.map(({ code }) => code)).toEqual([
      'karyotype',
      'geneticist-conclusion',
      'neurologist-conclusion',
      'psychiatrist-conclusion',
      'pmpk-conclusion',
      'patient-card-extract',
    ]);
    expect(missing[2]).toMatchObject({
      kk: 'Невролог қорытындысы',
      ru: 'Заключение невролога',
      en: "Neurologist's conclusion",
    });
    const files = Object.fromEntries(
      missing.map(({ code }) => [code, { content: smallPdf(code), kind: code }]),
    );
    const whole = await validate(formOf(who, { icd10: 'Q90.9', diagnosisSet: true }, files), childBorn());
    expect(whole).toMatchObject({ ready: true, rows: [], reasons: [] });
    expect(await world.db.$count(intakeMessages)).toBe(before);
    expect(await world.db.$count(persons, eq(persons.iin, who.iin))).toBe(0);
  });

  it('SN-02: names empty rows and what is certainly wrong; bytes that are no form are F002', async () => {
    const draft = await validate(
      formOf(patient(), { icd10: 'I10', purpose: 'disability-cause', rehabilitation: {}, anamnesis: '' }),
    );
    expect(draft.ready).toBe(false);
    expect(draft.nosology).toBeNull();
    expect(draft.reasons.map(({ code }) => code)).toEqual(['F011', 'F013']);
    expect(draft.rows.map(({ row }) => row)).toEqual([
      'anamnesis',
      'rehabilitation.potential',
      'rehabilitation.diagnosis',
      'rehabilitation.route',
    ]);
    expect(draft.rows[0]?.kk).toBe('Анамнез');
    const nothing = await call('/forms-031/validate', {
      document: Buffer.from('<form/>').toString('base64'),
    });
    expect(((await nothing.json()) as DraftAnswer).reasons.map(({ code }) => code)).toEqual(['F002']);
  });
});
