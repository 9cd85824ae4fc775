import type { Executor } from '@mse/db';
import { administrativeUnits, guardianships, persons } from '@mse/db/schema';
import type { RegistryAnswer } from '@mse/domain/intake';
import type { PlainDate } from '@mse/domain/shared';
import { and, eq, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import type { RegisteredPerson } from '../../platform/gateways/registries.ts';

/** A person as our table holds them. */
export type Person = typeof persons.$inferSelect;

/** Hours for which what a registry said is taken as known. */
const FRESH_HOURS = 24;

/** Whether a registry's answer from `asOf` is still young enough at `at`; young is younger than a day, or than the minutes given. */
function isFresh(asOf: Date | null, at: Date, freshMinutes = FRESH_HOURS * 60): boolean {
  return asOf !== null && at.getTime() - asOf.getTime() < freshMinutes * 60_000;
}

/** The person with this ИИН, if we know them already. No registry is asked. */
export async function findPersonByIin(executor: Executor, iin: string): Promise<Person | null> {
  const [person] = await executor.select().from(persons).where(eq(persons.iin, iin));
  return person ?? null;
}

/** The person with this id; throws when there is none, because ids of persons come from our own tables. */
export async function getPerson(executor: Executor, personId: string): Promise<Person> {
  const [person] = await executor.select().from(persons).where(eq(persons.id, personId));
  if (!person) throw new Error('No such person');
  return person;
}

/** The persons with these ids, by id; see `getPerson`. */
export async function getPersons(
  executor: Executor,
  personIds: readonly string[],
): Promise<(personId: string) => Person> {
  const rows = await executor
    .select()
    .from(persons)
    .where(inArray(persons.id, [...personIds]));
  const found = new Map(rows.map((row) => [row.id, row]));
  return (personId) => {
    const person = found.get(personId);
    if (!person) throw new Error('No such person');
    return person;
  };
}

/**
 * The person with this ИИН: from our table, else from the registry of persons, which makes the row. What is older than a
 * day is asked anew. `silent` only when we do not know the person and the registry does not answer; never a "no".
 */
export async function ensurePerson(deps: Deps, iin: string): Promise<RegistryAnswer<Person>> {
  const known = await findPersonByIin(deps.db, iin);
  if (known) return { kind: 'found', value: await refreshPerson(deps, known) };
  const [answer, phone] = await Promise.all([deps.registries.person(iin), deps.registries.phone(iin)]);
  if (answer.kind !== 'found') return answer;
  const at = deps.clock.now();
  await keepUnit(deps.db, answer.value);
  // Two calls may meet here; the second one finds the row of the first.
  await deps.db
    .insert(persons)
    .values({ id: deps.random.id(at), iin, ...describe(answer.value, at), ...phoneColumns(phone, at) })
    .onConflictDoNothing({ target: persons.iin });
  const made = await findPersonByIin(deps.db, iin);
  if (!made) throw new Error('A person that was just stored is not there');
  return { kind: 'found', value: made };
}

/** Asks the registries anew about a person whose description or phone is older than a day. A silent registry keeps what is known. */
export async function refreshPerson(deps: Deps, person: Person): Promise<Person> {
  const at = deps.clock.now();
  const [answer, phone] = await Promise.all([
    isFresh(person.personsAsOf, at) ? null : deps.registries.person(person.iin),
    isFresh(person.phoneAsOf, at) ? null : deps.registries.phone(person.iin),
  ]);
  const found = answer?.kind === 'found' ? answer.value : null;
  if (found) await keepUnit(deps.db, found);
  const changes = { ...(found ? describe(found, at) : {}), ...(phone ? phoneColumns(phone, at) : {}) };
  return Object.keys(changes).length === 0 ? person : updatePerson(deps.db, person.id, changes);
}

/**
 * The person as the registries have just described them, stored in one statement, whether we knew them or not. `phone` may be silent:
 * then the number we know stays.
 */
export async function keepDescribed(
  deps: Deps,
  described: RegisteredPerson,
  phone: RegistryAnswer<string | null>,
): Promise<Person> {
  const at = deps.clock.now();
  const unit = described.permanentRegistration?.unitCode;
  if (unit && deps.reference.regionOfUnit(unit) === null) await keepUnit(deps.db, described);
  const columns = { ...describe(described, at), ...phoneColumns(phone, at) };
  const [person] = await deps.db
    .insert(persons)
    .values({ id: deps.random.id(at), iin: described.iin, ...columns })
    .onConflictDoUpdate({ target: persons.iin, set: columns })
    .returning();
  if (!person) throw new Error('A person that was just stored is not there');
  return person;
}

/**
 * The number the base of mobile citizens has for a person right now; the number we know when the base is silent.
 * A changed number is stored.
 */
export async function askPhone(deps: Deps, person: Person): Promise<string | null> {
  const answer = await deps.registries.phone(person.iin);
  const columns = phoneColumns(answer, deps.clock.now());
  return Object.keys(columns).length === 0
    ? person.phone
    : (await updatePerson(deps.db, person.id, columns)).phone;
}

async function updatePerson(executor: Executor, personId: string, changes: Partial<Person>): Promise<Person> {
  const [person] = await executor.update(persons).set(changes).where(eq(persons.id, personId)).returning();
  if (!person) throw new Error('No such person');
  return person;
}

/** Columns of a person as the registry of persons described them at `at`. */
function describe(person: RegisteredPerson, at: Date) {
  const home = person.permanentRegistration;
  return {
    surname: person.surname,
    name: person.name,
    patronymic: person.patronymic,
    birthDate: person.birthDate,
    sex: person.sex,
    status: person.status,
    legalCapacity: person.legalCapacity,
    unitCode: home?.unitCode ?? null,
    address: home ? { kk: home.kk, ru: home.ru } : null,
    personsAsOf: at,
  };
}

/** Columns of an answer of the base of mobile citizens; none when it is silent. */
function phoneColumns(
  answer: RegistryAnswer<string | null>,
  at: Date,
): { phone?: string | null; phoneAsOf?: Date } {
  if (answer.kind === 'silent') return {};
  return { phone: answer.kind === 'found' ? answer.value : null, phoneAsOf: at };
}

/**
 * The registry may name a unit our copy of the classifier lacks (a new one, or one of another region). It is kept under
 * its code, whose first two digits are the region, so that the person's registration is not taken for missing.
 */
async function keepUnit(executor: Executor, person: RegisteredPerson): Promise<void> {
  const code = person.permanentRegistration?.unitCode;
  if (!code) return;
  await executor
    .insert(administrativeUnits)
    .values({ code, regionCode: code.slice(0, 2), parentCode: null, name: { kk: code, ru: code, en: code } })
    .onConflictDoNothing();
}

/** EQ-07: a ward with the basis on which the guardian acts. */
export interface Ward {
  person: Person;
  basis: 'parent' | 'guardian' | 'trustee';
  validUntil: PlainDate | null;
  /** Whether the guardian may act on the date asked for. */
  valid: boolean;
}

const onDate = (date: PlainDate) =>
  and(
    lte(guardianships.validFrom, date),
    or(isNull(guardianships.validUntil), gte(guardianships.validUntil, date)),
  );

/** EQ-07: all wards we know of a person, those of the past too; a ward with several bases appears once, with a valid one first. */
export async function wardsOf(executor: Executor, personId: string, date: PlainDate): Promise<Ward[]> {
  const rows = await executor
    .select({ person: persons, link: guardianships })
    .from(guardianships)
    .innerJoin(persons, eq(guardianships.wardId, persons.id))
    .where(eq(guardianships.guardianId, personId))
    .orderBy(persons.surname, persons.name, persons.id, guardianships.basis);
  const wards = new Map<string, Ward>();
  for (const { person, link } of rows) {
    const valid = link.validFrom <= date && (link.validUntil === null || date <= link.validUntil);
    const known = wards.get(person.id);
    if (!known || (valid && !known.valid))
      wards.set(person.id, { person, basis: link.basis, validUntil: link.validUntil, valid });
  }
  return [...wards.values()];
}

/** EQ-07: the caller and the wards they may act for on a date. */
export async function idsActedFor(
  executor: Executor,
  callerPersonId: string,
  date: PlainDate,
): Promise<string[]> {
  const links = await executor
    .selectDistinct({ wardId: guardianships.wardId })
    .from(guardianships)
    .where(and(eq(guardianships.guardianId, callerPersonId), onDate(date)));
  return [callerPersonId, ...links.map((link) => link.wardId)];
}

/**
 * EQ-07: asks the guardianship registry for a person's wards, when the last answer is older than a day (or than `freshMinutes`), and keeps its
 * answer with a row for every ward. Answers whether the wards are known: false only when no answer was ever had.
 * A ward the registry of persons is silent about keeps what we knew, and the question is asked again next time.
 */
export async function refreshWards(deps: Deps, personId: string, freshMinutes?: number): Promise<boolean> {
  const guardian = await getPerson(deps.db, personId);
  const at = deps.clock.now();
  if (isFresh(guardian.wardsAsOf, at, freshMinutes)) return true;
  const answer = await deps.registries.guardianship(guardian.iin);
  if (answer.kind === 'silent') return guardian.wardsAsOf !== null;
  const named = answer.kind === 'found' ? answer.value.wards : [];
  const wards = await Promise.all(
    named.map(async (link) => ({ link, person: await ensurePerson(deps, link.iin) })),
  );
  const complete = wards.every(({ person }) => person.kind !== 'silent');
  await deps.db.transaction(async (tx) => {
    // Two refreshes of one guardian follow each other.
    await tx.select({ id: persons.id }).from(persons).where(eq(persons.id, personId)).for('update');
    const known = await tx
      .select({ wardId: guardianships.wardId, iin: persons.iin, basis: guardianships.basis })
      .from(guardianships)
      .innerJoin(persons, eq(guardianships.wardId, persons.id))
      .where(eq(guardianships.guardianId, personId));
    const gone = known.filter(
      ({ iin, basis }) => !named.some((link) => link.iin === iin && link.basis === basis),
    );
    for (const { wardId, basis } of gone) {
      await tx
        .delete(guardianships)
        .where(
          and(
            eq(guardianships.guardianId, personId),
            eq(guardianships.wardId, wardId),
            eq(guardianships.basis, basis),
          ),
        );
    }
    for (const { link, person } of wards) {
      if (person.kind !== 'found') continue;
      const { basis, validFrom, validUntil } = link;
      await tx
        .insert(guardianships)
        .values({ guardianId: personId, wardId: person.value.id, basis, validFrom, validUntil })
        .onConflictDoUpdate({
          target: [guardianships.guardianId, guardianships.wardId, guardianships.basis],
          set: { validFrom, validUntil },
        });
    }
    if (complete) await tx.update(persons).set({ wardsAsOf: at }).where(eq(persons.id, personId));
  });
  return complete || guardian.wardsAsOf !== null;
}
