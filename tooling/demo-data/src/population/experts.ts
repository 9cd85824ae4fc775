import { createRandom } from './random.ts';
import { addPerson, drawAddress, drawBirthDate, type Register } from './people.ts';
import { addEmployee, departmentHome } from './staff.ts';
import type { ExpertMember, NamedDemoPerson, StaffMember, Text3 } from './types.ts';
import { akmolaRegion, regionHomes } from './units.ts';

/** Independent experts of each region besides those of the staff. */
const independentsPerRegion = 1;

const akmolaCode = akmolaRegion.code.slice(0, 2);

/** Experts of the staff come from these regions in turn, so that cases of Akmola can be theirs (PX-11). */
const regionsOfStaff = ['75', '71', '55', '35', '39', '59'];

/** Region of the two who join the cast. */
const castRegion = '35';

const cast = {
  'department-head': {
    fullName: { surname: 'Жақыпов', name: 'Ерлан', patronymic: 'Тоқтарұлы' },
    age: 54,
    language: 'kk',
  },
  'chief-specialist': {
    fullName: { surname: 'Ковалёв', name: 'Игорь', patronymic: 'Николаевич' },
    age: 43,
    language: 'ru',
  },
} as const;

const notes: Record<keyof typeof cast, Text3> = {
  'department-head': {
    kk: 'Басқа облыстың МӘС бөлімінің басшысы: жалпы панельде де, ерекше тетікте де істерді қарайды',
    ru: 'Руководитель отдела МСЭ другой области: рассматривает дела в общей коллегии и по особому механизму',
    en: 'Head of an MSE department of another region: sits on ordinary panels and decides alone by the special mechanism',
  },
  'chief-specialist': {
    kk: 'Басқа облыстың МӘС бөлімінің бас маманы: панельдің екінші мүшесі',
    ru: 'Главный специалист отдела МСЭ другой области: второй член коллегии',
    en: 'Chief specialist of an MSE department of another region: second member of the panel',
  },
};

/**
 * The register of experts: a head and a chief specialist of an MSE department in each of the twenty regions, and independent experts, those
 * of the staff among them. Drawn by a chance of their own, so that the people of Akmola stay who they are. Two of them join the cast.
 */
export function addExperts(
  register: Register,
  staff: readonly StaffMember[],
  seed: number,
): { experts: ExpertMember[]; named: NamedDemoPerson[] } {
  const random = createRandom(seed ^ 0x0e8b);
  const own: Register = { ...register, random };
  const experts: ExpertMember[] = [];
  const named: NamedDemoPerson[] = [];
  let fromStaff = 0;
  for (const { role, iin } of staff) {
    if (role !== 'expert') continue;
    experts.push({
      iin,
      kind: 'independent',
      regionCode: regionsOfStaff[fromStaff % regionsOfStaff.length] ?? '75',
    });
    fromStaff += 1;
  }
  for (const home of [departmentHome(1), ...regionHomes]) {
    const regionCode = home.unitCode.slice(0, 2);
    const kinds = [
      'department-head',
      'chief-specialist',
      ...Array<'independent'>(independentsPerRegion).fill('independent'),
    ] as const;
    for (const kind of kinds) {
      const part = regionCode === castRegion && kind !== 'independent' ? cast[kind] : null;
      const person =
        part === null
          ? addEmployee(own, home)
          : addPerson(own, {
              sex: 'male',
              birthDate: drawBirthDate(random, register.today, part.age),
              fullName: part.fullName,
              registration: drawAddress(random, home),
              districtCode: home.districtCode,
              preferredLanguage: part.language,
            });
      experts.push({ iin: person.iin, kind, regionCode });
      if (part === null || kind === 'independent') continue;
      named.push({
        key: kind === 'department-head' ? 'expert-head' : 'expert-chief',
        role: 'expert',
        iin: person.iin,
        name: [person.surname, person.name, person.patronymic].filter(Boolean).join(' '),
        phone: person.phone,
        preferredLanguage: person.preferredLanguage,
        departmentNumber: null,
        wardIin: null,
        note: notes[kind],
      });
    }
  }
  if (!experts.some(({ regionCode }) => regionCode === akmolaCode))
    throw new RangeError('The register has experts of every region');
  return { experts, named };
}
