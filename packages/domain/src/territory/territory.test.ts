import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import {
  type Assignment,
  assignmentOn,
  judgeTerritoryRows,
  type TerritoryFacts,
  unitStates,
} from './index.ts';

const unit = (code: string, parentCode: string | null = null, regionCode = '11') => ({
  code,
  regionCode,
  parentCode,
});
const row = (unitCode: string, departmentId: string, validFrom: string): Assignment => ({
  unitCode,
  departmentId,
  validFrom: plainDate(validFrom),
});

describe('The map on a date', () => {
  const rows = [row('A', 'one', '2025-11-22'), row('A', 'two', '2027-01-01')];

  test('EQ-03: the newest row that has begun serves the unit', () => {
    expect(assignmentOn(rows, plainDate('2025-11-21'))).toBeUndefined();
    expect(assignmentOn(rows, plainDate('2026-12-31'))?.departmentId).toBe('one');
    expect(assignmentOn(rows.toReversed(), plainDate('2027-01-01'))?.departmentId).toBe('two');
  });

  test('EQ-03: a unit nobody serves is a gap; one inside a unit of another department is an overlap', () => {
    const units = [unit('D'), unit('A', 'D'), unit('B', 'D'), unit('C', 'B')];
    const states = unitStates(
      units,
      [row('D', 'one', '2025-11-22'), row('A', 'two', '2025-11-22'), row('C', 'one', '2027-01-01')],
      plainDate('2026-01-01'),
    );
    expect(states.get('D')).toEqual({ state: 'served', departmentId: 'one', aroundDepartmentId: null });
    expect(states.get('A')).toEqual({ state: 'overlap', departmentId: 'two', aroundDepartmentId: 'one' });
    expect(states.get('B')).toEqual({ state: 'gap', departmentId: null, aroundDepartmentId: null });
    expect(states.get('C')?.state).toBe('gap');
  });

  test('EQ-03: units that name each other as parents do not hang the map', () => {
    const states = unitStates(
      [unit('A', 'B'), unit('B', 'A')],
      [row('A', 'one', '2025-11-22')],
      plainDate('2026-01-01'),
    );
    expect([states.get('A')?.state, states.get('B')?.state]).toEqual(['served', 'gap']);
  });
});

describe('Rows of a list', () => {
  const facts: TerritoryFacts = {
    today: plainDate('2026-11-23'),
    units: [unit('A'), unit('B'), unit('Z', null, '75')],
    departments: [
      { id: 'one', number: 1, regionCode: '11' },
      { id: 'two', number: 2, regionCode: '11' },
    ],
    assignments: [
      row('A', 'one', '2025-11-22'),
      row('A', 'two', '2027-01-01'),
      row('A', 'one', '2026-11-23'),
    ],
    onlyDepartmentId: null,
  };
  const judge = (written: [string, string, string][], changes: Partial<TerritoryFacts> = {}) =>
    judgeTerritoryRows(
      written.map(([unitCode, departmentNumber, validFrom], index) => ({
        line: index + 2,
        unitCode,
        departmentNumber,
        validFrom,
      })),
      { ...facts, ...changes },
    ).map((judged) => (judged.verdict === 'wrong' ? judged.error : judged.verdict));

  test.each([
    ['same', 'A', '1', '2025-11-22'],
    ['same', 'A', '1', '2026-12-31'],
    ['change', 'A', '2', '2026-12-01'],
    ['change', 'A', '1', '2027-01-01'],
    ['new', 'B', '2', '2026-11-23'],
    ['unit-unknown', 'Q', '1', '2026-12-01'],
    ['unit-unknown', '', '1', '2026-12-01'],
    ['department-unknown', 'A', '9', '2026-12-01'],
    ['department-unknown', 'A', '№ 1', '2026-12-01'],
    ['date', 'A', '1', '2026-02-30'],
    ['date', 'A', '1', ''],
    ['date-passed', 'B', '1', '2026-11-22'],
    ['already-begun', 'A', '2', '2026-11-23'],
    ['other-region', 'Z', '1', '2026-12-01'],
  ])('EQ-03: %s: unit %s, department %s, from %s', (verdict, unitCode, department, validFrom) => {
    expect(judge([[unitCode, department, validFrom]])).toEqual([verdict]);
  });

  test('EQ-03: a line with too few cells is told as such', () => {
    const line = { line: 2, unitCode: 'A', departmentNumber: '', validFrom: '', incomplete: true as const };
    expect(judgeTerritoryRows([line], facts)).toEqual([{ ...line, verdict: 'wrong', error: 'columns' }]);
  });

  test('EQ-03: one unit given to two departments from one day is wrong in both rows, the same row twice in the second', () => {
    expect(
      judge([
        ['B', '1', '2026-12-01'],
        ['B', '2', '2026-12-01'],
        ['A', '2', '2026-12-05'],
        ['A', '2', '2026-12-05'],
      ]),
    ).toEqual(['two-departments', 'two-departments', 'change', 'twice']);
  });

  test('EQ-03: a head gives the own department what nobody serves, and nothing else', () => {
    const own = { onlyDepartmentId: 'two' };
    expect(judge([['B', '2', '2026-12-01']], own)).toEqual(['new']);
    expect(judge([['B', '1', '2026-12-01']], own)).toEqual(['other-department']);
    expect(judge([['A', '2', '2026-12-01']], own)).toEqual(['served-by-other']);
    expect(judge([['A', '1', '2026-12-01']], own)).toEqual(['same']);
  });
});
