import { auditEvents, forms, integrationClients, intakeMessages, messages, persons } from '@mse/db/schema';
import { addDays, addMonths, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { type RegistryPerson, type Simulators, startSimulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { createRegistries } from '../../platform/gateways/registries.ts';
import { startIntakeJobs } from './start-intake-jobs.ts';

const TOKEN = 'clinic-token-for-tests-0001';
const OTHER_TOKEN = 'clinic-token-for-tests-0002';
const BIN = '990140000011';
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
  // Certificates and registries live in the machine's time, so the service does too.
  world = await startWorld({
    now: machineNow(),
    settings: {
      REGISTRIES_URL: simulators.registriesUrl,
      REGISTRIES_TOKEN: simulators.registriesToken,
      REGISTRY_TIMEOUT_MS: 400,
    },
    signatures: simulatedVerifier(simulators, { timeoutMs: 500, ocspCacheMs: 0 }),
  });
  today = toBusinessDate(world.clock.now());
  freshRegistries();
  await world.db.insert(integrationClients).values(
    [TOKEN, OTHER_TOKEN].map((token) => ({
      id: world.random.id(world.clock.now()),
      name: 'Clinic',
      tokenHash: createHash('sha256').update(token).digest('hex'),
    })),
  );
  jobs = await startIntakeJobs(world.deps, { sweepEveryMs: 300 });
});
afterAll(async () => {
  await jobs.stop();
  await world.close();
  await simulators.close();
});
beforeEach(() => {
  simulators.registries.setFault('all', { fault: 'none', rate: 1 });
  simulators.revocation.faults.ocsp = 'none';
  freshRegistries();
});

/** Registries whose breakers know nothing of the test before. */
function freshRegistries(): void {
  const { settings, random, log, metrics } = world.deps;
  world.deps.registries = createRegistries(settings, { now: () => new Date() }, random, log, metrics);
}

/** Makes somebody known to the registries only; the service hears of them by their form. */
function somebody(
  changes: Partial<RegistryPerson> = {},
  phone: string | null = `+7702${String(1_000_000 + ++count)}`,
) {
  count += 1;
  const person: RegistryPerson = {
    iin: `7001013${String(10_000 + count)}`,
    surname: `Қуатов${count}`,
    name: 'Әли',
    patronymic: 'Ерланұлы',
    birthDate: '1970-01-01',
    sex: 'male',
    status: 'alive',
    legalCapacity: 'capable',
    permanentRegistration: { unitCode: UNIT_1, kk: 'Көкшетау, Абай 1', ru: 'Кокшетау, Абая 1' },
    ...changes,
  };
  simulators.registries.change({ person, ...(phone ? { phone: { iin: person.iin, phone } } : {}) });
  return { ...person, phone };
}
type Somebody = ReturnType<typeof somebody>;

const named = (who: Somebody) => ({
  iin: who.iin,
  surname: who.surname,
  name: who.name,
  patronymic: who.patronymic,
  ...(who.phone ? { phone: who.phone } : {}),
});

function formOf(who: Somebody, changes: Record<string, unknown> = {}) {
  return {
    number: `031-${who.iin.slice(-5)}`,
    formedOn: today,
    track: 'in-person',
    purpose: 'disability-first',
    patient: named(who),
    organizationBin: BIN,
    organizationName: 'Көкшетау қалалық № 1 емханасы',
    icd10: 'I69.3',
    diagnosis: 'Диагноз',
    complaints: 'Шағымдар',
    anamnesis: 'Анамнез',
    objectiveStatus: 'Объективті',
    recommendations: 'Ұсыныстар',
    ...changes,
  };
}

interface Sent {
  messageId: string;
  document: string;
  signature: string;
}

async function signed(
  document: object | Buffer | null,
  messageId = `mis-${++count}`,
  subject: Parameters<Simulators['sign']>[0] = CHAIR,
): Promise<Sent> {
  const bytes =
    document === null
      ? Buffer.alloc(0)
      : Buffer.isBuffer(document)
        ? document
        : Buffer.from(JSON.stringify(document));
  const signature = bytes.length === 0 ? '' : (await simulators.sign(subject, bytes)).toString('base64');
  return { messageId, document: bytes.toString('base64'), signature };
}

