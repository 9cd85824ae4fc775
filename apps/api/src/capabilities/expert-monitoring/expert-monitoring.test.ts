import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { addCase, addExpert, conclusion, decide, partsOf } from '../../../test/panel.ts';
import { present } from '../../../test/present.ts';
import { hearPdf } from '../../../test/read-pdf.ts';
import { dealWaiting } from '../examination/index.ts';

let world: World;
let codes: { independent: string; head: string };

beforeAll(async () => {
  world = await startWorld({ now: '2026-11-02T10:00' });
  const head = await addExpert(world, 'department-head', '35', { dailyCap: 100 });
  await addExpert(world, 'chief-specialist', '39', { dailyCap: 100 });
  const independent = await addExpert(world, 'independent', '75', { dailyCap: 100 });
  const codeOf = async (id: string) =>
    present(await world.db.query.experts.findFirst({ where: (table, { eq }) => eq(table.id, id) })).code;
  codes = { independent: await codeOf(independent.id), head: await codeOf(head.id) };
  // Twelve cases: ten alike, two of them late; one differs; one of nonconformity that another shares.
  for (let index = 0; index < 12; index += 1) {
    world.clock.set('2026-11-02T10:00');
    const { caseId } = await addCase(world);
    await dealWaiting(world.deps, world.clock.now());
    for (const part of await partsOf(world, caseId)) {
      const own = part.expertId === independent.id;
      world.clock.set(own && index < 2 ? '2026-11-20T10:00' : '2026-11-03T10:00');
      const nonconforming = index === 11 && part.expertId !== head.id;
      await decide(
        world,
        part.id,
        nonconforming
          ? { kind: 'nonconformity', kinds: ['evidence'], reasons: 'r' }
          : { kind: 'conclusion', conclusion: conclusion(own && index === 10 ? 'group-1' : 'group-2') },
      );
    }
  }
  world.clock.set('2026-12-02T10:00');
});
afterAll(() => world.close());

async function committee(language: 'kk' | 'ru') {
  const person = await world.staff('registry-administrator');
  return (await world.signIn(person.id, { audience: 'staff', language })).client;
}

describe('R01: the month of the experts', () => {
  test('R01: being late is counted apart and is no differing conclusion', async () => {
    const month = await (await committee('ru')).expertMonitoring.month({});
    expect(month.month).toBe('2026-11-01');
    const own = present(month.experts.find(({ code }) => code === codes.independent));
    // Ten of twelve in time; of the eleven with a conclusion one says something else.
    expect(own).toMatchObject({ services: 12, shares: { inTime: 83.3, differing: 9.1 } });
  });

  test.each([
    ['kk', 'Сарапшылар жұмысының ай сайынғы мониторингі, 11.2026', 'тәуелсіз сарапшы'],
    ['ru', 'Ежемесячный мониторинг работы экспертов, 11.2026', 'независимый эксперт'],
  ] as const)('RG-25: the monthly report is a tagged PDF in %s', async (language, title, kind) => {
    const answer = await (await committee(language)).expertMonitoring.monthPdf({ month: '2026-11-01' });
    expect(answer).toMatchObject({ name: 'monitoring-2026-11.pdf', contentType: 'application/pdf' });
    const pdf = Buffer.from(answer.file, 'base64');
    const { info, marked, text, roles } = await hearPdf(pdf);
    expect(marked).toBe(true);
    expect(info).toMatchObject({ Title: title, Language: `${language}-KZ` });
    expect(roles).toEqual(expect.arrayContaining(['H1', 'H2', 'Table', 'TH', 'TD', 'L']));
    for (const shown of [kind, codes.independent, codes.head, '83,3 %', '9,1 %'])
      expect(text.replaceAll('\n', ' ')).toContain(shown);
  });
});
