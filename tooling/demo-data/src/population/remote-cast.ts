import { addPerson, drawAddress, drawBirthDate, type Register } from './people.ts';
import { createRandom } from './random.ts';
import { departmentHome } from './staff.ts';
import type { NamedDemoPerson, Sex } from './types.ts';

/** People of the cast whose remote examination is told by the service itself; it finds them by their keys. */
const CAST: readonly {
  key: string;
  fullName: { surname: string; name: string; patronymic: string };
  sex: Sex;
  age: number;
  language: 'kk' | 'ru';
  note: NamedDemoPerson['note'];
}[] = [
  {
    key: 'citizen-remote-going',
    fullName: { surname: 'Ахметова', name: 'Сәуле', patronymic: 'Қуанышқызы' },
    sex: 'female',
    age: 47,
    language: 'kk',
    note: {
      kk: 'Сырттай сараптамасы сарапшыларда: кезеңі мен мерзімі көрінеді',
      ru: 'Заочная экспертиза у экспертов: видны этап и срок',
      en: 'Remote examination is with the experts: sees its stage and term',
    },
  },
  {
    key: 'citizen-remote-invited',
    fullName: { surname: 'Зайцева', name: 'Вера', patronymic: 'Павловна' },
    sex: 'female',
    age: 58,
    language: 'ru',
    note: {
      kk: 'Сарапшылардың шешімдері сәйкес келмеді: көзбе-көз куәландыруға шақырылған',
      ru: 'Решения экспертов разошлись: приглашена на очное освидетельствование',
      en: 'The experts differed: invited to be examined in person',
    },
  },
  {
    key: 'citizen-remote-done',
    fullName: { surname: 'Досжанов', name: 'Бекзат', patronymic: 'Маратұлы' },
    sex: 'male',
    age: 51,
    language: 'kk',
    note: {
      kk: 'Сырттай сараптамасы аяқталған: құжаттары кабинетте',
      ru: 'Заочная экспертиза закончена: документы в кабинете',
      en: 'Remote examination is over: has the documents in the cabinet',
    },
  },
];

/** The cast of the remote examination. Drawn by a chance of its own, so that the people of Akmola stay who they are. */
export function remoteCast(register: Register, seed: number): NamedDemoPerson[] {
  const random = createRandom(seed ^ 0x4e07);
  const home = departmentHome(1);
  return CAST.map(({ key, fullName, sex, age, language, note }) => {
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
      role: 'citizen',
      iin: person.iin,
      name: [person.surname, person.name, person.patronymic].filter(Boolean).join(' '),
      phone: person.phone,
      preferredLanguage: person.preferredLanguage,
      departmentNumber: 1,
      wardIin: null,
      note,
    };
  });
}
