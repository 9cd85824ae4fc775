import { addDays, addYears, ageOn } from './dates.ts';
import { drawFullName, drawStyle, drawSurname, type FullName, type NameStyle } from './names.ts';
import { drawIin, drawPhone } from './numbers.ts';
import type { Random } from './random.ts';
import { akmolaHomes, outsideHomes, streets, type Home } from './units.ts';
import type { DateText, Guardianship, GuardianshipBasis, Language, Person, Sex } from './types.ts';

/** The people made so far, and the numbers they have used up. */
export interface Register {
  random: Random;
  today: DateText;
  clinics: readonly { bin: string; districtCode: string }[];
  people: Person[];
  guardianships: Guardianship[];
  iins: Set<string>;
  phones: Set<string>;
}

/** What a new person is known by; anything left out is drawn. */
export interface PersonWish {
  sex: Sex;
  birthDate: DateText;
  fullName: FullName;
  registration: Person['permanentRegistration'];
  districtCode: string | null;
  preferredLanguage: Language;
  status?: Person['status'];
  legalCapacity?: Person['legalCapacity'];
  hasPhone?: boolean;
  motherIin?: string | null;
  fatherIin?: string | null;
}

/** Adds one person with a new ИИН, a phone unless refused, and a clinic of the district where there is one. */
export function addPerson(register: Register, wish: PersonWish): Person {
  const { random, today } = register;
  const status = wish.status ?? 'alive';
  const clinics = register.clinics.filter((clinic) => clinic.districtCode === wish.districtCode);
  const attached = status === 'alive' && clinics.length > 0 && !random.chance(0.01);
  const sinceBirth = Math.max(1, Math.min(3000, ageOn(wish.birthDate, today) * 365));
  const person: Person = {
    iin: drawIin(random, register.iins),
    ...wish.fullName,
    birthDate: wish.birthDate,
    sex: wish.sex,
    status,
    legalCapacity: wish.legalCapacity ?? 'capable',
    permanentRegistration: wish.registration,
    phone: wish.hasPhone === false ? null : drawPhone(random, register.phones),
    clinicBin: attached ? random.pick(clinics).bin : null,
    attachedOn: attached ? addDays(today, -random.integer(1, sinceBirth)) : null,
    motherIin: wish.motherIin ?? null,
    fatherIin: wish.fatherIin ?? null,
    preferredLanguage: wish.preferredLanguage,
  };
  if (person.attachedOn !== null && person.attachedOn < person.birthDate)
    person.attachedOn = person.birthDate;
  register.people.push(person);
  return person;
}

/** A birth date of somebody `age` full years old on `today`. */
export function drawBirthDate(random: Random, today: DateText, age: number): DateText {
  const youngest = addYears(today, -age);
  const date = addDays(youngest, -random.integer(0, 364));
  return ageOn(date, today) === age ? date : youngest;
}

/** A postal address in one place, in Kazakh and Russian. */
export function drawAddress(random: Random, home: Home): NonNullable<Person['permanentRegistration']> {
  const street = random.pick(streets);
  const house = random.integer(1, home.urban ? 180 : 70);
  const flat = home.urban && random.chance(0.7) ? random.integer(1, 120) : null;
  return {
    unitCode: home.unitCode,
    kk: `${home.kk}, ${street.kk}, ${house}-үй${flat === null ? '' : `, ${flat}-пәтер`}`,
    ru: `${home.ru}, ${street.ru}, дом ${house}${flat === null ? '' : `, квартира ${flat}`}`,
  };
}

/** The last day of guardianship over somebody who comes of age (or reaches `years`): the day before. */
export function lastDayBefore(birthDate: DateText, years: number): DateText {
  return addDays(addYears(birthDate, years), -1);
}

export function addGuardianship(
  register: Register,
  guardian: Person,
  ward: Person,
  basis: GuardianshipBasis,
  validFrom: DateText,
  validUntil: DateText | null,
): void {
  register.guardianships.push({
    guardianIin: guardian.iin,
    wardIin: ward.iin,
    basis,
    validFrom,
    validUntil,
  });
}

interface Household {
  style: NameStyle;
  surname: string;
  registration: Person['permanentRegistration'];
  districtCode: string | null;
}

function drawHousehold(random: Random): Household {
  const style = drawStyle(random);
  const outside = random.chance(0.025);
  const home = outside ? random.pick(outsideHomes) : random.weighted(akmolaHomes);
  return {
    style,
    surname: drawSurname(random, style),
    registration: random.chance(0.012) ? null : drawAddress(random, home),
    districtCode: home.districtCode,
  };
}

function drawLanguage(random: Random, style: NameStyle): Language {
  if (random.chance(0.01)) return 'en';
  if (style === 'kazakh') return random.chance(0.9) ? 'kk' : 'ru';
  return style === 'russian' || random.chance(0.6) ? 'ru' : 'kk';
}

