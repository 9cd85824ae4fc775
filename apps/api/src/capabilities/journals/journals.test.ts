import type { SignatureVerifier } from '@mse/auth/signature';
import {
  administrativeUnits,
  auditEvents,
  expertAbsences,
  experts,
  formContents,
  integrationClients,
  journalSignatures,
  militaryBodies,
  militaryLists,
  militaryTasks,
  outboundMessages,
  programmeExecutions,
  protocolCorrections,
  protocolRows,
  protocols,
} from '@mse/db/schema';
import { columnName, JOURNAL_COLUMNS, JOURNALS } from '@mse/domain/journals';
import { translator } from '@mse/i18n';
import type { ConclusionContent } from '@mse/domain/examination';
import { plainDate, toBusinessDate } from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { and, eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, UNIT_1, UNIT_2, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { hearPdf, insides } from '../../../test/read-pdf.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { recordConclusion } from '../results/index.ts';
import { appendProtocolRow } from './append-row.ts';
import { methodologyCells } from './protocol-cells.ts';

const TERM = { kind: 'until', until: plainDate('2027-11-30') } as const;
const CONTENT: ConclusionContent = {
  disability: { outcome: 'group-2', cause: 'general-disease', term: TERM },
  generalLoss: { percent: 60, term: TERM },
  professionalLoss: null,
  programme: { social: ['Кресло-арба'], vocational: ['Қайта оқыту'], term: TERM },
  injuredWorkerNeeds: null,
  diagnosis: 'Ми қан айналымының бұзылуы салдары',
  reasons: 'Тұрақты айқын бұзылыстар',
};

type Person = Awaited<ReturnType<World['person']>>;

let simulators: Simulators;
let verifier: SignatureVerifier;
let world: World;
let head: Person;
let clerk: Person;
beforeAll(async () => {
  simulators = await startSimulators();
  verifier = simulatedVerifier(simulators);
  world = await startWorld({ now: machineNow(), signatures: verifier });
  head = await world.staff('department-head', DEPARTMENT_1);
  clerk = await world.staff('clerk', DEPARTMENT_1);
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});

const staffOf = async (person: Person) => (await world.signIn(person.id, { audience: 'staff' })).client;
const fileOf = async (person: Person, path: string) => {
  const { token } = await world.signIn(person.id, { audience: 'staff' });
  return world.http.request(path, { headers: { authorization: `Bearer ${token}`, 'x-saraptama': '1' } });
};

async function conclude(
  person: Person,
  extras: Record<string, unknown> = {},
  content = CONTENT,
  departmentId = DEPARTMENT_1,
) {
  const form = await world.form(person.id, { track: 'remote-proactive' });
  await world.db.insert(formContents).values({ formId: form.id, document: extras });
  const at = world.clock.now();
  return world.db.transaction((tx) =>
    recordConclusion(
      world.deps,
      tx,
      {
        formId: form.id,
        caseId: null,
        personId: person.id,
        departmentId,
        basis: 'remote',
        examinedOn: toBusinessDate(at),
        content,
        text: null,
        signature: null,
        signedBy: null,
      },
      at,
    ),
  );
}

/** The signer's CMS over the text that waits. */
async function signed(person: Person, signingId: string): Promise<string> {
  const client = await staffOf(person);
  const { text } = await client.signing.get({ signingId });
  const { iin, surname, name, patronymic } = person;
  return (await simulators.sign({ iin, surname, name, patronymic }, Buffer.from(text))).toString('base64');
}

const protocolOf = async (conclusionId: string) => {
  const [row] = await world.db.select().from(protocolRows).where(eq(protocolRows.conclusionId, conclusionId));
  return present(row);
};

describe('Protocol journals', () => {
  it('JR-05: the screens name the columns as the annexes do', () => {
    for (const journal of JOURNALS)
      for (let column = 1; column <= JOURNAL_COLUMNS[journal]; column += 1)
        for (const language of ['kk', 'ru'] as const)
          expect(translator(language)(`journals:column.${journal}.${column}`)).toBe(
            columnName(journal, column, language),
          );
  });

  it('JR-01: all 14 columns of a row in both languages, from the form, the conclusion and its documents', async () => {
    const person = await world.person();
    const { conclusionId, actNo } = await conclude(person, {
      workplace: 'Зауыт',
      position: 'слесарь',
      sickLeaveDays: 45,
      previousGroup: { group: 'group-3', cause: 'общее заболевание', until: '2026-11-30' },
    });
    const { cells } = await protocolOf(conclusionId);
    expect(cells.ru).toEqual([
      String(Number(actNo.slice(-6))),
      actNo,
      `${person.surname} Айдос Ерланұлы`,
      expect.stringMatching(/^01\.01\.1990, \d{2} (год|года|лет)$/),
      'Кокшетау, Абая 1',
      'Зауыт, слесарь',
      'первичное освидетельствование; первичное установление инвалидности',
      'третья группа, общее заболевание, до 30.11.2026\nЛист временной нетрудоспособности: 45 дней',
      'Ми қан айналымының бұзылуы салдары',
      'вторая группа\nУОТ 60 %',
      'общее заболевание',
      'до 30.11.2027\nУОТ: до 30.11.2027\nИПР: до 30.11.2027',
      'Кресло-арба\nҚайта оқыту',
      [
        `Справка об инвалидности: ${actNo}/1`,
        `Выписка из социальной части индивидуальной программы абилитации и реабилитации: ${actNo}/2`,
        `Выписка из профессиональной части индивидуальной программы абилитации и реабилитации: ${actNo}/3`,
        `Справка о степени утраты общей трудоспособности: ${actNo}/4`,
      ].join('\n'),
    ]);
    expect(cells.kk[6]).toBe('алғашқы куәландыру; мүгедектікті алғашқы белгілеу');
    expect(cells.kk[4]).toBe('Көкшетау, Абай 1');
  });

  it('JR-05, PX-41: a control re-examination has its row of nine columns in the journal of the methodology department', async () => {
    const person = await world.person();
    const at = world.clock.now();
    const facts = {
      actNo: '11-01-2026-000001',
      registrationNo: 1,
      person,
      ageYears: 36,
      purpose: 'disability-repeated' as const,
      extras: {},
      content: CONTENT,
      previous: { ...CONTENT, generalLoss: null },
      documents: [],
    };
    const review = {
      reason: 'control' as const,
      departmentNumber: 1,
      examinedOn: plainDate('2026-11-20'),
      diagnosis: CONTENT.diagnosis,
      conclusion: null,
      recommendations: { kk: 'Бақылауда болсын', ru: 'Наблюдение' },
    };
    const { protocolId } = await world.db.transaction((tx) =>
      appendProtocolRow(
        world.deps,
        tx,
        { journal: 'methodology', departmentId: null, regionCode: '11' },
        { personId: person.id, conclusionId: null, cells: (place) => methodologyCells(facts, review, place) },
        at,
      ),
    );
    const methodologist = await world.staff('methodologist');
    const client = await staffOf(methodologist);
    const month = await client.journals.month({ month: toBusinessDate(at).slice(0, 7), region: '11' });
    expect(month).toMatchObject({
      journal: 'methodology',
      region: '11',
      protocols: [{ id: protocolId, rows: 1 }],
    });
    const { rows } = await client.journals.protocol({ protocolId });
    expect(rows[0]?.cells.ru).toEqual([
      '1',
      `${person.surname} Айдос Ерланұлы, 01.01.1990`,
      'Кокшетау, Абая 1',
      '–',
      'контроль',
      'Отдел № 1, 20.11.2026',
      'вторая группа, общее заболевание, до 30.11.2027',
      'Ми қан айналымының бұзылуы салдары',
      'вторая группа, общее заболевание, до 30.11.2027\nУОТ 60 %, до 30.11.2027\nЗаключение отдела подтверждено\nНаблюдение',
    ]);
    // The head of a department sees nothing of it.
    await expect((await staffOf(head)).journals.protocol({ protocolId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('JR-03: a correction is a linked row signed by the head; the record itself stays, and an old signature counts no more', async () => {
    const person = await world.person();
    const { conclusionId } = await conclude(person);
    const { id: rowId, protocolId, cells } = await protocolOf(conclusionId);
    const client = await staffOf(head);

    const day = await client.journals.startDay({ protocolId });
    if (!day.ok) throw new Error(day.refusal);
    expect(
      await client.journals.finish({ signingId: day.signingId, cms: await signed(head, day.signingId) }),
    ).toEqual({
      ok: true,
      back: `/journals/${protocolId}`,
    });
    expect(await client.journals.protocol({ protocolId })).toMatchObject({
      signed: true,
      places: [{ role: 'department-head' }],
    });
    expect(await client.journals.startDay({ protocolId })).toEqual({ ok: false, refusal: 'already-signed' });

    const typed = { rowId, column: 6, kk: 'Мектеп', ru: 'Школа', reason: 'Орны қате жазылған' };
    expect(await client.journals.startCorrection({ ...typed, column: 2 })).toEqual({
      ok: false,
      refusal: 'fixed-column',
    });
    const started = await client.journals.startCorrection(typed);
    if (!started.ok) throw new Error(started.refusal);
    const { text } = await client.signing.get({ signingId: started.signingId });
    for (const part of ['Школа', 'Мектеп', 'Орны қате жазылған', '–']) expect(text).toContain(part);
    const finished = await client.journals.finish({
      signingId: started.signingId,
      cms: await signed(head, started.signingId),
    });
    expect(finished).toEqual({ ok: true, back: `/journals/${protocolId}` });

    const now = await client.journals.protocol({ protocolId });
    const row = present(now.rows.find(({ id }) => id === rowId));
    expect([row.cells.ru[5], row.corrected, row.corrections[0]?.reason]).toEqual([
      'Школа',
      [6],
      'Орны қате жазылған',
    ]);
    expect(now.signed).toBe(false);
    expect((await protocolOf(conclusionId)).cells).toEqual(cells);
    const [correction] = await world.db
      .select()
      .from(protocolCorrections)
      .where(eq(protocolCorrections.rowId, rowId));
    const verdict = await verifier.verify({
      cms: present(correction).signature,
      content: Buffer.from(present(correction).text),
      at: new Date(),
      purpose: 'signing',
    });
    expect(verdict).toMatchObject({ ok: true, value: { iin: head.iin } });
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(
        and(eq(auditEvents.subject, `protocol-row:${rowId}`), eq(auditEvents.action, 'journals.finish')),
      );
    expect(audit.map(({ outcome, actor }) => [outcome, actor])).toEqual([['done', head.id]]);
  });

  it('JR-01: a daily protocol is whole when its head and every chief specialist at work have signed; who is missing is named', async () => {
    const chiefs = [
      await world.staff('chief-specialist', DEPARTMENT_2),
      await world.staff('chief-specialist', DEPARTMENT_2),
      await world.staff('chief-specialist', DEPARTMENT_2),
    ] as const;
    const [first, second, away] = chiefs;
    const secondHead = await world.staff('department-head', DEPARTMENT_2);
    await world.staff('chief-specialist', DEPARTMENT_1);
    const entry = world.random.id(world.clock.now());
    await world.db.insert(experts).values({
      id: entry,
      personId: away.id,
      code: 'E-77001',
      kind: 'chief-specialist',
      regionCode: '11',
      departmentId: DEPARTMENT_2,
      enteredOn: plainDate('2026-01-01'),
      createdAt: world.clock.now(),
    });
    await world.db.insert(expertAbsences).values({
      id: world.random.id(world.clock.now()),
      expertId: entry,
      kind: 'leave',
      from: toBusinessDate(world.clock.now()),
      until: null,
      createdBy: 'test',
      createdAt: world.clock.now(),
    });
    const { conclusionId } = await conclude(await world.person(), {}, CONTENT, DEPARTMENT_2);
    const { protocolId } = await protocolOf(conclusionId);
    const stateFor = async (person: Person) => {
      const {
        places,
        signed: whole,
        maySign,
      } = await (await staffOf(person)).journals.protocol({ protocolId });
      return {
        places: places.map(({ role, name, at }) => [role, name?.includes(' ') ? at !== null : name]),
        whole,
        maySign,
      };
    };
    const sign = async (person: Person) => {
      const { journals } = await staffOf(person);
      const started = await journals.startDay({ protocolId });
      if (!started.ok) return started.refusal;
      const done = await journals.finish({
        signingId: started.signingId,
        cms: await signed(person, started.signingId),
      });
      return done.ok;
    };
    expect(await stateFor(first)).toEqual({
      places: [
        ['department-head', false],
        ['chief-specialist', false],
        ['chief-specialist', false],
      ],
      whole: false,
      maySign: true,
    });
    expect(await sign(first)).toBe(true);
    expect(await sign(first)).toBe('already-signed');
    // Who was on leave that day is not waited for and has no place.
    expect(await sign(away)).toBe('not-a-signer');
    const month = toBusinessDate(world.clock.now()).slice(0, 7);
    const line = async (person: Person) =>
      (await (await staffOf(person)).journals.month({ month })).protocols.find(({ id }) => id === protocolId);
    expect(await line(secondHead)).toMatchObject({ signed: false, missing: 2, waitsForMe: true });
    expect(await line(first)).toMatchObject({ signed: false, missing: 2, waitsForMe: false });
    expect(await sign(secondHead)).toBe(true);
    expect((await stateFor(second)).whole).toBe(false);
    const open = (
      await hearPdf(
        Buffer.from(await (await fileOf(second, `/files/protocol/${protocolId}.pdf`)).arrayBuffer()),
      )
    ).text;
    expect(open.replace(/\s+/g, ' ')).toContain(`____ ${second.surname}`);
    expect(await sign(second)).toBe(true);
    expect(await stateFor(second)).toMatchObject({ whole: true, maySign: false });
    expect(await line(secondHead)).toMatchObject({ signed: true, missing: 0, waitsForMe: false });
    const stored = await world.db
      .select({ by: journalSignatures.signedBy, role: journalSignatures.role })
      .from(journalSignatures)
      .where(eq(journalSignatures.subject, `protocol:${protocolId}`));
    expect(new Map(stored.map(({ by, role }) => [by, role]))).toEqual(
      new Map([
        [first.id, 'chief-specialist'],
        [secondHead.id, 'department-head'],
        [second.id, 'chief-specialist'],
      ]),
    );
    // JR-02, JR-03: a month and a correction are the head's alone.
    const { journals } = await staffOf(first);
    await expect(journals.startMonth({ month })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // A new row makes all of them sign again.
    await conclude(await world.person(), {}, CONTENT, DEPARTMENT_2);
    expect(await stateFor(second)).toMatchObject({ whole: false, maySign: true });
  });

  it('JR-01, PX-41: a control re-examination writes its row of annex 18; the examiner and the head of methodology sign the day', async () => {
    const person = await world.person();
    const { actNo } = await conclude(person, { workplace: 'Мектеп' });
    const [examiner, other] = [await world.staff('methodologist'), await world.staff('methodologist')];
    const methodologyHead = await world.staff('methodology-head');
    const { control } = await staffOf(examiner);
    const called = await control.callPerson({
      actNo,
      addressKk: 'Астана, Мәңгілік Ел 8',
      addressRu: 'Астана, Мангилик Ел 8',
      addressEn: 'Astana',
    });
    expect(called).toMatchObject({ ok: true });
    const { callId } = present((await control.list()).calls.find((each) => each.actNo === actNo));
    const before = await control.examination({ callId });
    expect(before).toMatchObject({
      act: { actNo, departmentNumber: 1, diagnosis: CONTENT.diagnosis },
      result: null,
    });
    const typed = {
      callId,
      outcome: 'not-confirmed' as const,
      diagnosis: 'Басқа диагноз',
      conclusionKk: 'Үшінші топ, жалпы ауру',
      conclusionRu: 'Третья группа, общее заболевание',
      recommendationsKk: '',
      recommendationsRu: '',
    };
    await expect(control.conclude({ ...typed, conclusionRu: ' ' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const answers = await Promise.all([1, 2, 3].map(() => control.conclude(typed)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe('done-already');
    const { protocolId } = present((await control.examination({ callId })).result);
    const { rows } = await (await staffOf(examiner)).journals.protocol({ protocolId });
    expect(present(rows.at(-1)).cells.ru.slice(3)).toEqual([
      'Мектеп',
      'контроль',
      expect.stringMatching(/^Отдел № 1, \d\d\.\d\d\.\d{4}$/),
      'вторая группа, общее заболевание, до 30.11.2027\nУОТ 60 %, до 30.11.2027',
      'Басқа диагноз',
      'Третья группа, общее заболевание',
    ]);
    // Whoever was examined may be called anew.
    expect((await control.list()).calls.find((each) => each.callId === callId)).toMatchObject({
      done: true,
      overdue: false,
    });
    const sign = async (signer: Person) => {
      const { journals } = await staffOf(signer);
      const started = await journals.startDay({ protocolId });
      if (!started.ok) return started.refusal;
      const cms = await signed(signer, started.signingId);
      return (await journals.finish({ signingId: started.signingId, cms })).ok;
    };
    expect(await sign(other)).toBe('not-a-signer');
    expect(await sign(examiner)).toBe(true);
    const half = await (await staffOf(methodologyHead)).journals.protocol({ protocolId });
    expect(half).toMatchObject({ signed: false, maySign: true, mayCorrect: true });
    expect(await sign(methodologyHead)).toBe(true);
    const whole = await (await staffOf(examiner)).journals.protocol({ protocolId });
    expect(whole).toMatchObject({ signed: true, mayCorrect: false });
    expect(whole.places.map(({ role }) => role)).toEqual(['department-head', 'chief-specialist']);
    await expect(world.owner.execute(`update control_result set outcome = 'confirmed'`)).rejects.toThrow();
  });

  it('JR-03: a clerk reads and does not sign; a text signed after the record changed makes nothing', async () => {
    const person = await world.person();
    const { conclusionId } = await conclude(person);
    const { protocolId } = await protocolOf(conclusionId);
    const reading = await staffOf(clerk);
    expect(await reading.journals.protocol({ protocolId })).toMatchObject({
      maySign: false,
      mayCorrect: false,
    });
    await expect(reading.journals.startDay({ protocolId })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const client = await staffOf(head);
    const day = await client.journals.startDay({ protocolId });
    if (!day.ok) throw new Error(day.refusal);
    const cms = await signed(head, day.signingId);
    await conclude(await world.person());
    expect(await client.journals.finish({ signingId: day.signingId, cms })).toEqual({
      ok: false,
      refusal: 'changed-meanwhile',
    });
    const { signingId } = await client.journals.renew({ signingId: day.signingId });
    // The renewed text speaks of the record as it reads now.
    const made = () =>
      world.db.$count(journalSignatures, eq(journalSignatures.subject, `protocol:${protocolId}`));
    const before = await made();
    expect(await client.journals.finish({ signingId, cms: await signed(head, signingId) })).toMatchObject({
      ok: true,
    });
    expect(await made()).toBe(before + 1);
  });

  it('JR-01, JR-05: the protocol of a day is a tagged table with bilingual heading and lines for the signers', async () => {
    const { conclusionId, actNo } = await conclude(await world.person());
    const { protocolId } = await protocolOf(conclusionId);
    const answer = await fileOf(clerk, `/files/protocol/${protocolId}.pdf`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const pdf = Buffer.from(await answer.arrayBuffer());
    const { marked, info, roles, text } = await hearPdf(pdf);
    expect({ marked, title: info.Title }).toEqual({
      marked: true,
      title: 'МӘС бөлімі хаттамаларының журналы',
    });
    expect(insides(pdf)).toMatch(/pdfuaid:part(>|=")1/);
    expect(roles).toEqual(expect.arrayContaining(['Table', 'TH', 'TD']));
    const flat = text.replace(/\s+/g, ' ');
    const [year = '', , day = ''] = toBusinessDate(world.clock.now()).split('-');
    for (const part of [
      `${year} жылғы «${day}»`,
      'Протокол № 1 от',
      'Бөлім басшысы',
      'Руководитель отдела',
      'Бас мамандар',
      'Главные специалисты',
      'Место печати',
      'Ақмола облысы, № 1 МӘС бөлімі',
    ])
      expect(flat).toContain(part);
    expect(flat.replaceAll(' ', '')).toContain(actNo);
    for (const stranger of [await world.staff('clerk', DEPARTMENT_2), await world.staff('contact-centre')])
      expect((await fileOf(stranger, `/files/protocol/${protocolId}.pdf`)).status).toBe(404);
  });

  it('JR-02, JR-04: a month has cover, numbered sheets, label of the lacing and its hash; it is signed when it is over', async () => {
    await conclude(await world.person());
    const month = toBusinessDate(world.clock.now()).slice(0, 7);
    const client = await staffOf(head);
    const before = await client.journals.month({ month });
    expect(before).toMatchObject({ journal: 'department', monthOver: false, signed: false });
    expect(await client.journals.startMonth({ month })).toEqual({ ok: false, refusal: 'month-not-over' });
    const answer = await fileOf(head, `/files/journal/${month}.pdf`);
    const { text, pages, marked } = await hearPdf(Buffer.from(await answer.arrayBuffer()));
    const flat = text.replace(/\s+/g, ' ');
    expect(marked).toBe(true);
    for (const part of [
      'Министерство труда и социальной защиты населения',
      'Басталды:',
      'Закончен:',
      'Нөмірленген және баулықтап тігілген',
      'Пронумеровано и прошнуровано',
      `1 / ${pages}`,
      `${pages} / ${pages}`,
    ])
      expect(flat).toContain(part);
    expect(flat.replaceAll(' ', '')).toContain(present(before.hash));

    // The next month it can be signed, and a day without conclusions had no protocol.
    const days = before.protocols.map(({ day }) => day);
    expect(new Set(days).size).toBe(days.length);
    world.clock.forward(32 * 24 * 60);
    const later = await staffOf(head);
    const started = await later.journals.startMonth({ month });
    if (!started.ok) throw new Error(started.refusal);
    expect(
      await later.journals.finish({
        signingId: started.signingId,
        cms: await signed(head, started.signingId),
      }),
    ).toMatchObject({ ok: true });
    expect(await later.journals.month({ month })).toMatchObject({
      signed: true,
      monthOver: true,
      hash: before.hash,
    });
    const empty = await later.journals.month({ month: '2020-01' });
    expect(empty).toMatchObject({ protocols: [], hash: null });
    expect(await later.journals.startMonth({ month: '2020-01' })).toEqual({
      ok: false,
      refusal: 'nothing-to-sign',
    });
    expect((await fileOf(head, '/files/journal/2020-01.pdf')).status).toBe(404);
    world.clock.forward(-32 * 24 * 60);
  });

  it('JR-01: the number of a protocol follows in the year of its department, and each department has its own', async () => {
    const rows = await world.db
      .select()
      .from(protocols)
      .where(and(eq(protocols.departmentId, DEPARTMENT_1), eq(protocols.journal, 'department')))
      .orderBy(protocols.day);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  });
});

describe('Military lists', () => {
  it('PX-55: where the body takes messages one goes out; elsewhere a signed list is due in three working days', async () => {
    const [unit] = await world.db
      .select()
      .from(administrativeUnits)
      .where(eq(administrativeUnits.code, UNIT_2));
    await world.db.insert(militaryBodies).values({
      id: world.random.id(world.clock.now()),
      unitCode: UNIT_2,
      name: present(unit).name,
      interacts: true,
    });
    const [here, there, free] = [
      await world.person({ unitCode: UNIT_1 }),
      await world.person({ unitCode: UNIT_2 }),
      await world.person({ unitCode: UNIT_1 }),
    ];
    const listed = await conclude(here, { militaryDuty: true });
    await conclude(there, { militaryDuty: true });
    await conclude(free, { militaryDuty: false });
    const told = await world.db
      .select()
      .from(outboundMessages)
      .where(eq(outboundMessages.destination, 'military-body'));
    expect(told.map(({ personId }) => personId)).toEqual([there.id]);
    const tasks = await world.db.select().from(militaryTasks);
    expect(tasks.map(({ personId }) => personId)).toEqual([here.id]);
    const today = toBusinessDate(world.clock.now());
    expect(present(tasks[0]).dueOn > today).toBe(true);

    const client = await staffOf(head);
    const { tasks: open, maySign } = await client.journals.military();
    expect(open).toMatchObject([{ actNo: listed.actNo, overdue: false }]);
    expect(maySign).toBe(true);
    const started = await client.journals.startMilitary();
    if (!started.ok) throw new Error(started.refusal);
    const cms = await signed(head, started.signingId);
    expect(await client.journals.finish({ signingId: started.signingId, cms })).toEqual({
      ok: true,
      back: '/journals/military',
    });
    const after = await client.journals.military();
    expect([after.tasks, after.lists.map(({ people }) => people)]).toEqual([[], [1]]);
    expect(await client.journals.startMilitary()).toEqual({ ok: false, refusal: 'nothing-to-sign' });
    const [list] = await world.db.select().from(militaryLists);
    expect(present(list).text).not.toContain('Ми қан');
    const { text } = await hearPdf(present(list).pdf);
    expect(text.replace(/\s+/g, ' ')).toContain(here.surname);
    expect((await fileOf(clerk, `/files/military/${present(list).id}.pdf`)).status).toBe(200);
    const elsewhere = await world.staff('clerk', DEPARTMENT_2);
    expect((await fileOf(elsewhere, `/files/military/${present(list).id}.pdf`)).status).toBe(404);
  });
});

describe('Carrying out of programmes', () => {
  const TOKEN = 'e-sobes-token-of-the-test';
  const report = (body: unknown, token = TOKEN) =>
    world.http.request('/integration/v1/programme-executions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });

  it('PX-56: a programme system reports of its own part, once per message; the department writes down the employer’s', async () => {
    const tokens = {
      medical: 'medical-token-of-the-test',
      'e-sobes': TOKEN,
      'labour-market': 'labour-token-of-the-test',
    } as const;
    for (const [purpose, token] of Object.entries(tokens) as [keyof typeof tokens, string][])
      await world.db.insert(integrationClients).values({
        id: world.random.id(world.clock.now()),
        name: purpose,
        tokenHash: createHash('sha256').update(token).digest('hex'),
        purpose,
      });
    const person = await world.person();
    const social = await conclude(
      person,
      {},
      { ...CONTENT, programme: { social: ['Кресло-арба'], vocational: [], term: TERM } },
    );
    const said = {
      messageId: 'm-1',
      actNo: social.actNo,
      measure: 'Кресло-арба',
      state: 'done',
      on: '2026-11-25',
    };
    expect((await report(said)).status).toBe(201);
    expect((await report(said)).status).toBe(200);
    // Another system's part, an act there is not, a clinic's token and none at all.
    expect((await report({ ...said, messageId: 'm-2' }, tokens['labour-market'])).status).toBe(404);
    expect((await report({ ...said, messageId: 'm-3', actNo: '11-01-2026-999999' })).status).toBe(404);
    expect((await report(said, tokens.medical)).status).toBe(401);
    expect((await report(said, 'unknown-token-of-the-test')).status).toBe(401);
    expect((await report({ ...said, state: 'forgotten' })).status).toBe(400);
    expect(await world.db.$count(programmeExecutions)).toBe(1);
    // Nor may a programme system send forms.
    const form = await world.http.request('/integration/v1/forms-031', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ messageId: 'x' }),
    });
    expect(form.status).toBe(401);

    const client = await staffOf(clerk);
    const key = '018f0000-0000-4000-8000-0000000000e1';
    const employer = { actNo: social.actNo, requestKey: key, measure: 'Пандус', state: 'not-done' as const };
    world.clock.forward(1);
    await client.results.recordExecution(employer);
    await client.results.recordExecution(employer);
    const { programme } = await client.results.executions({ actNo: social.actNo });
    expect(programme?.reported.map(({ part, state }) => [part, state])).toEqual([
      ['social', 'done'],
      ['employer', 'not-done'],
    ]);
    const elsewhere = await staffOf(await world.staff('clerk', DEPARTMENT_2));
    expect((await elsewhere.results.executions({ actNo: social.actNo })).programme).toBeNull();
    await expect(elsewhere.results.recordExecution(employer)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
