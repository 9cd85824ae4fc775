import { administrativeUnits, auditEvents, unitDepartments } from '@mse/db/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import {
  DEPARTMENT_1,
  DEPARTMENT_2,
  startWorld,
  UNIT_1,
  UNIT_2,
  UNIT_ELSEWHERE,
  type World,
} from '../../../test/harness.ts';
import { readTerritoryFile } from './read-territory-file.ts';

let world: World;
let administrator: Awaited<ReturnType<World['signIn']>>;
const NEW_UNIT = '113220200';

beforeEach(async () => {
  world = await startWorld({ now: '2026-11-23T08:40', horizonDays: 20 });
  await world.db.insert(administrativeUnits).values({
    code: NEW_UNIT,
    regionCode: '11',
    parentCode: UNIT_2,
    name: { kk: '=ЖАҢА ауылы', ru: '=Новое село', en: 'New village' },
  });
  administrator = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
});
afterEach(() => world.close());

const file = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64');
const csv = (...rows: string[]) => file(['unit_code;department;valid_from', ...rows].join('\r\n'));
const map = async (on?: string) => {
  const { units } = await administrator.client.territory.map(on ? { on } : {});
  return Object.fromEntries(units.map((unit) => [unit.code, `${unit.state} ${unit.department}`]));
};
const headOf = async (departmentId: string) =>
  world.signIn((await world.staff('department-head', departmentId)).id, { audience: 'staff' });

describe('the map', () => {
  it('EQ-03: shows who serves each unit, gaps, overlaps and what comes later; units of other regions are not its concern', async () => {
    expect(await map()).toEqual({ [UNIT_1]: 'served 1', [UNIT_2]: 'served 2', [NEW_UNIT]: 'gap null' });
    await administrator.client.territory.assign({
      units: [NEW_UNIT],
      department: 1,
      validFrom: '2026-12-01',
    });
    expect(await map()).toMatchObject({ [NEW_UNIT]: 'gap null' });
    expect(await map('2026-12-01')).toMatchObject({ [NEW_UNIT]: 'overlap 1' });
    const { units, gaps } = await administrator.client.territory.map({});
    expect(units.find((unit) => unit.code === NEW_UNIT)?.later).toEqual([
      { department: 1, validFrom: '2026-12-01' },
    ]);
    expect(gaps).toBe(1);
  });

  it('EQ-03: from the day on people of the unit are offered the new department', async () => {
    const person = await world.person({ unitCode: NEW_UNIT });
    const form = await world.form(person.id);
    await world.consent(person.id);
    const citizen = await world.signIn(person.id);
    expect((await citizen.client.queue.freeTimes({ formId: form.id })).department).toBeNull();
    await administrator.client.territory.assign({
      units: [NEW_UNIT],
      department: 2,
      validFrom: '2026-11-23',
    });
    expect((await citizen.client.queue.freeTimes({ formId: form.id })).department?.number).toBe(2);
  });

  it('EQ-03: a head gives the own department what nobody serves, and cannot take what another one serves', async () => {
    const head = await headOf(DEPARTMENT_2);
    const assign = (unit: string, department: number) =>
      head.client.territory.assign({ units: [unit], department, validFrom: '2026-12-01' });
    expect(await assign(UNIT_1, 2)).toMatchObject({
      ok: false,
      refusal: 'wrong-rows',
      rows: [{ error: 'served-by-other' }],
    });
    expect(await assign(NEW_UNIT, 1)).toMatchObject({ ok: false, rows: [{ error: 'other-department' }] });
    expect(await assign(NEW_UNIT, 2)).toEqual({ ok: true, changed: 1 });
    expect(await head.client.territory.map({})).toMatchObject({ wholeMap: false, own: 2 });
  });

  it('EQ-03: the same assignment from two windows at once is one row', async () => {
    const assign = () =>
      administrator.client.territory.assign({ units: [NEW_UNIT], department: 2, validFrom: '2026-12-01' });
    expect(
      (await Promise.all([assign(), assign(), assign()])).map((answer) => answer.ok && answer.changed).sort(),
    ).toEqual([0, 0, 1]);
    expect(await world.db.$count(unitDepartments, eq(unitDepartments.unitCode, NEW_UNIT))).toBe(1);
    expect(await world.db.$count(auditEvents, eq(auditEvents.action, 'territory.assign'))).toBe(1);
  });

  it('EQ-03: of two departments that claim one unit from one day the later wins only while the day lies ahead', async () => {
    const assign = (department: number, validFrom: string) =>
      administrator.client.territory.assign({ units: [NEW_UNIT], department, validFrom });
    await assign(1, '2026-11-23');
    expect(await assign(2, '2026-11-23')).toMatchObject({ ok: false, rows: [{ error: 'already-begun' }] });
    await assign(2, '2026-12-01');
    expect(await assign(1, '2026-11-22')).toMatchObject({ ok: false, rows: [{ error: 'date-passed' }] });
  });
});

