import { nosologyCodes } from '@mse/db/schema';
import { caseTrackOf, nosologyOf } from '@mse/domain/intake';
import { policyOn } from '@mse/domain/policies';
import { plainDate } from '@mse/domain/shared';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const day = plainDate('2026-11-23');
const groupOf = (icd10: string, age = 30) => nosologyOf(world.reference.nosology().codes, icd10, age, day);

it('SN-01: every code of annex 1 belongs to its nosological form, and its neighbours do not', () => {
  const limbs = [
    ...['Q71', 'Q72'].flatMap((code) => [0, 1, 2, 3].map((digit) => `${code}.${digit}`)),
    ...['S48', 'S58', 'S78', 'S88'].flatMap((code) => [code, `${code}.0`, `${code}.1`, `${code}.9`]),
    ...['S98', 'S98.0', 'S98.1', 'S98.2', 'S98.3'],
    ...['S68', 'T05', 'Т05'].flatMap((code) => [
      code,
      ...[0, 1, 2, 3, 4, 5, 6, 8, 9].map((d) => `${code}.${d}`),
    ]),
  ];
  expect(limbs.filter((code) => groupOf(code) !== 'limb-defects')).toEqual([]);
  for (const code of ['Q90', 'Q90.0', 'Q90.1', 'Q90.2', 'Q90.9']) expect(groupOf(code)).toBe('down-syndrome');
  for (const code of ['E76', 'E76.0', 'E76.1', 'E76.2', 'E76.3', 'E76.8', 'E76.9']) {
    expect(groupOf(code, 17)).toBe('mucopolysaccharidosis-children');
    expect(groupOf(code, 18)).toBeNull();
  }
  expect([groupOf('S98.4'), groupOf('S47'), groupOf('Q91'), groupOf('I69.3')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

it('PX-06: the forms named in public are ordinary groups, marked as assumed', () => {
  const examples = {
    oncology: ['C50.9'],
    tuberculosis: ['A15.0', 'A17.0', 'A19.9'],
    'anatomical-defects': ['Q71.8', 'Z90.5'],
    'mental-disorders': ['F20.0', 'F72'],
    'organ-transplantation': ['Z94.0'],
    hydrocephalus: ['G91.1'],
    paralysis: ['G82.4', 'G80.0'],
  };
  for (const [group, codes] of Object.entries(examples))
    for (const code of codes) expect([code, groupOf(code)]).toEqual([code, group]);
  expect([groupOf('E10.6', 17), groupOf('E10.6', 18)]).toEqual(['type-1-diabetes-children', null]);
  const { groups, codes } = world.reference.nosology();
  expect(groups.filter(({ special }) => special)).toHaveLength(3);
  const special = new Set(groups.filter((group) => group.special).map(({ code }) => code));
  expect(codes.filter((row) => !special.has(row.groupCode) && !row.assumed)).toEqual([]);
});

it('PX-06: the database itself refuses two lines for one diagnosis, age and day', async () => {
  const second = world.db.insert(nosologyCodes).values({
    id: world.random.id(world.clock.now()),
    groupCode: 'oncology',
    icdPrefix: 'E76',
    fromAge: 17,
    untilAge: 20,
    validFrom: plainDate('2027-01-01'),
    basis: 'test',
  });
  await expect(second).rejects.toMatchObject({ cause: { code: '23P01' } });
});

it.each([
  ['2025-06-21', '11', 'damu', 'ordinary', 'before the pilot'],
  ['2025-06-22', '11', null, 'special', 'Akmola from June'],
  ['2025-06-30', '71', 'damu', 'ordinary', 'another region in June'],
  ['2025-07-01', '71', 'damu', 'special', 'another region with DAMU from July'],
  ['2025-07-31', '71', 'avicenna', 'ordinary', 'another system in July'],
  ['2025-08-01', '71', 'avicenna', 'special', 'the other systems from August'],
  ['2026-06-21', '71', 'damu', 'special', 'the last day'],
  ['2026-06-22', '71', 'damu', 'ordinary', 'after twelve months'],
] as const)('GV-05: on %s in region %s with %s: %s (%s)', (on, region, system, expected, _what) => {
  const mechanism = policyOn(world.reference.policies(), 'intake.special-mechanism', plainDate(on));
  expect(caseTrackOf(true, mechanism, region, system)).toBe(expected);
});
