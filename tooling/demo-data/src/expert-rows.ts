import type * as schema from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import type { Ids } from './ids.ts';
import type { Random } from './population/random.ts';
import type { Population } from './population/types.ts';

/** A form of the list for which the demonstration has no expert: its cases show the waiting list. */
export const formWithoutExperts = 'hydrocephalus';

/** Since when the register of the demonstration exists. */
const registerStart = plainDate('2025-12-01');

/** Rows of the register of experts: roles, entries, forms. Heads know every form, the others most of them. */
export function expertRows(
  population: Population,
  world: {
    ids: Ids;
    random: Random;
    serviceTime: Date;
    personId: (iin: string) => string;
    groups: readonly string[];
  },
) {
  const { ids, random, serviceTime, personId } = world;
  const known = new Set(population.staff.filter(({ role }) => role === 'expert').map(({ iin }) => iin));
  const groups = world.groups.filter((code) => code !== formWithoutExperts);
  const rows = {
    roles: [] as (typeof schema.staffRoles.$inferInsert)[],
    experts: [] as (typeof schema.experts.$inferInsert)[],
    nosologies: [] as (typeof schema.expertNosologies.$inferInsert)[],
  };
  const cast = population.namedDemoPeople.map(({ iin }) => iin);
  for (const [index, { iin, kind, regionCode }] of population.experts.entries()) {
    const id = ids.id(serviceTime);
    rows.experts.push({
      id,
      personId: personId(iin),
      code: `E-${String(index + 1).padStart(5, '0')}`,
      kind,
      regionCode,
      departmentId: null,
      enteredOn: registerStart,
      dailyCap: null,
      excludedOn: null,
      exclusionGround: null,
      createdAt: serviceTime,
    });
    const all = kind === 'department-head' || cast.includes(iin);
    for (const groupCode of groups)
      if (all || random.chance(0.8))
        rows.nosologies.push({ expertId: id, groupCode, validFrom: registerStart, validUntil: null });
    if (!known.has(iin))
      rows.roles.push({
        id: ids.id(serviceTime),
        personId: personId(iin),
        role: 'expert',
        departmentId: null,
        validFrom: registerStart,
        validUntil: null,
      });
  }
  return rows;
}
