import { addPerson, drawAddress, drawBirthDate, type Register } from './people.ts';
import { createRandom } from './random.ts';
import { departmentHome } from './staff.ts';
import type { NamedDemoPerson } from './types.ts';

/** Key of the doctor in the cast. */
export const doctorKey = 'citizen-doctor';

/** The doctor who may apply to the register of experts. Drawn by a chance of their own, so that the people of Akmola stay who they are. */
export function namedCandidate(register: Register, seed: number): NamedDemoPerson {
  const random = createRandom(seed ^ 0x0d0c);
  const home = departmentHome(1);
  const person = addPerson(
    { ...register, random },
    {
      sex: 'female',
      birthDate: drawBirthDate(random, register.today, 41),
      fullName: { surname: 'Бекмұратова', name: 'Жанар', patronymic: 'Сапарқызы' },
      registration: drawAddress(random, home),
      districtCode: home.districtCode,
      preferredLanguage: 'kk',
    },
  );
  return {
    key: doctorKey,
    role: 'citizen',
    iin: person.iin,
    name: [person.surname, person.name, person.patronymic].filter(Boolean).join(' '),
    phone: person.phone,
    preferredLanguage: person.preferredLanguage,
    departmentNumber: null,
    wardIin: null,
    note: {
      kk: 'Дәрігер: сарапшылар тізіліміне өтініш бере алады',
      ru: 'Врач: может подать заявление в реестр экспертов',
      en: 'A doctor who may apply to the register of experts',
    },
  };
}
