import { addDays } from './dates.ts';
import type { FullName } from './names.ts';
import {
  addGuardianship,
  addPerson,
  drawAddress,
  drawBirthDate,
  linkParents,
  type Register,
} from './people.ts';
import { homeIn } from './staff.ts';
import { outsideHomes } from './units.ts';
import type { Language, NamedDemoPerson, NamedRole, Person, Sex, StaffMember, Text3 } from './types.ts';

interface CastRow {
  key: string;
  role: NamedRole;
  fullName: FullName;
  sex: Sex;
  age: number;
  language: Language;
  /** Where the person is registered; null for nowhere. */
  unitCode: string | null;
  departmentNumber?: number;
  hasPhone?: false;
  note: Text3;
}

function full(surname: string, name: string, patronymic: string | null): FullName {
  return { surname, name, patronymic };
}

const kokshetau = '111010000';

const cast: readonly CastRow[] = [
  {
    key: 'citizen-ready',
    role: 'citizen',
    fullName: full('Нұрғалиева', 'Айгүл', 'Серікқызы'),
    sex: 'female',
    age: 46,
    language: 'kk',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: '031/е нысаны жарамды, әлі жазылмаған: жазылып көріңіз',
      ru: 'Форма 031/у действует, записи ещё нет: попробуйте записаться',
      en: 'A valid form 031/у and no booking yet: try to book',
    },
  },
  {
    key: 'citizen-booked',
    role: 'citizen',
    fullName: full('Кузнецов', 'Андрей', 'Викторович'),
    sex: 'male',
    age: 58,
    language: 'ru',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: 'Келесі жұмыс күніне жазылған: талонды көруге, ауыстыруға, бас тартуға болады',
      ru: 'Записан на следующий рабочий день: можно посмотреть талон, перенести, отменить',
      en: 'Booked for the next working day: see the ticket, move it or cancel it',
    },
  },
  {
    key: 'citizen-mother',
    role: 'citizen',
    fullName: full('Сәрсенова', 'Динара', 'Болатқызы'),
    sex: 'female',
    age: 34,
    language: 'kk',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: 'Баласына келген 031/е нысаны бар: бала үшін жазылады',
      ru: 'Есть форма 031/у на ребёнка: записывает ребёнка',
      en: 'Mother of a child whose form 031/у has come: books for the child',
    },
  },
  {
    key: 'citizen-guardian',
    role: 'citizen',
    fullName: full('Шевченко', 'Галина', 'Петровна'),
    sex: 'female',
    age: 61,
    language: 'ru',
    unitCode: '115630100',
    departmentNumber: 2,
    note: {
      kk: 'Әрекетке қабілетсіз ересек адамның қорғаншысы, оның жарамды нысаны бар',
      ru: 'Опекун недееспособного взрослого, у которого действует форма',
      en: 'Guardian of an incapable adult who has a valid form',
    },
  },
  {
    key: 'citizen-guardian-expired',
    role: 'citizen',
    fullName: full('Оспанов', 'Марат', 'Асқарұлы'),
    sex: 'male',
    age: 52,
    language: 'kk',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: 'Қорғаншылық мерзімі өткен: қамқорлықтағы адам үшін жазыла алмайды',
      ru: 'Срок опеки истёк: записать подопечного нельзя',
      en: 'Guardianship has run out: cannot book for the ward',
    },
  },
  {
    key: 'citizen-form-expired',
    role: 'citizen',
    fullName: full('Морозова', 'Светлана', 'Ивановна'),
    sex: 'female',
    age: 49,
    language: 'ru',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: '031/е нысанының мерзімі өткен: жаңасын емханадан сұрау керек',
      ru: 'Срок формы 031/у истёк: новую оформляет поликлиника',
      en: 'Form 031/у has expired: the clinic must issue a new one',
    },
  },
  {
    key: 'citizen-no-registration',
    role: 'citizen',
    fullName: full('Әлімжанов', 'Ерлан', 'Қайратұлы'),
    sex: 'male',
    age: 39,
    language: 'kk',
    unitCode: null,
    note: {
      kk: 'Тұрақты тіркеуі жоқ: жазыла алмайды, не істеу керегі айтылады',
      ru: 'Нет постоянной регистрации: записаться нельзя, сказано, что делать',
      en: 'No permanent registration: cannot book and is told what to do',
    },
  },
  {
    key: 'citizen-outside',
    role: 'citizen',
    fullName: full('Жүсіпова', 'Мәдина', 'Ғалымқызы'),
    sex: 'female',
    age: 28,
    language: 'kk',
    unitCode: '591010000',
    note: {
      kk: 'Ақмола облысынан тыс жерде тіркелген: бұл жерде бөлімі жоқ',
      ru: 'Зарегистрирована вне Акмолинской области: отдела здесь нет',
      en: 'Registered outside Akmola region: no department here serves her',
    },
  },
  {
    key: 'citizen-no-form',
    role: 'citizen',
    fullName: full('Тоқтаров', 'Дәурен', 'Мұратұлы'),
    sex: 'male',
    age: 44,
    language: 'kk',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: '031/е нысаны әлі келмеген: күту беті көрінеді',
      ru: 'Форма 031/у ещё не пришла: видно, чего ждать',
      en: 'No form 031/у yet: sees what to wait for',
    },
  },
  {
    key: 'citizen-annulled',
    role: 'citizen',
    fullName: full('Бондаренко', 'Олег', 'Николаевич'),
    sex: 'male',
    age: 55,
    language: 'ru',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: 'Келмегендіктен жазбасы жойылған: қайта жазыла алады',
      ru: 'Запись аннулирована из-за неявки: можно записаться снова',
      en: 'Booking annulled for not coming: may book again',
    },
  },
  {
    key: 'citizen-no-phone',
    role: 'citizen',
    fullName: full('Ким', 'Виктор', null),
    sex: 'male',
    age: 73,
    language: 'ru',
    unitCode: '117020100',
    departmentNumber: 3,
    hasPhone: false,
    note: {
      kk: 'Мобильдік азаматтар базасында нөмірі жоқ: тек электрондық қолтаңбамен кіреді',
      ru: 'Нет номера в базе мобильных граждан: входит только по электронной подписи',
      en: 'No number in the base of mobile citizens: signs in by electronic signature only',
    },
  },
  {
    key: 'citizen-english',
    role: 'citizen',
    fullName: full('Миллер', 'Анна', 'Александровна'),
    sex: 'female',
    age: 36,
    language: 'en',
    unitCode: '111610000',
    departmentNumber: 7,
    note: {
      kk: 'Порталды ағылшын тілінде қолданады, нысаны жарамды',
      ru: 'Пользуется порталом на английском, форма действует',
      en: 'Uses the portal in English and has a valid form',
    },
  },
  {
    key: 'clerk-department-1',
    role: 'clerk',
    fullName: full('Есенбаева', 'Гүлмира', 'Талғатқызы'),
    sex: 'female',
    age: 41,
    language: 'kk',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: '№ 1 МӘС бөлімінің қызметкері: күнін жүргізеді',
      ru: 'Сотрудник отдела МСЭ № 1: ведёт приёмный день',
      en: 'Clerk of MSE department No. 1: runs the day',
    },
  },
  {
    key: 'clerk-department-2',
    role: 'clerk',
    fullName: full('Павлова', 'Ирина', 'Сергеевна'),
    sex: 'female',
    age: 37,
    language: 'ru',
    unitCode: kokshetau,
    departmentNumber: 2,
    note: {
      kk: '№ 2 МӘС бөлімінің қызметкері: № 1 бөлімнің кезегін көрмейді',
      ru: 'Сотрудник отдела МСЭ № 2: очередь отдела № 1 не видит',
      en: 'Clerk of MSE department No. 2: does not see the queue of department No. 1',
    },
  },
  {
    key: 'head-department-1',
    role: 'head',
    fullName: full('Қасымов', 'Бауыржан', 'Ерболатұлы'),
    sex: 'male',
    age: 54,
    language: 'kk',
    unitCode: kokshetau,
    departmentNumber: 1,
    note: {
      kk: '№ 1 МӘС бөлімінің басшысы',
      ru: 'Руководитель отдела МСЭ № 1',
      en: 'Head of MSE department No. 1',
    },
  },
  {
    key: 'expert',
    role: 'expert',
    fullName: full('Смағұлова', 'Ләззат', 'Жұмабекқызы'),
    sex: 'female',
    age: 50,
    language: 'kk',
    unitCode: kokshetau,
    note: {
      kk: 'МӘС тәуелсіз сарапшысы',
      ru: 'Независимый эксперт МСЭ',
      en: 'Independent expert of MSE',
    },
  },
  {
    key: 'registry-admin',
    role: 'registry-admin',
    fullName: full('Григорьева', 'Наталья', 'Олеговна'),
    sex: 'female',
    age: 45,
    language: 'ru',
    unitCode: kokshetau,
    note: {
      kk: 'Сарапшылар тізілімінің әкімшісі',
      ru: 'Администратор реестра экспертов',
      en: 'Administrator of the registry of experts',
    },
  },
  {
    key: 'contact-centre',
    role: 'contact-centre',
    fullName: full('Досанова', 'Сабина', 'Арманқызы'),
    sex: 'female',
    age: 29,
    language: 'kk',
    unitCode: kokshetau,
    note: {
      kk: 'Портал байланыс орталығының маманы',
      ru: 'Специалист контакт-центра портала',
      en: 'Operator of the portal contact centre',
    },
  },
  {
    key: 'content-editor',
    role: 'content-editor',
    fullName: full('Лебедева', 'Екатерина', 'Дмитриевна'),
    sex: 'female',
    age: 33,
    language: 'ru',
    unitCode: kokshetau,
    note: {
      kk: 'Портал мазмұнының редакторы',
      ru: 'Редактор содержания портала',
      en: 'Content editor of the portal',
    },
  },
  {
    key: 'portal-admin',
    role: 'portal-admin',
    fullName: full('Байжанов', 'Санжар', 'Нұрланұлы'),
    sex: 'male',
    age: 40,
    language: 'kk',
    unitCode: kokshetau,
    note: {
      kk: 'Портал әкімшісі: баптаулар, күнтізбе, тексеру журналы',
      ru: 'Администратор портала: настройки, календарь, журнал аудита',
      en: 'Portal administrator: settings, calendar, audit log',
    },
  },
  {
    key: 'commission-chair',
    role: 'commission-chair',
    fullName: full('Рақымова', 'Сәуле', 'Маратқызы'),
    sex: 'female',
    age: 57,
    language: 'kk',
    unitCode: kokshetau,
    note: {
      kk: 'Көкшетау қалалық № 1 емханасы дәрігерлік-консультациялық комиссиясының төрағасы: нысандарға қол қояды',
      ru: 'Председатель врачебно-консультативной комиссии поликлиники № 1 Кокшетау: подписывает формы',
      en: 'Chair of the medical-consultative commission of Kokshetau Polyclinic No. 1: signs the forms',
    },
  },
  {
    key: 'methodologist',
    role: 'methodologist',
    fullName: full('Тілеубаева', 'Роза', 'Кенжебекқызы'),
    sex: 'female',
    age: 47,
    language: 'kk',
    unitCode: kokshetau,
    note: {
      kk: 'Әдіснама және бақылау бөлімінің маманы: кеңестер, бақылау, іркілген қағаздар',
      ru: 'Специалист отдела методологии и контроля: консультации, контроль, задержанные документы',
      en: 'Methodology and control specialist: consultations, control, held papers',
    },
  },
];

