import { drawFullName, drawStyle } from './names.ts';
import { addPerson, drawAddress, drawBirthDate, type Register } from './people.ts';
import { akmolaHomes, type Home } from './units.ts';
import type { Clinic, Department, Person, StaffMember, StaffRole } from './types.ts';

/** Where somebody who works for a department or for the region lives. */
export function homeIn(unitCode: string): Home {
  const home = akmolaHomes.find((candidate) => candidate.unitCode === unitCode);
  if (home === undefined) throw new RangeError('People live in places the generator knows');
  return home;
}

/** A capable adult with a phone and a permanent registration: somebody who can be employed. */
export function addEmployee(register: Register, home: Home): Person {
  const { random, today } = register;
  const style = drawStyle(random);
  const sex = random.chance(0.65) ? ('female' as const) : ('male' as const);
  return addPerson(register, {
    sex,
    birthDate: drawBirthDate(random, today, random.integer(26, 60)),
    fullName: drawFullName(random, style, sex),
    registration: drawAddress(random, home),
    districtCode: home.districtCode,
    preferredLanguage: style === 'russian' ? 'ru' : 'kk',
  });
}

/** Homes of the departments' towns, by department number. */
const departmentTowns: Record<number, string> = {
  1: '111010000',
  2: '111010000',
  3: '117020100',
  4: '111810000',
  5: '113820100',
  6: '114820100',
  7: '111610000',
  8: '113220100',
};

export function departmentHome(number: number): Home {
  return homeIn(departmentTowns[number] ?? '111010000');
}

const regionalStaff: readonly { role: StaffRole; count: number }[] = [
  { role: 'expert', count: 12 },
  { role: 'registry-admin', count: 2 },
  { role: 'contact-centre', count: 3 },
  { role: 'content-editor', count: 2 },
  { role: 'portal-admin', count: 2 },
];

/**
 * Completes the staff: two clerks and a head to every department and the regional roles, after those in `named`,
 * who keep their places.
 */
export function addStaff(
  register: Register,
  departments: readonly Department[],
  named: readonly StaffMember[],
): StaffMember[] {
  const staff = [...named];
  function fill(role: StaffRole, departmentNumber: number | null, count: number, home: Home): void {
    const present = staff.filter(
      (member) => member.role === role && member.departmentNumber === departmentNumber,
    ).length;
    for (let index = present; index < count; index += 1) {
      staff.push({ role, departmentNumber, iin: addEmployee(register, home).iin });
    }
  }
  for (const { number } of departments) {
    fill('head', number, 1, departmentHome(number));
    fill('clerk', number, 2, departmentHome(number));
  }
  for (const { role, count } of regionalStaff) fill(role, null, count, departmentHome(1));
  return staff;
}

/** Gives every organisation a chair of its medical commission; `chairs` holds those already chosen, by БИН. */
export function addChairs(
  register: Register,
  clinics: readonly Omit<Clinic, 'chairIin'>[],
  chairs: ReadonlyMap<string, string>,
): Clinic[] {
  return clinics.map((clinic) => {
    const home = akmolaHomes.find((candidate) => candidate.districtCode === clinic.districtCode);
    if (home === undefined) throw new RangeError('An organisation stands where people live');
    return { ...clinic, chairIin: chairs.get(clinic.bin) ?? addEmployee(register, home).iin };
  });
}
