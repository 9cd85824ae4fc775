import { isPlainDate, type PlainDate } from '../shared/index.ts';
import { type Assignment, assignmentOn, type Unit } from './assignments.ts';

/** Why a row of a territory list cannot be taken. */
export const TERRITORY_ROW_ERRORS = [
  'columns',
  'unit-unknown',
  'department-unknown',
  'other-region',
  'date',
  'date-passed',
  'already-begun',
  'two-departments',
  'twice',
  'served-by-other',
  'other-department',
] as const;
export type TerritoryRowError = (typeof TERRITORY_ROW_ERRORS)[number];

/** A row as it was written: texts, not yet believed. */
export interface WrittenRow {
  /** Line of the file, from 1; the heading is line 1. */
  line: number;
  unitCode: string;
  departmentNumber: string;
  validFrom: string;
  /** The line has fewer cells than the heading asks for. */
  incomplete?: true;
}

/** What is known while rows are judged. */
export interface TerritoryFacts {
  today: PlainDate;
  units: readonly Unit[];
  departments: readonly { id: string; number: number; regionCode: string }[];
  assignments: readonly Assignment[];
  /** A head of department speaks for this department alone; null for whoever keeps the whole map. */
  onlyDepartmentId: string | null;
}

/** A row after judgement: what it would change, or why not. */
export type JudgedRow = WrittenRow &
  (
    | { verdict: 'new' | 'change' | 'same'; assignment: Assignment; formerDepartmentId: string | null }
    | { verdict: 'wrong'; error: TerritoryRowError }
  );

/**
 * EQ-03: judges every row of a list against the map and against the other rows. A row that says what holds anyway is `same`.
 * What has begun is history: a row may begin today or later, and may replace only a row that has not begun. The list is all
 * or nothing; the caller takes it when no row is wrong.
 */
export function judgeTerritoryRows(rows: readonly WrittenRow[], facts: TerritoryFacts): JudgedRow[] {
  const units = new Map(facts.units.map((unit) => [unit.code, unit]));
  const departments = new Map(facts.departments.map((department) => [String(department.number), department]));
  const byUnit = Map.groupBy(facts.assignments, (row) => row.unitCode);
  const written = Map.groupBy(rows, (row) => `${row.unitCode} ${row.validFrom}`);

  return rows.map((row): JudgedRow => {
    const wrong = (error: TerritoryRowError): JudgedRow => ({ ...row, verdict: 'wrong', error });
    if (row.incomplete) return wrong('columns');
    const unit = units.get(row.unitCode);
    const department = departments.get(row.departmentNumber);
    if (!unit) return wrong('unit-unknown');
    if (!department) return wrong('department-unknown');
    if (!isPlainDate(row.validFrom)) return wrong('date');
    if (unit.regionCode !== department.regionCode) return wrong('other-region');
    const namesakes = written.get(`${row.unitCode} ${row.validFrom}`) ?? [];
    if (namesakes.some((other) => other.departmentNumber !== row.departmentNumber))
      return wrong('two-departments');
    if (namesakes[0] !== row) return wrong('twice');

    const assignment: Assignment = {
      unitCode: row.unitCode,
      departmentId: department.id,
      validFrom: row.validFrom,
    };
    const known = byUnit.get(row.unitCode) ?? [];
    const former = assignmentOn(known, row.validFrom);
    const formerDepartmentId = former?.departmentId ?? null;
    if (formerDepartmentId === department.id)
      return { ...row, verdict: 'same', assignment, formerDepartmentId };
    if (row.validFrom < facts.today) return wrong('date-passed');
    if (former?.validFrom === row.validFrom && former.validFrom <= facts.today) return wrong('already-begun');
    if (facts.onlyDepartmentId !== null) {
      if (department.id !== facts.onlyDepartmentId) return wrong('other-department');
      if (formerDepartmentId !== null) return wrong('served-by-other');
    }
    return {
      ...row,
      verdict: formerDepartmentId === null ? 'new' : 'change',
      assignment,
      formerDepartmentId,
    };
  });
}