describe('a list as a file', () => {
  it('EQ-03: is tried first, row by row, and then taken whole', async () => {
    const good = csv(`${NEW_UNIT};1;2026-12-01`, `${UNIT_1};2;01.01.2027`, `${UNIT_2};2;2025-11-22`);
    expect(await administrator.client.territory.previewImport({ file: good })).toMatchObject({
      ok: true,
      new: 1,
      change: 1,
      same: 1,
      wrong: 0,
      rows: [
        { line: 2, verdict: 'new', former: null },
        { line: 3, verdict: 'change', former: 1, validFrom: '2027-01-01' },
      ],
    });
    expect(await world.db.$count(unitDepartments)).toBe(2);
    expect(await administrator.client.territory.import({ file: good })).toEqual({ ok: true, changed: 2 });
    expect(await administrator.client.territory.import({ file: good })).toEqual({ ok: true, changed: 0 });
    expect(await map('2027-01-01')).toMatchObject({ [UNIT_1]: 'served 2', [NEW_UNIT]: 'overlap 1' });
  });

  it('EQ-03: with wrong rows says what is wrong with each and changes nothing', async () => {
    const bad = csv(
      '999999999;1;2026-12-01',
      `${NEW_UNIT};77;2026-12-01`,
      `${NEW_UNIT};1;2026-12-02`,
      `${UNIT_1};2;2026-12-01`,
      `${UNIT_1};1;2026-12-01`,
      `${UNIT_2};1;2026-11-01`,
      `${UNIT_2};1;31.02.2027`,
      `${UNIT_2}`,
    );
    const errors = (rows: { line: number; verdict: string; error?: string }[]) =>
      rows.filter((row) => row.verdict === 'wrong').map((row) => `${row.line} ${row.error}`);
    const tried = await administrator.client.territory.previewImport({ file: bad });
    if (!tried.ok) throw new Error(tried.refusal);
    const expected = [
      '2 unit-unknown',
      '3 department-unknown',
      '5 two-departments',
      '6 two-departments',
      '7 date-passed',
      '8 date',
      '9 columns',
    ];
    expect(errors(tried.rows)).toEqual(expected);
    expect(tried.wrong).toBe(expected.length);
    const answer = await administrator.client.territory.import({ file: bad });
    if (answer.ok || answer.refusal !== 'wrong-rows') throw new Error('not refused');
    expect(errors(answer.rows)).toEqual(expected);
    expect(await world.db.$count(unitDepartments)).toBe(2);
  });

  it.each([
    [
      'encoding',
      'the Cyrillic code page of Windows',
      Buffer.from([0x75, 0x3b, 0xcf, 0xf0, 0xe8]).toString('base64'),
    ],
    ['encoding', 'UTF-16', file('\ufeffunit_code;department;valid_from\n', 'utf16le')],
    ['encoding', 'UTF-16 without its mark', file('unit_code;department;valid_from\n', 'utf16le')],
    ['no-heading', 'no headings', file('111010000;1;2026-12-01\n')],
    ['no-heading', 'a heading missing', file('unit_code;department\n111010000;1\n')],
    ['empty', 'headings alone', csv()],
    ['empty', 'nothing', file('\n')],
    ['not-csv', 'an open quotation mark', csv('"111010000;1;2026-12-01')],
    ['too-many-rows', 'too many rows', csv(...Array<string>(5001).fill('1;1;1'))],
  ])('EQ-03: %s: a file with %s is refused as a whole', async (refusal, _what, bytes) => {
    expect(await administrator.client.territory.previewImport({ file: bytes })).toEqual({
      ok: false,
      refusal,
    });
    expect(await administrator.client.territory.import({ file: bytes })).toEqual({ ok: false, refusal });
  });

  it.each([
    ['commas', 'valid_from,unit_code,note,department\n2026-12-01,111010000,"a, b",1\n'],
    ['tabs', 'unit_code\tdepartment\tvalid_from\n111010000\t1\t01.12.2026\n'],
    [
      'a mark of UTF-8, capitals and spaces',
      '\ufeffUnit_Code; Department ;valid_from\r\n 111010000 ; 1 ;2026-12-01\r\n\r\n',
    ],
  ])('EQ-03: %s are understood', (_what, text) => {
    expect(readTerritoryFile(file(text))).toEqual({
      ok: true,
      value: [{ line: 2, unitCode: '111010000', departmentNumber: '1', validFrom: '2026-12-01' }],
    });
  });

  it('T17: an export carries no formula, and taken back in changes nothing', async () => {
    await world.db.insert(administrativeUnits).values(
      ['+cmd', '-cmd', '@cmd'].map((name, index) => ({
        code: `11322030${index}`,
        regionCode: '11',
        parentCode: null,
        name: { kk: name, ru: `${name};"x"`, en: name },
      })),
    );
    await administrator.client.territory.assign({
      units: ['113220300', '113220301', NEW_UNIT],
      department: 1,
      validFrom: '2026-12-01',
    });
    const { csv: text } = await administrator.client.territory.export();
    expect(text.startsWith('\ufeffunit_code;department;valid_from;name_kk;name_ru\r\n')).toBe(true);
    const cells = text.replace('\ufeff', '').split(/[;\r\n]+/);
    expect(cells.filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([]);
    expect(text).toContain("'=Новое село");
    expect(await administrator.client.territory.previewImport({ file: file(text) })).toMatchObject({
      ok: true,
      wrong: 0,
      new: 0,
      change: 0,
      same: 5,
    });
    expect(await administrator.client.territory.import({ file: file(text) })).toEqual({
      ok: true,
      changed: 0,
    });
  });

  it('EQ-03: a unit of another region is nobody’s to give', async () => {
    expect(
      await administrator.client.territory.import({ file: csv(`${UNIT_ELSEWHERE};1;2026-12-01`) }),
    ).toMatchObject({
      ok: false,
      rows: [{ error: 'unit-unknown' }],
    });
    expect(
      await (await headOf(DEPARTMENT_1)).client.territory.import({ file: csv(`${NEW_UNIT};2;2026-12-01`) }),
    ).toMatchObject({
      ok: false,
      rows: [{ error: 'other-department' }],
    });
  });
});
