import { isCalendarYear, kazakhstanCalendar } from './calendar.ts';
import { drawClinics } from './clinics.ts';
import { akmolaDepartments } from './departments.ts';
import { addExperts } from './experts.ts';
import { addNamedPeople } from './named-people.ts';
import { fillWithHouseholds, type Register } from './people.ts';
import { namedCandidate } from './candidates.ts';
import { protocolCast } from './protocol-cast.ts';
import { remoteCast } from './remote-cast.ts';
import { createRandom } from './random.ts';
import { addChairs, addStaff } from './staff.ts';
import { akmolaRegion, akmolaUnits } from './units.ts';
import type { DateText, Population } from './types.ts';

/** People made, the cast and the staff among them. */
export const populationSize = 2000;

/** The clinic whose commission is chaired by the cast's chair. */
const chairedDistrictCode = '111010000';

/**
 * Akmola region as the demonstration shows it on `today`: the same seed and day always give the same people.
 * Ages, terms and trips are counted from `today`. Refuses with RangeError a date outside the years of the calendar.
 */
export function generatePopulation({ seed, today }: { seed: number; today: DateText }): Population {
  if (!isCalendarYear(today))
    throw new RangeError('The calendar holds no working days for the year of today');
  const random = createRandom(seed);
  const calendar = kazakhstanCalendar();
  const departments = akmolaDepartments(today, calendar);
  const organisations = drawClinics(random);
  const register: Register = {
    random,
    today,
    clinics: organisations,
    people: [],
    guardianships: [],
    iins: new Set(),
    phones: new Set(),
  };
  const { named, staff: namedStaff } = addNamedPeople(register);
  const chair = named.find((person) => person.role === 'commission-chair');
  const chaired = organisations.find((clinic) => clinic.districtCode === chairedDistrictCode);
  if (chair === undefined || chaired === undefined)
    throw new RangeError('The cast needs a chair and a clinic');
  const clinics = addChairs(register, organisations, new Map([[chaired.bin, chair.iin]]));
  const staff = addStaff(register, departments, namedStaff);
  const { experts, named: namedExperts } = addExperts(register, staff, seed);
  const doctor = namedCandidate(register, seed);
  const remote = remoteCast(register, seed);
  const signers = protocolCast(register, seed);
  fillWithHouseholds(register, populationSize);
  return {
    seed,
    today,
    region: akmolaRegion,
    units: akmolaUnits.map((unit) => ({ ...unit })),
    departments,
    calendar,
    people: register.people,
    guardianships: register.guardianships,
    clinics,
    staff: [...staff, ...signers.staff],
    experts,
    namedDemoPeople: [...named, ...remote, ...signers.named, ...namedExperts, doctor],
  };
}
