import type { Executor } from '@mse/db';
import { experts, persons, staffRoles } from '@mse/db/schema';
import { fullName, type PlainDate } from '@mse/domain/shared';
import { and, eq, gte, isNull, lte, or } from 'drizzle-orm';

/** Who can go to a session: people with a role of the department today, and its experts of the register. */
export async function staffOfDepartment(
  executor: Executor,
  departmentId: string,
  today: PlainDate,
): Promise<{ id: string; name: string }[]> {
  const [byRole, byRegister] = [
    await executor
      .selectDistinct({ person: persons })
      .from(staffRoles)
      .innerJoin(persons, eq(persons.id, staffRoles.personId))
      .where(
        and(
          eq(staffRoles.departmentId, departmentId),
          lte(staffRoles.validFrom, today),
          or(isNull(staffRoles.validUntil), gte(staffRoles.validUntil, today)),
        ),
      ),
    await executor
      .select({ person: persons })
      .from(experts)
      .innerJoin(persons, eq(persons.id, experts.personId))
      .where(and(eq(experts.departmentId, departmentId), isNull(experts.excludedOn))),
  ];
  const people = new Map([...byRole, ...byRegister].map(({ person }) => [person.id, fullName(person)]));
  return [...people]
    .map(([id, name]) => ({ id, name }))
    .sort((left, right) => left.name.localeCompare(right.name));
}