function registered(
  register: Register,
  unitCode: string | null,
): Pick<Person, 'permanentRegistration'> & { districtCode: string | null } {
  if (unitCode === null) return { permanentRegistration: null, districtCode: kokshetau };
  const home = outsideHomes.find((candidate) => candidate.unitCode === unitCode) ?? homeIn(unitCode);
  return { permanentRegistration: drawAddress(register.random, home), districtCode: home.districtCode };
}

/** The ward of one of the cast, living at the same address. */
function addWard(
  register: Register,
  guardian: Person,
  districtCode: string,
  ward: Pick<Person, 'sex' | 'legalCapacity'> & { fullName: FullName; age: number; motherIin?: string },
): Person {
  return addPerson(register, {
    sex: ward.sex,
    birthDate: drawBirthDate(register.random, register.today, ward.age),
    fullName: ward.fullName,
    registration: guardian.permanentRegistration,
    districtCode,
    preferredLanguage: guardian.preferredLanguage,
    legalCapacity: ward.legalCapacity,
    hasPhone: false,
    motherIin: ward.motherIin,
  });
}

function addWardOf(register: Register, key: string, guardian: Person): string | null {
  const { today } = register;
  if (key === 'citizen-mother') {
    const child = addWard(register, guardian, kokshetau, {
      fullName: full('Сәрсенов', 'Әлібек', 'Рүстемұлы'),
      sex: 'male',
      age: 8,
      legalCapacity: 'capable',
      motherIin: guardian.iin,
    });
    linkParents(register, child, [guardian]);
    return child.iin;
  }
  if (key === 'citizen-guardian') {
    const ward = addWard(register, guardian, '115600000', {
      fullName: full('Шевченко', 'Роман', 'Павлович'),
      sex: 'male',
      age: 31,
      legalCapacity: 'incapable',
    });
    addGuardianship(register, guardian, ward, 'guardian', addDays(today, -1200), null);
    return ward.iin;
  }
  if (key === 'citizen-guardian-expired') {
    const ward = addWard(register, guardian, kokshetau, {
      fullName: full('Оспанова', 'Томирис', 'Берікқызы'),
      sex: 'female',
      age: 12,
      legalCapacity: 'capable',
    });
    addGuardianship(register, guardian, ward, 'guardian', addDays(today, -800), addDays(today, -20));
    return ward.iin;
  }
  return null;
}