/** A member of a household: an adult, or a child when the age says so. */
function addMember(
  register: Register,
  household: Household,
  sex: Sex,
  birthDate: DateText,
  extra: { fatherName?: string; motherIin?: string | null; fatherIin?: string | null } & Pick<
    PersonWish,
    'legalCapacity'
  > = {},
): Person {
  const { random, today } = register;
  const age = ageOn(birthDate, today);
  const status =
    age >= 18 && random.chance(0.008)
      ? ('dead' as const)
      : age >= 18 && random.chance(0.006)
        ? ('emigrated' as const)
        : ('alive' as const);
  const hasPhone =
    status !== 'dead' && (age >= 18 ? !random.chance(0.03) : age >= 14 ? random.chance(0.5) : false);
  return addPerson(register, {
    sex,
    birthDate,
    fullName: drawFullName(random, household.style, sex, {
      surname: household.surname,
      fatherName: extra.fatherName,
    }),
    // The dead and those who left for good are taken off the register of residence.
    registration: status === 'alive' ? household.registration : null,
    districtCode: household.districtCode,
    preferredLanguage: drawLanguage(random, household.style),
    status,
    legalCapacity: extra.legalCapacity,
    hasPhone,
    motherIin: extra.motherIin,
    fatherIin: extra.fatherIin,
  });
}

/** A child of the given parents, with both parents as its representatives until it is eighteen. */
export function linkParents(register: Register, child: Person, parents: readonly Person[]): void {
  for (const parent of parents) {
    addGuardianship(register, parent, child, 'parent', child.birthDate, lastDayBefore(child.birthDate, 18));
  }
}

function addChildren(
  register: Register,
  household: Household,
  mother: Person,
  father: Person | null,
  most: number,
): void {
  const { random, today } = register;
  let birthDate = addDays(mother.birthDate, random.integer(19 * 366, 30 * 365));
  for (let count = 0; count < most; count += 1, birthDate = addDays(birthDate, random.integer(500, 2200))) {
    // Children older than twenty live on their own; those yet to be born do not live at all.
    if (birthDate > today || ageOn(birthDate, today) > 20) continue;
    const child = addMember(register, household, random.chance(0.5) ? 'male' : 'female', birthDate, {
      fatherName: father?.name,
      motherIin: mother.iin,
      fatherIin: father?.iin ?? null,
    });
    linkParents(register, child, father === null ? [mother] : [mother, father]);
  }
}

function addCouple(
  register: Register,
  household: Household,
  age: number,
): { mother: Person; father: Person } {
  const { random, today } = register;
  const father = addMember(
    register,
    household,
    'male',
    drawBirthDate(random, today, age + random.integer(0, 5)),
  );
  const mother = addMember(register, household, 'female', drawBirthDate(random, today, age));
  return { mother, father };
}

/** A guardian with an orphan, or with an adult whose capacity a court has limited or taken away. */
function addGuardianHousehold(register: Register, household: Household): void {
  const { random, today } = register;
  const guardian = addMember(
    register,
    household,
    random.chance(0.7) ? 'female' : 'male',
    drawBirthDate(random, today, random.integer(35, 65)),
  );
  const sex: Sex = random.chance(0.5) ? 'male' : 'female';
  const lapsed = random.chance(0.25);
  if (random.chance(0.5)) {
    const age = random.integer(3, 17);
    const ward = addMember(
      register,
      { ...household, surname: drawSurname(random, household.style) },
      sex,
      drawBirthDate(random, today, age),
    );
    const basis = age < 14 ? 'guardian' : 'trustee';
    const natural = lastDayBefore(ward.birthDate, age < 14 ? 14 : 18);
    addGuardianship(
      register,
      guardian,
      ward,
      basis,
      addDays(today, -random.integer(60, 900)),
      lapsed ? addDays(today, -random.integer(1, 50)) : natural,
    );
    return;
  }
  const incapable = random.chance(0.6);
  const ward = addMember(register, household, sex, drawBirthDate(random, today, random.integer(20, 50)), {
    legalCapacity: incapable ? 'incapable' : 'limited',
  });
  addGuardianship(
    register,
    guardian,
    ward,
    incapable ? 'guardian' : 'trustee',
    addDays(today, -random.integer(60, 2500)),
    lapsed ? addDays(today, -random.integer(1, 50)) : null,
  );
}

/** Adds whole households until `total` people are registered; the last places go to people who live alone. */
export function fillWithHouseholds(register: Register, total: number): void {
  const { random, today } = register;
  const largestHousehold = 5;
  while (register.people.length < total) {
    const household = drawHousehold(random);
    const roll = total - register.people.length < largestHousehold ? 0 : random.next();
    if (roll < 0.3) {
      addMember(
        register,
        household,
        random.chance(0.5) ? 'female' : 'male',
        drawBirthDate(random, today, random.integer(18, 88)),
      );
    } else if (roll < 0.48) {
      addCouple(register, household, random.integer(45, 80));
    } else if (roll < 0.82) {
      const { mother, father } = addCouple(register, household, random.integer(22, 48));
      addChildren(register, household, mother, father, random.integer(1, 3));
    } else if (roll < 0.94) {
      const mother = addMember(
        register,
        household,
        'female',
        drawBirthDate(random, today, random.integer(20, 48)),
      );
      addChildren(register, household, mother, null, random.integer(1, 2));
    } else {
      addGuardianHousehold(register, household);
    }
  }
}
