import type { Executor } from '@mse/db';
import {
  administrativeUnits,
  cases,
  formContents,
  formFiles,
  forms,
  guardianships,
  persons,
  regions,
} from '@mse/db/schema';
import type { Identity, KnownPerson } from '@mse/domain/dossiers';
import { and, asc, eq, inArray, or } from 'drizzle-orm';

type Person = typeof persons.$inferSelect;
export type CaseRow = typeof cases.$inferSelect;
export type FormFile = typeof formFiles.$inferSelect;

/** What a dossier is made of, and everything that is known of whom it is about. */
export interface CasePapers {
  row: CaseRow;
  patient: Person;
  document: Record<string, unknown>;
  icd10: string;
  files: FormFile[];
  identity: Identity;
}

/** Reads a case with its form, its files and the identity known from the form and the registries; undefined when there is no such case. */
export async function findCasePapers(executor: Executor, caseId: string): Promise<CasePapers | undefined> {
  const [found] = await executor
    .select({ row: cases, form: forms, patient: persons, content: formContents })
    .from(cases)
    .innerJoin(forms, eq(forms.id, cases.formId))
    .innerJoin(persons, eq(persons.id, cases.personId))
    .innerJoin(formContents, eq(formContents.formId, cases.formId))
    .where(eq(cases.id, caseId));
  if (!found) return undefined;
  const { row, form, patient, content } = found;
  const files = await executor
    .select()
    .from(formFiles)
    .where(eq(formFiles.formId, form.id))
    .orderBy(asc(formFiles.storeId));
  const near = await nearPeople(executor, patient.id, row.representativeId);
  const places = await placesOf(executor, [patient, ...near], row.regionCode);
  const document = content.document;
  const named = [document.patient, document.representative];
  const typed = (key: string) => named.flatMap((person) => textAt(person, key));
  const identity: Identity = {
    people: [
      known(patient, 'patient'),
      ...near.map((person) =>
        known(person, person.id === row.representativeId ? 'representative' : 'relative'),
      ),
      ...spelled(document.patient, 'patient'),
      ...spelled(document.representative, 'representative'),
    ],
    birthDates: [...new Set([patient, ...near].map((person) => person.birthDate))],
    numbers: [
      ...[patient, ...near].flatMap((person) => [person.iin, person.phone, person.contactPhone]),
      ...typed('iin'),
      ...typed('phone'),
      form.number,
      form.organizationBin,
      ...textAt(document.sickList, 'number'),
      ...textAt(document.consent, 'responder'),
      ...files.map((file) => file.storeId),
    ].filter((value) => value !== null),
    organisations: [
      form.organizationName,
      ...['workplace', 'studyPlace', 'organizationName'].flatMap((key) => textAt(document, key)),
    ],
    places,
    addresses: [patient, ...near].flatMap((person) =>
      person.address ? [person.address.kk, person.address.ru] : [],
    ),
  };
  return { row, patient, document, icd10: textAt(document, 'icd10')[0] ?? '', files, identity };
}

const known = (person: Person, role: KnownPerson['role']): KnownPerson => ({
  surname: person.surname,
  name: person.name,
  patronymic: person.patronymic,
  role,
});

/** The name as the form spells it, which may not be the registry's spelling. */
function spelled(person: unknown, role: KnownPerson['role']): KnownPerson[] {
  const part = (key: string) => textAt(person, key)[0] ?? '';
  const name = { surname: part('surname'), name: part('name'), patronymic: part('patronymic') || null, role };
  return name.surname || name.name || name.patronymic ? [name] : [];
}

function textAt(row: unknown, key: string): string[] {
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, key)) return [];
  const value = (row as Record<string, unknown>)[key];
  return typeof value === 'string' && value.trim() !== '' ? [value] : [];
}

/** The representative, and those the guardianship registry ties to the patient. */
async function nearPeople(
  executor: Executor,
  patientId: string,
  representativeId: string | null,
): Promise<Person[]> {
  const ties = await executor
    .select()
    .from(guardianships)
    .where(or(eq(guardianships.guardianId, patientId), eq(guardianships.wardId, patientId)));
  const ids = new Set(ties.flatMap((tie) => [tie.guardianId, tie.wardId]));
  if (representativeId) ids.add(representativeId);
  ids.delete(patientId);
  return ids.size === 0
    ? []
    : executor
        .select()
        .from(persons)
        .where(inArray(persons.id, [...ids]));
}

/** Names of the units the people live in, up to the region. */
async function placesOf(
  executor: Executor,
  people: readonly Person[],
  regionCode: string,
): Promise<string[]> {
  const names: string[] = [];
  const take = (name: { kk: string; ru: string; en: string }) => names.push(name.kk, name.ru, name.en);
  let codes = people.flatMap((person) => (person.unitCode ? [person.unitCode] : []));
  // A unit, its district, its region: four steps at most.
  for (let step = 0; step < 4 && codes.length > 0; step += 1) {
    const rows = await executor
      .select()
      .from(administrativeUnits)
      .where(inArray(administrativeUnits.code, codes));
    for (const row of rows) take(row.name);
    codes = rows.flatMap((row) => (row.parentCode ? [row.parentCode] : []));
  }
  const [region] = await executor
    .select()
    .from(regions)
    .where(and(eq(regions.code, regionCode)));
  if (region) take(region.name);
  return [...new Set(names)];
}
