import { addPerson, drawAddress, drawBirthDate, type Register } from './people.ts';
import { createRandom } from './random.ts';
import { departmentHome } from './staff.ts';
import type { NamedDemoPerson, Sex, StaffMember } from './types.ts';

/** Who signs protocols beside a department's head: its chief specialist, and the head over the methodologists. */
const CAST: readonly {
  key: string;
  role: 'chief-specialist' | 'methodology-head';
  departmentNumber: number | null;
  fullName: { surname: string; name: string; patronymic: string };
  sex: Sex;
  age: number;
  language: 'kk' | 'ru';
  note: NamedDemoPerson['note'];
}[] = [
  {
    key: 'chief-specialist-department-1',
    role: 'chief-specialist',
    departmentNumber: 1,
    fullName: { surname: 'Волкова', name: 'Марина', patronymic: 'Сергеевна' },
    sex: 'female',
    age: 43,
    language: 'ru',
    note: {
      kk: '№ 1 МӘС бөлімінің бас маманы: күнделікті хаттамаға қол қояды',
      ru: 'Главный специалист отдела МСЭ № 1: подписывает протоколы дня',
      en: 'Chief specialist of MSE department No. 1: signs the protocols of the day',
    },
  },
  {
    key: 'methodology-head',
    role: 'methodology-head',
    departmentNumber: null,
    fullName: { surname: 'Серіков', name: 'Асқар', patronymic: 'Болатұлы' },
    sex: 'male',
    age: 52,
    language: 'kk',
    note: {
      kk: 'Әдіснама және бақылау бөлімінің басшысы: хаттамаларға қол қояды',
      ru: 'Руководитель отдела методологии и контроля: подписывает протоколы',
      en: 'Head of methodology and control: signs the protocols',
    },
  },
];

/** The signers of protocols. Drawn by a chance of their own, so that the people of Akmola stay who they are. */
export function protocolCast(
  register: Register,
  seed: number,
): { staff: StaffMember[]; named: NamedDemoPerson[] } {
  const random = createRandom(seed ^ 0x51c4);
  const named = CAST.map(({ key, role, departmentNumber, fullName, sex, age, language, note }) => {
    const home = departmentHome(departmentNumber ?? 1);
    const person = addPerson(
      { ...register, random },
      {
        sex,
        birthDate: drawBirthDate(random, register.today, age),
        fullName,
        registration: drawAddress(random, home),
        districtCode: home.districtCode,
        preferredLanguage: language,
      },
    );
    return {
      key,
      role,
      iin: person.iin,
      name: [person.surname, person.name, person.patronymic].filter(Boolean).join(' '),
      phone: person.phone,
      preferredLanguage: person.preferredLanguage,
      departmentNumber,
      wardIin: null,
      note,
    };
  });
  return {
    staff: named.map(({ role, iin, departmentNumber }) => ({ role, iin, departmentNumber })),
    named,
  };
}
