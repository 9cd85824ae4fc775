import { addDays, ageOn } from './population/index.ts';
import type { Random } from './population/random.ts';
import type { Clinic, Person, Population } from './population/types.ts';
import type { Applicant } from './chronicle.ts';

/** Looks people up in the population. */
export function peopleOf(population: Population) {
  const byIin = new Map(population.people.map((person) => [person.iin, person]));
  const byBin = new Map(population.clinics.map((clinic) => [clinic.bin, clinic]));
  const { today } = population;
  // Whoever came of age lately was a child when the oldest forms were signed: they are left alone.
  const longAgo = addDays(today, -80);

  function person(iin: string): Person {
    const found = byIin.get(iin);
    if (found === undefined) throw new Error('Nobody in the population has this number');
    return found;
  }

  /** Their clinic, or the first one where they have none. */
  function clinicOf({ clinicBin }: Person): Clinic {
    const clinic = byBin.get(clinicBin ?? '') ?? population.clinics[0];
    if (clinic === undefined) throw new Error('The population has no clinic');
    return clinic;
  }

  /** Whether somebody can stand before the service alone: alive, of age, capable, with a number for messages. */
  function actsAlone({ status, legalCapacity, birthDate, phone }: Person): boolean {
    return (
      status === 'alive' && legalCapacity !== 'incapable' && ageOn(birthDate, longAgo) >= 18 && phone !== null
    );
  }

  /** Who acts for a child or an incapable person today and did when the oldest forms came; undefined when nobody can. */
  function representativeOf(ward: Person): Person | undefined {
    return population.guardianships
      .filter(({ wardIin, validFrom, validUntil }) => {
        return wardIin === ward.iin && validFrom <= longAgo && (validUntil === null || validUntil >= today);
      })
      .map(({ guardianIin }) => person(guardianIin))
      .find((guardian) => actsAlone(guardian));
  }

  function applicant(found: Person): Applicant | undefined {
    if (found.status !== 'alive' || found.permanentRegistration === null) return undefined;
    if (actsAlone(found)) return { person: found, representative: null };
    const needsOne = found.legalCapacity === 'incapable' || ageOn(found.birthDate, today) < 18;
    const representative = needsOne ? representativeOf(found) : undefined;
    return representative === undefined ? undefined : { person: found, representative };
  }

  return { person, clinicOf, applicant };
}

/** People who may come to each department, by its number and in chance order; the cast, their wards, the staff and those in `left` are left out. */
export function drawApplicants(
  random: Random,
  population: Population,
  left: ReadonlySet<string>,
): Map<number, Applicant[]> {
  const { applicant } = peopleOf(population);
  const busy = new Set([
    ...population.namedDemoPeople.flatMap(({ iin, wardIin }) => [iin, wardIin ?? iin]),
    ...population.staff.map(({ iin }) => iin),
    ...population.clinics.map(({ chairIin }) => chairIin),
  ]);
  const departmentOf = new Map(
    population.departments.flatMap(({ number, unitCodes }) =>
      unitCodes.map((code) => [code, number] as const),
    ),
  );
  const pools = new Map<number, { order: number; found: Applicant }[]>();
  for (const person of population.people) {
    const number = departmentOf.get(person.permanentRegistration?.unitCode ?? '');
    const found = busy.has(person.iin) ? undefined : applicant(person);
    if (number === undefined || found === undefined) continue;
    pools.set(number, [...(pools.get(number) ?? []), { order: random.next(), found }]);
  }
  return new Map(
    [...pools].map(([number, pool]) => [
      number,
      pool
        .sort((left, right) => left.order - right.order)
        .map(({ found }) => found)
        .filter(({ person }) => !left.has(person.iin)),
    ]),
  );
}