/** Surname, name and patronymic in one line. */
export function fullNameOf(person: FullName): string {
  return [person.surname, person.name, person.patronymic].filter((part) => part !== null).join(' ');
}

/** Adds the cast of the sign-in page, with their wards, to the register and tells who of them works here. */
export function addNamedPeople(register: Register): { named: NamedDemoPerson[]; staff: StaffMember[] } {
  const named: NamedDemoPerson[] = [];
  const staff: StaffMember[] = [];
  for (const row of cast) {
    const { permanentRegistration, districtCode } = registered(register, row.unitCode);
    const person = addPerson(register, {
      sex: row.sex,
      birthDate: drawBirthDate(register.random, register.today, row.age),
      fullName: row.fullName,
      registration: permanentRegistration,
      districtCode,
      preferredLanguage: row.language,
      hasPhone: row.hasPhone,
    });
    const departmentNumber = row.departmentNumber ?? null;
    if (row.role !== 'citizen' && row.role !== 'commission-chair') {
      staff.push({ role: row.role, iin: person.iin, departmentNumber });
    }
    named.push({
      key: row.key,
      role: row.role,
      iin: person.iin,
      name: fullNameOf(person),
      phone: person.phone,
      preferredLanguage: row.language,
      departmentNumber,
      wardIin: addWardOf(register, row.key, person),
      note: row.note,
    });
  }
  return { named, staff };
}
