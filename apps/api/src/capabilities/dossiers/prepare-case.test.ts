import {
  administrativeUnits,
  auditEvents,
  caseEvents,
  cases,
  dossierItems,
  dossiers,
  formContents,
  formFiles,
} from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { scan } from '../../../test/planted-papers.ts';
import { present } from '../../../test/present.ts';
import { openCase } from '../examination/index.ts';
import { prepareCase } from './prepare-case.ts';
import { startDossierJobs } from './start-dossier-jobs.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-23T10:00' });
  await world.db.insert(administrativeUnits).values({
    code: '113220101',
    regionCode: '11',
    parentCode: UNIT_1,
    name: { kk: 'Қарабұлақ ауылы', ru: 'село Карабулак', en: 'Karabulak village' },
  });
});
afterAll(() => world.close());

async function remoteCase(document: Record<string, unknown>, changes: Parameters<World['person']>[0] = {}) {
  const person = await world.person(changes);
  const form = await world.form(person.id, { track: 'remote-proactive' });
  await world.db.insert(formContents).values({ formId: form.id, document: { icd10: 'С50.4', ...document } });
  const at = world.clock.now();
  const caseId = await world.db.transaction((tx) =>
    openCase(
      world.deps,
      tx,
      {
        formId: form.id,
        personId: person.id,
        representativeId: null,
        regionCode: '11',
        departmentId: DEPARTMENT_1,
        track: 'ordinary',
        nosologyGroup: 'oncology',
        purpose: 'disability-first',
      },
      at,
    ),
  );
  return { person, form, caseId };
}

const caseRow = async (caseId: string) =>
  present((await world.db.select().from(cases).where(eq(cases.id, caseId)))[0]);
const dossierOf = async (caseId: string) =>
  (await world.db.select().from(dossiers).where(eq(dossiers.caseId, caseId)))[0];

