import type { Executor } from '@mse/db';
import { controlResults, expertAbsences, experts, persons, protocolRows, staffRoles } from '@mse/db/schema';
import { type Signer, type SignerRole, signaturePlaces } from '@mse/domain/journals';
import { fullName, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import type { JournalPlace } from './append-row.ts';
import { daySubject, type LoadedProtocol, signaturesOf } from './load-protocols.ts';

/** The posts that sign the journal of a department, and that of the methodology and control department, as heads. */
const HEAD_ROLE = { department: 'department-head', methodology: 'methodology-head' } as const;

/**
 * JR-01: who must sign each protocol. Of a department: its head, and its chief specialists who were at work on that day (the service
 * cannot tell who of them stood by at a conclusion, so all of them). Of the methodology and control department: its head, and whoever
 * made the examinations of that day. Who has left since is not waited for.
 */
export async function signersOf(
  executor: Executor,
  place: JournalPlace,
  days: readonly LoadedProtocol[],
  at: Date,
): Promise<Map<string, Signer[]>> {
  if (days.length === 0) return new Map();
  const today = toBusinessDate(at);
  const holders = await executor
    .select({ person: persons, role: staffRoles.role, from: staffRoles.validFrom })
    .from(staffRoles)
    .innerJoin(persons, eq(persons.id, staffRoles.personId))
    .where(
      and(
        inArray(staffRoles.role, [
          HEAD_ROLE[place.journal],
          ...(place.journal === 'department' ? (['chief-specialist'] as const) : []),
        ]),
        place.departmentId === null
          ? isNull(staffRoles.departmentId)
          : eq(staffRoles.departmentId, place.departmentId),
        lte(staffRoles.validFrom, today),
        or(isNull(staffRoles.validUntil), gte(staffRoles.validUntil, today)),
      ),
    )
    .orderBy(asc(persons.surname), asc(persons.name), asc(persons.id));
  const away = await absencesOf(executor, [...new Set(holders.map(({ person }) => person.id))]);
  const examiners =
    place.journal === 'methodology' ? await examinersOf(executor, days) : new Map<string, Signer[]>();
  return new Map(
    days.map(({ protocol }) => {
      const present = holders.filter(
        ({ person, role, from }) =>
          from <= protocol.day &&
          (role !== 'chief-specialist' || !isAway(away.get(person.id) ?? [], protocol.day)),
      );
      const staff = present.map(({ person, role }): Signer => ({
        personId: person.id,
        name: fullName(person),
        role: role === 'chief-specialist' ? role : 'department-head',
      }));
      return [protocol.id, [...staff, ...(examiners.get(protocol.id) ?? [])]];
    }),
  );
}

interface Away {
  from: PlainDate;
  until: PlainDate | null;
}

function isAway(absences: readonly Away[], day: PlainDate): boolean {
  return absences.some(({ from, until }) => from <= day && (until === null || until >= day));
}

/** PX-17: absences of people who are in the register as well. */
async function absencesOf(executor: Executor, personIds: readonly string[]): Promise<Map<string, Away[]>> {
  if (personIds.length === 0) return new Map();
  const rows = await executor
    .select({ personId: experts.personId, from: expertAbsences.from, until: expertAbsences.until })
    .from(expertAbsences)
    .innerJoin(experts, eq(experts.id, expertAbsences.expertId))
    .where(and(inArray(experts.personId, [...personIds]), isNull(expertAbsences.cancelledAt)));
  return Map.groupBy(rows, ({ personId }) => personId);
}

/** PX-41: who made the control re-examinations whose rows stand in these protocols. */
async function examinersOf(
  executor: Executor,
  days: readonly LoadedProtocol[],
): Promise<Map<string, Signer[]>> {
  const rows = await executor
    .selectDistinct({ protocolId: protocolRows.protocolId, person: persons })
    .from(controlResults)
    .innerJoin(protocolRows, eq(protocolRows.id, controlResults.protocolRowId))
    .innerJoin(persons, eq(persons.id, controlResults.examinedBy))
    .where(
      inArray(
        protocolRows.protocolId,
        days.map(({ protocol }) => protocol.id),
      ),
    );
  return new Map(
    [...Map.groupBy(rows, ({ protocolId }) => protocolId)].map(([protocolId, own]) => [
      protocolId,
      own.map(({ person }): Signer => ({
        personId: person.id,
        name: fullName(person),
        role: 'chief-specialist',
      })),
    ]),
  );
}

/** JR-01: the places of signatures under a protocol as it reads now, and in which of them a person can still sign; null: in none. */
export async function signingState(
  executor: Executor,
  { protocol, hash }: LoadedProtocol,
  asked: readonly Signer[],
  personId: string | null,
) {
  const signed = (await signaturesOf(executor, daySubject(protocol.id), hash))
    .filter(({ current }) => current)
    .map(({ personId: signer, name, role, at }) => ({ personId: signer, name, role, at }));
  const role: SignerRole | null = signed.some((each) => each.personId === personId)
    ? null
    : (asked.find((each) => each.personId === personId)?.role ?? null);
  return { ...signaturePlaces(asked, signed), role, signedBy: signed.map((each) => each.personId) };
}