const call = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  world.http.request(`/integration/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    body:
      typeof body === 'string' ? body : Buffer.isBuffer(body) ? Uint8Array.from(body) : JSON.stringify(body),
  });

interface Answer {
  messageId: string;
  state: string;
  formId: string | null;
  receivedAt: string;
  decidedAt: string | null;
  reasons: { code: string; detail: string | null; kk: string; ru: string; en: string }[];
}

async function send(message: Sent): Promise<{ status: number; answer: Answer; codes: string[] }> {
  const response = await call('/forms-031', message);
  const answer = (await response.json()) as Answer;
  return { status: response.status, answer, codes: answer.reasons?.map((reason) => reason.code) };
}
const sendForm = async (document: object | Buffer | null, subject = CHAIR) =>
  send(await signed(document, undefined, subject));

async function stateOf(messageId: string, token = TOKEN): Promise<Answer & { status: number }> {
  const response = await world.http.request(`/integration/v1/forms-031/${encodeURIComponent(messageId)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { ...((await response.json()) as Answer), status: response.status };
}

async function until<Value>(
  what: () => Promise<Value>,
  holds: (value: Value) => boolean,
  ms = 15_000,
): Promise<Value> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await what();
    if (holds(value)) return value;
    if (performance.now() > end) throw new Error(`It did not come to pass: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a form 031/у that passes', () => {
  it('IN-10, EQ-05: is accepted with its source, signature and time; SMS-1 waits for the number in the base of mobile citizens', async () => {
    const who = somebody();
    const message = await signed(formOf(who));
    const { status, answer } = await send(message);
    expect(status).toBe(201);
    expect(answer).toMatchObject({ messageId: message.messageId, state: 'accepted', reasons: [] });
    const [form] = await world.db
      .select()
      .from(forms)
      .where(eq(forms.id, answer.formId ?? ''));
    expect(form).toMatchObject({
      track: 'in-person',
      state: 'accepted',
      formedOn: today,
      validUntil: addMonths(today, 1),
      organizationBin: BIN,
    });
    const [kept] = await world.db
      .select()
      .from(intakeMessages)
      .where(eq(intakeMessages.formId, answer.formId ?? ''));
    expect(kept?.document.toString('base64')).toBe(message.document);
    expect(kept?.signature.toString('base64')).toBe(message.signature);
    expect(kept).toMatchObject({ signerIin: CHAIR.iin, state: 'accepted' });
    expect(kept?.signerSerial).toMatch(/^[0-9a-f]+$/);
    const [sms] = await world.db
      .select()
      .from(messages)
      .where(eq(messages.formId, answer.formId ?? ''));
    expect(sms).toMatchObject({
      template: 'sms-1',
      phone: who.phone,
      state: 'queued',
      personId: form?.personId,
      language: 'kk',
    });
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `form:${answer.formId}`));
    expect(audit).toMatchObject([{ action: 'intake.form', outcome: 'done', personId: form?.personId }]);
  });

  it('EQ-05: a child’s form is accepted with its representative, whose number gets SMS-1 when the child has none', async () => {
    const mother = somebody();
    const child = somebody({ birthDate: addDays(today, -3000) }, null);
    const { status, answer } = await sendForm(formOf(child, { representative: named(mother) }));
    expect(status).toBe(201);
    const [form] = await world.db
      .select()
      .from(forms)
      .where(eq(forms.id, answer.formId ?? ''));
    const [representative] = await world.db
      .select()
      .from(persons)
      .where(eq(persons.id, form?.representativeId ?? ''));
    expect(representative?.iin).toBe(mother.iin);
    const [sms] = await world.db
      .select()
      .from(messages)
      .where(eq(messages.formId, answer.formId ?? ''));
    expect(sms?.phone).toBe(mother.phone);
  });

  it('IN-12: the same message again, also at the same moment, has one answer and one form', async () => {
    const message = await signed(formOf(somebody()));
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(message)));
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(await world.db.$count(messages, eq(messages.formId, answers[0]?.answer.formId ?? ''))).toBe(1);
  });

  it('EQ-08: what the registry says of a person who is known already is brought up to date', async () => {
    const who = somebody();
    await sendForm(formOf(who));
    simulators.registries.change({ phone: { iin: who.iin, phone: '+77059998877' } });
    await world.db.update(forms).set({ state: 'served' });
    await sendForm(formOf({ ...who, phone: '+77059998877' }));
    const [person] = await world.db.select().from(persons).where(eq(persons.iin, who.iin));
    expect(person?.phone).toBe('+77059998877');
  });
});

describe('reasons of return', () => {
  it('F002: a message without a form', async () => {
    const { status, codes, answer } = await sendForm(null);
    expect([status, codes]).toEqual([200, ['F002']]);
    expect(answer.reasons[0]?.kk).toBe('№ 031/е нысанының болмауы');
  });

  for (const [what, bytes] of [
    ['no JSON', Buffer.from('<form/>')],
    ['JSON that is no form', Buffer.from('[1,2]')],
    ['another encoding', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])],
  ] as const) {
    it(`F002: bytes that hold ${what}`, async () => {
      expect((await sendForm(bytes)).codes).toEqual(['F002']);
    });
  }

  for (const [what, change] of [
    ['number', { number: undefined }],
    ['number but spaces', { number: '  ' }],
    ['date', { formedOn: undefined }],
    ['real date', { formedOn: '2026-02-30' }],
  ] as const) {
    it(`F003: a form without a ${what}`, async () => {
      expect((await sendForm(formOf(somebody(), change))).codes).toEqual(['F003']);
    });
  }

  it('F004: a form is in time for a month from its day and not a day longer', async () => {
    const monthAgo = addMonths(today, -1);
    const lastDay = addMonths(monthAgo, 1) === today ? monthAgo : addDays(monthAgo, 1);
    expect((await sendForm(formOf(somebody(), { formedOn: lastDay }))).codes).toEqual([]);
    expect(
      (await sendForm(formOf(somebody(), { formedOn: addDays(addMonths(today, -1), -1) }))).codes,
    ).toEqual(['F004']);
  });

  it('F004: a form of tomorrow', async () => {
    expect((await sendForm(formOf(somebody(), { formedOn: addDays(today, 1) }))).codes).toEqual(['F004']);
  });

  it('F005: no phone number at all', async () => {
    const who = somebody();
    expect((await sendForm(formOf(who, { patient: { ...named(who), phone: undefined } }))).codes).toEqual([
      'F005',
    ]);
  });

  it('F006: the number is not the one in the base of mobile citizens, or there is none', async () => {
    const who = somebody();
    expect(
      (await sendForm(formOf(who, { patient: { ...named(who), phone: '+77019999999' } }))).codes,
    ).toEqual(['F006']);
    const without = somebody({}, null);
    expect(
      (await sendForm(formOf(without, { patient: { ...named(without), phone: '+77019999999' } }))).codes,
    ).toEqual(['F006']);
  });

  it('F007: no signature', async () => {
    const message = await signed(formOf(somebody()));
    expect((await send({ ...message, signature: '' })).codes).toEqual(['F007']);
  });

  it('F007: a signature over other bytes, a broken one, one with a key for signing in, one of another organisation, a revoked one', async () => {
    const who = somebody();
    const other = await signed(formOf(somebody()));
    const message = await signed(formOf(who));
    const refused = async (signature: string) => {
      const { codes, answer } = await send({ ...message, messageId: `mis-${++count}`, signature });
      return [codes, answer.reasons[0]?.detail];
    };
    const bytes = Buffer.from(message.document, 'base64');
    expect(await refused(other.signature)).toEqual([['F007'], 'content-differs']);
    expect(await refused('AAAA')).toEqual([['F007'], 'malformed']);
    expect(
      await refused((await simulators.sign(CHAIR, bytes, { purpose: 'auth' })).toString('base64')),
    ).toEqual([['F007'], 'wrong-purpose']);
    const stranger = { ...CHAIR, iin: '800101300009', bin: '990140000099', organization: 'Басқа' };
    expect(await refused((await simulators.sign(stranger, bytes)).toString('base64'))).toEqual([
      ['F007'],
      'other-organization',
    ]);
    const robbed = { ...CHAIR, iin: '800101300008' };
    const revoked = (await simulators.sign(robbed, bytes)).toString('base64');
    simulators.authority.revoke((await simulators.authority.credentialOf(robbed, 'sign', 'rsa')).serial);
    expect(await refused(revoked)).toEqual([['F007'], 'certificate-revoked']);
    const alone = { iin: who.iin, surname: who.surname, name: who.name, patronymic: null };
    expect(await refused((await simulators.sign(alone, bytes)).toString('base64'))).toEqual([
      ['F007'],
      'other-organization',
    ]);
  });

  it('F008: every empty mandatory row is named, in the order of the form', async () => {
    const { codes, answer } = await sendForm(
      formOf(somebody(), { purpose: undefined, icd10: '  ', recommendations: null }),
    );
    expect(codes).toEqual(['F008']);
    expect(answer.reasons[0]?.detail).toBe('purpose, icd10, recommendations');
  });

  it('F008: a row with an unknown word, of a wrong kind or too long is as good as empty', async () => {
    const { codes, answer } = await sendForm(
      formOf(somebody(), {
        purpose: 'holiday',
        complaints: 17,
        treatment: 'x'.repeat(20_001),
        organizationName: ['a'],
      }),
    );
    expect(codes).toEqual(['F008']);
    expect(answer.reasons[0]?.detail).toBe('purpose, complaints, organizationName, treatment');
  });

  it('F008: a patient that is no object and a missing track lose no other reason', async () => {
    const { codes, answer } = await sendForm({
      number: 'x',
      formedOn: today,
      patient: 'Қуатов',
      organizationBin: BIN,
    });
    expect(codes).toEqual(['F005', 'F008']);
    expect(answer.reasons[1]?.detail).toMatch(
      /^purpose, patient\.iin, patient\.surname, .*, (patient, track|track, patient)$/,
    );
  });

  it('F016: other content under an id that was accepted', async () => {
    const message = await signed(formOf(somebody()));
    expect((await send(message)).codes).toEqual([]);
    const { codes, answer } = await send(await signed(formOf(somebody()), message.messageId));
    expect(codes).toEqual(['F016']);
    expect(answer.reasons[0]?.ru).toBe(
      `В системе имеется форма с MismessageId - ${message.messageId}, прошедшая ФЛК`,
    );
    expect((await stateOf(message.messageId)).state).toBe('accepted');
  });

  it('F017: a person whose form is under review', async () => {
    const who = somebody();
    expect((await sendForm(formOf(who))).codes).toEqual([]);
    const { codes, answer } = await sendForm(formOf(who, { number: 'another' }));
    expect(codes).toEqual(['F017']);
    expect(answer.reasons[0]?.kk).toBe(`Жүйеде ${who.iin} ЖСНмен қарастырылып жатқан нысан бар`);
  });

  it('F017: ten forms of one person at the same moment give exactly one accepted', async () => {
    const who = somebody();
    const sent = await Promise.all(
      Array.from({ length: 10 }, (_, number) => signed(formOf(who, { number: `031-${number}` }))),
    );
    const answers = await Promise.all(sent.map(send));
    expect(answers.map(({ codes }) => codes.join()).sort()).toEqual(['', ...Array<string>(9).fill('F017')]);
    expect(await world.db.$count(forms, eq(forms.number, '031-1'))).toBeLessThanOrEqual(1);
  });

  it('REC001: the patient is dead', async () => {
    expect((await sendForm(formOf(somebody({ status: 'dead' })))).codes).toContain('REC001');
  });

  it('REC002: the number belongs to somebody with another name, or to nobody', async () => {
    const who = somebody();
    expect((await sendForm(formOf(who, { patient: { ...named(who), surname: 'Басқаев' } }))).codes).toEqual([
      'REC002',
    ]);
    const nobody = { ...named(somebody()), iin: '990101399999' };
    expect((await sendForm(formOf(who, { patient: nobody }))).codes).toEqual(['F006', 'REC002']);
  });

  it('REC003: no permanent registration', async () => {
    expect((await sendForm(formOf(somebody({ permanentRegistration: null })))).codes).toEqual(['REC003']);
  });

  it('REC004: left the country for good', async () => {
    expect(
      (await sendForm(formOf(somebody({ status: 'emigrated', permanentRegistration: null })))).codes,
    ).toEqual(['REC004']);
  });

  it('REC005: a child or an incapable person without a representative', async () => {
    expect((await sendForm(formOf(somebody({ birthDate: addDays(today, -3000) })))).codes).toEqual([
      'REC005',
    ]);
    expect((await sendForm(formOf(somebody({ legalCapacity: 'incapable' })))).codes).toEqual(['REC005']);
  });

  for (const [code, changes] of [
    ['LEG001', { status: 'dead' }],
    ['LEG002', { status: 'emigrated' }],
  ] as const) {
    it(`${code}: the representative is ${changes.status}`, async () => {
      const guardian = somebody(changes);
      expect(
        (
          await sendForm(
            formOf(somebody({ legalCapacity: 'incapable' }), { representative: named(guardian) }),
          )
        ).codes,
      ).toEqual([code]);
    });
  }

  it('LEG003: the representative’s number belongs to somebody with another name', async () => {
    const guardian = { ...named(somebody()), name: 'Басқа' };
    expect(
      (await sendForm(formOf(somebody({ legalCapacity: 'incapable' }), { representative: guardian }))).codes,
    ).toEqual(['LEG003']);
  });

  it('IN-08: all reasons come at once, in three languages, and are kept', async () => {
    const dead = somebody({ status: 'dead' });
    const message = await signed(
      formOf(dead, {
        number: undefined,
        formedOn: addDays(today, -60),
        diagnosis: '',
        patient: { ...named(dead), phone: undefined },
      }),
    );
    const { codes, answer } = await send({ ...message, signature: '' });
    expect(codes).toEqual(['F003', 'F004', 'F005', 'F007', 'F008', 'REC001']);
    expect(answer.reasons.every((reason) => reason.kk && reason.ru && reason.en)).toBe(true);
    expect(await stateOf(message.messageId)).toMatchObject({ state: 'returned', reasons: answer.reasons });
  });

  it('IN-09: after a return the same message is judged anew, and a corrected one under the same id is taken', async () => {
    const who = somebody({ permanentRegistration: null });
    const message = await signed(formOf(who));
    expect((await send(message)).codes).toEqual(['REC003']);
    simulators.registries.change({
      person: { iin: who.iin, permanentRegistration: { unitCode: UNIT_1, kk: 'а', ru: 'а' } },
    });
    expect((await send(message)).codes).toEqual([]);

    const other = somebody();
    const wrong = await signed(formOf(other, { diagnosis: '' }));
    expect((await send(wrong)).codes).toEqual(['F008']);
    expect((await send(await signed(formOf(other), wrong.messageId))).answer.state).toBe('accepted');
  });
});

describe('T23: silent registries', () => {
  for (const fault of ['error', 'hang', 'garbage', 'wrong-schema', 'huge', 'drip', 'old-data'] as const) {
    it(`T23: while the registry of persons answers with ${fault} a form waits; it is accepted by itself afterwards and never returned`, async () => {
      const who = somebody();
      simulators.registries.setFault('persons', { fault });
      const message = await signed(formOf(who));
      const first = await send(message);
      expect([first.status, first.answer.state, first.codes]).toEqual([202, 'waiting', []]);
      simulators.registries.setFault('persons', { fault: 'none' });
      freshRegistries();
      expect(
        await until(
          () => stateOf(message.messageId),
          (answer) => answer.state !== 'waiting',
        ),
      ).toMatchObject({ state: 'accepted' });
      const [row] = await world.db
        .select({ id: intakeMessages.id })
        .from(intakeMessages)
        .where(eq(intakeMessages.messageId, message.messageId));
      expect(await world.db.$count(auditEvents, eq(auditEvents.subject, `intake:${row?.id}`))).toBe(0);
    });
  }

  it('T23: reasons that are certain are told although another registry is silent', async () => {
    simulators.registries.setFault('mobile-citizens', { fault: 'error' });
    expect((await sendForm(formOf(somebody({ status: 'dead' })))).codes).toEqual(['REC001']);
  });

  it('T23: a silent revocation service lets a form wait; it is not taken for a missing signature', async () => {
    simulators.revocation.faults.ocsp = 'silent';
    const message = await signed(formOf(somebody()));
    expect((await send(message)).answer.state).toBe('waiting');
    simulators.revocation.faults.ocsp = 'none';
    expect(
      await until(
        () => stateOf(message.messageId),
        (answer) => answer.state !== 'waiting',
      ),
    ).toMatchObject({ state: 'accepted' });
  });

  it('IN-10: a message whose judging was cut short is found and judged', async () => {
    const who = somebody();
    const message = await signed(formOf(who));
    const at = world.clock.now();
    const [client] = await world.db
      .select()
      .from(integrationClients)
      .where(eq(integrationClients.active, true));
    const id = world.random.id(at);
    await world.db.insert(intakeMessages).values({
      id,
      clientId: client?.id ?? '',
      messageId: message.messageId,
      contentHash: 'cut-short',
      document: Buffer.from(message.document, 'base64'),
      signature: Buffer.from(message.signature, 'base64'),
      receivedAt: at,
      state: 'waiting',
    });
    const row = await until(
      async () => (await world.db.select().from(intakeMessages).where(eq(intakeMessages.id, id)))[0],
      (found) => found?.state !== 'waiting',
    );
    expect(row).toMatchObject({ state: 'accepted' });
  });
});

describe('batches', () => {
  it('IN-08: each form of a batch is answered on its own, in the order sent', async () => {
    const twice = somebody();
    const batch = [
      await signed(formOf(somebody())),
      await signed(null),
      await signed(formOf(twice)),
      await signed(formOf(somebody(), { track: 'remote-proactive' })),
      await signed(formOf(somebody({ status: 'dead' }))),
    ];
    const response = await call('/forms-031/batch', { messages: [...batch, batch[0]] });
    expect(response.status).toBe(200);
    const { answers } = (await response.json()) as { answers: Answer[] };
    expect(answers.map((answer) => answer.messageId)).toEqual(
      [...batch, batch[0]].map((message) => message?.messageId),
    );
    expect(answers.map((answer) => answer.state)).toEqual([
      'accepted',
      'returned',
      'accepted',
      'returned',
      'returned',
      'accepted',
    ]);
    expect(answers[5]).toEqual(answers[0]);
  });

  it('F017: two forms of one person in one batch give exactly one accepted', async () => {
    const who = somebody();
    const response = await call('/forms-031/batch', {
      messages: [await signed(formOf(who, { number: 'a' })), await signed(formOf(who, { number: 'b' }))],
    });
    const { answers } = (await response.json()) as { answers: Answer[] };
    expect(answers.map((answer) => answer.state).sort()).toEqual(['accepted', 'returned']);
  });

  it('takes a hundred forms and no more', async () => {
    const messages101 = Array.from({ length: 101 }, (_, number) => ({
      messageId: `m${number}`,
      document: '',
      signature: '',
    }));
    expect((await call('/forms-031/batch', { messages: messages101 })).status).toBe(400);
    expect((await call('/forms-031/batch', { messages: [] })).status).toBe(400);
  });
});

describe('wrong calls', () => {
  const problemOf = async (response: Response) => ({
    status: response.status,
    type: ((await response.json()) as { type: string }).type.replace('urn:saraptama:problem:', ''),
    content: response.headers.get('content-type'),
  });

  it('an unknown, missing or switched-off client learns nothing', async () => {
    for (const authorization of [
      '',
      'Bearer wrong-token-wrong-token',
      'Basic abc',
      `Bearer ${'x'.repeat(5000)}`,
    ]) {
      const response = await call('/forms-031', {}, { authorization });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await problemOf(response)).toEqual({
        status: 401,
        type: 'not-authenticated',
        content: 'application/problem+json',
      });
    }
  });

  it('what another client sent reads as not found', async () => {
    const message = await signed(null);
    await send(message);
    expect((await stateOf(message.messageId)).status).toBe(200);
    expect((await stateOf(message.messageId, OTHER_TOKEN)).status).toBe(404);
    expect((await stateOf('никогда\u0000')).status).toBe(404);
  });

  for (const [what, body, headers, expected] of [
    ['no JSON', '{"messageId":', {}, { status: 400, type: 'not-json' }],
    ['endless nesting', '['.repeat(1_000_000), {}, { status: 400, type: 'not-json' }],
    [
      'bytes of another encoding',
      Buffer.from([0x22, 0xcf, 0xf0, 0x22]),
      {},
      { status: 400, type: 'not-utf-8' },
    ],
    [
      'a form of a web page',
      'messageId=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      { status: 415, type: 'not-json-content' },
    ],
    [
      'another charset',
      '{}',
      { 'content-type': 'application/json; charset=windows-1251' },
      { status: 415, type: 'not-json-content' },
    ],
    ['a compressed body', '{}', { 'content-encoding': 'gzip' }, { status: 415, type: 'not-json-content' }],
    [
      'unknown fields',
      { messageId: 'a', document: '', signature: '', admin: true },
      {},
      { status: 400, type: 'invalid-message' },
    ],
    ['no message id', { document: '' }, {}, { status: 400, type: 'invalid-message' }],
    ['an id with a null character', { messageId: 'a\u0000b' }, {}, { status: 400, type: 'invalid-message' }],
    [
      'something that is not base64',
      { messageId: 'a', document: 'Құжат' },
      {},
      { status: 400, type: 'invalid-message' },
    ],
    ['a body that is too large', ' '.repeat(3_000_001), {}, { status: 413, type: 'too-large' }],
  ] as const) {
    it(`${what} is refused by a problem of its own`, async () => {
      const response = await call('/forms-031', body, headers);
      expect(await problemOf(response)).toEqual({ ...expected, content: 'application/problem+json' });
    });
  }

  it('null characters inside a form do no harm', async () => {
    const who = somebody();
    expect((await sendForm(formOf(who, { diagnosis: 'a\u0000b', number: '0\u000031' }))).answer.state).toBe(
      'accepted',
    );
  });

  it('a client that calls too often is told when to come again', async () => {
    const responses = await Promise.all(
      Array.from({ length: 120 }, () =>
        world.http.request('/integration/v1/forms-031/none', {
          headers: { authorization: `Bearer ${OTHER_TOKEN}` },
        }),
      ),
    );
    const refused = responses.filter((response) => response.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('the description of the interface is OpenAPI 3.1 and needs no token', async () => {
    const response = await world.http.request('/integration/v1/openapi.json');
    const document = (await response.json()) as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: Record<string, { required?: string[] }>; securitySchemes: object };
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual([
      '/forms-031',
      '/forms-031/batch',
      '/forms-031/validate',
      '/forms-031/{messageId}',
    ]);
    expect(document.components.schemas.Form031Message?.required).toEqual(['messageId']);
    const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      (match) => match[1],
    );
    expect(referred.every((name) => name && name in document.components.schemas)).toBe(true);
  });
});