describe('The making of a draft act', () => {
  it('PX-01, PX-02, PX-03: a form without identity in its texts becomes a numbered draft act on the day it is made, and waits', async () => {
    const { caseId, person } = await remoteCase(
      { complaints: 'Бас ауруы, әлсіздік', diagnosis: 'Сүт безінің қатерлі ісігі' },
      { birthDate: plainDate('1980-11-24'), sex: 'female' },
    );
    await prepareCase(world.deps, caseId);
    const row = await caseRow(caseId);
    expect(row).toMatchObject({ state: 'waiting', draftFormedAt: world.clock.now() });
    expect(row.draftActNo).toMatch(/^2026-1123-\d{6}$/);
    expect(await dossierOf(caseId)).toMatchObject({
      sex: 'female',
      // The day before the birthday.
      ageYears: 45,
      icd10: 'C50.4',
      purpose: 'disability-first',
      sections: { complaints: 'Бас ауруы, әлсіздік', diagnosis: 'Сүт безінің қатерлі ісігі' },
    });
    const events = await world.db.select().from(caseEvents).where(eq(caseEvents.caseId, caseId));
    expect(events.map((event) => event.event)).toEqual(['accepted', 'prepared']);
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `case:${caseId}`));
    expect(audit.find((line) => line.action === 'examination.prepare')).toMatchObject({
      personId: person.id,
    });
    // The job again changes nothing.
    await prepareCase(world.deps, caseId);
    expect((await caseRow(caseId)).draftActNo).toBe(row.draftActNo);
  });

  it('PX-03: numbers are given without gap or double, whoever makes draft acts at the same time, and begin anew each year', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => remoteCase({ complaints: 'Бас ауруы' })));
    await Promise.all(made.map(({ caseId }) => prepareCase(world.deps, caseId)));
    // Two workers take up the same case: one act.
    const [twice] = made;
    await Promise.all([
      prepareCase(world.deps, present(twice).caseId),
      prepareCase(world.deps, present(twice).caseId),
    ]);
    const numbers = (await world.db.select({ no: cases.draftActNo }).from(cases))
      .flatMap(({ no }) => (no === null ? [] : [Number(no.slice(-6))]))
      .toSorted((left, right) => left - right);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
    const before = world.clock.now();
    world.clock.set('2027-01-04T10:00');
    const { caseId } = await remoteCase({ complaints: 'Бас ауруы' });
    await prepareCase(world.deps, caseId);
    expect((await caseRow(caseId)).draftActNo).toBe('2027-0104-000001');
    world.clock.forward((before.getTime() - world.clock.now().getTime()) / 60_000);
  });

  it('PX-04: names, numbers, places, dates and addresses of the patient give way to neutral words in the language of the text', async () => {
    const { caseId, person } = await remoteCase(
      {
        anamnesis:
          'Нұрғалиева Айгүл Серікқызы 17.05.1980 туған, Қарабұлақ ауылында тұрады, Абай көшесі 89 үй. Нұрғалиеваға 2024 жылғы 12 мамырда операция жасалды.',
        complaints:
          'Со слов Нургалиевой А.С., боли в руке. Тел. +7 701 555 66 77, ИИН 800517400123. Выписана 03.06.2024 г.',
        diagnosis: 'Рак молочной железы',
        workplace: 'ТОО «Алтын Дән»',
        treatment: 'Работала в «Алтын Дән», химиотерапия',
      },
      {
        surname: 'Нұрғалиева',
        name: 'Айгүл',
        patronymic: 'Серікқызы',
        iin: '800517400123',
        phone: '+77015556677',
        birthDate: plainDate('1980-05-17'),
        unitCode: '113220101',
      },
    );
    await prepareCase(world.deps, caseId);
    const items = await world.db.select().from(dossierItems).where(eq(dossierItems.caseId, caseId));
    expect(items.filter((item) => item.state === 'held').map((item) => [item.name, item.causes])).toEqual([]);
    const { sections } = present(await dossierOf(caseId));
    expect(sections.anamnesis).toBe(
      '[науқас] [туған күні] туған, [елді мекен] ауылында тұрады, [мекенжай]. [науқас] 05.2024 операция жасалды.',
    );
    expect(sections.complaints).toBe('Со слов [пациент], боли в руке. [телефон], [номер]. Выписана 06.2024');
    expect(sections.treatment).toBe('Работала в [организация], химиотерапия');
    const whole = JSON.stringify(await dossierOf(caseId));
    for (const part of [person.iin, '5556677', 'Нұрғали', 'Нургали', 'Карабулак', 'Алтын'])
      expect(whole).not.toContain(part);
  });

  it('PX-04: what is not on the list is not read, whatever a sender adds', async () => {
    const { caseId } = await remoteCase({
      complaints: 'Бас ауруы',
      passport: 'N 1234567',
      workplace: 'Зауыт',
      patient: { surname: 'X' },
      __proto__: { diagnosis: 'leak' },
    });
    await prepareCase(world.deps, caseId);
    expect(present(await dossierOf(caseId)).sections).toEqual({ complaints: 'Бас ауруы' });
  });

  it('PX-04: a text in which something still looks like identity holds the case; experts have nothing of it', async () => {
    const { caseId } = await remoteCase({
      complaints: 'Бас ауруы',
      treatment: 'Консультировал Петренко К.Л., рекомендовано наблюдение',
    });
    await prepareCase(world.deps, caseId);
    expect(await caseRow(caseId)).toMatchObject({ state: 'held', draftActNo: null });
    const items = await world.db.select().from(dossierItems).where(eq(dossierItems.caseId, caseId));
    expect(items.map((item) => [item.name, item.state]).toSorted()).toEqual([
      ['complaints', 'passed'],
      ['treatment', 'held'],
    ]);
    expect(await dossierOf(caseId)).toBeUndefined();
  });

  it('PX-04: two people who differ in nothing but who they are leave the same papers', async () => {
    const worlds = [
      {
        surname: 'Нұрғалиева',
        name: 'Айгүл',
        patronymic: 'Серікқызы',
        iin: '800517400777',
        phone: '+77015550001',
        work: 'Алтын Дән',
      },
      {
        surname: 'Қожахметова',
        name: 'Бибігүл',
        patronymic: 'Нұрланқызы',
        iin: '811230400888',
        phone: '+77771112233',
        work: 'Сары Арқа Құрылыс',
      },
    ] as const;
    const papers = [];
    for (const { work, ...who } of worlds) {
      const { caseId } = await remoteCase(
        {
          complaints: `${who.surname} ${who.name} басы ауырады. Тел. ${who.phone}`,
          anamnesis: `Со слов ${who.surname}, ИИН ${who.iin}, работала в ТОО «${work}» поваром. ${who.name} ${who.patronymic} наблюдается с 2019 года.`,
          workplace: work,
        },
        { ...who, sex: 'female', birthDate: plainDate('1980-05-17') },
      );
      await prepareCase(world.deps, caseId);
      const { caseId: _caseId, ...rest } = present(await dossierOf(caseId));
      papers.push(rest);
    }
    expect(papers[1]).toEqual(papers[0]);
    expect(papers[0]?.sections.anamnesis).toBe(
      'Со слов [пациент], [номер], работала в [организация] поваром. [пациент] наблюдается с 2019 года.',
    );
  });

  it('PX-04: a long case goes on in the next job; files that are done are not read again', async () => {
    const { caseId, form } = await remoteCase({ complaints: 'Бас ауруы' });
    await addFiles(
      form.id,
      [1, 2, 3].map(() => ({ content: Buffer.from('%PDF-1.7 broken'), mediaType: 'application/pdf' })),
    );
    const kept = async () =>
      (await world.db.select().from(dossierItems).where(eq(dossierItems.caseId, caseId))).length;
    let rounds = 0;
    // Each job has time for one file.
    while (await prepareCase(world.deps, caseId, 0)) {
      rounds += 1;
      expect(await kept()).toBe(rounds);
    }
    expect(rounds).toBe(2);
    expect(await kept()).toBe(4);
    expect(await caseRow(caseId)).toMatchObject({ state: 'held' });
  }, 30_000);

  it('PX-04: in the worker a case with pages lets a case without any go past it', async () => {
    const pages = await remoteCase({ complaints: 'Бас ауруы' });
    const page = scan(
      ['Выписка из карты стационарного больного', 'Жалобы на слабость, боли в левой руке'],
      'image/png',
    );
    await addFiles(
      pages.form.id,
      [1, 2].map(() => ({ content: page, mediaType: 'image/png' })),
    );
    const texts = await remoteCase({ complaints: 'Бас ауруы' });
    const part = await startDossierJobs(world.deps);
    try {
      const ended = new Map<string, number>();
      while (ended.size < 2) {
        for (const { caseId } of [pages, texts])
          if (!ended.has(caseId) && (await caseRow(caseId)).state === 'waiting')
            ended.set(caseId, performance.now());
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect([...ended.keys()]).toEqual([texts.caseId, pages.caseId]);
    } finally {
      await part.stop();
    }
  }, 60_000);
});

async function addFiles(formId: string, files: { content: Buffer; mediaType: string }[]) {
  await world.db.insert(formFiles).values(
    files.map((file, no) => ({
      id: world.random.id(world.clock.now()),
      formId,
      storeId: `store-${no}`,
      kind: 'other',
      sha256: createHash('sha256').update(file.content).digest('hex'),
      ...file,
    })),
  );
}
