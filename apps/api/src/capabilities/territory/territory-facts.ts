import type { TerritoryRow } from '@mse/contracts/territory';
import type { Executor } from '@mse/db';
import { administrativeUnits, departments, unitDepartments } from '@mse/db/schema';
import type { JudgedRow, TerritoryFacts } from '@mse/domain/territory';
import { inArray } from 'drizzle-orm';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';

/** Everything the map stands on. Units of regions without a department are nobody's concern here. */
export async function loadTerritory(executor: Executor) {
  const [departmentRows, assignments] = await Promise.all([
    executor.select().from(departments).orderBy(departments.number),
    executor.select().from(unitDepartments).orderBy(unitDepartments.unitCode, unitDepartments.validFrom),
  ]);
  const regions = [...new Set(departmentRows.map((department) => department.regionCode))];
  const units = await executor
    .select()
    .from(administrativeUnits)
    .where(inArray(administrativeUnits.regionCode, regions.length > 0 ? regions : ['']))
    .orderBy(administrativeUnits.code);
  return { units, departments: departmentRows, assignments };
}
export type Territory = Awaited<ReturnType<typeof loadTerritory>>;

/** For which part of the map the caller speaks: null is the whole; a head speaks for the own department alone. */
export function ownPart(call: CallContext): string | null {
  const caller = signedIn(call);
  if (caller.roles.includes('portal-administrator')) return null;
  if (!caller.departmentId) throw notFound();
  return caller.departmentId;
}

/** The map as the judge of rows wants it. */
export function judgeFacts(call: CallContext, territory: Territory): TerritoryFacts {
  return { ...territory, today: toBusinessDate(call.at), onlyDepartmentId: ownPart(call) };
}

/** Judged rows as a page shows them. */
export function shownRows(rows: readonly JudgedRow[], territory: Territory): z.input<typeof TerritoryRow>[] {
  const names = new Map(territory.units.map((unit) => [unit.code, unit.name]));
  const numbers = new Map(territory.departments.map((department) => [department.id, department.number]));
  return rows.map(({ line, unitCode, departmentNumber, validFrom, ...judged }) => {
    const written = { line, unitCode, departmentNumber, validFrom };
    if (judged.verdict === 'wrong') return { ...written, verdict: judged.verdict, error: judged.error };
    const unit = names.get(unitCode) ?? { kk: unitCode, ru: unitCode, en: unitCode };
    const former =
      judged.formerDepartmentId === null ? null : (numbers.get(judged.formerDepartmentId) ?? null);
    return { ...written, verdict: judged.verdict, unit, former };
  });
}
