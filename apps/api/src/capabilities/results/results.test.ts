import {
  auditEvents,
  conclusions,
  documents,
  forms,
  messages,
  outboundMessages,
  protocolRows,
  protocols,
} from '@mse/db/schema';
import type { ConclusionContent } from '@mse/domain/examination';
import { plainDate, toBusinessDate } from '@mse/domain/shared';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { renderMessage } from '../notifications/render-message.ts';
import { recordConclusion } from './index.ts';

const CONTENT: ConclusionContent = {
  disability: {
    outcome: 'group-2',
    cause: 'general-disease',
    term: { kind: 'until', until: plainDate('2027-11-30') },
  },
  generalLoss: { percent: 60, term: { kind: 'until', until: plainDate('2027-11-30') } },
  professionalLoss: null,
  programme: {
    social: ['Кресло-арба'],
    vocational: ['Қайта оқыту'],
    term: { kind: 'until', until: plainDate('2027-11-30') },
  },
  injuredWorkerNeeds: null,
  diagnosis: 'Ми қан айналымының бұзылуы салдары',
  reasons: 'Тұрақты айқын бұзылыстар',
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Records a conclusion about a person on a fresh form, as a panel would. */
async function conclude(
  personId: string,
  changes: {
    content?: ConclusionContent;
    departmentId?: string | null;
    form?: Parameters<World['form']>[1];
  } = {},
) {
  const form = await world.form(personId, { track: 'remote-proactive', ...changes.form });
  const at = world.clock.now();
  const result = await world.db.transaction((tx) =>
    recordConclusion(
      world.deps,
      tx,
      {
        formId: form.id,
        caseId: null,
        personId,
        departmentId: changes.departmentId === undefined ? DEPARTMENT_1 : changes.departmentId,
        basis: 'remote',
        examinedOn: toBusinessDate(at),
        content: changes.content ?? CONTENT,
        text: null,
        signature: null,
        signedBy: null,
      },
      at,
    ),
  );
  return { ...result, form };
}

describe('Recording a conclusion', () => {
  it('PX-38, PX-50, PX-53, PX-54: act, documents, protocol row, message, hand-over and job come with it', async () => {
    const person = await world.person({ messageLanguage: 'ru' });
    const { conclusionId, actNo, form } = await conclude(person.id);
    expect(actNo).toMatch(/^11-01-2026-\d{6}$/);
    const [served] = await world.db.select().from(forms).where(eq(forms.id, form.id));
    expect(served?.state).toBe('served');
    const issued = await world.db.select().from(documents).where(eq(documents.conclusionId, conclusionId));
    expect(issued.map(({ kind, number }) => [kind, number]).sort()).toEqual([
      ['disability-certificate', `${actNo}/1`],
      ['general-loss-certificate', `${actNo}/4`],
      ['social-part-extract', `${actNo}/2`],
      ['vocational-part-extract', `${actNo}/3`],
    ]);
    expect(new Set(issued.map(({ code }) => code)).size).toBe(4);
    for (const { code } of issued) expect(Buffer.from(code, 'base64url')).toHaveLength(16);

    const [row] = await world.db
      .select()
      .from(protocolRows)
      .where(eq(protocolRows.conclusionId, conclusionId));
    const { cells } = present(row);
    expect([cells.kk.length, cells.ru.length]).toEqual([14, 14]);
    expect(cells.ru[1]).toBe(actNo);
    expect(cells.ru[13]).toContain(`${actNo}/4`);
    expect(cells.kk[9]).toBe('екінші топ\nЖЕҚА 60 %');

    const [message] = await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, person.id), eq(messages.template, 'm-03')));
    const rendered = await renderMessage(world.deps, world.db, present(message));
    expect(rendered).toEqual({
      ok: true,
      text: `${person.surname} Айдос Ерланұлы, экспертное заключение МСЭ вынесено: установлено. Результат услуги доступен на www.egov.kz.`,
    });

    const sent = await world.db
      .select()
      .from(outboundMessages)
      .where(eq(outboundMessages.personId, person.id));
    expect(sent.map(({ destination, kind }) => `${destination} ${kind}`).sort()).toEqual([
      'e-sobes programme.approved',
      'labour-market programme.approved',
      'service-monitoring service.stage',
    ]);
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `conclusion:${conclusionId}`));
    expect(audit.map(({ action, outcome }) => [action, outcome])).toEqual([['results.conclude', 'done']]);
    const fates = await world.deps.jobs.fates(world.db, 'results.issue', [conclusionId]);
    expect(fates.get(conclusionId)).toBe('at-work');
  });

  it('PX-38: the message says no group, cause, diagnosis or illness, in any language', async () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      const person = await world.person({ messageLanguage: language });
      await conclude(person.id);
      const [message] = await world.db
        .select()
        .from(messages)
        .where(and(eq(messages.personId, person.id), eq(messages.template, 'm-03')));
      const rendered = await renderMessage(world.deps, world.db, present(message));
      const text = rendered.ok ? rendered.text : '';
      expect(text).not.toMatch(/топ|групп|group|мүгедек|инвалид|disab|60/i);
    }
  });

  it('PX-50: act numbers of a department and year have no gaps, whoever concludes at once and whatever is rolled back', async () => {
    const before = await world.db
      .select()
      .from(conclusions)
      .where(eq(conclusions.departmentId, DEPARTMENT_2));
    const people = await Promise.all(Array.from({ length: 12 }, () => world.person()));
    const results = await Promise.allSettled(
      people.map(async (person, index) => {
        const form = await world.form(person.id);
        const at = world.clock.now();
        return world.db.transaction(async (tx) => {
          const done = await recordConclusion(
            world.deps,
            tx,
            {
              formId: form.id,
              caseId: null,
              personId: person.id,
              departmentId: DEPARTMENT_2,
              basis: 'remote',
              examinedOn: toBusinessDate(at),
              content: CONTENT,
              text: null,
              signature: null,
              signedBy: null,
            },
            at,
          );
          if (index % 3 === 0) throw new Error('rolled back on purpose');
          return done.actNo;
        });
      }),
    );
    const numbers = results
      .flatMap((result) => (result.status === 'fulfilled' ? [Number(result.value.slice(-6))] : []))
      .sort((left, right) => left - right);
    expect(numbers).toEqual(Array.from({ length: 8 }, (_, index) => before.length + index + 1));
  });

  it('JR-01: rows of a day follow each other without gaps under one protocol number', async () => {
    const day = toBusinessDate(world.clock.now());
    const [protocol] = await world.db
      .select()
      .from(protocols)
      .where(and(eq(protocols.departmentId, DEPARTMENT_2), eq(protocols.day, day)));
    const rows = await world.db
      .select({ place: protocolRows.place })
      .from(protocolRows)
      .where(eq(protocolRows.protocolId, present(protocol).id))
      .orderBy(protocolRows.place);
    expect(rows.map(({ place }) => place)).toEqual(rows.map((_, index) => index + 1));
    expect(present(protocol).number).toBe(1);
  });

  it('PX-50: a form has one conclusion', async () => {
    const person = await world.person();
    const { form } = await conclude(person.id);
    const again = world.db.transaction((tx) =>
      recordConclusion(
        world.deps,
        tx,
        {
          formId: form.id,
          caseId: null,
          personId: person.id,
          departmentId: DEPARTMENT_1,
          basis: 'remote',
          examinedOn: plainDate('2026-11-23'),
          content: CONTENT,
          text: null,
          signature: null,
          signedBy: null,
        },
        world.clock.now(),
      ),
    );
    await expect(again).rejects.toThrow();
  });

  it('PX-53, C35: a new conclusion takes the force of older documents of the same matters, and of no others', async () => {
    const person = await world.person();
    const first = await conclude(person.id);
    const second = await conclude(person.id, {
      content: {
        ...CONTENT,
        disability: { outcome: 'not-established', cause: null, term: null },
        generalLoss: null,
        programme: null,
      },
      form: { purpose: 'disability-repeated' },
    });
    const rows = await world.db.select().from(documents).where(eq(documents.personId, person.id));
    const state = (conclusionId: string) =>
      Object.fromEntries(
        rows
          .filter((row) => row.conclusionId === conclusionId)
          .map((row) => [row.kind, row.voidedAt !== null]),
      );
    expect(state(first.conclusionId)).toEqual({
      'disability-certificate': true,
      'social-part-extract': false,
      'vocational-part-extract': false,
      'general-loss-certificate': false,
    });
    expect(state(second.conclusionId)).toEqual({ 'not-established-notice': false });
    const [row] = await world.db
      .select()
      .from(protocolRows)
      .where(eq(protocolRows.conclusionId, second.conclusionId));
    // JR-01: column 8 is the status before this examination.
    expect(present(row).cells.ru[7]).toContain('вторая группа, общее заболевание, до 30.11.2027');
  });

  it('PX-38: without a number of one’s own the representative is told, and without any the message waits for a person', async () => {
    const parent = await world.person({ messageLanguage: 'ru' });
    const child = await world.person({ phone: null });
    await conclude(child.id, { form: { representativeId: parent.id } });
    const nobody = await world.person({ phone: null });
    await conclude(nobody.id);
    const told = async (personId: string) =>
      present(
        (
          await world.db
            .select()
            .from(messages)
            .where(and(eq(messages.personId, personId), eq(messages.template, 'm-03')))
        )[0],
      );
    expect(await told(child.id)).toMatchObject({ phone: parent.phone, language: 'ru', state: 'queued' });
    expect(await told(nobody.id)).toMatchObject({ phone: null, state: 'dead', failure: 'no-number' });
  });

  it('PX-50: without a department the act belongs to the region of the registration', async () => {
    const person = await world.person();
    const { actNo } = await conclude(person.id, { departmentId: null });
    expect(actNo).toBe('11-00-2026-000001');
  });

  it('JR-01, PX-53: what is written stays: no row, file or signature can be changed', async () => {
    for (const table of [protocolRows, protocols, conclusions])
      await expect(world.owner.delete(table)).rejects.toThrow();
    await expect(world.db.execute(sql`update issued_document set number = 'x'`)).rejects.toThrow();
  });
});
