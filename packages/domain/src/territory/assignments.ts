import type { PlainDate } from '../shared/index.ts';

/** EQ-03: a unit is served by a department from a day on, until another row of the unit begins. */
export interface Assignment {
  unitCode: string;
  departmentId: string;
  validFrom: PlainDate;
}

/** An administrative-territorial unit. */
export interface Unit {
  code: string;
  /** Two digits. */
  regionCode: string;
  parentCode: string | null;
}

/** The row of a unit in force on a date: the newest that has begun; undefined when none has. */
export function assignmentOn<Row extends Assignment>(rows: readonly Row[], date: PlainDate): Row | undefined {
  let newest: Row | undefined;
  for (const row of rows)
    if (row.validFrom <= date && (!newest || row.validFrom > newest.validFrom)) newest = row;
  return newest;
}

/** How a unit stands on a date: served, a gap, or lying inside a unit that another department serves. */
export type UnitState = 'served' | 'gap' | 'overlap';

/**
 * EQ-03: gaps and overlaps of the territory on a date. A unit no department serves is a gap. A unit that another department
 * serves than the one of a unit around it is an overlap: two departments could both call the same people theirs. The people
 * themselves always belong to exactly one, by the unit of their registration.
 */
export function unitStates(
  units: readonly Unit[],
  assignments: readonly Assignment[],
  date: PlainDate,
): Map<string, { state: UnitState; departmentId: string | null; aroundDepartmentId: string | null }> {
  const byUnit = Map.groupBy(assignments, (row) => row.unitCode);
  const parents = new Map(units.map((unit) => [unit.code, unit.parentCode]));
  const serving = (code: string) => assignmentOn(byUnit.get(code) ?? [], date)?.departmentId ?? null;
  return new Map(
    units.map((unit) => {
      const departmentId = serving(unit.code);
      let around: string | null = null;
      const seen = new Set([unit.code]);
      for (let code = unit.parentCode; code && !around && !seen.has(code); code = parents.get(code) ?? null) {
        seen.add(code);
        around = serving(code);
      }
      const overlaps = departmentId !== null && around !== null && around !== departmentId;
      const state: UnitState = departmentId === null ? 'gap' : overlaps ? 'overlap' : 'served';
      return [unit.code, { state, departmentId, aroundDepartmentId: overlaps ? around : null }];
    }),
  );
}
